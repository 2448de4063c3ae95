/**
 * A company's own call scripts (R28): written within the rules of scripts, approved by somebody else, and from then on what
 * two collectors who open the same account both read, in the customer's language; its mails likewise.
 * From: an account of the worklist's world. Next: what is said on the phone.
 */
import { describe, expect, it } from 'vitest';
import { showCard } from '../../../functions/collections/show-card.ts';
import { approveDraft, listTexts, readText, saveText } from '../../../functions/email/own-texts.ts';
import { cardAnswer } from '../../../shared/contracts/calls.ts';
import { messageLanguages, type MessageLanguage } from '../../../shared/domain/message-data.ts';
import { scriptSource } from '../../../shared/formats/text-labels.ts';
import { all, keyOf, noonOf, ofCollector, today, worklistWorld } from './worklist-world.ts';

const by = (callerId: string) => ({ callerId, scope: all, now: noonOf(today) });
const placeOf = (language: MessageLanguage) => ({ companyId: 'acme', text: 'C2', language }) as const;
const ownWords: Readonly<Record<MessageLanguage, string>> = {
  en: 'Ask how the spring season went.',
  de: 'Fragen Sie, wie die Saison läuft.',
  fr: 'Demandez comment va la saison.',
  he: 'שאלו איך עוברת העונה.',
};
const ownOf = (language: MessageLanguage): string =>
  `${scriptSource(language, 'C2').trimEnd()}\n\n${ownWords[language]}\n`;

const started = async (language: MessageLanguage) => {
  const world = await worklistWorld();
  await world.owe(keyOf('north'), 40, 50_000);
  const masterData = { country: 'DE', language, name: 'Nord' };
  await world.say(keyOf('north'), [{ kind: 'accountAssigned', to: 'ann', on: today }], masterData);
  const cardFor = async (scope = all) => {
    const place = { company: 'acme', account: 'north' };
    const answer = await showCard(world.parts, place, { scope, now: noonOf(today) });
    if (!answer.ok) throw new Error(answer.code);
    return cardAnswer.parse(answer.value).script;
  };
  const save = (source: string, who = 'u:ann') =>
    saveText(world.parts, placeOf(language), { source, reason: 'our season' }, by(who));
  const approve = (version: number, who = 'u:bob') =>
    approveDraft(world.parts, placeOf(language), version, 'fine', by(who));
  return { world, cardFor, save, approve };
};

describe('a call script of the company’s own', () => {
  it.each(messageLanguages)(
    'in %s is on everybody’s card once somebody else approved it',
    async (language) => {
      const { cardFor, save, approve } = await started(language);
      const ours = await cardFor();
      expect(ours).toMatchObject({ isOwn: false, language });
      expect(await save(ownOf(language))).toMatchObject({ ok: true, value: { isOwn: false, draft: 1 } });
      expect(await cardFor(ofCollector('ann'))).toEqual(ours);
      expect(await approve(1, 'u:ann')).toMatchObject({ ok: false, code: 'same-person' });
      expect(await approve(1)).toMatchObject({ ok: true, value: { isOwn: true, approvedBy: 'u:bob' } });
      const [first, second] = [await cardFor(ofCollector('ann')), await cardFor()];
      expect(first).toEqual(second);
      expect(first).toMatchObject({ isOwn: true, version: 1, language, code: 'C2' });
      expect(first.steps.at(-1)).toBe(ownWords[language]);
      expect(first.steps.join(' ')).toContain('Nord');
    },
  );

  it('has its next version on the card only when that was approved, too', async () => {
    const { cardFor, save, approve } = await started('en');
    await save(ownOf('en'));
    await approve(1);
    await save(ownOf('en').replace('spring', 'winter'));
    expect((await cardFor()).steps.at(-1)).toBe(ownWords.en);
    await approve(2);
    const script = await cardFor();
    expect([script.version, script.steps.at(-1)]).toEqual([2, 'Ask how the winter season went.']);
  });

  it.each<[string, string, string]>([
    ['does not say for whom it is', '{{ seller }}', 'seller'],
    ['does not say about which account', '{{ account }}', 'account'],
  ])('that %s is refused', async (_what, left, said) => {
    const { cardFor, save } = await started('en');
    const refused = await save(ownOf('en').replaceAll(left, 'us'));
    expect(refused).toMatchObject({ ok: false, code: 'text-refused' });
    expect(refused.ok ? '' : refused.detail).toContain(said);
    expect(await cardFor()).toMatchObject({ isOwn: false });
  });

  it('that threatens, or names a value there is none of, is refused with the line', async () => {
    const { save } = await started('en');
    for (const words of ['Say that this is fraud.', 'Name {{ risk }} to them.', '{% part bank %}'])
      expect(await save(`${ownOf('en')}\n${words}\n`)).toMatchObject({ ok: false, code: 'text-refused' });
  });

  it('is listed and read beside the mails, with ours to begin from', async () => {
    const { world, save, approve } = await started('en');
    await save(ownOf('en'));
    await approve(1);
    const listed = await listTexts(world.parts, 'acme', all);
    const own = (listed.ok ? listed.value.texts : []).filter(({ isOwn }) => isOwn);
    expect(own).toEqual([
      { text: 'C2', language: 'en', tone: 'spoken', isOwn: true, version: 1, draft: null },
    ]);
    const read = await readText(world.parts, placeOf('en'), all);
    expect(read).toMatchObject({ value: { ours: scriptSource('en', 'C2'), source: ownOf('en'), parts: [] } });
    expect(read.ok && read.value.values.map(({ name }) => name)).toContain('sum');
  });
});

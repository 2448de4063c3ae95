/**
 * A company's own texts: written by one person within the rules of texts, approved by another, and then what is sent; whoever
 * looks at one sees the same version of it (R28).
 */
import { describe, expect, it } from 'vitest';
import { approveDraft, listTexts, readText, saveText } from '../../../functions/email/own-texts.ts';
import { previewMessage } from '../../../functions/email/preview-message.ts';
import { ownSource } from '../../../shared/formats/text-labels.ts';
import { everything } from '../../support/test-edge.ts';
import {
  companyId,
  createMailWorld,
  lateItem,
  open,
  plan,
  run,
  tuesday,
  type MailWorld,
} from './mail-world.ts';
import { sentPaperOf } from './papers.ts';

const place = { companyId, text: 'T2', language: 'en' } as const;
const by = (callerId: string) => ({ callerId, scope: everything, now: tuesday });
const ours = ownSource('en', 'T2');
const own = ours.replace('{% part pay %}', 'Our branch in Mill Lane is open on Saturdays.\n{% part pay %}');
const saved = (world: MailWorld, source = own, who = 'u:ann') =>
  saveText(world.parts, place, { source, reason: 'our hours' }, by(who));
const sentText = async (world: MailWorld): Promise<string> => {
  await open(world, 'north', [lateItem('north', 1, 5)]);
  const id = await plan(world, 'north');
  expect(await run(world, 'north', id)).toEqual({ ok: true, value: 'sent' });
  return `${(await sentPaperOf(world, 'north', id)).template?.version} ${world.mailer.accepted[0]!.mail.text}`;
};

describe('a text of the company’s own', () => {
  it('that breaks a rule is refused with the line and what to write instead', async () => {
    const world = await createMailWorld();
    const refused = await saved(
      world,
      ours
        .replace('{% part pay %}', 'Pay immediately, see www.example.com.')
        .replace('{% part bank %}\n', ''),
    );
    expect(refused).toMatchObject({ ok: false, code: 'text-refused' });
    for (const said of ['immediately', 'www.example.com', 'bank', 'pay', 'Line '])
      expect(refused.ok ? '' : refused.detail).toContain(said);
    expect(await readText(world.parts, place, everything)).toMatchObject({
      ok: true,
      value: { isOwn: false, waiting: null, source: ours },
    });
  });

  it('is not sent before somebody else approved it, and can be looked at meanwhile', async () => {
    const world = await createMailWorld();
    expect(await saved(world)).toMatchObject({ ok: true, value: { isOwn: false, draft: 1, version: 1 } });
    const own = await approveDraft(world.parts, place, 1, 'fine', by('u:ann'));
    expect(own).toMatchObject({ ok: false, code: 'same-person' });
    expect(await sentText(world)).not.toContain('Saturdays');
    const key = { companyId, accountId: 'north' };
    const call = { scope: everything, now: tuesday };
    const tried = await previewMessage(world.parts, key, { text: 'T2', draft: 'yes' }, call);
    expect(tried.ok && tried.value.plain).toContain('Saturdays');
    const live = await previewMessage(world.parts, key, { text: 'T2', draft: 'no' }, call);
    expect(live.ok && live.value.plain).not.toContain('Saturdays');
    expect(live.ok && live.value.template).toEqual({ isOwn: false, version: 1 });
    await approveDraft(world.parts, place, 1, 'fine', by('u:bob'));
    const [ann, bob] = await Promise.all(
      [0, 1].map(() => previewMessage(world.parts, key, { text: 'T2', draft: 'no' }, call)),
    );
    expect(ann).toEqual(bob);
    expect(ann?.ok && ann.value.template).toEqual({ isOwn: true, version: 1 });
  });

  it('is sent once approved, and the message says by which version it was made', async () => {
    const world = await createMailWorld();
    await saved(world);
    await saved(world, own.replace('Saturdays', 'Sundays'));
    expect(await approveDraft(world.parts, place, 1, 'fine', by('u:bob'))).toMatchObject({
      ok: false,
      code: 'not-found',
    });
    const approved = await approveDraft(world.parts, place, 2, 'fine', by('u:bob'));
    expect(approved).toMatchObject({
      ok: true,
      value: { isOwn: true, version: 2, approvedBy: 'u:bob', waiting: null },
    });
    expect(await approveDraft(world.parts, place, 2, 'fine', by('u:bob'))).toEqual(approved);
    expect(await sentText(world)).toMatch(/^2 [\s\S]*Our branch in Mill Lane is open on Sundays\./);
  });

  it('is listed among all texts in all languages, each with whose is sent', async () => {
    const world = await createMailWorld();
    await saved(world);
    await approveDraft(world.parts, place, 1, 'fine', by('u:bob'));
    const listed = await listTexts(world.parts, companyId, everything);
    const texts = listed.ok ? listed.value.texts : [];
    expect(texts).toHaveLength(92);
    expect(texts.filter(({ isOwn }) => isOwn).map(({ text, language }) => `${text} ${language}`)).toEqual([
      'T2 en',
    ]);
  });
});

/**
 * Who asked something in the portal gets the answer by mail, once, in their language; nobody of another account sees it.
 */
import { describe, expect, it } from 'vitest';
import { answerQuestion } from '../../../functions/portal/questions.ts';
import { ask } from '../../../functions/portal/tell-us.ts';
import type { PortalStores } from '../../../functions/portal/portal-parts.ts';
import { emailHashOf } from '../../../shared/domain/person.ts';
import { memoryCallCounter } from '../../support/memory/call-counter.ts';
import { everything } from '../../support/test-edge.ts';
import { weekdays } from '../../support/weekdays.ts';
import { noticeMail } from './desks.ts';
import {
  appendTo,
  companyId,
  contact,
  createMailWorld,
  headOf,
  lateItem,
  open,
  run,
  today,
  tuesday,
} from './mail-world.ts';

const key = { companyId, accountId: 'north' };

const asked = async (email: string | undefined, question: string, answer: string) => {
  const world = await createMailWorld();
  const contacts = [
    { name: 'Kim Ap', email: 'ap@north.example', role: 'Accounts Payable' },
    { name: 'Ann', email: 'ann@north.example', role: 'Warehouse', language: 'fr' },
  ];
  await open(world, 'north', [lateItem('north', 1, 5)], contact('', { contacts }));
  await open(world, 'south', [lateItem('south', 1, 5)]);
  const stores = {
    ...{ accounts: world.accounts, settings: world.settings, counter: memoryCallCounter() },
    ...{ hashText: world.parts.hashText, calendarOf: weekdays },
  } as unknown as PortalStores;
  const by =
    email === undefined ? 'link:1234' : `contact:${emailHashOf(email, 'salt', world.parts.hashText)}`;
  const call = { scope: everything, systemScope: everything, now: tuesday, requestId: 'q1', callerId: by };
  const kept = await ask(stores, call, key, { text: question });
  if (!kept.ok) throw new Error(kept.detail);
  const staff = { ...call, requestId: 'a1', actor: { kind: 'staff', id: 'u:ann' } as const };
  const reply = () => answerQuestion(stores, staff, key, { question: kept.value.id, text: answer });
  return { world, reply };
};

describe('the answer to a question', () => {
  it('goes to who asked, in their language, with both, and without a name of the house', async () => {
    const { world, reply } = await asked('Ann@North.example', 'Où est <la> livraison ?', 'Partie le 3 mars.');
    expect(await reply()).toMatchObject({ ok: true });
    const mail = await noticeMail(world, 'north', 'T16');
    expect(mail.to).toEqual([{ address: 'ann@north.example', name: 'Ann' }]);
    expect(mail.subject).toContain('notre réponse à votre question');
    expect(mail.text).toContain('vous nous avez demandé : Où est <la> livraison ?');
    expect(mail.text).toContain('Notre réponse : Partie le 3 mars.');
    expect(mail.html).toContain('O\u00f9 est &lt;la&gt; livraison');
    expect(mail.text + mail.html).not.toMatch(/u:ann|south/);
  });

  it('of a link without a name goes to who gets the mail of the account', async () => {
    const { world, reply } = await asked(undefined, 'Where is it?', 'It left on 3 March.');
    await reply();
    expect((await noticeMail(world, 'north', 'T16')).to).toMatchObject([{ address: 'ap@north.example' }]);
  });

  it('goes out once, however often it is answered or sent', async () => {
    const { world, reply } = await asked('ann@north.example', 'Where?', 'There.');
    await reply();
    await noticeMail(world, 'north', 'T16');
    await reply();
    const { notices = [], overNotices = [] } = (await headOf(world, 'north')).dunning;
    expect(notices).toEqual([]);
    expect(await run(world, 'north', overNotices[0]!)).toEqual({ ok: true, value: 'gone' });
    expect(world.mailer.accepted).toHaveLength(1);
  });

  it('is a call for somebody while too many other messages are on their way', async () => {
    const { world, reply } = await asked('ann@north.example', 'Where?', 'There.');
    const many = Array.from({ length: 12 }, (_, n) => ({
      kind: 'noticePlanned' as const,
      notice: { id: `message:T14:${n}`, text: 'T14' as const, causeId: String(n), plannedOn: today },
      on: today,
    }));
    await appendTo(world, 'north', many);
    expect(await reply()).toMatchObject({ ok: true });
    const acts = ((await headOf(world, 'north')).dunning.tasks ?? []).map(({ act }) => act);
    expect(acts).toEqual(['tell-answer']);
  });
});

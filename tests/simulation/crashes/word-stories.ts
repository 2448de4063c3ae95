/**
 * Stories of words: a case opened while the run is on, decided with a credit note (S8); promises kept and broken (S9).
 * From: `stage.ts`. Next: `stories.test.ts` lets the process die at every effect of each.
 */
import { decideCase } from '../../../functions/disputes/decide-case.ts';
import { openOwnCase } from '../../../functions/portal/open-own-case.ts';
import { promisePayment } from '../../../functions/portal/promise-payment.ts';
import type { Item } from '../../../shared/domain/item.ts';
import { money } from '../../support/account-examples.ts';
import { everything } from '../../support/test-edge.ts';
import { companyId } from '../months/world.ts';
import { callOf, owed } from './money-acts.ts';
import type { Stage, Story } from './stage.ts';

/** The customer contests an item: again with the same request until there is an answer. */
const contests = (stage: Stage, accountId: string, { id }: Item, day: number, time: string): void =>
  stage.at(day, time, `${accountId} contests`, async () => {
    const about = { as: 'dispute', code: 'PRICE', text: 'The price is not right' } as const;
    const body = { ...about, items: [{ item: id }] };
    const call = callOf(stage, accountId, `${accountId}-case`);
    const opened = await openOwnCase(stage.month.parts.portal, call, { companyId, accountId }, body);
    if (!opened.ok) throw new Error(opened.detail);
  });

/** What is open of cases is credited in part; the rest is owed after all. */
const credits = (stage: Stage, accountId: string, amount: number, day: number, time: string): void =>
  stage.at(day, time, `${accountId} is credited`, async () => {
    const { month } = stage;
    const [opened] = month.journal.of({ companyId, accountId }).account.head.disputes ?? [];
    if (opened === undefined) return; // decided in the life before
    const by = { actor: { kind: 'staff', id: 'u:cfo' } as const, cause: { kind: 'request', id: accountId } };
    const decided = await decideCase(
      ...([month.parts.disputes, { scope: everything, now: month.agenda.now(), ...by }] as const),
      ...([
        { id: 'u:cfo', principals: ['EXE'] },
        { company: companyId, case: opened.id },
      ] as const),
      { credited: money(amount), reason: 'The price was too high' },
    );
    if (!decided.ok) throw new Error(decided.detail);
  });

/**
 * S8: the mails of the morning go out five a minute: one account contests when its mail is planned and not sent, one when
 * it is out. Both are decided the next day, with a credit note.
 */
export const contested: Story = {
  mode: 'dunwellLed',
  tell: async (stage) => {
    const accountIds = Array.from({ length: 12 }, (_, n) => `zqk${n + 10}z`);
    for (const accountId of accountIds)
      await stage.settle(accountId, [owed(accountId, 1, 40_000, 12), owed(accountId, 2, 15_000, 12)]);
    stage.mornings(0);
    contests(stage, 'zqk21z', owed('zqk21z', 1, 40_000, 12), 0, '06:30:30');
    contests(stage, 'zqk10z', owed('zqk10z', 1, 40_000, 12), 0, '12:00');
    credits(stage, 'zqk21z', 10_000, 1, '10:00');
    credits(stage, 'zqk10z', 40_000, 1, '11:00');
    stage.mornings(1, 2, 9, 12);
  },
};

const promises = (stage: Stage, accountId: string, { id }: Item, amount: number, dueIn: number): void =>
  stage.at(0, '10:00', `${accountId} promises`, async () => {
    const body = {
      dueOn: stage.dayAfter(dueIn),
      currency: 'EUR',
      items: [{ item: id, amount: money(amount) }],
    };
    const call = callOf(stage, accountId, `${accountId}-promise`);
    const made = await promisePayment(stage.month.parts.portal, call, { companyId, accountId }, body);
    if (!made.ok) throw new Error(made.detail);
  });

/** S9: three promise after their reminder; one pays in full, one a part, one nothing. */
export const promised: Story = {
  mode: 'dunwellLed',
  tell: async (stage) => {
    const accountIds = ['zqk01z', 'zqk02z', 'zqk03z'];
    for (const accountId of accountIds) {
      const item = owed(accountId, 1, 40_000, 12);
      await stage.settle(accountId, [item, owed(accountId, 2, 15_000, 12)]);
      promises(stage, accountId, item, 40_000, 3);
    }
    stage.mornings(0, 1);
    stage.statement(2, '05:00', [
      { amount: 40_000, reference: 'all', text: 'Invoice zqk01z-1' },
      { amount: 10_000, reference: 'some', text: 'Invoice zqk02z-1' },
    ]);
    stage.mornings(2, 3, 6, 7, 8, 9, 10);
  },
};

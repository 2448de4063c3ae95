/**
 * Stories of money: the bank's file (S3), a payment in the portal (S5, S6), money that goes back (S7).
 * From: `stage.ts`. Next: `stories.test.ts` lets the process die at every effect of each.
 */
import { keepEvent } from '../../../functions/portal/keep-event.ts';
import { readOwnAccount } from '../../../functions/portal/read-own.ts';
import { startCheckout } from '../../../functions/portal/start-checkout.ts';
import type { AccountItem } from '../../../shared/domain/account.ts';
import { addDays } from '../../../shared/domain/calendar.ts';
import type { Item } from '../../../shared/domain/item.ts';
import { arrive, idOf } from '../../functions/erp-exchange/snapshot-world.ts';
import { late } from '../../support/dunning-examples.ts';
import { everything } from '../../support/test-edge.ts';
import { companyId } from '../months/world.ts';
import type { Stage, Story } from './stage.ts';

/** An invoice so many days late; its number bears the mark of its account. */
export const owed = (accountId: string, n: number, cents: number, daysLate: number): Item =>
  late(idOf(`${accountId}-${n}`), cents, daysLate, { number: `${accountId}-${n}` });

export const callOf = ({ month }: Stage, accountId: string, requestId: string) => ({
  ...{ scope: everything, systemScope: everything, caseScope: everything, now: month.agenda.now() },
  ...({ callerId: `contact:${accountId}`, requestId, mayPay: 'all', mayContest: 'all' } as const),
});

/** S3: paid in full, in part, too much, by nobody known; then the bank takes one back. */
export const bankFile: Story = {
  mode: 'dunwellLed',
  tell: async (stage) => {
    await stage.settle('zqk01z', [owed('zqk01z', 1, 10_000, 12), owed('zqk01z', 2, 50_000, 12)]);
    await stage.settle('zqk02z', [owed('zqk02z', 1, 8_000, 12)]);
    await stage.settle('zqk03z', [owed('zqk03z', 1, 30_000, 12)]);
    stage.statement(0, '05:00', [
      { amount: 10_000, reference: 'full', text: 'Invoice zqk01z-1' },
      { amount: 20_000, reference: 'part', text: 'Invoice zqk01z-2' },
      { amount: 9_500, reference: 'over', text: 'Invoice zqk02z-1' },
      { amount: 30_000, reference: 'debit', text: 'Invoice zqk03z-1', endToEndId: 'debit-1' },
      { amount: 777, reference: 'unknown', text: 'thank you' },
    ]);
    stage.mornings(0);
    stage.statement(1, '05:00', [
      { amount: -30_000, reference: 'back', text: 'returned', endToEndId: 'debit-1', isReversal: true },
    ]);
    stage.mornings(1, 9);
  },
};

type Paid = { accountId: string; items: readonly Item[]; day: number; time: string };

/** Starts a checkout at the portal: again with the same request until there is an answer. */
const starts = (
  stage: Stage,
  { accountId, items, day, time }: Paid,
  then: (payment: string) => void,
): void => {
  const { parts } = stage.month;
  const wanted = { currency: 'EUR', items: items.map(({ id }) => ({ item: id })), credits: [] };
  stage.at(day, time, `${accountId} starts`, async () => {
    const key = { companyId, accountId };
    const call = callOf(stage, accountId, `${accountId}-pays`);
    const started = await startCheckout(parts.portal, call, key, wanted);
    if (!started.ok) throw new Error(started.detail);
    then(started.value.payment);
  });
};

/** What happens at the provider, once; its events. */
const happensAt = (stage: Stage, accountId: string, payment: string) => {
  const { provider, stores } = stage.month;
  const from = provider.events.length;
  const session = async (): Promise<string> =>
    (await stores.plain.checkouts.read(everything, { companyId, accountId }, payment))!.checkout.sessionId!;
  return {
    pay: async (): Promise<void> => void provider.pay(await session()),
    paymentId: async (): Promise<string> => provider.sessions.get(await session())!.paymentId!,
    tell: (atMs: number): void => {
      for (const event of provider.events.slice(from))
        stage.month.bus.again(atMs, `webhook ${event.eventId}`, () =>
          keepEvent(stage.month.parts.portal, stage.month.call(), 'default', event),
        );
    },
  };
};

/** The customer's page when they come back: what it says of the money. */
const returns = (stage: Stage, accountId: string, payment: string, atMs: number): void => {
  const { month, saw } = stage;
  month.agenda.at(atMs, 'returns', async () => {
    const key = { companyId, accountId };
    const kept = await month.stores.plain.checkouts.read(everything, key, payment);
    const page = await readOwnAccount(month.parts.portal, callOf(stage, accountId, 'looks'), key);
    const shown = page.ok
      ? page.value.items.map(({ open, underWay, state }) => [open, underWay, state])
      : page;
    saw.push(`${accountId} ${kept?.checkout.state} ${JSON.stringify(shown)}`);
  });
};

const minutes = (count: number): number => count * 60_000;

/** Pays ten minutes after the start; the webhook comes and the customer returns so many minutes after that. */
const pays = (stage: Stage, paid: Paid, webhookAfter: number | undefined, returnAfter: number): void => {
  let isStarted = false;
  starts(stage, paid, (payment) => {
    if (isStarted) return;
    isStarted = true;
    const at = stage.atMs(paid.day, paid.time) + minutes(10);
    stage.month.agenda.at(at, 'pays', async () => {
      const there = happensAt(stage, paid.accountId, payment);
      await there.pay();
      if (webhookAfter !== undefined) there.tell(at + minutes(webhookAfter));
      returns(stage, paid.accountId, payment, at + minutes(returnAfter));
    });
  });
};

/** S5: a reminder, a payment in the portal, the provider's payout on the bank's file, quiet afterwards. */
export const portalPayment: Story = {
  mode: 'dunwellLed',
  tell: async (stage) => {
    const items = [owed('zqk01z', 1, 40_000, 12), owed('zqk01z', 2, 15_000, 12)];
    await stage.settle('zqk01z', items);
    stage.mornings(0);
    pays(stage, { accountId: 'zqk01z', items: items.slice(0, 1), day: 0, time: '10:00' }, 1, 30);
    stage.statement(1, '05:00', [{ amount: 39_300, reference: 'payout', text: 'PAYOUT po_1' }]);
    stage.mornings(1, 9);
  },
};

const files = (
  stage: Stage,
  importId: string,
  day: number,
  open: readonly AccountItem[] | readonly Item[],
): void =>
  stage.at(day, '04:00', `snapshot ${importId}`, () =>
    arrive(stage.month.parts.files, importId, {
      asOf: `${addDays(stage.today, day - 1)}T22:00:00Z`,
      open: open.map(({ number, open: left, original, dueOn, documentOn, postedOn }) => [
        ...([number.slice(0, 6), number, left] as const),
        { original, ...(dueOn === undefined ? {} : { dueOn }), documentOn, postedOn },
      ]),
    }),
  );

/** S6: the webhook comes before the customer is back, long after, and never; the ERP shows the money two days later. */
export const webhooks: Story = {
  mode: 'erpLed',
  tell: async (stage) => {
    const of = (accountId: string): Item[] => [
      owed(accountId, 1, 40_000, 12),
      owed(accountId, 2, 15_000, 12),
    ];
    const accountIds = ['zqk01z', 'zqk02z', 'zqk03z'];
    for (const accountId of accountIds) await stage.settle(accountId, of(accountId));
    // many that stay: a file that is half as long as the last one would be held
    const others = Array.from({ length: 20 }, (_, n) => owed('zqk99z', n, 1_000, -60));
    const all = [...others, ...accountIds.flatMap(of)];
    files(stage, 's0', 0, all);
    stage.mornings(0);
    for (const [n, [webhookAfter, returnAfter]] of (
      [
        [1, 30],
        [90, 5],
        [undefined, 5],
      ] as const
    ).entries()) {
      const accountId = accountIds[n]!;
      const paid = { accountId, items: of(accountId).slice(0, 1), day: 0, time: `1${n}:00` };
      pays(stage, paid, webhookAfter, returnAfter);
    }
    files(stage, 's1', 1, all);
    stage.mornings(1);
    const after = all.filter(({ number }) => !accountIds.some((id) => number === `${id}-1`));
    files(stage, 's2', 2, after);
    stage.mornings(2);
    files(stage, 's9', 9, after);
    stage.mornings(9);
  },
};

/** S7: paid in the portal; a part is refunded once dunning went on with the rest, later the card is charged back. */
export const moneyBack: Story = {
  mode: 'dunwellLed',
  tell: async (stage) => {
    const items = [owed('zqk01z', 1, 40_000, 12), owed('zqk01z', 2, 15_000, 12)];
    await stage.settle('zqk01z', items);
    const { provider, agenda } = stage.month;
    const back = (day: number, payment: string, as: 'refunds' | 'reversals', amount: number): void =>
      agenda.at(stage.atMs(day, '12:00'), as, async () => {
        const there = happensAt(stage, 'zqk01z', payment);
        provider.goBack(await there.paymentId(), as, amount);
        there.tell(stage.atMs(day, '12:30'));
      });
    let isStarted = false;
    starts(stage, { accountId: 'zqk01z', items: items.slice(0, 1), day: 0, time: '04:00' }, (payment) => {
      if (isStarted) return;
      isStarted = true;
      agenda.at(stage.atMs(0, '04:10'), 'pays', async () => {
        const there = happensAt(stage, 'zqk01z', payment);
        await there.pay();
        there.tell(stage.atMs(0, '04:11'));
      });
      back(1, payment, 'refunds', 10_000);
      back(10, payment, 'reversals', 30_000);
    });
    stage.mornings(0, 1, 2, 9, 13, 20);
  },
};

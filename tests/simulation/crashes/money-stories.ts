/**
 * Stories of money: the bank's file (S3), a payment in the portal (S5, S6), money that goes back (S7).
 * From: `stage.ts`. Next: `stories.test.ts` lets the process die at every effect of each.
 */
import type { Item } from '../../../shared/domain/item.ts';
import { files, happensAt, owed, pays, starts } from './money-acts.ts';
import type { Story } from './stage.ts';

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

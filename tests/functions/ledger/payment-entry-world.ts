/**
 * The routes by which payments are keyed in, over a company with accounts and a bank.
 * From: `cash-world.ts`. Next: tests of keyed payments, plain and with every effect crashed.
 */
import { registerReceiptReads } from '../../../functions/ledger/cash-routes.ts';
import { registerPaymentEntry } from '../../../functions/ledger/payment-entry-routes.ts';
import type { LedgerMode } from '../../../shared/domain/company.ts';
import { cashWorld, invoice } from '../../support/cash-world.ts';
import { withFaults, type Gate } from '../../support/faults.ts';
import { httpRoutes } from '../../support/http-routes.ts';
import { memoryFeeds } from '../../support/memory/feed-store.ts';
import { memoryReferences } from '../../support/memory/reference-store.ts';

type How = { as?: string; key?: string };
export type Entered = { account: string; receipt: { id: string } & Record<string, unknown> };

export const paymentWorld = async (mode: LedgerMode = 'dunwellLed', gate?: Gate) => {
  const cash = await cashWorld(mode);
  const references = memoryReferences();
  await cash.post('a1', invoice('1', 10_000), invoice('2', 7_000));
  await cash.post('a2', invoice('3', 5_000));
  const desk =
    gate === undefined
      ? { ...cash.parts, references }
      : {
          ...{ ...cash.parts, references },
          accounts: withFaults(cash.parts.accounts, gate, 'accounts'),
          receipts: withFaults(cash.parts.receipts, gate, 'receipts'),
        };
  const routes = httpRoutes((edge) => {
    registerPaymentEntry({ edge, desk });
    registerReceiptReads({ edge, desk: { ...desk, feeds: memoryFeeds() } });
  });
  return {
    ...{ cash, edge: routes.edge, call: routes.call },
    enter: async (payments: object[], more: object = {}, how: How = {}) => {
      const { status, json } = await routes.call('enter-payments', {
        ...{ body: { company: 'c1', payments, ...more }, ...how },
      });
      const detail = typeof json['detail'] === 'string' ? json['detail'] : '';
      return { status, code: json['code'], detail, payments: (json['payments'] ?? []) as Entered[] };
    },
    undo: (receiptId: string, how: How = {}) =>
      routes.call('undo-payment', {
        ...{ params: { companyId: 'c1', receiptId }, body: { reason: 'keyed twice' }, ...how },
      }),
    open: async (number: string, accountId = 'a1') =>
      (await cash.open(accountId, `item:invoice:${number}`))?.open,
    receipts: async () => {
      const pages = await Promise.all(
        (['unidentified', 'unassigned', 'posting', 'onAccount', 'settled'] as const).map((state) =>
          routes.call('list-receipts', { params: { companyId: 'c1' }, query: { state } }),
        ),
      );
      return pages.flatMap(({ json }) => json['receipts'] as Record<string, unknown>[]);
    },
  };
};

/** A cheque of a1 over 70.00, of 9 March. */
export const cheque = (more: object = {}): Record<string, unknown> => ({
  ...{ account: 'a1', valueOn: '2026-03-09', currency: 'EUR', amount: 7_000 },
  ...{ method: 'cheque', reference: 'CHQ 000451' },
  ...more,
});

/**
 * Rows and work for tests of posting: invented numbers, as few words as a case needs.
 * From: tests of reconciliation, updates, journals. Next: decisions under test.
 */
import { newAccount, type Account } from '../../shared/domain/account.ts';
import { dayAt, instantFromText } from '../../shared/domain/calendar.ts';
import { evolve } from '../../shared/domain/evolve.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import type { AllocationRow, DeltaNews, DeltaRow, DocumentRow } from '../../shared/domain/feed-rows.ts';
import type { MasterData } from '../../shared/domain/master-data.ts';
import type { Posted, PostingFrame } from '../../shared/domain/posting-steps.ts';
import { reconcileAccount } from '../../shared/domain/reconcile.ts';
import type { SnapshotWork } from '../../shared/domain/reconcile-frame.ts';
import { updateAccount } from '../../shared/domain/update-item.ts';
import { sha256 } from '../../shared/azure/entry-hash.ts';
import { day, key, money } from './account-examples.ts';

/** An invoice of March with this much open, 100.00 EUR in full; credits get the sign of their kind. */
export const rowOf = (number: string, open: number, more: Partial<DocumentRow> = {}): DocumentRow => {
  const isCredit = more.kind === 'creditNote' || more.kind === 'paymentOnAccount';
  return {
    ...{ row: 1, accountId: key.accountId, kind: 'invoice', number, part: '1' },
    ...{ documentOn: day('2026-03-01'), postedOn: day('2026-03-01'), dueOn: day('2026-03-31') },
    ...{ currency: 'EUR', original: money(isCredit ? -10_000 : 10_000), open: money(open) },
    ...{
      discountTiers: [],
      parties: {},
      references: {},
      isInsured: false,
      isIntercompany: false,
      faults: [],
    },
    ...more,
  };
};

/** `S1` to `S9`: six in the morning of the 11th to the 19th of March. */
export const morning = (n: number): string => `2026-03-1${n}T05:00:00Z`;

export const snapshot = (
  n: number,
  rows: readonly DocumentRow[],
  more: Partial<SnapshotWork> = {},
): SnapshotWork => ({
  ...{ accountId: key.accountId, do: 'reconcile', source: 'erp', scope: {}, asOf: morning(n), withheld: [] },
  ...(n > 1 ? { previousAsOf: morning(n - 1) } : {}),
  rows: rows.map((row, index) => ({ ...row, row: index + 1 })),
  ...more,
});

export const frameAt = (importId: string, instant: string, master: MasterData = {}): PostingFrame => ({
  importId,
  on: dayAt(instantFromText(instant), 'UTC'),
  zone: 'UTC',
  master,
  hashText: sha256,
});

/** All facts of the steps and the mark, in one go. */
export const factsIn = ({ steps, mark }: Posted & { mark?: Fact | undefined }): Fact[] => [
  ...(mark === undefined ? [] : [mark]),
  ...steps.flatMap(({ facts }) => [...facts]),
];

const applied = (account: Account, posted: Posted & { mark?: Fact | undefined }): Account => {
  const facts = factsIn(posted);
  return facts.length === 0 ? account : evolve(account, facts);
};

/** The account after a snapshot was reconciled with it. */
export const after = (account: Account, work: SnapshotWork, master?: MasterData): Account =>
  applied(account, reconcileAccount(account, work, frameAt(`i-${work.asOf}`, work.asOf, master)));

/** The account after these snapshots, each a list of rows. */
export const afterFiles = (...files: readonly (readonly DocumentRow[])[]): Account =>
  files.reduce((account, rows, index) => after(account, snapshot(index + 1, rows)), newAccount(key));

export const deltaOf = (row: DocumentRow, changedAt: string, more: Partial<DeltaNews> = {}): DeltaRow => ({
  ...row,
  news: { change: 'upsert', changedAt, ...more },
});

/** The account after news of single documents. */
export const afterNews = (
  account: Account,
  rows: readonly DeltaRow[],
  mode: 'erpLed' | 'dunwellLed' = 'erpLed',
): Account =>
  applied(
    account,
    updateAccount(
      account,
      { accountId: key.accountId, do: 'update', source: 'erp', rows } as never,
      frameAt('d', morning(9)),
      mode,
    ),
  );

export const allocationOf = (
  number: string,
  amount: number,
  more: Partial<AllocationRow> = {},
): AllocationRow => ({
  ...{ row: 1, fromId: 'R1', kind: 'invoice', number, part: '1', currency: 'EUR', amount: money(amount) },
  ...{ discount: money(0), difference: money(0), postedOn: day('2026-03-10'), isReversal: false },
  ...more,
});

/** Open amounts by number, only of what is open. */
export const openBy = ({ items }: Account): Record<string, number> =>
  Object.fromEntries([...items.values()].flatMap(({ number, open }) => (open === 0 ? [] : [[number, open]])));

/** Why an item went down and by how much, what was undone left out. */
export const reasons = ({ items }: Account, id: string): [string, number][] =>
  (items.get(id)?.changes ?? [])
    .filter(({ isReversed }) => !isReversed)
    .map(({ by, amount }) => [by, amount]);

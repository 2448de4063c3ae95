/**
 * What an export shows of accounts, row by row: their items, their balances, their aging.
 * From: accounts as they are, or were on a day. Next: CSV and workbooks; the comparison of an export with today.
 * Amounts are whole minor units; beside each stands its decimal text in a column that ends in `Amount`.
 */
import { noBalance, sizeOf, type Account, type AccountHead, type AccountItem } from './account.ts';
import { agingOf, type AgingTable } from './aging.ts';
import { amountText } from './amount-text.ts';
import { plainAmountStyle } from './amount-style.ts';
import type { Day } from './calendar.ts';
import { clearedOf, receiversOf } from './cleared-days.ts';
import { decimalsOf } from './currencies.ts';
import { sum, type AmountMinor, type Currency } from './money.ts';

export const exportKinds = ['items', 'accounts', 'aging'] as const;
export type ExportKind = (typeof exportKinds)[number];

/** Numbers of a row are amounts or counts, texts are text or days. */
export type ExportValues = Readonly<Record<string, string | number | undefined>>;
/** `key` tells the row from all others of its export. */
export type ExportRow = { key: string; values: ExportValues };

export type ExportFrame = { kind: ExportKind; state: 'open' | 'all'; day: Day; zone: string };

/** In the order of the file; those ending in `Amount` are decimal text. */
export const exportColumns: Readonly<Record<ExportKind, readonly string[]>> = {
  items: [
    ...['company', 'account', 'number', 'part', 'kind', 'currency', 'posted', 'due', 'original', 'open'],
    ...['clearedFrom', 'clearedTo', 'originalAmount', 'openAmount', 'provisional', 'document', 'firstDue'],
    ...['source', 'fiscalYear', 'purchaseOrder', 'order', 'delivery', 'soldTo', 'shipTo', 'site'],
    ...['salesOwner', 'retention', 'retentionReleaseOn', 'intercompany', 'insured', 'erpBlock'],
    ...['reasonCode', 'faults', 'item'],
  ],
  accounts: [
    ...['company', 'account', 'name', 'currency', 'open', 'openAmount', 'owed', 'credits', 'provisional'],
    ...['openItems', 'oldestDue', 'assignedTo', 'stage', 'holds'],
  ],
  aging: ['company', 'account', 'day', 'currency', 'bucket', 'amount', 'amountAmount'],
};

/** Columns whose text is a number. */
export const isNumberColumn = (column: string): boolean => column.endsWith('Amount');

const dayColumns = [
  ...['posted', 'due', 'clearedFrom', 'clearedTo', 'document', 'firstDue', 'retentionReleaseOn'],
  ...['oldestDue', 'day'],
];

/** Columns whose text is an ISO day. */
export const isDayColumn = (column: string): boolean => dayColumns.includes(column);

/** The rows of one account; `account` holds every item the frame asks for. */
export const exportRowsOf = (account: Account, frame: ExportFrame): ExportRow[] => {
  switch (frame.kind) {
    case 'items':
      return itemRows(account, frame);
    case 'accounts':
      return balanceRows(account);
    case 'aging':
      return agingRows(account, frame.day);
  }
};

const inOrder = (a: AccountItem, b: AccountItem): number =>
  a.dueOn < b.dueOn || (a.dueOn === b.dueOn && a.id < b.id) ? -1 : 1;

const itemRows = ({ head, items }: Account, { state, zone }: ExportFrame): ExportRow[] => {
  const all = [...items.values()];
  const receivers = receiversOf(all);
  return all
    .filter(({ open }) => state === 'all' || open !== 0)
    .toSorted(inOrder)
    .map((item) => {
      const cleared = clearedOf(item, receivers.get(item.id) ?? [], zone);
      return { key: item.id, values: { ...itemValues(head, item), ...cleared } };
    });
};

const itemValues = ({ companyId, accountId }: AccountHead, item: AccountItem): ExportValues => ({
  ...{ company: companyId, account: accountId, number: item.number, part: item.part, kind: item.kind },
  ...{ currency: item.currency, posted: item.postedOn, due: item.dueOn },
  ...{ original: item.original, originalAmount: decimalText(item.original, item.currency) },
  ...{ open: item.open, openAmount: decimalText(item.open, item.currency) },
  provisional: sum(...item.provisional.filter(({ state }) => state === 'noted').map(({ amount }) => amount)),
  ...{ document: item.documentOn, firstDue: item.firstDueOn, source: item.source },
  ...{ fiscalYear: item.fiscalYear, ...referencesOf(item), ...item.parties },
  ...{ retention: item.retention?.amount, retentionReleaseOn: item.retention?.releaseOn },
  ...{ intercompany: yesIf(item.isIntercompany), insured: yesIf(item.isInsured) },
  ...{ erpBlock: item.erpBlock, reasonCode: item.reasonCode, faults: item.faults?.join(' '), item: item.id },
});

/** Free text stays out: it may name a person, and the journal that an export is compared with has none. */
const referencesOf = ({ references }: AccountItem): ExportValues => ({
  ...{ purchaseOrder: references.purchaseOrder, order: references.order, delivery: references.delivery },
});

const yesIf = (is: boolean): string | undefined => (is ? 'yes' : undefined);

/** The amount as its currency writes it, with a dot. @throws when the currency is not in use. */
export const decimalText = (amount: AmountMinor, currency: Currency): string => {
  const decimals = decimalsOf(currency);
  if (!decimals.ok) throw new Error(decimals.detail);
  return amountText(amount, plainAmountStyle, decimals.value);
};

/** One row per currency. */
const balanceRows = ({ head, items }: Account): ExportRow[] => {
  const open = [...items.values()].filter((item) => item.open !== 0);
  return Object.keys(head.balances)
    .toSorted()
    .map((currency) => {
      const balance = head.balances[currency] ?? noBalance;
      const own = open.filter((item) => item.currency === currency);
      const debits = own.filter((item) => item.open > 0);
      const values = {
        ...{ company: head.companyId, account: head.accountId, currency },
        ...{ open: balance.open, openAmount: decimalText(balance.open, currency) },
        owed: sum(...debits.map((item) => item.open)),
        credits: sizeOf(sum(...own.filter((item) => item.open < 0).map((item) => item.open))),
        ...{ provisional: balance.provisional, openItems: own.length },
        oldestDue: debits.map(({ dueOn }) => dueOn).toSorted()[0],
        ...{ assignedTo: head.assignedTo, stage: head.dunning.stage },
        holds: head.holds.map(({ code }) => code).join(' '),
      };
      return { key: `${head.accountId} ${currency}`, values };
    });
};

/** One row per currency and bucket that holds something. */
const agingRows = ({ head, items }: Account, day: Day): ExportRow[] => {
  const open = [...items.values()].filter((item) => item.open !== 0);
  const aging = agingOf(open, { asOf: day, scheme: 'standard', basis: 'dueDay' }, () => undefined);
  return [...aging.values()]
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1))
    .flatMap(({ currency, receivables, intercompany, outside }) =>
      [
        ...namedSums(receivables, ''),
        ...namedSums(intercompany, 'intercompany '),
        ['outside', outside] as const,
      ]
        .filter(([, amount]) => amount !== 0)
        .map(([bucket, amount]) => ({
          key: `${head.accountId} ${currency} ${bucket}`,
          values: {
            ...{ company: head.companyId, account: head.accountId, day, currency, bucket, amount },
            amountAmount: decimalText(amount, currency),
          },
        })),
    );
};

const namedSums = ({ buckets, columns }: AgingTable, prefix: string): (readonly [string, AmountMinor])[] =>
  Object.entries({ ...buckets, ...columns }).map(([name, amount]) => [`${prefix}${name}`, amount] as const);

/** Rows that are not what they were, with both; one that came or went has one side. */
export const changedRows = (
  before: readonly ExportRow[],
  after: readonly ExportRow[],
): { key: string; before: ExportValues | null; after: ExportValues | null }[] => {
  const [was, is] = [mapOf(before), mapOf(after)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((key) => JSON.stringify(was.get(key)) !== JSON.stringify(is.get(key)))
    .toSorted()
    .map((key) => ({ key, before: was.get(key) ?? null, after: is.get(key) ?? null }));
};

const mapOf = (rows: readonly ExportRow[]): Map<string, ExportValues> =>
  new Map(rows.map(({ key, values }) => [key, values]));

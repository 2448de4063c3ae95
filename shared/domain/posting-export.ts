/**
 * The posting export: what arrived or was decided here and the ERP is still to post, each listed exactly once.
 * From: provisional receipts and approved proposals. Next: a file for the ERP, and its acknowledgement
 * (`defaults.md` §2.5).
 */
import { businessDaysBetween, type BusinessCalendar } from './business-days.ts';
import { dayAt, instantFromText, type Day, type Instant } from './calendar.ts';
import { escapeId, type HashText } from './document-ids.ts';
import type { AmountMinor, Currency } from './money.ts';
import { waitsSince, type Proposal } from './proposal.ts';
import { isLive, type Receipt } from './receipt.ts';

/** One thing to post: a portion of a provisional receipt, or a proposal. */
export type PostingLine = {
  /** Derived from the receipt's portion or the proposal. */
  id: string;
  kind: 'receipt' | 'writeOff' | 'creditNote' | 'refund' | 'allocation';
  accountId: string;
  /** The item it settles; absent: on account. */
  itemId?: string;
  currency: Currency;
  /** Positive: what lowers the account's debt. */
  amount: AmountMinor;
  on: Day;
  /** ISO instant at which the money came or the proposal was approved. */
  since: string;
  reference: string;
  reason?: string;
};

export type ListedLine = PostingLine & {
  exportId: string;
  exportedAt: string;
  /** The ERP took it, under this reference; or would not, and why. */
  acknowledged?: { at: string; by: string; reference?: string; refusedBecause?: string };
  /** The feed showed it: nothing is left to do. */
  confirmedAt?: string;
};

export type PostingExport = {
  companyId: string;
  exportId: string;
  /** Counts from 1; the next export begins where this one ended. */
  number: number;
  at: string;
  by: string;
  lines: readonly PostingLine[];
};

/** The portions of a receipt at one company that its ERP is to post; money that has no place yet is none. */
export const linesOfReceipt = (receipt: Receipt, companyId: string): PostingLine[] =>
  receipt.portions
    .filter((portion) => isLive(portion) && portion.account.companyId === companyId)
    .map((portion) => ({
      ...{ id: portion.id, kind: 'receipt', accountId: portion.account.accountId },
      ...(portion.itemId === undefined ? {} : { itemId: portion.itemId }),
      ...{ currency: receipt.currency, amount: portion.amount, on: receipt.valueOn },
      since: receipt.receivedAt,
      reference: receipt.bankReference,
    }));

/** What two persons here agreed on and only the ERP can post. */
export const lineOfProposal = ({ id, kind, accountId, items, currency, ...said }: Proposal): PostingLine => {
  const [only, another] = items;
  return {
    ...{ id, kind, accountId, currency, amount: said.amount, on: said.on, reason: said.reason },
    since: waitsSince(said),
    ...(only !== undefined && another === undefined ? { itemId: only.itemId } : {}),
    reference: said.from ?? items.map(({ itemId }) => itemId).join(' '),
  };
};

/** Lines of one export: one batch of the store keeps them and the export together. */
export const mostLinesPerExport = 98;

/** Days of business after which a line nobody confirmed is a task for the clerk. */
const patienceBusinessDays = 3;

/** Ids that are safe as document ids. */
export const lineDocumentId = (lineId: string): string => `line:${escapeId(lineId)}`;

/** The same lines are the same export, whoever asks and however often. */
export const exportIdOf = (
  companyId: string,
  number: number,
  lines: readonly PostingLine[],
  hashText: HashText,
): string =>
  `export-${number}-${hashText([companyId, ...lines.map(({ id }) => id)].join('\n')).slice(0, 16)}`;

/** Whether the clerk is asked why what still waits is not posted; counted from when it came, listed or not. */
export const isLineOverdue = (
  { since }: Pick<PostingLine, 'since'>,
  now: Instant,
  zone: string,
  calendar: BusinessCalendar,
): boolean => {
  return (
    businessDaysBetween(dayAt(instantFromText(since), zone), dayAt(now, zone), calendar) >=
    patienceBusinessDays
  );
};

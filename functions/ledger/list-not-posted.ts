/**
 * The work list "payment not posted": money that three business days or three snapshots later no feed has shown, and
 * at once what the ERP would not post, with its reason. It lowers the claim all the while.
 * From: staff routes. Next: the AR clerk asks the bookkeeping why.
 */
import { receiptAnswerOf, type ReceiptAnswer } from '../../shared/contracts/cash-desk.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { businessDaysBetween, type BusinessCalendar } from '../../shared/domain/business-days.ts';
import { dayAt, instantFromText, type Day, type Instant } from '../../shared/domain/calendar.ts';
import { isPostingOverdue } from '../../shared/domain/confirm-receipt.ts';
import { linesOfReceipt } from '../../shared/domain/posting-export.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import type { Receipt } from '../../shared/domain/receipt.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { FeedStore } from '../../shared/ports/feed-store.ts';
import type { CashParts } from './cash-parts.ts';
import { readCompany } from '../../shared/edge/read-company.ts';

export type NotPostedParts = Pick<CashParts, 'receipts' | 'settings'> & {
  /** Business days of a country, about a day. */
  calendarOf: (country: string, around: Day) => Promise<BusinessCalendar>;
};

type ListParts = NotPostedParts & { feeds: Pick<FeedStore, 'listed'> };

const limits = { businessDays: 3, snapshots: 3 };
const linesAtOnce = 100;

/** Oldest first; a page may hold fewer than asked for, even none, and not be the last. */
export const listNotPosted = async (
  { receipts, settings, calendarOf, feeds }: ListParts,
  scope: Scope,
  companyId: string,
  { now, limit, after }: { now: Instant; limit: number; after?: string | undefined },
): Promise<Outcome<{ receipts: ReceiptAnswer[]; after?: string }, ProblemCode>> => {
  const company = await readCompany(settings, scope, companyId);
  if (!company.ok) return company;
  const { country, zone } = company.value;
  const today = dayAt(now, zone);
  const calendar = await calendarOf(country, today);
  const page = { limit, ...(after === undefined ? {} : { after }) };
  const found = await receipts.list(scope, companyId, { standing: 'provisional' }, page);
  const daysSince = ({ receivedAt }: Receipt): number =>
    businessDaysBetween(dayAt(instantFromText(receivedAt), zone), today, calendar);
  const refused = await refusedIn(found.receipts, companyId, scope, feeds);
  const shown = found.receipts.flatMap((one): ReceiptAnswer[] => {
    const refusedBecause = refused.get(one.id);
    if (refusedBecause !== undefined) return [{ ...receiptAnswerOf(one), refusedBecause }];
    return isPostingOverdue(one, daysSince(one), limits) ? [receiptAnswerOf(one)] : [];
  });
  const listed = { receipts: shown };
  return done(found.after === undefined ? listed : { ...listed, after: found.after });
};

/** By receipt, what the ERP said of the first of its lines that it would not post. */
const refusedIn = async (
  receipts: readonly Receipt[],
  companyId: string,
  scope: Scope,
  feeds: ListParts['feeds'],
): Promise<ReadonlyMap<string, string>> => {
  const lines = receipts.flatMap((one) =>
    linesOfReceipt(one, companyId).map(({ id }) => [id, one.id] as const),
  );
  const receiptOf = new Map(lines);
  const refused = new Map<string, string>();
  for (let from = 0; from < lines.length; from += linesAtOnce) {
    const ids = lines.slice(from, from + linesAtOnce).map(([id]) => id);
    for (const { id, acknowledged } of await feeds.listed(scope, companyId, ids)) {
      const receiptId = receiptOf.get(id);
      const because = acknowledged?.refusedBecause;
      if (receiptId !== undefined && because !== undefined && !refused.has(receiptId))
        refused.set(receiptId, because);
    }
  }
  return refused;
};

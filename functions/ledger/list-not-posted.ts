/**
 * The work list "payment not posted": money that three business days or three snapshots later no feed has shown. It
 * lowers the claim all the while.
 * From: staff routes. Next: the AR clerk asks the bookkeeping why.
 */
import { receiptAnswerOf, type ReceiptAnswer } from '../../shared/contracts/cash-desk.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { businessDaysBetween, type BusinessCalendar } from '../../shared/domain/business-days.ts';
import { dayAt, instantFromText, type Day, type Instant } from '../../shared/domain/calendar.ts';
import { isPostingOverdue } from '../../shared/domain/confirm-receipt.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import type { Receipt } from '../../shared/domain/receipt.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { CashParts } from './cash-parts.ts';
import { readCompany } from '../../shared/edge/read-company.ts';

export type NotPostedParts = Pick<CashParts, 'receipts' | 'settings'> & {
  /** Business days of a country, about a day. */
  calendarOf: (country: string, around: Day) => Promise<BusinessCalendar>;
};

const limits = { businessDays: 3, snapshots: 3 };

/** Oldest first; a page may hold fewer than asked for, even none, and not be the last. */
export const listNotPosted = async (
  { receipts, settings, calendarOf }: NotPostedParts,
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
  const overdue = found.receipts.filter((one) => isPostingOverdue(one, daysSince(one), limits));
  const listed = { receipts: overdue.map(receiptAnswerOf) };
  return done(found.after === undefined ? listed : { ...listed, after: found.after });
};

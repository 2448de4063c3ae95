/**
 * Items that wait for a track of their own, so that no stage of a policy concerns them yet: approved in the customer's
 * own system with a day, a direct debit that came back, a case decided against them a few days ago.
 * From: `account-claims.ts`. Next: the same; the reason is stored, the account is looked at when the wait is over.
 */
import type { AccountItem } from './account.ts';
import { addBusinessDays, type BusinessCalendar } from './business-days.ts';
import { addDays, type Day } from './calendar.ts';
import { returnedOnOf } from './debit-returns.ts';
import type { ItemStanding } from './item-standing.ts';
import { zero } from './money.ts';
import { refusedUntil, type Refused } from './track-refused.ts';
import type { WithheldReason } from './withheld-reasons.ts';

/** Business days after the pay day of the customer's system, and after a debit came back. */
export const waitRules = { afterPayDay: 3, afterReturn: 5 } as const;

type Frame = { today: Day; calendar: BusinessCalendar };

/** Words of portals for an invoice that will be paid, and for one that was refused. */
const approvedWords =
  /^(approved|accepted|released|scheduled|paid|ready[ -]for[ -]payment|freigegeben|genehmigt|approuv)/i;
const rejectedWords = /^(reject|refus|return|declin|disput|abgelehnt|zur(ü|ue)ck)/i;

export const isApproved = ({ apStatus = '' }: Pick<AccountItem, 'apStatus'>): boolean =>
  approvedWords.test(apStatus.trim());
export const isRejected = ({ apStatus = '' }: Pick<AccountItem, 'apStatus'>): boolean =>
  rejectedWords.test(apStatus.trim());

/** The first day on which an unpaid debit that came back goes on as by any other means. */
export const joinsOn = (item: AccountItem, { calendar }: Pick<Frame, 'calendar'>): Day | undefined => {
  const on = returnedOnOf(item);
  return on === undefined ? undefined : addBusinessDays(on, waitRules.afterReturn, calendar);
};

const waitOf = (
  item: AccountItem,
  frame: Frame,
  refused: readonly Refused[],
): { reason: WithheldReason; until?: Day } | undefined => {
  const { today, calendar } = frame;
  if (isRejected(item)) return { reason: 'query-open' };
  if (item.apPayOn !== undefined && isApproved(item)) {
    const until = addBusinessDays(item.apPayOn, waitRules.afterPayDay, calendar);
    if (today < until) return { reason: 'ap-approved', until };
  }
  const joins = joinsOn(item, frame);
  if (joins !== undefined && today < joins) return { reason: 'direct-debit', until: joins };
  const until = refused.length === 0 ? undefined : refusedUntil(refused, item.id, frame);
  return until === undefined || today >= until ? undefined : { reason: 'recent-contact', until };
};

/** The same standing, or nothing asked and why. A request for a down payment has its own track and is in no sum. */
export const waiting = (
  standing: ItemStanding,
  frame: Frame,
  refused: readonly Refused[] = [],
): ItemStanding => {
  const { item, claim } = standing;
  if (claim <= 0) return standing;
  const wait = waitOf(item, frame, refused);
  if (wait === undefined) return standing;
  const { reason, until } = wait;
  const { untilOn: _before, ...kept } = standing;
  const untilOn = until === undefined ? {} : { untilOn: addDays(until, -1) };
  return { ...kept, claim: zero, beside: zero, reason, ...untilOn };
};

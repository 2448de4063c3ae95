/**
 * What the customer hears of a case: T8 when it is opened, T9 when it is decided, T12 when a deduction is refused.
 * From: the workflows of cases, in the same append as the cause. Next: the relay, the mail workflow.
 */
import type { Told } from '../../shared/contracts/disputes.ts';
import type { Account, AccountHead } from '../../shared/domain/account.ts';
import type { Day } from '../../shared/domain/calendar.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { noticesAfter } from '../../shared/domain/notice.ts';
import { planNotice, type NoticeRequest } from '../../shared/domain/plan-notice.ts';

/** As far as they can be planned now; what cannot is owed, and asked for again when the case is looked at. */
export const planTold = (
  { head }: Pick<Account, 'head'>,
  wanted: readonly Told[],
  on: Day,
): { facts: Fact[]; owed: Told[] } => {
  const facts: Fact[] = [];
  const owed: Told[] = [];
  let now = head;
  for (const told of wanted) {
    const planned = planNotice(now, requestOf(told), on);
    if (!planned.ok) owed.push(told);
    else {
      facts.push(...planned.value);
      now = planned.value.reduce(withNotice, now);
    }
  }
  return { facts, owed };
};

const requestOf = ({ text, id: causeId, itemIds, attachmentIds, codes }: Told): NoticeRequest => ({
  ...{ text, causeId, itemIds },
  ...(attachmentIds !== undefined && { attachmentIds }),
  ...(codes !== undefined && { codes }),
});

const withNotice = (head: AccountHead, fact: Fact): AccountHead =>
  fact.kind === 'noticePlanned'
    ? { ...head, dunning: { ...head.dunning, ...noticesAfter(head.dunning, fact) } }
    : head;

/** One that can wait for another time: nothing is planned while too many others are on their way. */
export const noticeFacts = (account: Account, told: Told, on: Day): readonly Fact[] =>
  planTold(account, [told], on).facts;

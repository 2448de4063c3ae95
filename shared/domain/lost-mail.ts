/**
 * A mail that went out and is not in the book any more, since the book was set back to an earlier moment: it is written
 * down as what it was, on the day it went, so that nobody gets it again (D17).
 * From: what was kept of it outside of the book, once the mail service said that it took it. Next: facts.
 */
import type { Account, AccountItem } from './account.ts';
import type { Day } from './calendar.ts';
import type { PlannedMessage } from './dunning-facts.ts';
import type { Fact } from './facts.ts';
import { carriedFrom, letterWork } from './message-life.ts';
import type { Notice } from './notice.ts';

type Lost = { on: Day; now: string };

/**
 * Stages of items that are there and stand lower, the contact, whatever else was planned meanwhile withheld; the account
 * is looked at again. Undefined while another mail of it is under way: that one is to be settled first.
 */
export const adoptReminder = (
  account: Account,
  planned: PlannedMessage,
  { on, now }: Lost,
): readonly Fact[] | undefined => {
  const { message } = account.head.dunning;
  const isOther = message !== undefined && message.id !== planned.id;
  if (isOther && !['planned', 'awaiting'].includes(message.state)) return undefined;
  if (message?.state === 'carrying') return [];
  const found: PlannedMessage = { ...planned, needs: [], items: itemsNow(account, planned) };
  const leftToCarry = found.items.filter(({ isDue }) => isDue).length;
  return [
    ...(isOther
      ? [{ kind: 'messageWithheld', messageId: message.id, reasons: ['recent-contact'], on } as const]
      : []),
    { kind: 'messagePlanned', message: found, on },
    { kind: 'messageSent', messageId: planned.id, leftToCarry, on },
    ...letterWork(found, on),
    ...carriedFrom(found, 0, on),
    { kind: 'reviewPlanned', nextReviewAt: now, on },
  ];
};

const itemsNow = ({ items }: Account, planned: PlannedMessage): PlannedMessage['items'] =>
  planned.items.map((one) =>
    one.isDue && isLower(items.get(one.itemId), one, planned) ? one : { ...one, isDue: false },
  );

const isLower = (
  item: AccountItem | undefined,
  { stage, courtesyDay }: PlannedMessage['items'][number],
  { policyId }: PlannedMessage,
): boolean =>
  item !== undefined &&
  (courtesyDay !== undefined || item.stage < stage || item.reminded?.policyId !== policyId);

/** What was told is told: a notice of this id never goes out again. */
export const adoptNotice = ({ head }: Account, notice: Notice, on: Day): readonly Fact[] =>
  head.dunning.overNotices?.includes(notice.id) === true
    ? []
    : [
        { kind: 'noticePlanned', notice, on },
        { kind: 'noticeSent', messageId: notice.id, on },
      ];

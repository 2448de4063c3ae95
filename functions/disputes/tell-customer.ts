/**
 * What the customer hears of a case: T8 when it is opened, T9 when it is decided, T12 when a deduction is refused.
 * From: the workflows of cases, in the same append as the cause. Next: the relay, the mail workflow.
 */
import type { Account } from '../../shared/domain/account.ts';
import type { Day } from '../../shared/domain/calendar.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import type { NoticeText } from '../../shared/domain/notice.ts';
import { planNotice } from '../../shared/domain/plan-notice.ts';

export type Told = {
  text: NoticeText;
  id: string;
  itemIds: readonly string[];
  attachmentIds?: readonly string[];
  codes?: Readonly<Record<string, string>>;
};

/**
 * Planned once per cause. While too many messages are on their way nothing more is planned: the case stands without,
 * and the portal shows where it is.
 */
export const noticeFacts = ({ head }: Account, { text, id, ...told }: Told, on: Day): readonly Fact[] => {
  const planned = planNotice(head, { text, causeId: id, ...told }, on);
  return planned.ok ? planned.value : [];
};

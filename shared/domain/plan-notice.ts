/**
 * Plans a notice to a customer beside what caused it.
 * From: whoever decides the cause; the facts go into the same append. Next: the relay, the mail workflow.
 */
import type { AccountHead } from './account.ts';
import type { Day } from './calendar.ts';
import type { Fact } from './facts.ts';
import { mostItemsOfNotice, mostPendingNotices, type Notice, type NoticeText } from './notice.ts';
import { done, refuse, type Outcome } from './outcome.ts';

export type NoticeRequest = Omit<Notice, 'id' | 'plannedOn'>;

/** One notice of a text per cause, for ever. */
export const noticeIdOf = (text: NoticeText, causeId: string): string => `message:${text}:${causeId}`;

/** Nothing when it is on its way already, or was; refused while too many others are. */
export const planNotice = (
  { dunning }: Pick<AccountHead, 'dunning'>,
  request: NoticeRequest,
  on: Day,
): Outcome<readonly Fact[], 'too-many-notices'> => {
  const id = noticeIdOf(request.text, request.causeId);
  const pending = dunning.notices ?? [];
  if (pending.some((one) => one.id === id) || dunning.overNotices?.includes(id) === true) return done([]);
  if (pending.length >= mostPendingNotices)
    return refuse('too-many-notices', `${pending.length} messages are on their way`);
  const itemIds = request.itemIds?.slice(0, mostItemsOfNotice);
  const notice: Notice = { ...request, id, plannedOn: on, ...(itemIds === undefined ? {} : { itemIds }) };
  return done([{ kind: 'noticePlanned', notice, on }]);
};

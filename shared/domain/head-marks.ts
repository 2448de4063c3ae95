/**
 * Marks of an account by which a company's list finds it without reading all: what waits for somebody, why nothing is
 * sent, who sells to it.
 * From: the head. Next: the stores keep them beside it, indexed.
 */
import type { AccountHead } from './account.ts';
import type { WithheldReason } from './withheld-reasons.ts';

export type HeadMark =
  | ('awaiting' | 'in-doubt' | 'mail' | 'tasks' | 'promises' | 'plan')
  | `sells:${string}`
  | `withheld:${WithheldReason}`;

/** Sorted, so that the same head has the same marks. */
export const marksOf = ({
  dunning,
  salesOwners = [],
}: Pick<AccountHead, 'dunning' | 'salesOwners'>): HeadMark[] => {
  const { message, notices = [], tasks = [], promises = [], plan, withheld } = dunning;
  const isInDoubt = message?.state === 'inDoubt' || notices.some(({ state }) => state === 'inDoubt');
  const reasons = Object.keys(withheld?.reasons ?? {}) as WithheldReason[];
  return [
    ...(message?.state === 'awaiting' ? (['awaiting'] as const) : []),
    ...(isInDoubt ? (['in-doubt'] as const) : []),
    ...(mailsWaiting({ dunning }) > 0 ? (['mail'] as const) : []),
    ...(plan === undefined ? [] : (['plan'] as const)),
    ...(promises.length === 0 ? [] : (['promises'] as const)),
    ...(tasks.length === 0 ? [] : (['tasks'] as const)),
    ...salesOwners.toSorted().map((owner) => `sells:${owner}` as const),
    ...reasons.toSorted().map((reason) => `withheld:${reason}` as const),
  ];
};

/** Mails of the account that may go out and have not been handed over: for their hour, their day, or their turn. */
export const mailsWaiting = ({ dunning }: Pick<AccountHead, 'dunning'>): number =>
  [dunning.message, ...(dunning.notices ?? [])].filter((one) => one?.state === 'planned').length;

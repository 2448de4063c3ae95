/**
 * What a snapshot may say about an account: which items, since when, and whether something newer was said before.
 * From: the work and the marks on the head. Next: the steps of `reconcile.ts`.
 */
import type { AccountWork } from './account-work.ts';
import type { AccountHead, AccountItem, FeedMark } from './account.ts';
import { instantFromText } from './calendar.ts';
import type { HeadFact } from './facts.ts';
import { isInFeedScope } from './feed-scope.ts';
import type { ClearingSpan } from './item.ts';
import type { Currency } from './money.ts';
import type { Draft } from './posting-steps.ts';

export type SnapshotWork = Extract<AccountWork, { do: 'reconcile' }>;

/** Whether one ISO instant is before another, of whatever precision and offset. */
export const isBefore = (one: string, other: string): boolean =>
  instantFromText(one).epochNanoseconds < instantFromText(other).epochNanoseconds;

const markOf = ({ feeds }: AccountHead, source: string, currency: string): FeedMark | undefined =>
  feeds?.[source]?.[currency];

/** Whether a later snapshot has spoken of this currency of the account: an older one never goes back. */
export const isOvertaken = (
  { head }: Draft,
  { source, asOf }: Pick<SnapshotWork, 'source' | 'asOf'>,
  currency: Currency,
): boolean =>
  ['*', currency].some((key) => {
    const mark = markOf(head, source, key);
    return mark !== undefined && isBefore(asOf, mark.asOf);
  });

/** Whether newer news of the item alone is known than the snapshot has. */
export const isNewsOf = ({ newsAt }: AccountItem, asOf: string): boolean =>
  newsAt !== undefined && isBefore(asOf, newsAt);

/** What to remember of this snapshot; undefined when it was remembered before, or a later one is. */
export const markFact = (draft: Draft, work: SnapshotWork): HeadFact | undefined => {
  const { source, scope, asOf } = work;
  const currency = scope.currency ?? '*';
  const known = markOf(draft.head, source, currency);
  if (known !== undefined && !isBefore(known.asOf, asOf)) return undefined;
  const fromAt = spanStart(draft.head, work);
  const mark = {
    asOf,
    ...(fromAt === undefined ? {} : { fromAt }),
    ...(work.withheld === 'all' ? { isUnsure: true as const } : {}),
  };
  return { kind: 'feedReconciled', source, currency, mark, on: draft.frame.on };
};

/** After a snapshot whose absences could not be believed, the one before it is where spans begin. */
const spanStart = (
  head: AccountHead,
  { source, scope, asOf, previousAsOf }: SnapshotWork,
): string | undefined => {
  const known = markOf(head, source, scope.currency ?? '*');
  if (known?.asOf === asOf) return known.fromAt;
  const isOfTheLast =
    known !== undefined && previousAsOf !== undefined && !isBefore(known.asOf, previousAsOf);
  return isOfTheLast && known.isUnsure ? known.fromAt : previousAsOf;
};

/** The two instants between which an item was cleared that this snapshot does not have. */
export const spanOf = ({ head }: Draft, work: SnapshotWork, item: AccountItem): ClearingSpan => ({
  fromAt: spanStart(head, work) ?? `${item.postedOn}T00:00:00Z`,
  toAt: work.asOf,
});

/** Whether the scope of the file covers an item, so that its absence says something. */
export const isCovered = (draft: Draft, work: SnapshotWork, item: AccountItem): boolean =>
  item.source === work.source &&
  isInFeedScope(work.scope, { accountId: draft.head.accountId, currency: item.currency }) &&
  isInKeys(work, item.id) &&
  !isNewsOf(item, work.asOf) &&
  !isOvertaken(draft, work, item.currency);

const isInKeys = ({ keys }: SnapshotWork, id: string): boolean =>
  (keys?.after === undefined || keys.after < id) && (keys?.upTo === undefined || id <= keys.upTo);

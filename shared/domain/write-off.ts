/**
 * Decides write-offs: small ones by one person within their limits, others by request and approval (M11).
 * From: staff; the limits of their role are handed in. Next: `writeOffRequested`, `writeOffApproved`,
 * `writeOffDone`, or a refusal. Never more than is open; always with a reason.
 */
import { sizeOf, type Account, type AccountItem, type WriteOff } from './account.ts';
import type { Day } from './calendar.ts';
import {
  amountRefused,
  beforeChange,
  findItem,
  latestOf,
  nothing,
  type AccountRefusal,
  type Decision,
} from './decide.ts';
import type { Fact } from './facts.ts';
import { sum, zero, type AmountMinor } from './money.ts';
import { done, refuse, type Outcome } from './outcome.ts';
import { isCreditKind, postingOfReduction } from './postings.ts';
import { quarterName } from './quarters.ts';
import type { TaxRelief } from './tax-relief.ts';

/** Minor units of the item's currency; absent means without limit. */
export type WriteOffLimits = { perItem?: AmountMinor; perAccountAndQuarter?: AmountMinor };

/** When the tax of an item may be claimed back that is written off on a day; undefined when never or not known. */
export type ReliefFor = (item: AccountItem, on: Day) => TaxRelief | undefined;

type Named = { itemId: string; writeOffId: string; by: string; on: Day };
export type WriteOffRequest = Named & { amount: AmountMinor; reason: string };

/** Writes off at once what lies within one person's small limits. */
export const writeOffSmall = (
  account: Account,
  request: WriteOffRequest,
  { perItem, perAccountAndQuarter }: WriteOffLimits,
  relief: ReliefFor = () => undefined,
): Decision => {
  const checked = checkRequest(account, request);
  if (!checked.ok || checked.value === 'done') return checked.ok ? nothing : checked;
  const { amount, on, itemId } = request;
  const item = checked.value;
  const before = account.head.smallWriteOffs[item.currency];
  const inQuarter = before?.quarter === quarterName(on) ? before.amount : zero;
  if (isAbove(sum(spentOn(item), amount), perItem) || isAbove(sum(inQuarter, amount), perAccountAndQuarter))
    return refuse('above-limit', `${amount} of ${itemId} needs the approval of another person`);
  return done([requested(request, item), doneAs(item, { ...request, isSmall: true }, relief)]);
};

/** Asks another person to write off. */
export const requestWriteOff = (account: Account, request: WriteOffRequest): Decision => {
  const checked = checkRequest(account, request);
  if (!checked.ok || checked.value === 'done') return checked.ok ? nothing : checked;
  return done([requested(request, checked.value)]);
};

/** Approves what another person asked for, within the approver's own limit for all of the item. */
export const approveWriteOff = (
  account: Account,
  { itemId, writeOffId, by, on }: Named,
  { perItem }: WriteOffLimits,
): Decision => {
  const found = findWriteOff(account, itemId, writeOffId);
  if (!found.ok) return found;
  const { writeOff, item } = found.value;
  if (writeOff.state !== 'requested') return nothing;
  if (writeOff.requestedBy === by) return refuse('same-person', `${by} asked for ${writeOffId}`);
  const all = sum(spentOn(item), writeOff.amount);
  if (isAbove(all, perItem))
    return refuse('above-limit', `${all} of ${itemId} in all is above the limit of ${perItem}`);
  return done([{ kind: 'writeOffApproved', itemId, writeOffId, by, on: latestOf(on, item.postedOn) }]);
};

/** Carries out what was approved, as far as the item is still open with it. */
export const completeWriteOff = (
  account: Account,
  { itemId, writeOffId, by, on }: Named,
  relief: ReliefFor = () => undefined,
): Decision => {
  const found = findWriteOff(account, itemId, writeOffId);
  if (!found.ok) return found;
  const { item, writeOff } = found.value;
  if (writeOff.state === 'done') return nothing;
  if (writeOff.state !== 'approved') return refuse('not-approved', `nobody has approved ${writeOffId}`);
  const { amount } = writeOff;
  const early = beforeChange(item, { changeId: writeOffId, amount }, () => false, sizeOf(item.open));
  return early ?? done([doneAs(item, { writeOffId, amount, by, on, isSmall: false }, relief)]);
};

type Checked = Outcome<AccountItem | 'done', AccountRefusal>;

const checkRequest = (account: Account, { itemId, writeOffId, amount, reason }: WriteOffRequest): Checked => {
  const found = findItem(account, itemId);
  if (!found.ok) return found;
  const item = found.value;
  const known = item.writeOffs.find(({ id }) => id === writeOffId);
  if (known !== undefined)
    return known.amount === amount
      ? done('done')
      : refuse('change-differs', `${writeOffId} was asked for with ${known.amount}`);
  if (reason === '') return refuse('reason-missing', `a write-off of ${itemId} needs a reason`);
  if (isCreditKind(item.kind)) return refuse('kind-not-right', `${itemId} is a ${item.kind}`);
  return amountRefused(item, amount, sizeOf(item.open)) ?? done(item);
};

const findWriteOff = (
  account: Account,
  itemId: string,
  writeOffId: string,
): Outcome<{ item: AccountItem; writeOff: WriteOff }, AccountRefusal> => {
  const found = findItem(account, itemId);
  if (!found.ok) return found;
  const writeOff = found.value.writeOffs.find(({ id }) => id === writeOffId);
  return writeOff === undefined
    ? refuse('change-not-found', `nobody asked for ${writeOffId} on ${itemId}`)
    : done({ item: found.value, writeOff });
};

const requested = (
  { itemId, writeOffId, amount, reason, by, on }: WriteOffRequest,
  item: AccountItem,
): Fact => ({
  kind: 'writeOffRequested',
  ...{ itemId, writeOffId, amount, reason, by, on: latestOf(on, item.postedOn) },
});

const doneAs = (
  item: AccountItem,
  { writeOffId, amount, by, on, isSmall }: Omit<Named, 'itemId'> & { amount: AmountMinor; isSmall: boolean },
  reliefFor: ReliefFor,
): Fact => {
  const postedOn = latestOf(on, item.postedOn);
  const relief = reliefFor(item, postedOn);
  return {
    ...{ kind: 'writeOffDone', itemId: item.id, changeId: writeOffId, by, isSmall, on: postedOn },
    posting: postingOfReduction(item, 'writeOff', amount),
    ...(relief === undefined ? {} : { relief }),
  };
};

/** What was written off of it before: a limit is not widened by asking in pieces. */
const spentOn = ({ changes }: AccountItem): AmountMinor =>
  sum(zero, ...changes.filter(isLiveWriteOff).map(({ amount }) => amount));

const isLiveWriteOff = ({ by, isReversed }: AccountItem['changes'][number]): boolean =>
  by === 'writeOff' && !isReversed;

const isAbove = (amount: AmountMinor, limit: AmountMinor | undefined): boolean =>
  limit !== undefined && amount > limit;

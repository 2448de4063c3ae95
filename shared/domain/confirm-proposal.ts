/**
 * Whether a feed of the ERP shows what an approved proposal wanted (`defaults.md` §1): since it was approved its items
 * went down by it. What went down without a reason, or with the proposal's own, is from then on this proposal's.
 * From: the news of a feed. Next: facts for one append; then the proposal is done. Book and open amounts stay.
 */
import type { Account, AccountItem, ItemChange } from './account.ts';
import { begin, step, type Steps } from './decide-steps.ts';
import type { AccountRefusal } from './decide.ts';
import type { Fact } from './facts.ts';
import { negate, smaller, subtract, sum, zero, type AmountMinor } from './money.ts';
import { done, type Outcome } from './outcome.ts';
import type { ReductionReason } from './postings.ts';
import type { Proposal } from './proposal.ts';
import { reduceItem, reopenItem } from './reduce-item.ts';

/** What a reduction is called once it is known to be this, and what feeds may call it themselves. */
type Reason = { name: ReductionReason; alike: readonly ReductionReason[] };
const reasons: Partial<Record<Proposal['kind'], Reason>> = {
  writeOff: { name: 'writeOff', alike: ['writeOff', 'smallDifference'] },
  creditNote: { name: 'credit', alike: ['credit'] },
  allocation: { name: 'credit', alike: ['credit', 'payment'] },
  refund: { name: 'refund', alike: ['refund', 'returned'] },
};

export type Shown = { is: 'shown'; facts: readonly Fact[] } | { is: 'not-shown' };
const notShown: Shown = { is: 'not-shown' };

/**
 * `others` are all approved proposals of this account, this one among them: where one credit note or one allocation
 * in the feed could be taken for several of them, all must be shown before any is. Items of the proposal and of its
 * `seen`, and all open credits, must be at hand.
 */
export const showProposal = (
  account: Account,
  proposal: Proposal,
  others: readonly Proposal[],
): Outcome<Shown, AccountRefusal> => {
  if (proposal.kind === 'refund') return showRefund(account, proposal);
  const targets = proposal.from === undefined ? proposal.items : [...proposal.items, giverOf(proposal)];
  const lowered = showAll(account, proposal, targets);
  if (!lowered.ok || lowered.value.is === 'shown') return lowered;
  const isThere =
    (proposal.kind === 'creditNote' && hasNewCredits(account, proposal, others)) ||
    (proposal.kind === 'allocation' && hasAllocations(account, proposal, others));
  return done(isThere ? { is: 'shown', facts: [] } : notShown);
};

const giverOf = ({ from = '', amount }: Proposal) => ({ itemId: from, amount });

/** Each item went down by its amount; one that did not, and none did. */
const showAll = (
  account: Account,
  proposal: Proposal,
  targets: Proposal['items'],
): Outcome<Shown, AccountRefusal> => {
  let steps = begin(account);
  for (const target of targets) {
    const item = account.items.get(target.itemId);
    const taken = item && takenBy(item, proposal, target.amount);
    const by = reasons[proposal.kind]?.name;
    if (item === undefined || taken === undefined || by === undefined) return done(notShown);
    const named = nameAll(steps, item, { id: proposal.id, by }, taken);
    if (!named.ok) return named;
    steps = named.value;
  }
  return done({ is: 'shown', facts: steps.facts });
};

/** One credit of the account was paid out: it went down by just this. */
const showRefund = (account: Account, proposal: Proposal): Outcome<Shown, AccountRefusal> => {
  for (const itemId of Object.keys(proposal.seen ?? {}).toSorted()) {
    const shown = showAll(account, proposal, [{ itemId, amount: proposal.amount }]);
    if (!shown.ok || shown.value.is === 'shown') return shown;
  }
  return done(notShown);
};

type Taking = { change: ItemChange; amount: AmountMinor };

/** The reductions that make the amount; none when it was named before, undefined when the feed has not shown it. */
const takenBy = (item: AccountItem, proposal: Proposal, wanted: AmountMinor): Taking[] | undefined => {
  const alike = reasons[proposal.kind]?.alike ?? [];
  if (item.changes.some(({ id, isReversed }) => !isReversed && id.startsWith(`${proposal.id}:`))) return [];
  const since = changesSince(item, proposal.seen?.[item.id] ?? 0);
  const own = since.filter(({ by }) => alike.some((reason) => reason === by));
  const guesses = since.filter(({ by }) => by === 'unexplained' || by === 'implied');
  if (totalOf(own) >= wanted) return firstOf(own, wanted);
  const exact = guesses.find(({ amount }) => amount === wanted);
  if (exact !== undefined) return [{ change: exact, amount: wanted }];
  const all = [...own, ...guesses];
  const isShown = totalOf(all) === wanted || (item.open === 0 && totalOf(all) > wanted);
  return isShown ? firstOf(all, wanted) : undefined;
};

/** Standing changes that came after, none that only names anew what was there before. */
const changesSince = ({ changes }: AccountItem, seen: number): ItemChange[] => {
  const before = changes.slice(0, seen).map(({ id }) => id);
  return changes
    .slice(seen)
    .filter(({ id, isReversed }) => !isReversed && !before.some((old) => id.includes(old)))
    .filter(({ id }) => !id.startsWith('proposal:'));
};

const totalOf = (changes: readonly { amount: AmountMinor }[]): AmountMinor =>
  sum(zero, ...changes.map(({ amount }) => amount));

const firstOf = (changes: readonly ItemChange[], wanted: AmountMinor): Taking[] => {
  let left = wanted;
  return changes.flatMap((change) => {
    const amount = smaller(change.amount, left);
    left = subtract(left, amount);
    return amount > 0 ? [{ change, amount }] : [];
  });
};

/** The same reductions under the proposal's reason and id; days and spans stay. */
const nameAll = (
  start: Steps,
  { id: itemId, clearedBetween }: AccountItem,
  proposal: { id: string; by: ReductionReason },
  taken: readonly Taking[],
): Outcome<Steps, AccountRefusal> => {
  const { by } = proposal;
  const span = clearedBetween === undefined ? {} : { clearedBetween };
  let steps = start;
  for (const { change, amount } of taken) {
    const { id, on } = change;
    const undone = step(steps, (now) => reopenItem(now, { itemId, changeId: id, amount, on }));
    if (!undone.ok) return undone;
    const changeId = `${proposal.id}:${id}`;
    const made = step(undone.steps, (now) => reduceItem(now, { itemId, changeId, by, amount, on, ...span }));
    if (!made.ok) return made;
    steps = made.steps;
  }
  return done(steps);
};

/** As many new credit notes of just this size as there are proposals that want one. */
const hasNewCredits = ({ items }: Account, proposal: Proposal, others: readonly Proposal[]): boolean => {
  const { amount, currency, seen = {} } = proposal;
  const fresh = [...items.values()].filter(
    (item) =>
      item.kind === 'creditNote' &&
      item.currency === currency &&
      item.original === negate(amount) &&
      !(item.id in seen),
  );
  const alike = others.filter(
    (one) => one.kind === 'creditNote' && one.currency === currency && one.amount === amount,
  );
  return fresh.length >= alike.length;
};

/** The credit settled as much of each item as all proposals with both want of it. */
const hasAllocations = (
  { items }: Account,
  { from, items: targets, seen = {} }: Proposal,
  others: readonly Proposal[],
): boolean =>
  targets.every(({ itemId }) => {
    const item = items.get(itemId);
    const given = item === undefined ? [] : changesSince(item, seen[itemId] ?? 0);
    const wanted = others
      .filter((one) => one.kind === 'allocation' && one.from === from)
      .flatMap((one) => one.items.filter((target) => target.itemId === itemId));
    return totalOf(given.filter((change) => change.from === from)) >= totalOf(wanted);
  });

/**
 * What a decision moves in the books, item by item, to the last minor unit.
 * From: a decided case. Next: proposals to the ERP, or postings where the book is kept here.
 */
import { sizeOf, type Account } from './account.ts';
import { allocateCredit } from './allocate-credit.ts';
import type { Day } from './calendar.ts';
import { begin, step, type Steps } from './decide-steps.ts';
import type { Decision } from './decide.ts';
import { effectOf, type AccountingEffect } from './dispute-steps.ts';
import { heldByDispute, type Dispute, type DisputedItem } from './dispute.ts';
import type { Item } from './item.ts';
import { smaller, subtract, sum, zero, type AmountMinor } from './money.ts';
import { done } from './outcome.ts';
import { postItem } from './post-item.ts';
import { approveWriteOff, completeWriteOff, requestWriteOff, type ReliefFor } from './write-off.ts';

export type ItemEffect = AccountingEffect & { items: readonly DisputedItem[] };

/** Each effect over the items it is about; together what is given up of each item, and no more. */
export const effectsByItem = (dispute: Dispute): ItemEffect[] => {
  if (dispute.decision === undefined) return [];
  const left = new Map(heldByDispute(dispute).map(({ itemId, amount }) => [itemId, amount]));
  return effectOf(dispute.decision).map((effect) => {
    let wanted = effect.amount;
    const items: DisputedItem[] = [];
    for (const [itemId, free] of left) {
      const part = smaller(wanted, free);
      if (part <= 0) continue;
      items.push({ itemId, amount: part });
      left.set(itemId, subtract(free, part));
      wanted = subtract(wanted, part);
    }
    return { ...effect, items };
  });
};

/** Names of the effects of a round of a case: the same however often they are asked for. */
export const effectIdOf = ({ id, reopened }: Dispute, kind: AccountingEffect['kind']): string =>
  `${id}:${kind}:${reopened}`;

export type CreditNote = (amount: AmountMinor) => Item;

/**
 * Posts the effects where the book is kept here: one credit note for what is credited or repaid, applied to the items
 * as far as they are open, and write-offs asked for by who opened the case and approved by who decided it. What was
 * paid meanwhile stays on the credit note and can be paid back.
 */
export const postEffects = (
  account: Account,
  dispute: Dispute,
  { on, creditNote, relief }: { on: Day; creditNote: CreditNote; relief: ReliefFor },
): Decision => {
  let steps = begin(account);
  const effects = effectsByItem(dispute);
  const given = effects.filter(({ kind }) => kind !== 'writeOff');
  const credit = given.length === 0 ? undefined : creditNote(sum(...given.map(({ amount }) => amount)));
  const moves: ((now: Account) => Decision)[] = credit === undefined ? [] : [(now) => postItem(now, credit)];
  for (const { kind, items } of effects)
    for (const part of items)
      if (kind === 'writeOff') moves.push(...writeOffs(dispute, part, on, relief));
      else if (kind === 'creditNote' && credit !== undefined)
        moves.push((now) => applied(now, credit.id, part, { on, changeId: effectIdOf(dispute, kind) }));
  for (const move of moves) {
    const taken: { ok: true; steps: Steps } | Exclude<Decision, { ok: true }> = step(steps, move);
    if (!taken.ok) return taken;
    ({ steps } = taken);
  }
  return done(steps.facts);
};

/** As much as is open: what was paid meanwhile needs no credit. */
const openPart = (account: Account, { itemId, amount }: DisputedItem): AmountMinor => {
  const item = account.items.get(itemId);
  return item === undefined ? zero : smaller(amount, sizeOf(item.open));
};

const applied = (
  account: Account,
  creditId: string,
  part: DisputedItem,
  { on, changeId }: { on: Day; changeId: string },
): Decision => {
  const amount = openPart(account, part);
  const { itemId } = part;
  return amount <= 0 ? done([]) : allocateCredit(account, { creditId, itemId, amount, changeId, on });
};

const writeOffs = (
  dispute: Dispute,
  part: DisputedItem,
  on: Day,
  relief: ReliefFor,
): ((now: Account) => Decision)[] => {
  const { itemId } = part;
  const writeOffId = effectIdOf(dispute, 'writeOff');
  const named = { itemId, writeOffId, on };
  const reason = dispute.decision?.cause ?? dispute.recipe.code;
  const ifOpen = (decide: (now: Account, amount: AmountMinor) => Decision) => (now: Account) => {
    const asked = now.items.get(itemId)?.writeOffs.find(({ id }) => id === writeOffId)?.amount;
    const amount = asked ?? openPart(now, part);
    return amount <= 0 ? done([]) : decide(now, amount);
  };
  return [
    ifOpen((now, amount) => requestWriteOff(now, { ...named, amount, reason, by: dispute.openedBy })),
    ifOpen((now) => approveWriteOff(now, { ...named, by: dispute.decision?.by ?? '' }, {})),
    ifOpen((now) => completeWriteOff(now, { ...named, by: dispute.decision?.by ?? '' }, relief)),
  ];
};

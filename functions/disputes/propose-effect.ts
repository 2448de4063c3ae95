/**
 * Carries a decision into the books: proposals to the ERP, or postings where the book is kept here; then the case ends.
 * From: `look-at-case.ts`, whenever a decided case is looked at. Next: the posting export, the ledger of the account.
 * Ids derive from case and round: after any crash the same proposals are found, the same postings are nothing.
 */
import { cashRules } from '../../shared/contracts/cash-rules.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Account, AccountKey } from '../../shared/domain/account.ts';
import { textOfInstant, type Day } from '../../shared/domain/calendar.ts';
import {
  effectIdOf,
  effectsByItem,
  postEffects,
  type ItemEffect,
} from '../../shared/domain/dispute-effects.ts';
import { closeDispute, proposeEffect } from '../../shared/domain/dispute-steps.ts';
import type { Dispute, DisputeFact } from '../../shared/domain/dispute.ts';
import { evolveDispute } from '../../shared/domain/evolve-dispute.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import type { Item } from '../../shared/domain/item.ts';
import { negate, zero, type AmountMinor } from '../../shared/domain/money.ts';
import { itemIdsOf } from '../../shared/domain/note-dispute.ts';
import { creditNoteNumberOf } from '../../shared/domain/dispute-shown.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import { isCreditKind } from '../../shared/domain/postings.ts';
import { proposalIdOf } from '../../shared/domain/proposal.ts';
import { reliefOf } from '../../shared/domain/tax-relief.ts';
import type { ReliefFor } from '../../shared/domain/write-off.ts';
import { allOpenItems } from '../../shared/ports/all-of-account.ts';
import type { CaseChange } from './change-case.ts';
import type { DisputeCall, DisputeFrame, DisputeParts } from './dispute-parts.ts';

/** Decides with the account at hand; made ready beforehand, since deciding waits for nothing. */
export type ReadyEffect = (account: Account, dispute: Dispute) => Outcome<CaseChange, ProblemCode>;

export const readyEffect = async (
  parts: DisputeParts,
  call: DisputeCall,
  frame: DisputeFrame,
  { key, dispute }: { key: AccountKey; dispute: Dispute },
): Promise<ReadyEffect> => {
  const effects = effectsByItem(dispute);
  if (frame.company.mode === 'erpLed' || effects.length === 0) {
    const ids = await proposeAll(parts, call, frame, { key, dispute, effects });
    return (_account, now) => withTask(now, frame.today, endIfPosted(now, ids, new Set(), frame.today));
  }
  const relief = await reliefFor(parts, call, frame);
  return (account, now) => {
    const { today: on } = frame;
    const creditNote = (amount: AmountMinor) => creditNoteOf(account, now, amount, on);
    const posted = postEffects(account, now, { on, creditNote, relief });
    if (!posted.ok) return posted;
    const ids = effects.map(({ kind }) => effectIdOf(now, kind));
    const ended = withTask(now, on, endIfPosted(now, ids, new Set(ids), on));
    if (!ended.ok) return ended;
    const { facts, more = [] } = ended.value;
    return done({ facts, more: [...posted.value, ...more] });
  };
};

/**
 * What is repaid lies on the account as a credit first: nobody has named a receipt and a payee yet, and without both no
 * money goes out. The clerk does, in the words of `pay.refund.request`, and is reminded of it by a task.
 */
const withTask = (
  { id, decision, currency }: Dispute,
  on: Day,
  ended: Outcome<CaseChange, ProblemCode>,
): Outcome<CaseChange, ProblemCode> => {
  const repaid = decision?.split.repaid ?? zero;
  if (!ended.ok || repaid <= 0) return ended;
  const isFirst = ended.value.facts.some(({ kind }) => kind === 'disputeEffectProposed');
  const task = { id: `task:${id}:payBack`, act: 'payBack', stage: 0, createdOn: on } as const;
  const more: Fact[] = [
    {
      kind: 'taskCreated',
      task: { ...task, does: ['arClerk'], sums: { [currency]: repaid }, items: [] },
      on,
    },
  ];
  return isFirst ? done({ ...ended.value, more }) : ended;
};

/** Proposed, and closed where the books show all of it; what was rejected moves nothing and is closed at once. */
export const endIfPosted = (
  dispute: Dispute,
  proposals: readonly string[],
  posted: ReadonlySet<string>,
  on: Day,
): Outcome<{ facts: DisputeFact[] }, ProblemCode> => {
  const proposed: Outcome<DisputeFact[], ProblemCode> =
    dispute.state === 'effectProposed' ? done([]) : proposeEffect(dispute, proposals, on);
  if (!proposed.ok) return proposed;
  const after = proposed.value.reduce<Dispute>((one, fact) => evolveDispute(one.id, one, fact), dispute);
  if (after.proposals.some((id) => !posted.has(id))) return done({ facts: proposed.value });
  const { cause = causeOf(after), department = after.recipe.owners[0] } = after.decision ?? {};
  const closed = closeDispute(after, { cause, department, posted }, { by: 'system', on });
  return closed.ok ? done({ facts: [...proposed.value, ...closed.value] }) : closed;
};

/** Where nobody named one: its code, or that nothing was wrong on our side. */
const causeOf = ({ decision, recipe }: Dispute): string =>
  decision?.outcome === 'rejected' ? 'not-justified' : recipe.code;

type Wanted = { key: AccountKey; dispute: Dispute; effects: readonly ItemEffect[] };

const proposeAll = async (
  parts: DisputeParts,
  call: DisputeCall,
  { company, today }: DisputeFrame,
  { key, dispute, effects }: Wanted,
): Promise<string[]> => {
  const ids: string[] = [];
  const seen = effects.length === 0 ? {} : await countsSeen(parts, call, key, itemIdsOf(dispute));
  for (const { kind: effect, amount, items } of effects) {
    const kind = effect === 'refund' ? 'creditNote' : effect;
    const content = {
      ...{ companyId: company.companyId, accountId: key.accountId, kind, amount, items },
      ...{ currency: dispute.currency, reason: dispute.id, on: today, by: dispute.openedBy },
    };
    const id = proposalIdOf(content, effectIdOf(dispute, effect), parts.hashText);
    // it was asked for by one and decided by another already
    const approved = {
      ...{ state: 'approved' as const, approvedBy: dispute.decision?.by ?? '' },
      ...{ approvedAt: textOfInstant(call.now), seen },
    };
    await parts.proposals.create(call.scope, { ...content, id, ...approved });
    ids.push(id);
  }
  return ids;
};

/** How many changes each item has had that a feed may show it by: only later ones can be it. */
export const countsSeen = async (
  { accounts }: DisputeParts,
  { scope }: DisputeCall,
  key: AccountKey,
  itemIds: readonly string[],
): Promise<Record<string, number>> => {
  const { account } = await accounts.load(scope, key, itemIds);
  const counts = new Map([...account.items.values()].map(({ id, changes }) => [id, changes.length]));
  for (const { id, kind, changes } of await allOpenItems(accounts, scope, key))
    if (isCreditKind(kind)) counts.set(id, changes.length);
  return Object.fromEntries(counts);
};

const reliefFor = async (
  { settings }: DisputeParts,
  { scope }: DisputeCall,
  { company: { companyId, country } }: DisputeFrame,
): Promise<ReliefFor> => {
  const kept = await settings.read(scope, { scope: `company:${companyId}`, name: 'cash' });
  const rule = cashRules.parse(kept?.value ?? {}).taxRelief[country];
  return (item, day) => reliefOf(item, day, country, rule);
};

/** Of the case: its number is the case's, its terms those of the first item. */
const creditNoteOf = (account: Account, dispute: Dispute, amount: AmountMinor, on: Day): Item => {
  const first = account.items.get(dispute.items[0]?.itemId ?? '');
  const number = creditNoteNumberOf(dispute);
  return {
    ...{ id: `item:creditNote:${number}`, kind: 'creditNote', source: 'dunwell', number, part: '1' },
    ...{ documentOn: on, postedOn: on, firstDueOn: on, dueOn: on, currency: dispute.currency },
    ...{ original: negate(amount), open: negate(amount), discountTiers: [] },
    ...{ parties: first?.parties ?? {}, references: {}, isInsured: false },
    ...{ isIntercompany: first?.isIntercompany ?? false, reasonCode: dispute.recipe.code, stage: 0 },
    ...(first === undefined ? {} : { originalId: first.id }),
  };
};

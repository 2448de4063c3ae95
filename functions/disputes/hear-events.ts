/**
 * What events of the ledger mean for cases: a case moved, money came for a contested item, a deduction was taken.
 * From: subscription `ar-events/disputes`. Next: `look-at.ts`, `open-case.ts`. Events come twice and out of order:
 * each only says where to look.
 */
import type { ArEvent } from '../../shared/contracts/messages.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import { isDisputeFact } from '../../shared/domain/disputes-position.ts';
import { isMoneyFact, type Fact } from '../../shared/domain/facts.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { isQueryId } from './change-query.ts';
import type { DisputeCall, DisputeParts } from './dispute-parts.ts';
import { lookAt } from './look-at.ts';
import { deductionCaseOf, openDeduction } from './open-case.ts';

export const hearEvents = async (
  events: readonly ArEvent[],
  { now, scope }: { now: Instant; scope: Scope },
  parts: DisputeParts,
): Promise<void> => {
  for (const event of events) {
    const facts = await factsOf(event, scope, parts);
    if (facts.length === 0) continue;
    const { companyId, accountId, version } = event;
    const call: DisputeCall = {
      ...{ scope, now, actor: { kind: 'job', id: 'system' } },
      cause: { kind: 'event', id: `${companyId} ${accountId} ${version}` },
    };
    await hear(parts, call, { companyId, accountId }, facts, event.isUnheld === true);
  }
};

const hear = async (
  parts: DisputeParts,
  call: DisputeCall,
  key: AccountKey,
  facts: readonly Fact[],
  isUnheld: boolean,
): Promise<void> => {
  const ids = new Set<string>();
  for (const fact of facts) {
    if (isDisputeFact(fact)) ids.add(fact.disputeId);
    const held = holdOf(fact);
    if (held !== undefined && isQueryId(held)) ids.add(held);
    if (fact.kind !== 'itemPosted' || fact.item.kind !== 'deduction') continue;
    finished(await openDeduction(parts, call, key, fact.item.id));
    ids.add(deductionCaseOf(key, fact.item.id, parts.hashText));
  }
  if (facts.some(isMoneyFact)) {
    for (const id of deductionsAmong(parts, key, facts)) ids.add(id);
    // a case opened after it is told by an event of its own, and sees what this one did
    if (!isUnheld) for (const id of await openAt(parts, call, key)) ids.add(id);
  }
  for (const id of ids) finished(await lookAt(parts, call, key, id));
};

/** Cases of deductions among the items that moved. */
const deductionsAmong = ({ hashText }: DisputeParts, key: AccountKey, facts: readonly Fact[]): string[] => {
  const moved = [...new Set(facts.flatMap((fact) => ('itemId' in fact ? [fact.itemId] : [])))];
  return moved
    .filter((id) => id.startsWith('item:deduction:'))
    .map((id) => deductionCaseOf(key, id, hashText));
};

/** Open cases, and queries that pause something of the account. */
const openAt = async (
  { accounts }: DisputeParts,
  { scope }: DisputeCall,
  key: AccountKey,
): Promise<string[]> => {
  const { head } = (await accounts.load(scope, key)).account;
  return [...(head.disputes ?? []).map(({ id }) => id), ...head.holds.map(({ id }) => id).filter(isQueryId)];
};

/** @throws what was refused: nobody is there to be told, so the event comes back and is parked in the end. */
const finished = (outcome: { ok: true } | { ok: false; code: string; detail: string }): void => {
  if (!outcome.ok && outcome.code !== 'not-found') throw new Error(`${outcome.code}: ${outcome.detail}`);
};

/** The hold a fact is about: that of a query is named as the query. */
const holdOf = (fact: Fact): string | undefined =>
  fact.kind === 'holdPlaced' ? fact.hold.id : fact.kind === 'holdLifted' ? fact.holdId : undefined;

const isTelling = (kind: string): boolean =>
  kind.startsWith('dispute') || moneyKinds.has(kind) || otherKinds.has(kind);

const otherKinds: ReadonlySet<string> = new Set<Fact['kind']>([
  ...(['provisionalConfirmed', 'holdPlaced', 'holdLifted'] as const),
]);

const moneyKinds: ReadonlySet<string> = new Set<Fact['kind']>([
  ...(['itemPosted', 'itemReduced', 'itemReopened', 'debitAdjusted', 'paymentApplied'] as const),
  ...(['creditAllocated', 'applicationReversed', 'writeOffDone'] as const),
]);

/** The event's own, or those of its entry where they were too large to be sent along. */
const factsOf = async (
  { companyId, accountId, version, kinds, facts }: ArEvent,
  scope: Scope,
  { accounts }: DisputeParts,
): Promise<readonly Fact[]> => {
  if (!kinds.some(isTelling)) return [];
  if (facts !== undefined) return facts as unknown as readonly Fact[];
  const page = { afterVersion: version - 1, limit: 1 };
  const [entry] = await accounts.entries(scope, { companyId, accountId }, page);
  if (entry === undefined) throw new Error(`entry ${version} of ${accountId} is not there`);
  return entry.facts;
};

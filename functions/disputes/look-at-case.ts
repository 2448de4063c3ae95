/**
 * Looks at one case and does what is its turn without a person: accepts the smallest, climbs where a day was missed,
 * carries a decision into the books, ends what the books show, tells who has to know.
 * From: events of the ledger, ticks. Next: facts of the case, its row, alerts. Looked at twice, the second finds nothing.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountKey, Account } from '../../shared/domain/account.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import { acceptByItself } from '../../shared/domain/decide-dispute.ts';
import { standingOf } from '../../shared/domain/dispute-deadlines.ts';
import { isUndecided } from '../../shared/domain/dispute-steps.ts';
import type { Dispute, DisputeFact } from '../../shared/domain/dispute.ts';
import { isAcceptedByItself } from '../../shared/domain/open-dispute.ts';
import { itemIdsOf } from '../../shared/domain/note-dispute.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import { payDownDispute } from '../../shared/domain/pay-down-dispute.ts';
import { rowOf } from './case-rows.ts';
import { changeCase, readCase, type CaseChange, type CaseId } from './change-case.ts';
import { besideDecision } from './decide-case.ts';
import { disputeFrame, type DisputeCall, type DisputeFrame, type DisputeParts } from './dispute-parts.ts';
import { freeOf } from './open-case.ts';
import { endIfPosted, readyEffect } from './propose-effect.ts';
import { raiseAlerts } from './raise-alerts.ts';

/** One thing leads to another: accepted, proposed, closed. */
const mostTurns = 6;

export const lookAtCase = async (
  parts: DisputeParts,
  call: DisputeCall,
  key: AccountKey,
  id: CaseId,
): Promise<Outcome<Dispute | undefined, ProblemCode>> => {
  const frame = await disputeFrame(parts, call, key.companyId);
  if (!frame.ok) return frame;
  let dispute = (await readCase(parts.accounts, call.scope, key, id))?.dispute;
  let isOwing = false;
  for (let turn = 1; turn <= mostTurns && dispute !== undefined; turn += 1) {
    const decide = await readyTurn(parts, call, frame.value, { key, dispute });
    let isMoved = false;
    const changed = await changeCase<ProblemCode>(
      ...([parts, call, frame.value, { key, id }] as const),
      ({ account, dispute: now }) => {
        const change = now === undefined ? done({ facts: [] }) : decide(account, now);
        isMoved = change.ok && change.value.facts.length > 0;
        return change;
      },
    );
    if (!changed.ok) return changed;
    ({ dispute, isOwing } = changed.value);
    if (!isMoved) break;
  }
  if (dispute === undefined) return done(undefined);
  const { head } = (await parts.accounts.load(call.scope, key)).account;
  await raiseAlerts(parts, call, frame.value, head, dispute);
  // a version that is too new is harmless: the event of what is newer comes and writes again
  await parts.cases.put(parts.ownScope, rowOf(dispute, head, frame.value, isOwing));
  return done(dispute);
};

type Turn = (account: Account, dispute: Dispute) => Outcome<CaseChange, ProblemCode>;

/** What is its turn, by its state as it was read; what was read meanwhile otherwise is nobody's turn. */
const readyTurn = async (
  parts: DisputeParts,
  call: DisputeCall,
  frame: DisputeFrame,
  known: { key: AccountKey; dispute: Dispute },
): Promise<Turn> => {
  const { state } = known.dispute;
  const ifSame =
    (turn: Turn): Turn =>
    (account, now) =>
      now.state === state && now.reopened === known.dispute.reopened
        ? turn(account, now)
        : done({ facts: [] });
  if (state === 'closed') return () => done({ facts: [] });
  if (state === 'decided') return ifSame(await readyEffect(parts, call, frame, known));
  if (state === 'effectProposed') {
    const posted = await postedOf(parts, call, known);
    return ifSame((_account, now) => endIfPosted(now, now.proposals, posted, frame.today));
  }
  return (account, now) =>
    isUndecided(now) ? undecidedTurn(account, now, call, frame) : done({ facts: [] });
};

/** Proposals of the case that a feed has shown: done, or about to be, where the items name them already. */
const postedOf = async (
  { accounts, proposals }: DisputeParts,
  { scope }: DisputeCall,
  { key, dispute }: { key: AccountKey; dispute: Dispute },
): Promise<Set<string>> => {
  const posted = new Set<string>();
  const { items } = (await accounts.load(scope, key, itemIdsOf(dispute))).account;
  const changes = [...items.values()].flatMap((item) => item.changes.filter((one) => !one.isReversed));
  for (const id of dispute.proposals) {
    const isNamed = changes.some((change) => change.id.startsWith(`${id}:`));
    const loaded = isNamed ? undefined : await proposals.load(scope, key.companyId, id);
    if (isNamed || loaded?.proposal.state === 'done') posted.add(id);
  }
  return posted;
};

/** Paid meanwhile, accepted as too small, or past its day; in this order. */
const undecidedTurn = (
  account: Account,
  dispute: Dispute,
  call: DisputeCall,
  frame: DisputeFrame,
): Outcome<CaseChange, ProblemCode> => {
  const { today, settings } = frame;
  const paid = payDownDispute(dispute, (itemId) => freeOf(account.items.get(itemId), dispute.id), today);
  if (paid.length > 0) return done({ facts: paid });
  const isSmall = isAcceptedByItself(dispute, account.head.acceptedAlone ?? [], today, settings.rules);
  if (isSmall.ok && isSmall.value && dispute.from !== 'portal') {
    const facts = acceptByItself(dispute, today);
    if (!facts.ok) return facts;
    return done({ facts: facts.value, ...besideDecision(dispute, facts.value, call, frame) });
  }
  return done({ facts: climbed(dispute, call, frame) });
};

/** Who has it once its day is past: the superior, days later the credit manager. Each day is missed once a round. */
const climbed = (dispute: Dispute, call: DisputeCall, frame: DisputeFrame): DisputeFact[] => {
  const { today: on, calendar, settings } = frame;
  const standing = standingOf(dispute, on, calendar, settings.rules);
  if (standing === undefined || !standing.isPast) return [];
  const step = standing.step === 'recode' ? 'decide' : standing.step;
  if (step !== 'validate' && step !== 'facts' && step !== 'decide') return [];
  const isKnown = dispute.missed.some((one) => one.step === step && one.on > dispute.clockFrom);
  const missed: DisputeFact[] = isKnown ? [] : [{ kind: 'disputeDeadlineMissed', step, on }];
  const hand = dispute.hands.at(-1);
  const department = standing.level === 'creditManager' ? 'creditManager' : (hand?.department ?? '');
  const owner =
    standing.level === 'creditManager' ? settings.creditManager : settings.departments[department]?.head;
  const isAbove = hand?.department === 'creditManager' || hand?.department === 'cfo';
  if (owner === undefined || owner === hand?.owner || isAbove) return missed;
  const at = textOfInstant(call.now);
  return [...missed, { kind: 'disputeReassigned', owner, department, by: 'system', on, at }];
};

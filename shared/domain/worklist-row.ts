/**
 * The row of an account in the worklist, written ahead: what it is worth on each of the coming days, so that a page
 * of any of these days needs no look at the ledger and no rescan by night.
 * From: `worklist-of-account.ts`, the scorer. Next: the store; `worklist-top.ts` reads a day out of rows.
 * `best` is the most points of all days it tells: never less than those of a day, so that rows in its order, read
 * until the next could not come before any more, give the exact order of a day (`docs/decisions`).
 */
import { addDays, type Day } from './calendar.ts';
import { sum, type AmountMinor, type Currency } from './money.ts';
import {
  worklistAccountOf,
  type KnownAccount,
  type WorklistFrame,
  type WorklistParty,
} from './worklist-of-account.ts';
import { compareText, type WorklistDue } from './worklist-account.ts';
import { scorerFor, type ScorePart, type ScoreSetting } from './worklist-score.ts';
import { offReasons, type OffReason } from './worklist.ts';

/** Days a row tells beforehand; it is written anew some days before they are over. */
export const daysAhead = 5;
export const renewedDaysBefore = 2;

/** No day on which anything changes is known. */
export const neverTurns = '9999-12-31' as Day;

/** From a day on until the next phase begins. */
export type WorklistPhase = {
  from: Day;
  /** Why it has no place among the ranked. */
  off?: OffReason;
  /** Of overdue items, less credits. */
  claim: AmountMinor;
  oldestDueOn?: Day;
  points: AmountMinor;
  parts: readonly ScorePart[];
};

/** Whose list a row is in when the account is nobody's. */
export const pool = 'pool';

export type WorklistRow = {
  companyId: string;
  accountId: string;
  /** Whose list it is in: the collector's, or `pool`. */
  collectorId: string;
  salesOwners: readonly string[];
  name?: string;
  segment?: string;
  currency: Currency;
  /** Of the account it was made of. */
  version: number;
  writtenOn: Day;
  /** At least one; the first begins on `writtenOn`. */
  phases: readonly [WorklistPhase, ...WorklistPhase[]];
  /** The first day the phases tell nothing of. */
  turnsOn: Day;
  /** Absent when it is on no ranked list on any of its days. */
  best?: AmountMinor;
  dues: readonly WorklistDue[];
  /** The first day something is due: it stands in *Due today* from then on. */
  visibleFrom?: Day;
  lastContactOn?: Day;
  lastTalkOn?: Day;
  stage: number;
  /** Calls in a row that reached nobody. */
  unreached?: number;
  /** What the orders are worth that a file says wait for it, let go or not; absent where none do. */
  orders?: AmountMinor;
  /** Of rules and targets it was made by: with another one it is written anew. */
  frame?: string;
  /** Who the account was, and by which of its papers: one that holds still is not read again. */
  party?: { of: string } & Pick<WorklistParty, 'risk' | 'touch'>;
};

export type RowFrame = WorklistFrame &
  Omit<ScoreSetting, 'today'> & {
    /** What rows in the list of a collector are made by, besides their accounts. */
    frameOf?: (collectorId: string) => string;
  };

/** Undefined where nothing is open and nothing is to be done. */
export const worklistRowOf = (known: KnownAccount, frame: RowFrame, today: Day): WorklistRow | undefined => {
  const { head, party } = known;
  const phases = phasesFrom(known, frame, today);
  const now = worklistAccountOf(known, frame, today);
  if (known.items.length === 0 && now.dues.length === 0) return undefined;
  const listed = phases.filter(({ off }) => off === undefined);
  const dueOn = now.dues.map(({ on }) => on).toSorted(compareText)[0];
  const best = listed.length === 0 ? undefined : Math.max(...listed.map(({ points }) => points));
  const collectorId = head.assignedTo || pool;
  const orders = sum(...(known.blockedOrders ?? []).map(({ amount }) => amount));
  const { unreachedCalls: unreached = 0 } = head.dunning;
  return {
    ...{ companyId: head.companyId, accountId: head.accountId, collectorId },
    salesOwners: head.salesOwners ?? [],
    ...(party.name !== undefined && { name: party.name }),
    ...(head.segment !== undefined && head.segment !== '' && { segment: head.segment }),
    ...{ currency: frame.currency, version: head.version, writtenOn: today, phases },
    turnsOn: hasPoints(phases) ? addDays(today, daysAhead) : firstChange(known, today),
    ...(best !== undefined && { best: best as AmountMinor }),
    dues: now.dues,
    ...(dueOn !== undefined && { visibleFrom: dueOn }),
    ...(now.lastContactOn !== undefined && { lastContactOn: now.lastContactOn }),
    ...(now.lastTalkOn !== undefined && { lastTalkOn: now.lastTalkOn }),
    stage: head.dunning.stage,
    ...(unreached > 0 && { unreached }),
    ...(orders > 0 && { orders }),
    ...(frame.frameOf !== undefined && { frame: frame.frameOf(collectorId) }),
    ...(head.masterData !== undefined && {
      party: { of: head.masterData, risk: party.risk, touch: party.touch },
    }),
  };
};

/** Whether points are told that change by themselves: of a claim, be it too small to be listed. */
const hasPoints = (phases: WorklistRow['phases']): boolean =>
  phases.some(({ off, claim }) => off === undefined || claim > 0);

const phasesFrom = (known: KnownAccount, frame: RowFrame, today: Day): WorklistRow['phases'] => {
  const days = Array.from({ length: daysAhead }, (_, ahead) => addDays(today, ahead));
  const [first, ...rest] = days.map((day) => phaseOn(known, frame, day));
  const phases: [WorklistPhase, ...WorklistPhase[]] = [first!];
  for (const phase of rest) if (!isSamePhase(phase, phases.at(-1)!)) phases.push(phase);
  return phases;
};

const phaseOn = (known: KnownAccount, frame: RowFrame, today: Day): WorklistPhase => {
  const account = worklistAccountOf(known, frame, today);
  const setting: ScoreSetting = { ...frame, today };
  const score = scorerFor(setting)(account);
  const off = offReasons(setting)({ account, score });
  const oldestDueOn = score.claim.items[0]?.dueOn;
  return {
    from: today,
    ...(off !== undefined && { off }),
    claim: score.claim.total,
    ...(oldestDueOn !== undefined && { oldestDueOn }),
    ...{ points: score.points, parts: score.parts },
  };
};

const isSamePhase = ({ from: _a, ...a }: WorklistPhase, { from: _b, ...b }: WorklistPhase): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** Of an account with nothing to claim in these days: the first day after them on which that may be otherwise. */
const firstChange = ({ head, items }: KnownAccount, today: Day): Day => {
  const told = addDays(today, daysAhead);
  const days = items.flatMap(({ dueOn, heldParts = [], retention }) => [
    addDays(dueOn, 1),
    ...heldParts.flatMap(({ untilOn }) => (untilOn === undefined ? [] : [addDays(untilOn, 1)])),
    ...(retention?.releaseOn === undefined ? [] : [retention.releaseOn, addDays(retention.releaseOn, 1)]),
  ]);
  const ends = head.holds.flatMap(({ untilOn }) => (untilOn === undefined ? [] : [addDays(untilOn, 1)]));
  return [...days, ...ends].filter((day) => day >= told).toSorted(compareText)[0] ?? neverTurns;
};

/** What a row says of a day. Undefined when it tells nothing of it. */
export const phaseOfDay = ({ phases, turnsOn }: WorklistRow, today: Day): WorklistPhase | undefined =>
  today >= turnsOn ? undefined : phases.findLast(({ from }) => from <= today);

/** Whether a row has to be written anew by a day, so that a page of the days after it finds it told. */
export const renewsBy = (today: Day): Day => addDays(today, renewedDaysBefore);

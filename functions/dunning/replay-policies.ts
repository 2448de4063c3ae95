/**
 * Replays the policies in force and others over the journals of a company's accounts, day by day, and sets both side
 * by side; beside that of the live ones stands what was really sent. Writes nothing (W1, R21, R27).
 * From: `GET api/companies/{company}/dunning/replay`, a page of accounts a call. Next: a credit manager who decides.
 */
import { policySetFrom, dunningPlaces, type PolicySet } from '../../shared/contracts/dunning-settings.ts';
import type { ReplayAnswer, ReplayQuery } from '../../shared/contracts/dunning-replay.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Account, AccountKey } from '../../shared/domain/account.ts';
import { dayFromText, daysBetween, wallTime, type Day, type Instant } from '../../shared/domain/calendar.ts';
import {
  causeOfPolicies,
  replayDifferences,
  sideOf,
  stepsSent,
  type ReplayDifference,
} from '../../shared/domain/compare-replays.ts';
import { causesInJournal, type ReplayedMorning } from '../../shared/domain/replay-causes.ts';
import { dunningFrame, frameMemory, type DunningFrame } from '../../shared/domain/dunning-input.ts';
import type { MasterData } from '../../shared/domain/master-data.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import {
  replayAccount,
  type ReplayedAccount,
  type ReplayedStep,
} from '../../shared/domain/replay-policies.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import { inputOf, type CompanyFrame } from '../../shared/edge/read-dunning-frame.ts';
import type { DunningParts } from './parts.ts';
import { entriesOf, masterDataReader } from './read-history.ts';

const accountsAPage = 10;
const mostDays = 400;
const mostDifferences = 500;

type Call = { scope: Scope; now: Instant };

export const replayPolicies = async (
  parts: DunningParts,
  companyId: string,
  query: ReplayQuery,
  { scope, now }: Call,
): Promise<Outcome<ReplayAnswer, ProblemCode>> => {
  const company = await readCompany(parts.settings, scope, companyId);
  const frame = company.ok ? await parts.frameOf(companyId, now) : undefined;
  if (frame === undefined) return refuse('not-found', 'There is no such company.');
  const [from, to] = [dayFromText(query.from), dayFromText(query.to)];
  const days = daysBetween(from, to);
  if (days < 0 || days >= mostDays) return refuse('too-much-history', `Ask for 1 to ${mostDays} days.`);
  const against = await policySetOf(parts, scope, companyId, query.against, frame.set);
  if (against === undefined) return refuse('policy-not-there', `There are no policies ${query.against}.`);
  const mark = query.after === undefined ? {} : { after: query.after };
  const page =
    query.account === undefined
      ? await parts.accounts.heads(scope, companyId, { limit: accountsAPage, ...mark })
      : { heads: [(await parts.accounts.load(scope, { companyId, accountId: query.account })).account.head] };
  const run: Run = {
    ...{ parts, frame, from, to, scope, against: query.against === 'live' ? undefined : against },
    frameOf: framesOf(frame, frame.set),
    otherFrameOf: framesOf(frame, against),
  };
  const results: Side[] = [];
  for (const { accountId } of page.heads.toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1))) {
    const side = await replayBoth(run, { companyId, accountId });
    if (!side.ok) return side;
    results.push(side.value);
  }
  return done(answerOf(parts, run, results, page.after));
};

/** Undefined where there are none under that name or number. */
export const policySetOf = async (
  { settings }: Pick<DunningParts, 'settings'>,
  scope: Scope,
  companyId: string,
  against: string,
  live: PolicySet,
): Promise<PolicySet | undefined> => {
  if (against === 'live') return live;
  if (against === 'delivered') return policySetFrom(undefined);
  const place = { scope: `company:${companyId}`, name: dunningPlaces.policies };
  const kept =
    against === 'proposed'
      ? await settings.read(scope, { ...place, name: dunningPlaces.proposed })
      : await settings.version(scope, place, Number(against));
  return kept === undefined ? undefined : policySetFrom(kept.value);
};

type Run = {
  parts: DunningParts;
  frame: CompanyFrame;
  from: Day;
  to: Day;
  scope: Scope;
  /** Undefined: the live policies against what was done. */
  against: PolicySet | undefined;
  frameOf: (day: Day) => DunningFrame;
  otherFrameOf: (day: Day) => DunningFrame;
};
type Side = { live: ReplayedAccount; other: ReplayedAccount; differences: readonly ReplayDifference[] };

const replayBoth = async (run: Run, key: AccountKey): Promise<Outcome<Side, ProblemCode>> => {
  const { parts, scope, from, to, frame, against } = run;
  const entries = await entriesOf(parts, scope, key);
  if (entries === undefined)
    return refuse('too-much-history', `${key.accountId} has more entries than one replay reads.`);
  const masterDataOf = masterDataReader(parts, scope, key);
  const mornings = new Map<Day, ReplayedMorning>();
  const under = (set: PolicySet, frameOf: Run['frameOf']) =>
    replayAccount(key, entries, frame.zone, {
      atMorning: (day, morning) => void mornings.set(day, morning),
      ...{ from, to, isWorkDone: against !== undefined, frameOf },
      inputOf: async (account, at) =>
        judgedBy(parts, { ...frame, ...at, set, rules: set.rules }, account, await masterDataOf(account)),
    });
  const live = await under(frame.set, run.frameOf);
  const other: ReplayedAccount =
    against === undefined
      ? {
          accountId: key.accountId,
          steps: stepsSent(entries, key.accountId, from, to),
          capHits: [],
          spans: live.spans,
        }
      : await under(against, run.otherFrameOf);
  const causeIn = causesInJournal(key, entries, frame.zone, mornings);
  const differences =
    against === undefined
      ? replayDifferences(live.steps, other.steps, (one, two) => causeIn(two, one))
      : replayDifferences(live.steps, other.steps, causeOfPolicies);
  return done({ live, other, differences });
};

/** The morning's look of each day, by the rules as they are replayed; what stopped the company then is not known. */
const framesOf = (company: CompanyFrame, set: PolicySet): ((day: Day) => DunningFrame) => {
  const frame = { ...company, set, rules: set.rules, blocks: [], stoppedFor: new Set<string>() };
  const known = frameMemory();
  const frames = new Map<Day, DunningFrame>();
  return (day) => {
    const before = frames.get(day);
    if (before !== undefined) return before;
    const now = wallTime(day, set.rules.reviewAtMinute, company.zone);
    const made = dunningFrame({ ...frame, now }, known);
    frames.set(day, made);
    return made;
  };
};

const judgedBy = (parts: DunningParts, frame: CompanyFrame, account: Account, masterData: MasterData) =>
  inputOf(
    frame,
    { head: account.head, items: [...account.items.values()].filter(({ open }) => open !== 0), masterData },
    parts.calendarOf,
  );

const answerOf = (
  { hashText }: DunningParts,
  { from, to }: Run,
  results: readonly Side[],
  after: string | undefined,
): ReplayAnswer => {
  const live = sideOf(
    results.map((one) => one.live),
    hashText,
  );
  const other = sideOf(
    results.map((one) => one.other),
    hashText,
  );
  const all = results.flatMap((one) => one.differences);
  const differences = all
    .slice(0, mostDifferences)
    .map(({ accountId, on, live: one, other: two, cause }) => ({
      ...{ account: accountId, on, cause, live: shown(one), other: shown(two) },
    }));
  return {
    ...{ from, to, live, other, differences, differenceCount: all.length },
    spans: results.reduce((sum, { live: { spans } }) => sum + spans, 0),
    hash: hashText(JSON.stringify([live.hash, other.hash, differences])),
    ...(after === undefined ? {} : { after }),
  };
};

const shown = (step: ReplayedStep | undefined): ReplayAnswer['differences'][number]['live'] =>
  step === undefined
    ? null
    : {
        account: step.accountId,
        on: step.on,
        channel: step.channel,
        stage: step.stage,
        text: step.text ?? null,
        sums: { ...step.sums },
      };

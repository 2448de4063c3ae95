/**
 * One look at an account: tracks first, then what its policy asks of it at this instant, or every reason why not; one append.
 * From: queue `account-evaluations`. Next: the relay passes planned messages on; the account says when to look again.
 * Twice, late, out of order or after a crash: the same look writes nothing, since the head says what was decided.
 */
import type { EvaluationMessage } from '../../shared/contracts/dunning-messages.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountHead } from '../../shared/domain/account.ts';
import { instantFromText, msOfInstant } from '../../shared/domain/calendar.ts';
import { decidePlan } from '../../shared/domain/decide-plan.ts';
import { blocksOf } from '../../shared/domain/dunning-input.ts';
import { evolve } from '../../shared/domain/evolve.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { planNotice } from '../../shared/domain/plan-notice.ts';
import { reachesStatement } from '../../shared/domain/statement-due.ts';
import { statementDayOf } from '../../shared/domain/policy-tracks.ts';
import { runTracks } from '../../shared/domain/run-tracks.ts';
import type { WithheldReason } from '../../shared/domain/withheld-reasons.ts';
import type { LoadedAccount } from '../../shared/ports/account-store.ts';
import type { CompanyFrame } from '../../shared/edge/read-dunning-frame.ts';
import { isLookTime, statementMonthOf } from './find-due.ts';
import { knownOf } from './known-of-account.ts';
import { papersOf, withoutDone, type CauseOf } from './papers-of-facts.ts';
import { mostTries, type DunningParts, type JobCall } from './parts.ts';
import { readWhole } from './read-account.ts';

export type Looked = 'nothing' | 'appended';

/** @throws when the account changes under every try: the message comes back. */
export const lookAtAccount = async (
  parts: DunningParts,
  message: EvaluationMessage,
  call: JobCall,
): Promise<Outcome<Looked, ProblemCode>> => {
  const { companyId, accountId, because } = message;
  const frame = await parts.frameOf(companyId, call.now);
  if (frame === undefined) return refuse('company-unknown', `There are no settings of company ${companyId}.`);
  const key = { companyId, accountId };
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const isEarly = because === 'event' && !isLookTime(frame);
    const isWanted = (head: AccountHead): boolean => !isEarly && concerns(head, message, frame);
    const loaded = await readWhole(parts, call.scope, key, isWanted);
    if (loaded === undefined || !concerns(loaded.account.head, message, frame)) return done('nothing');
    const occasion = occasionOf(message, loaded, frame);
    const found = isEarly
      ? { facts: laterToday(loaded, frame) }
      : await foundAt(parts, occasion, loaded, frame, call);
    const facts = await withoutDone(parts, call, loaded, found.facts);
    if (facts.length === 0) return done('nothing');
    const change = {
      ...{ at: call.now, facts, actor: { kind: 'job', id: 'dunning' } as const },
      cause: { kind: 'evaluation', id: occasion },
    };
    const appended = await parts.accounts.append(
      call.scope,
      loaded,
      change,
      undefined,
      papersOf(facts, found.causeOf),
    );
    if (appended.outcome === 'appended') return done('appended');
  }
  throw new Error(`account ${accountId} changed under each of ${mostTries} tries`);
};

/** Told by the head alone, so that what has nothing to do costs one small read. */
const concerns = (head: AccountHead, { because }: EvaluationMessage, { now }: CompanyFrame): boolean => {
  const { promises = [], plan } = head.dunning;
  if (because === 'money') return promises.length > 0 || plan !== undefined || hangsOnMoney(head);
  if (because !== 'due') return true;
  const { nextReviewAt } = head;
  return nextReviewAt !== undefined && msOfInstant(instantFromText(nextReviewAt)) <= msOfInstant(now);
};

/** What keeps an item back for the sake of others, or of money that was not theirs: more money may end it. */
const endedByMoney: readonly WithheldReason[] = ['at-final', 'covered-by-cash', 'covered-by-credit'];

/** What changes the account may make another of a message that waits for a person, and free what is held back. */
const hangsOnMoney = ({ dunning: { message, withheld } }: AccountHead): boolean =>
  message?.state === 'awaiting' || endedByMoney.some((reason) => withheld?.reasons[reason] !== undefined);

/** Money asks for a whole look where something hangs on it; at night that has time until the morning. */
const occasionOf = (
  { because }: EvaluationMessage,
  { account: { head } }: LoadedAccount,
  frame: CompanyFrame,
): EvaluationMessage['because'] =>
  because === 'money' && hangsOnMoney(head) && isLookTime(frame) ? 'event' : because;

/** What happens at night is looked at in the morning, once its files have come. */
const laterToday = ({ account }: LoadedAccount, { today, reviewAt }: CompanyFrame): Fact[] => {
  const nextReviewAt = reviewAt(today);
  const { nextReviewAt: planned } = account.head;
  return planned !== undefined && planned <= nextReviewAt
    ? []
    : [{ kind: 'reviewPlanned', nextReviewAt, on: today }];
};

type Found = { facts: readonly Fact[]; causeOf?: CauseOf };

const foundAt = async (
  parts: DunningParts,
  because: EvaluationMessage['because'],
  loaded: LoadedAccount,
  frame: CompanyFrame,
  { scope }: JobCall,
): Promise<Found> => {
  if (because === 'statement') return { facts: statementOf(loaded, frame) };
  const tracks = runTracks(loaded.account, frame);
  const account = tracks.length === 0 ? loaded.account : evolve(loaded.account, tracks);
  if (because === 'money')
    return {
      facts:
        tracks.length === 0 && !hangsOnMoney(account.head)
          ? []
          : [...tracks, ...laterToday({ ...loaded, account }, frame)],
    };
  const { input, facts, causeOf } = await knownOf(parts, scope, { ...loaded, account }, frame);
  const after = facts.length === 0 ? account : evolve(account, facts);
  return { facts: [...tracks, ...facts, ...decidePlan(after, input, frame)], causeOf };
};

/** Once a month where something is owed; whether it was written before is told by its paper. */
const statementOf = ({ account }: LoadedAccount, frame: CompanyFrame): Fact[] => {
  const day = statementDayOf(frame.today, frame.calendar);
  // made up for later, it is still one of that day
  if (![...account.items.values()].some(({ open, postedOn }) => open !== 0 && postedOn <= day)) return [];
  if (!reachesStatement(account.head, frame) || blocksOf(frame, account.head).length > 0) return [];
  const request = { text: 'T13', causeId: statementMonthOf(frame.today) } as const;
  const planned = planNotice(account.head, request, frame.today);
  return planned.ok ? [...planned.value] : [];
};

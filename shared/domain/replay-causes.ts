/**
 * Why the live policies, replayed, differ from what was done: they stood on another history by that morning, the account
 * was looked at another time or not at all, something kept the message back, a person was faster.
 * From: the journal, and how the account stood at each morning of the replay. Next: `compare-replays.ts`, the route.
 * A difference that nothing in the journal explains is `unexplained`: then the replay is wrong, or the run was.
 */
import { newAccount, type Account, type AccountKey } from './account.ts';
import { addDays, instantFromText, startOfDay, type Day } from './calendar.ts';
import { messageIdOf } from './planned-message.ts';
import type { Entry } from './entry.ts';
import { fold } from './evolve.ts';
import type { Fact } from './facts.ts';
import { payingKinds } from './paying-facts.ts';
import { isLeftOut, type ReplayedStep } from './replay-policies.ts';
import { isSameJson } from './same-json.ts';

/** At a morning's look of the replay, before it: the instant, and the account by its own history. */
export type ReplayedMorning = { atMs: number; account: Account };

export const unexplained = 'unexplained';

type Timed = { entry: Entry; atMs: number };

/** Asked of the differences of an account in the order of their days. */
export const causesInJournal = (
  key: AccountKey,
  entries: readonly Entry[],
  zone: string,
  mornings: ReadonlyMap<Day, ReplayedMorning>,
): ((done: ReplayedStep | undefined, replayed: ReplayedStep | undefined) => string) => {
  const timed = entries.map((entry) => ({ entry, atMs: instantFromText(entry.at).epochMilliseconds }));
  const liveAt = accountsAt(key, timed);
  let first: string | undefined;
  return (done, replayed) => {
    const { on } = (done ?? replayed)!;
    const morning = mornings.get(on);
    if (morning === undefined) return unexplained;
    const ofDay = { on, morningMs: morning.atMs, zone, isDone: done !== undefined };
    const isSame = isSameJson(standingOf(liveAt(morning.atMs)), standingOf(morning.account));
    const cause = isSame
      ? (causeOfDay(timed, ofDay, liveAt) ?? unexplained)
      : first === undefined
        ? historyUntil(timed, morning.atMs)
        : `follows:${first}`;
    first ??= `${on}:${cause}`;
    return cause;
  };
};

/** The account as it was at an instant; asked in the order of time, nothing is folded twice. */
const accountsAt = (key: AccountKey, entries: readonly Timed[]): ((atMs: number) => Account) => {
  let [account, next, lastMs] = [newAccount(key), 0, -Infinity];
  return (atMs) => {
    if (atMs < lastMs) [account, next] = [newAccount(key), 0];
    lastMs = atMs;
    for (let one = entries[next]; one !== undefined && one.atMs <= atMs; one = entries[next]) {
      account = fold(account, one.entry.facts).account;
      next += 1;
    }
    return account;
  };
};

/** All that a look decides by and that a replay makes itself: what was sent, reached, asked of people. */
const standingOf = ({ head, items }: Account): object => {
  const { message, contacts = [], tasks = [], policy, mailedCalls } = head.dunning;
  return {
    ...{ message: message && [message.id, message.state], contacts, habit: policy?.habit, mailedCalls },
    tasks: tasks.flatMap(({ id, stage }) => (stage > 0 ? [id] : [])),
    items: [...items.values()]
      .filter(({ open }) => open !== 0)
      .map(({ id, stage, reminded }) => [id, stage, reminded?.on, reminded?.policyId, reminded?.courtesies])
      .toSorted(),
  };
};

/** The first fact that a replay does not live through: messages go out at once there, and nobody is in their way. */
const historyUntil = (entries: readonly Timed[], atMs: number): string => {
  const plannedOn = new Map<string, Day>();
  for (const { entry } of entries.filter((one) => one.atMs <= atMs))
    for (const fact of entry.facts) {
      if (fact.kind === 'messagePlanned') plannedOn.set(fact.message.id, fact.message.plannedOn);
      const why = otherwiseBy(fact, plannedOn);
      if (why !== undefined) return `history:${why}`;
    }
  const last = [...plannedOn.keys()].at(-1);
  return last === undefined ? unexplained : 'history:on-its-way';
};

const otherwiseBy = (fact: Fact, plannedOn: ReadonlyMap<string, Day>): string | undefined => {
  switch (fact.kind) {
    case 'messagePlanned':
      if (fact.message.byHand !== undefined) return 'person-acted';
      return fact.message.needs.length > 0 ? 'waited-for-release' : undefined;
    case 'messageSent':
      return plannedOn.get(fact.messageId) === fact.on ? undefined : 'sent-later';
    case 'messageWithheld':
      return `withheld-at-gate:${fact.reasons.join('+')}`;
    case 'messageInDoubt':
      return 'in-doubt';
    case 'carryingUndone':
      return 'came-back';
    case 'itemsCarried':
      return fact.by.startsWith('override:') ? 'person-acted' : undefined;
    case 'reminderWithheld':
      return fact.account.length > 0 ? `withheld:${fact.account.join('+')}` : undefined;
    default:
      return undefined;
  }
};

type OfDay = { on: Day; morningMs: number; zone: string; isDone: boolean };

/** The same history, and still something else was done on the day. */
const causeOfDay = (
  entries: readonly Timed[],
  { on, morningMs, zone, isDone }: OfDay,
  liveAt: (atMs: number) => Account,
): string | undefined => {
  if (entries.some(({ entry }) => entry.cause.kind === 'message' && isPlanOf(entry, on)))
    return 'planned-anew-at-gate';
  const endMs = startOfDay(addDays(on, 1), zone).epochMilliseconds - 1;
  const { nextReviewAt, dunning } = liveAt(endMs).head;
  const kept = Object.entries(dunning.withheld?.reasons ?? {}).filter(([, items]) => items === 0);
  if (!isDone && kept.length > 0) return `withheld:${kept.map(([reason]) => reason).join('+')}`;
  const startMs = startOfDay(on, zone).epochMilliseconds;
  const ofDay = entries.filter(({ atMs }) => atMs >= startMs && atMs <= endMs);
  const looks = ofDay.filter(({ entry }) => entry.cause.kind === 'evaluation');
  // promises judged, plans noted, work ended: they come before what is planned, and a replay hears of them after
  if (looks.some(({ entry }) => entry.facts.some(isWork))) return 'work-of-the-look';
  const aside = looks.find(({ atMs }) => isOtherBetween(ofDay, atMs, morningMs));
  if (aside !== undefined) return aside.atMs < morningMs ? 'looked-earlier' : 'looked-later';
  if (looks.some(({ entry }) => entry.facts.some(isHabit))) return 'habit-learned';
  if (!isDone && isToldSinceLook(entries, endMs, ['masterDataNoted'])) return 'treated-otherwise';
  const isWaiting = nextReviewAt !== undefined && instantFromText(nextReviewAt).epochMilliseconds <= endMs;
  if (!isDone && isWaiting) return 'not-looked-at';
  const isMoneySince = !isDone && looks.length === 0 && isToldSinceLook(entries, morningMs, payingKinds);
  return isMoneySince ? 'money-since-look' : undefined;
};

/** Looks at promises and tracks alone, and for the statement of a month. */
const asksNoPolicy: readonly string[] = ['money', 'statement'];

/**
 * It was told something since it was looked at last, that counts from the next look on. How it is treated; money, for
 * which nobody looks as long as nothing hangs on it: less may be too little for a mail and leave a decision, and how
 * late it came may make a payer of those who are reminded before the due day.
 */
const isToldSinceLook = (
  entries: readonly Timed[],
  untilMs: number,
  kinds: readonly Fact['kind'][],
): boolean => {
  const before = entries.filter(({ atMs }) => atMs <= untilMs);
  const look = before.findLastIndex(
    ({ entry: { cause } }) => cause.kind === 'evaluation' && !asksNoPolicy.includes(cause.id),
  );
  return before.slice(look + 1).some(({ entry }) => entry.facts.some(({ kind }) => kinds.includes(kind)));
};

/** Something else was written between the two looks. */
const isOtherBetween = (ofDay: readonly Timed[], oneMs: number, otherMs: number): boolean =>
  ofDay.some(
    ({ entry, atMs }) =>
      entry.cause.kind !== 'evaluation' &&
      atMs >= Math.min(oneMs, otherMs) &&
      atMs <= Math.max(oneMs, otherMs),
  );

const isWork = (fact: Fact): boolean => !isLeftOut(fact) && fact.kind !== 'policyChosen';

const isHabit = (fact: Fact): boolean => fact.kind === 'policyChosen' && fact.policy.habit !== undefined;

const isPlanOf = ({ facts }: Entry, today: Day): boolean =>
  facts.some((fact) => fact.kind === 'messagePlanned' && fact.message.id === messageIdOf({ today }));

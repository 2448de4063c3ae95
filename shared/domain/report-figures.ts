/**
 * Figures: what entries of an account add to money that came, promises, cases, messages sent and withheld, by day.
 * From: facts, in the order of the journal, and the little that has to be remembered of earlier ones. Next: tails of
 * reports, `figures-kept.ts`; the lists behind a tile, which are the same rows one by one.
 */
import type { Day } from './calendar.ts';
import { answersAfter, cashAfter, ofStep, stepText, type Asked } from './cash-after-reminder.ts';
import { isMoneyFact, type Fact } from './facts.ts';
import { moneyRows } from './figures-money.ts';
import type { FigureRow } from './figure-sums.ts';
import { negate, type AmountMinor, type Currency } from './money.ts';

/** What later facts name only by its id; bounded by the limits of promises, cases and messages of an account. */
export type Watched = {
  promises?: Readonly<Record<string, { dueOn: Day; currency: Currency; amount: AmountMinor }>>;
  disputes?: Readonly<Record<string, { currency: Currency; held: AmountMinor }>>;
  message?: { id: string; stage: number; step?: string; sums: Readonly<Record<Currency, AmountMinor>> };
  asked?: Asked;
};

export const nothingWatched: Watched = {};

type Counted = { watched: Watched; rows: FigureRow[] };

/** The rows of an entry, and what is to be remembered after it. */
export const figureRows = (before: Watched, facts: readonly Fact[]): Counted =>
  facts.reduce<Counted>(
    ({ watched, rows }, fact) => {
      const next = afterFact(watched, fact);
      const money = isMoneyFact(fact) ? moneyRows(fact) : [];
      const brought = [...cashAfter(watched.asked, money), ...answersAfter(watched.asked, fact)];
      return { watched: next.watched, rows: [...rows, ...money, ...brought, ...next.rows] };
    },
    { watched: before, rows: [] },
  );

const afterFact = (watched: Watched, fact: Fact): Counted => {
  switch (fact.kind) {
    case 'promiseMade':
    case 'promiseJudged':
      return afterPromise(watched, fact);
    case 'disputeStands':
      return afterDispute(watched, fact);
    case 'messagePlanned':
    case 'messageSent':
    case 'messageWithheld':
      return afterMessage(watched, fact);
    default:
      return { watched, rows: plainRows(fact) };
  }
};

/** Promises count on the day they are due: those of a period are judged against each other. */
const afterPromise = (
  watched: Watched,
  fact: Extract<Fact, { kind: 'promiseMade' | 'promiseJudged' }>,
): Counted => {
  if (fact.kind === 'promiseMade') {
    const { id, dueOn, currency, amount, madeOn } = fact.promise;
    const promises = { ...watched.promises, [id]: { dueOn, currency, amount } };
    const due = pair('promiseDue', currency, dueOn, amount, id);
    return {
      watched: { ...watched, promises },
      rows: [...pair('promised', currency, madeOn, amount, id), ...due],
    };
  }
  const { promiseId, result } = fact;
  const { [promiseId]: judged, ...others } = watched.promises ?? {};
  if (judged === undefined) return { watched, rows: [] };
  const { promises: _gone, ...rest } = watched;
  const after = Object.keys(others).length === 0 ? rest : { ...rest, promises: others };
  const { currency, dueOn, amount } = judged;
  if (result !== 'void')
    return { watched: after, rows: pair(`promise-${result}`, currency, dueOn, amount, promiseId) };
  // taken back before it could be kept: it never was due
  const back = pair('promiseDue', currency, dueOn, amount, promiseId).map((row) => ({
    ...row,
    amount: -row.amount,
  }));
  return { watched: after, rows: back };
};

/** An amount and a count. */
const pair = (what: string, currency: Currency, on: Day, amount: number, about: string): FigureRow[] => [
  { name: `${what} ${currency}`, on, amount, about },
  { name: `${what}Count ${currency}`, on, amount: 1, about },
];

const afterDispute = (watched: Watched, fact: Extract<Fact, { kind: 'disputeStands' }>): Counted => {
  const { disputeId: about, stands, on } = fact;
  const { [about]: before, ...others } = watched.disputes ?? {};
  const { disputes: _old, ...rest } = watched;
  const rows: FigureRow[] = [];
  const moved = (currency: Currency, amount: number): void => {
    if (amount !== 0) rows.push({ name: `disputed ${currency}`, on, amount, about });
  };
  if (before?.currency === stands?.currency && stands !== undefined)
    moved(stands.currency, stands.held - (before?.held ?? 0));
  else {
    if (before !== undefined) moved(before.currency, negate(before.held));
    if (stands !== undefined) moved(stands.currency, stands.held);
  }
  const now =
    stands === undefined ? others : { ...others, [about]: { currency: stands.currency, held: stands.held } };
  return { watched: Object.keys(now).length === 0 ? rest : { ...rest, disputes: now }, rows };
};

/** A message has one reminder on its way at a time; notices are told apart by their text, which is in their id. */
const afterMessage = (
  watched: Watched,
  fact: Extract<Fact, { kind: 'messagePlanned' | 'messageSent' | 'messageWithheld' }>,
): Counted => {
  if (fact.kind === 'messagePlanned') {
    const { id, stage, sums, policyId, policyVersion: version } = fact.message;
    const step = version === undefined ? {} : { step: stepText({ policyId, version, stage }) };
    return { watched: { ...watched, message: { id, stage, sums, ...step } }, rows: [] };
  }
  const { messageId: about, on } = fact;
  const { message, ...rest } = watched;
  const own = message?.id === about ? message : undefined;
  const after = own === undefined ? watched : rest;
  if (fact.kind === 'messageSent') {
    const row = { name: `sent ${own?.stage ?? '-'}`, on, amount: 1, about };
    if (own === undefined) return { watched: after, rows: [row] };
    const asked: Asked = { on, stage: own.stage, ...(own.step === undefined ? {} : { step: own.step }) };
    return { watched: { ...after, asked }, rows: [row, ...ofStep(asked, 'sends', 1, about)] };
  }
  const reason = fact.reasons[0] ?? 'unknown';
  const sums = Object.entries(own?.sums ?? {}).map(([currency, amount]) => ({
    ...{ name: `withheldSum ${reason} ${currency}`, on, amount, about },
  }));
  return { watched: after, rows: [{ name: `withheld ${reason}`, on, amount: 1, about }, ...sums] };
};

/** What says all of itself. */
const plainRows = (fact: Fact): FigureRow[] => {
  const one = (name: string, about: string, amount = 1): FigureRow[] => [
    { name, on: fact.on, amount, about },
  ];
  switch (fact.kind) {
    case 'noticeSent':
      return one(`notice ${fact.messageId.split(':')[1] ?? '-'}`, fact.messageId);
    case 'noticeWithheld':
      return one(`withheld ${fact.reasons[0] ?? 'unknown'}`, fact.messageId);
    case 'reminderWithheld':
      return [
        ...fact.account.slice(0, 1).flatMap((reason) => one(`heldBack ${reason}`, 'account')),
        ...fact.items.flatMap(({ itemId, reason }) => one(`heldBack ${reason}`, itemId)),
      ];
    case 'messageReported':
      return one(`reported ${fact.status}`, fact.messageId);
    case 'callLogged':
      return one(fact.call.isTalk ? 'talks' : 'unreached', fact.call.id);
    case 'callUndone':
      return one(fact.call.isTalk ? 'talks' : 'unreached', fact.call.id, -1);
    case 'holdPlaced':
      return fact.hold.code === 'reply-waiting' ? one('replies', fact.hold.id) : [];
    case 'disputeOpened':
      return one('disputesOpened', fact.disputeId);
    case 'disputeClosed':
      return one('disputesClosed', fact.disputeId);
    default:
      return [];
  }
};

/** Kinds of facts figures and alerts are made of: an event that does not carry them is read from the ledger. */
const counted: readonly Fact['kind'][] = [
  ...(['promiseMade', 'promiseJudged', 'disputeStands', 'messagePlanned', 'messageSent'] as const),
  ...(['messageWithheld', 'noticeSent', 'noticeWithheld', 'reminderWithheld', 'messageReported'] as const),
  ...(['callLogged', 'callUndone', 'disputeOpened', 'disputeClosed', 'itemPosted', 'itemReduced'] as const),
  ...(['itemReopened', 'debitAdjusted', 'paymentReceived', 'paymentApplied', 'creditAllocated'] as const),
  ...(['applicationReversed', 'writeOffDone', 'recoveryReceived', 'exchangeDifferenceNoted'] as const),
  ...(['holdPlaced', 'moneyTakenBack', 'itemAmended', 'noticePlanned', 'noticeInDoubt'] as const),
];
const countedKinds: ReadonlySet<string> = new Set(counted);

export const isCounted = (kind: string): boolean => countedKinds.has(kind);

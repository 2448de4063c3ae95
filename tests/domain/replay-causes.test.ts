/**
 * A difference between a replay and what was done has the cause that made it, and without one it is said to have none.
 * From: invented journals. Next: the replay of a live month, the simulation.
 */
import { expect, it } from 'vitest';
import { addDays, instantFromText } from '../../shared/domain/calendar.ts';
import { messageOf } from '../../shared/domain/planned-message.ts';
import type { PlannedMessage } from '../../shared/domain/dunning-facts.ts';
import type { Entry } from '../../shared/domain/entry.ts';
import { fold } from '../../shared/domain/evolve.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { claimMessage, noteSent } from '../../shared/domain/message-life.ts';
import { postItem } from '../../shared/domain/post-item.ts';
import { causesInJournal } from '../../shared/domain/replay-causes.ts';
import { stepOfFact, type ReplayedStep } from '../../shared/domain/replay-policies.ts';
import { newAccount, type Account } from '../../shared/domain/account.ts';
import { factsOf, key } from '../support/account-examples.ts';
import { evaluated, frameOn, late, mailOf, payer, policy, today as on } from '../support/dunning-examples.ts';

const item = late('a', 50_000, 4);
const posted = factsOf(postItem(newAccount(key), item));
const entry = (version: number, time: string, kind: string, ...facts: Fact[]): Entry => ({
  ...{ ...key, version, at: `${on}T${time}Z`, actor: { kind: 'job', id: 't' }, cause: { kind, id: 'x' } },
  ...{ facts, previousHash: '', hash: '' },
});
const first: Entry = { ...entry(1, '00:00:00', 'row', ...posted), at: `${addDays(on, -1)}T09:00:00Z` };
const due: Fact = { kind: 'reviewPlanned', nextReviewAt: `${on}T06:30:00Z`, on };
const notDue: Fact = { kind: 'reviewPlanned', nextReviewAt: `${addDays(on, 7)}T06:30:00Z`, on };
const atFirst: Entry = { ...first, version: 2, facts: [due], cause: { kind: 'evaluation', id: 'event' } };
const account = (...facts: Fact[]): Account => fold(newAccount(key), [...posted, ...facts]).account;
const morningMs = instantFromText(`${on}T06:30:00Z`).epochMilliseconds;

const message = ((): PlannedMessage => {
  const step = mailOf(evaluated(account()))!;
  const whole = { head: account().head, items: [...account().items.values()] };
  return messageOf(step, { ...whole, policy: policy('standard'), payer, rule: 'test' }, frameOn());
})();
const planned: Fact = { kind: 'messagePlanned', message, on };
const step: ReplayedStep = stepOfFact(planned, key.accountId);
const other: ReplayedStep = { ...step, sums: { EUR: 1 as never } };

/** Replayed it was `replayed`, live `done`. */
const causeOf = (
  entries: readonly Entry[],
  done: ReplayedStep | undefined,
  replayed: ReplayedStep | undefined,
  stood: Account = account(),
): string => {
  const mornings = new Map([[on, { atMs: morningMs, account: stood }]]);
  return causesInJournal(key, [first, atFirst, ...entries], 'Europe/Berlin', mornings)(done, replayed);
};
const withheld: Fact = { kind: 'reminderWithheld', account: ['stop-all'], items: [], digest: 'd', on };
const released: Fact = { kind: 'messageReleased', messageId: message.id, as: 'draft', by: 'p', on };
const treated: Fact = { kind: 'masterDataNoted', masterData: 'contact:master:2', on };
const noted: Fact = {
  kind: 'provisionalNoted',
  ...{ itemId: item.id, receiptId: 'receipt:1', amount: 100 as never, currency: 'EUR', on },
};
const note: Fact = { kind: 'noteWritten', noteId: 'note:1', on };
const learned: Fact = {
  kind: 'policyChosen',
  policy: { id: 'standard', rule: 'r', on, habit: { invoices: 1 } },
  on,
};
const judged: Fact = { kind: 'promiseJudged', promiseId: 'p', result: 'void', received: 0 as never, on };

it.each<[string, Entry[], ReplayedStep | undefined, ReplayedStep | undefined, string]>([
  ['nobody looked', [], undefined, step, 'not-looked-at'],
  [
    'it was to be treated otherwise from the next look on',
    [entry(3, '01:00:00', 'evaluation', notDue), entry(4, '10:00:00', 'request', treated)],
    undefined,
    step,
    'treated-otherwise',
  ],
  [
    'money came at night, and the next look was days away',
    [
      { ...entry(3, '06:31:00', 'evaluation', notDue), at: `${addDays(on, -1)}T10:00:00Z` },
      entry(4, '02:00:00', 'import', noted),
    ],
    undefined,
    step,
    'money-since-look',
  ],
  [
    'money came at night, and was looked at without a step',
    [entry(3, '02:00:00', 'import', noted), entry(4, '06:30:00', 'evaluation', notDue)],
    undefined,
    step,
    'unexplained',
  ],
  [
    'something kept it back',
    [entry(3, '06:31:00', 'evaluation', withheld, notDue)],
    undefined,
    step,
    'withheld:stop-all',
  ],
  [
    'the look came after something else',
    [entry(3, '08:00:00', 'request', note), entry(4, '09:00:00', 'evaluation', planned, notDue)],
    step,
    other,
    'looked-later',
  ],
  [
    'the look came before something else',
    [entry(3, '01:00:00', 'evaluation', notDue), entry(4, '02:00:00', 'request', note)],
    undefined,
    step,
    'looked-earlier',
  ],
  [
    'the gate planned it anew',
    [entry(3, '06:31:00', 'evaluation', planned, notDue), entry(4, '07:00:00', 'message', planned)],
    step,
    other,
    'planned-anew-at-gate',
  ],
  [
    'the payer was learned in the look',
    [entry(3, '06:31:00', 'evaluation', learned, notDue)],
    undefined,
    step,
    'habit-learned',
  ],
  [
    'the look judged a promise first',
    [entry(3, '06:31:00', 'evaluation', judged, notDue)],
    undefined,
    step,
    'work-of-the-look',
  ],
])('%s: it is said', (_why, entries, done, replayed, cause) => {
  expect(causeOf(entries, done, replayed)).toBe(cause);
});

it.each<[string, ReplayedStep | undefined, ReplayedStep | undefined]>([
  ['left out', undefined, step],
  ['made up', step, undefined],
  ['of another sum', other, step],
])('a step %s without any cause is unexplained', (_what, done, replayed) => {
  const look = entry(3, '06:31:00', 'evaluation', ...(done === undefined ? [] : [planned]), notDue);
  expect(causeOf([look], done, replayed)).toBe('unexplained');
});

/** Live the message of the day before stood otherwise than where it goes out at once. */
const yesterday = { ...message, id: 'message:before:mail', plannedOn: addDays(on, -1) };
const before = (...facts: Fact[]): Entry => ({
  ...entry(3, '10:00:00', 'evaluation', ...facts),
  at: `${addDays(on, -1)}T10:00:00Z`,
});
const sentBefore = (): Account => {
  const planning: Fact = { kind: 'messagePlanned', message: yesterday, on: yesterday.plannedOn };
  let now = account(planning);
  const claim = { messageId: yesterday.id, operationId: 'o', at: '', on: yesterday.plannedOn };
  for (const decide of [
    (one: Account) => claimMessage(one, claim),
    (one: Account) => noteSent(one, yesterday, yesterday.plannedOn),
  ]) {
    const decided = decide(now);
    if (!decided.ok) throw new Error(decided.detail);
    now = fold(now, decided.value).account;
  }
  return now;
};

it('another history has the fact that made it another', () => {
  const stood = sentBefore();
  const waiting: Fact = { kind: 'messagePlanned', message: { ...yesterday, needs: ['draft'] }, on };
  const ended: Fact = { kind: 'messageWithheld', messageId: yesterday.id, reasons: ['bounced'], on };
  const planning: Fact = { kind: 'messagePlanned', message: yesterday, on: yesterday.plannedOn };
  const why = (...facts: Fact[]): string => causeOf([before(...facts)], step, undefined, stood);
  expect(why(waiting)).toBe('history:waited-for-release');
  expect(why(planning, ended)).toBe('history:withheld-at-gate:bounced');
  expect(why(planning)).toBe('history:on-its-way');
  expect(why(note)).toBe('unexplained');
  expect(why(waiting, released)).toBe('history:waited-for-release');
});

it('what comes after a difference follows from it, as long as the histories differ', () => {
  const next = addDays(on, 1);
  const mornings = new Map([
    [on, { atMs: morningMs, account: account() }],
    [next, { atMs: morningMs + 86_400_000, account: sentBefore() }],
  ]);
  const causes = causesInJournal(key, [first, atFirst], 'Europe/Berlin', mornings);
  expect(causes(undefined, step)).toBe('not-looked-at');
  expect(causes(undefined, { ...step, on: next })).toBe(`follows:${on}:not-looked-at`);
});

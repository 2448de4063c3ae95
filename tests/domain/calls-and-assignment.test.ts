/**
 * Calls with their outcomes and limits, and who works an account.
 * From: `shared/domain/{call-*,log-call,assignment}.ts`.
 */
import { describe, expect, it } from 'vitest';
import {
  movesByRule,
  pullFromPool,
  workerOn,
  type AssignableAccount,
} from '../../shared/domain/assignment.ts';
import { defaultCallLimits, isCallOverdue, mayCall } from '../../shared/domain/call-limits.ts';
import { defaultCallOutcomes } from '../../shared/domain/call-outcomes.ts';
import { addDays, dayFromText, type Day } from '../../shared/domain/calendar.ts';
import { logCall, prefilledAnswers, type Call, type CallContext } from '../../shared/domain/log-call.ts';
import { amountOf } from '../../shared/domain/money.ts';

/** A Tuesday. */
const on = dayFromText('2026-11-24');
const calendar = { weekend: [6, 7], holidays: new Set<Day>() };
const context: CallContext = {
  ...{ outcomes: defaultCallOutcomes, calendar, zone: 'Europe/Berlin', unreachedBefore: 0 },
  ...{ claimedItemIds: ['i1', 'i2'], claimed: amountOf(500_00), payRunOn: dayFromText('2026-11-30') },
};
const told = Object.fromEntries(
  ['method', 'how', 'reference', 'approver', 'caseCode', 'claimNumber', 'reason', 'offer', 'court']
    .concat(...['administrator', 'contact', 'question', 'toWhom'])
    .map((ask) => [ask, 'x']),
);
const answers = {
  ...{ amount: amountOf(500_00), day: dayFromText('2026-11-28'), itemIds: ['i1'], told },
  time: '2026-11-25T13:30:00Z',
};
const call = (code: string, changes: Partial<Call> = {}): Call => ({
  ...{ callId: 'k1', code, by: 'u:1', at: '2026-11-24T09:00:00Z', on, durationSeconds: 90, answers },
  ...changes,
});
const factsOf = (made: Call, more: Partial<CallContext> = {}) => {
  const logged = logCall(made, { ...context, ...more });
  if (!logged.ok) return [logged.code];
  return logged.value.flatMap((fact) => {
    if (fact.kind === 'followUpSet') return [`look ${fact.at ?? fact.on}${fact.half ? ` ${fact.half}` : ''}`];
    if (fact.kind === 'callEffect') return [fact.effect];
    return fact.kind === 'mailAsked' ? [`mail ${fact.text}`] : [];
  });
};

describe('each outcome of a call', () => {
  it.each([
    ['promise', ['look 2026-12-02', 'promise', 'confirmPromise']],
    ['promisePart', ['look 2026-12-02', 'promise', 'confirmPromise']],
    ['paysAtNextRun', ['look 2026-12-02', 'softPromise']],
    ['saysPaid', ['saysPaid']],
    ['wantsCopy', ['look 2026-11-27', 'sendCopies']],
    ['waitsForApproval', ['look 2026-11-30']],
    ['disputes', ['openCase']],
    ['explainsDeduction', ['recodeCase']],
    ['cannotPayNow', ['look 2026-11-26', 'proposePlan', 'flagRisk']],
    ['refuses', ['look 2026-11-25', 'tellManager']],
    ['insolvent', ['stopAll']],
    ['callBack', ['look 2026-11-25T13:30:00Z', 'callBack']],
    ['otherPerson', ['look 2026-11-24', 'addContact']],
    ['messageLeft', ['look 2026-11-25']],
    ['voicemail', ['look 2026-11-25 afternoon']],
    ['noAnswer', ['look 2026-11-25 afternoon']],
    ['busy', ['look 2026-11-25 afternoon']],
    ['wrongNumber', ['contactInvalid', 'findContact']],
    ['leftTheFirm', ['contactInvalid', 'findContact']],
    ['questionForUs', ['look 2026-11-25', 'csrTask']],
  ])('%s', (code, expected) => {
    expect(factsOf(call(code))).toEqual(expected);
  });

  it('waits for an approval five business days at most', () => {
    const far = { ...answers, day: dayFromText('2026-12-24') };
    expect(factsOf(call('waitsForApproval', { answers: far }))).toEqual(['look 2026-12-01']);
  });

  it('the third in a row that reaches nobody sends T3, the fourth does not', () => {
    expect(factsOf(call('noAnswer'), { unreachedBefore: 2 })).toContain('mail T3');
    expect(factsOf(call('noAnswer'), { unreachedBefore: 3 })).not.toContain('mail T3');
  });

  it('a follow-up of the collector takes the place of the prefilled one', () => {
    expect(factsOf(call('refuses', { followUp: { on: addDays(on, 9) } }))[0]).toBe('look 2026-12-03');
  });

  it('is refused without an answer it asks for, or with a code nobody knows', () => {
    expect(factsOf(call('promise', { answers: { ...answers, amount: amountOf(0) } }))).toEqual([
      'answer-missing',
    ]);
    expect(factsOf(call('shrug'))).toEqual(['outcome-unknown']);
  });

  it('the form begins with all that is claimed and the next pay run', () => {
    const promise = defaultCallOutcomes.find(({ code }) => code === 'promise')!;
    expect(prefilledAnswers(promise, context)).toEqual({
      ...{ amount: 500_00, itemIds: ['i1', 'i2'], day: '2026-11-30' },
    });
  });
});

describe('another call', () => {
  const may = (attempts: number[], talk?: number, mayTalkAgain = false) => {
    const days = attempts.map((ago) => addDays(on, -ago));
    const history = {
      attempts: days,
      mayTalkAgain,
      ...(talk !== undefined && { lastTalkOn: addDays(on, -talk) }),
    };
    const answer = mayCall(history, on, calendar, defaultCallLimits);
    return answer.ok ? 'yes' : answer.code;
  };
  it.each([
    ['one attempt today', may([0]), 'yes'],
    ['two attempts today', may([0, 0]), 'called-today'],
    ['six in five business days', may([6, 5, 5, 4, 1, 1]), 'called-too-often'],
    ['six, one of them before', may([7, 5, 5, 4, 1, 1]), 'yes'],
    ['a talk three business days ago', may([5], 5), 'just-spoken'],
    ['a talk four business days ago', may([6], 6), 'yes'],
    ['a talk, and a promise broke', may([1], 1, true), 'yes'],
  ])('%s', (_what, found, expected) => {
    expect(found).toBe(expected);
  });

  it('not made for more than three business days goes to the manager', () => {
    const isOverdue = (days: number) => isCallOverdue(on, addDays(on, days), calendar, defaultCallLimits);
    expect([isOverdue(3), isOverdue(5), isOverdue(6)]).toEqual([false, false, true]);
  });
});

describe('assignment', () => {
  const rules = [
    { name: 'key', segments: ['Key'], to: ['anna'] },
    { name: 'dach', countries: ['DE', 'AT'], to: ['bert', 'cleo'] },
    { name: 'small', segments: ['Small'], to: [] },
  ];
  const accounts: AssignableAccount[] = [
    { accountId: '1', segment: 'Key', country: 'DE' },
    { accountId: '2', country: 'DE' },
    { accountId: '3', country: 'AT' },
    { accountId: '4', segment: 'Small', assignedTo: 'dora' },
    { accountId: '5', country: 'DE', assignedTo: 'cleo' },
    { accountId: '6', country: 'DE', assignedTo: 'dora', byHand: true },
    { accountId: '7', country: 'FR', assignedTo: 'dora' },
  ];

  it('by the first rule that fits, evenly, leaving what is right or by hand', () => {
    expect(movesByRule(accounts, rules)).toEqual([
      { accountId: '1', to: 'anna', because: 'key' },
      { accountId: '2', to: 'bert', because: 'dach' },
      { accountId: '3', to: 'bert', because: 'dach' },
      { accountId: '4', from: 'dora', because: 'small' },
    ]);
  });

  it('is the same whatever the order, and done once', () => {
    const moves = movesByRule(accounts.toReversed(), rules);
    expect(moves).toEqual(movesByRule(accounts, rules));
    const moved = accounts.map(({ assignedTo, ...rest }) => {
      const move = moves.find(({ accountId }) => accountId === rest.accountId);
      const to = move === undefined ? assignedTo : move.to;
      return { ...rest, ...(to !== undefined && { assignedTo: to }) };
    });
    expect(movesByRule(moved, rules)).toEqual([]);
  });

  it('a deputy works for who is away, from the first to the last day', () => {
    const absences = [
      { who: 'anna', firstOn: on, lastOn: addDays(on, 2), deputy: 'bert' },
      { who: 'bert', firstOn: addDays(on, 1), lastOn: addDays(on, 1), deputy: 'cleo' },
      { who: 'dora', firstOn: on, lastOn: on, deputy: 'emil' },
      { who: 'emil', firstOn: on, lastOn: on, deputy: 'dora' },
    ];
    const worker = (who: string, days: number) => workerOn(who, addDays(on, days), absences, 'manager');
    expect([-1, 0, 1, 2, 3].map((days) => worker('anna', days))).toEqual([
      'anna',
      'bert',
      'cleo',
      'bert',
      'anna',
    ]);
    expect(worker('dora', 0)).toBe('manager');
  });

  it('what one has pulled from the pool, nobody else gets until the lock ends', () => {
    const pull = (pool: Parameters<typeof pullFromPool>[0], by: string, nowMs: number) =>
      pullFromPool(pool, { by, nowMs, lockMs: 100 });
    const first = pull([{ accountId: 'p1' }, { accountId: 'p2' }], 'anna', 0)!;
    const pool = [first, { accountId: 'p2' }];
    expect(first).toEqual({ accountId: 'p1', lock: { by: 'anna', untilMs: 100 } });
    expect(pull(pool, 'bert', 50)?.accountId).toBe('p2');
    expect(pull(pool, 'anna', 50)?.accountId).toBe('p1');
    expect(pull(pool, 'bert', 100)?.accountId).toBe('p1');
    expect(pull([first], 'bert', 99)).toBeUndefined();
  });
});

/**
 * Promises within limits, judged on real cash; plans of instalments and how they break.
 * From: invented accounts. Next: what is promised is not asked for, what broke counts.
 */
import { describe, expect, it } from 'vitest';
import type { Account } from '../../shared/domain/account.ts';
import { addDays } from '../../shared/domain/calendar.ts';
import { checkDunning } from '../../shared/domain/invariants-dunning.ts';
import { evolve } from '../../shared/domain/evolve.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { endPromise, judgePromise, type Judged } from '../../shared/domain/judge-promise.ts';
import { changePromise, makePromise, type PromiseWanted } from '../../shared/domain/make-promise.ts';
import { agreePlan, factsOfPlan, planStanding, type PlanWanted } from '../../shared/domain/payment-plan.ts';
import {
  confirmProvisional,
  noteProvisional,
  withdrawProvisional,
} from '../../shared/domain/note-provisional.ts';
import { runTracks } from '../../shared/domain/run-tracks.ts';
import { reduceItem } from '../../shared/domain/reduce-item.ts';
import { factsOf, money } from '../support/account-examples.ts';
import { accountOf, evaluated, frameOn, late, mailOf, today, week } from '../support/dunning-examples.ts';

const dueOn = addDays(today, 7);
const wanted = (more: Partial<PromiseWanted> = {}): PromiseWanted => ({
  ...{ promiseId: 'promise:1', by: 'collector', dueOn, currency: 'EUR', on: today },
  items: [{ itemId: 'a', amount: money(50_000) }],
  ...more,
});
const frame = { calendar: week };
const make = (account: Account, more: Partial<PromiseWanted> = {}) =>
  makePromise(account, wanted(more), frame);
const facts = (decision: { ok: boolean; value?: readonly Fact[] }): readonly Fact[] => {
  if (!decision.ok || decision.value === undefined) throw new Error(JSON.stringify(decision));
  return decision.value;
};
const promised = (more: Partial<PromiseWanted> = {}): Account => {
  const account = accountOf(late('a', 50_000, 4), late('b', 30_000, 4));
  return evolve(account, facts(make(account, more)));
};
const reduced = (account: Account, amount: number, by: 'payment' | 'credit' = 'payment'): Account =>
  evolve(
    account,
    factsOf(
      reduceItem(account, { itemId: 'a', changeId: `c:${amount}`, by, amount: money(amount), on: today }),
    ),
  );
const of = (receiptId: string) => ({ itemId: 'a', receiptId, on: today });
const noted = (account: Account, id: string, cents: number): Account =>
  evolve(account, factsOf(noteProvisional(account, { ...of(id), amount: money(cents) })));
const withdrawn = (account: Account, id: string): Account =>
  evolve(account, factsOf(withdrawProvisional(account, { ...of(id), reason: 'bounced' })));
/** The books show it: no longer noted, and open no more. */
const confirmed = (account: Account, id: string, cents: number): Account => {
  const shown = evolve(account, factsOf(confirmProvisional(account, of(id))));
  return reduced(shown, cents);
};
const judged = (account: Account, day: number, cash: number, onAccount = 0): Judged | undefined =>
  judgePromise(account.head.dunning.promises![0]!, account.items, {
    ...{ today: addDays(today, day), cashReachesOn: addDays(today, cash), onAccount: money(onAccount) },
  });

describe('a promise (R57, R58)', () => {
  it('holds its sum until its day and two business days, then no more', () => {
    const account = promised();
    expect(mailOf(evaluated(account))?.sums).toEqual({ EUR: 30_000 });
    expect(evaluated(account).items).toEqual([{ itemId: 'a', reason: 'promised' }]);
    const after = (days: number) =>
      mailOf(evaluated(account, { frame: frameOn(addDays(today, days)) }))?.sums;
    expect(after(9)).toEqual({ EUR: 30_000 });
    expect(after(10)).toEqual({ EUR: 80_000 });
    expect(checkDunning(account.head, account.items.values())).toEqual([]);
  });

  it.each<[string, Partial<PromiseWanted>, string]>([
    ['by a collector 15 days ahead', { dueOn: addDays(today, 15) }, 'promise-too-far'],
    ['by a customer 11 days ahead', { by: 'customer', dueOn: addDays(today, 11) }, 'promise-too-far'],
    ['by a manager 31 days ahead', { by: 'creditManager', dueOn: addDays(today, 31) }, 'promise-too-far'],
    ['for yesterday', { dueOn: addDays(today, -1) }, 'promise-in-past'],
    ['of more than is open', { items: [{ itemId: 'a', amount: money(50_001) }] }, 'more-than-open'],
    ['of nothing', { items: [{ itemId: 'a', amount: money(0) }] }, 'amount-not-possible'],
    [
      'of an item twice',
      {
        items: [
          { itemId: 'a', amount: money(1) },
          { itemId: 'a', amount: money(1) },
        ],
      },
      'amount-not-possible',
    ],
    ['of what is not there', { items: [{ itemId: 'x', amount: money(1) }] }, 'item-not-found'],
    ['in another currency', { currency: 'USD' }, 'currency-differs'],
    ['of no items', { items: [] }, 'too-many-items'],
  ])('%s is refused', (_name, more, code) => {
    expect(make(accountOf(late('a', 50_000, 4)), more)).toMatchObject({ ok: false, code });
  });

  it.each([14, 0])('by a collector %i days ahead is taken', (days) => {
    expect(make(accountOf(late('a', 50_000, 4)), { dueOn: addDays(today, days) }).ok).toBe(true);
  });

  it('what was noted before it was made does not keep it; what is noted since does', () => {
    const before = noted(accountOf(late('a', 50_000, 4)), 'r1', 40_000);
    expect(make(before, { items: [{ itemId: 'a', amount: money(10_001) }] })).toMatchObject({
      code: 'more-than-open',
    });
    const made = evolve(before, facts(make(before, { items: [{ itemId: 'a', amount: money(10_000) }] })));
    expect(judged(made, 1, 1)).toBeUndefined();
    const shown = confirmed(made, 'r1', 40_000);
    expect(judged(shown, 1, 1)).toBeUndefined();
    expect(judged(noted(made, 'r2', 10_000), 1, 1)?.result).toBe('kept');
    expect(judged(confirmed(noted(shown, 'r2', 10_000), 'r2', 10_000), 1, 1)?.result).toBe('kept');
    expect(judged(withdrawn(made, 'r1'), 10, 9)?.result).toBe('broken');
    expect(judged(reduced(withdrawn(made, 'r1'), 10_000), 1, 1)?.result).toBe('kept');
  });

  it('the same again is nothing; the same id for another day is refused', () => {
    expect(make(promised())).toEqual({ ok: true, value: [] });
    expect(make(promised(), { dueOn: addDays(today, 8) })).toMatchObject({ code: 'promise-differs' });
  });

  it('a third for one item is refused', () => {
    let account = accountOf(late('a', 50_000, 4));
    for (const promiseId of ['p1', 'p2']) {
      account = evolve(account, facts(make(account, { promiseId })));
      account = evolve(
        account,
        endPromise(account, promiseId, { result: 'broken', received: money(0) }, today),
      );
    }
    expect(make(account, { promiseId: 'p3' })).toMatchObject({ code: 'promise-too-often' });
  });

  it('of a customer who broke one in 90 days is for a collector to take', () => {
    const account = evolve(
      promised(),
      endPromise(promised(), 'promise:1', { result: 'broken', received: money(0) }, today),
    );
    expect(make(account, { promiseId: 'p2', by: 'customer' })).toMatchObject({
      code: 'promise-after-broken',
    });
    expect(make(account, { promiseId: 'p2', by: 'collector' }).ok).toBe(true);
  });

  it.each<[number, number, number, number, string | undefined]>([
    [50_000, 0, 1, 1, 'kept'],
    [49_500, 0, 1, 1, 'kept'],
    [49_499, 0, 10, 9, 'partly'],
    [25_000, 0, 10, 9, 'partly'],
    [24_999, 0, 10, 9, 'broken'],
    [0, 50_000, 10, 9, 'kept'],
    [0, 0, 9, 9, undefined],
    [0, 0, 10, 8, undefined],
    [0, 0, 10, 9, 'broken'],
  ])('paid %i, on account %i, on day %i with cash to day %i: %s', (amount, onAccount, day, cash, result) => {
    const account = amount === 0 ? promised() : reduced(promised(), amount);
    expect(judged(account, day, cash, onAccount)?.result).toBe(result);
  });

  it('what a credit takes off need not be paid; all of it: the promise is void', () => {
    expect(judged(reduced(promised(), 30_000, 'credit'), 10, 9)).toMatchObject({
      result: 'broken',
      promised: 20_000,
    });
    expect(judged(reduced(promised(), 50_000, 'credit'), 1, 1)?.result).toBe('void');
  });

  it('another day is one broken and one made', () => {
    const account = promised();
    const changed = changePromise(
      account,
      'promise:1',
      wanted({ promiseId: 'promise:2', dueOn: addDays(today, 12) }),
      frame,
    );
    const after = evolve(account, facts(changed));
    expect(after.head.dunning.brokenOn).toEqual([today]);
    expect(after.head.dunning.promises?.map(({ id }) => id)).toEqual(['promise:2']);
    expect(checkDunning(after.head, after.items.values())).toEqual([]);
  });
});

describe('a plan (R155)', () => {
  const plan = (more: Partial<PlanWanted> = {}): PlanWanted => ({
    ...{ planId: 'plan:1', by: 'collector', person: 'u1', currency: 'EUR', itemIds: ['a', 'b'], on: today },
    instalments: [10, 30, 50].map((days, at) => ({
      on: addDays(today, days),
      amount: money([30_000, 30_000, 20_000][at]!),
    })),
    ...more,
  });
  const account = accountOf(late('a', 50_000, 4), late('b', 30_000, 4));
  const agreed = evolve(account, facts(agreePlan(account, plan())));
  const standing = (of: Account, day: number) =>
    planStanding(of.head.dunning.plan!, of.items, {
      today: addDays(today, day),
      cashReachesOn: addDays(today, day - 1),
      onAccount: money(0),
    });

  it('takes the place of reminders', () => {
    expect(evaluated(agreed)).toMatchObject({
      steps: [],
      items: [{ reason: 'in-plan' }, { reason: 'in-plan' }],
    });
  });

  it.each<[string, Partial<PlanWanted>, string]>([
    [
      'four instalments by a collector',
      { instalments: [1, 2, 3, 4].map((d) => ({ on: addDays(today, d), amount: money(20_000) })) },
      'plan-too-long',
    ],
    ['beyond 60 days', { instalments: [{ on: addDays(today, 61), amount: money(80_000) }] }, 'plan-too-long'],
    [
      'of another sum',
      { instalments: [{ on: addDays(today, 1), amount: money(79_999) }] },
      'plan-sum-differs',
    ],
    [
      'not in order',
      { instalments: [2, 1].map((d) => ({ on: addDays(today, d), amount: money(40_000) })) },
      'plan-not-in-order',
    ],
    ['of what is not there', { itemIds: ['x'] }, 'item-not-found'],
  ])('%s is refused', (_name, more, code) => {
    expect(agreePlan(account, plan(more))).toMatchObject({ ok: false, code });
  });

  it('is reminded of three days ahead, missed after two, broken on day five', () => {
    expect(standing(agreed, 6)).toMatchObject({ is: 'inTime' });
    expect(standing(agreed, 7)).toMatchObject({ is: 'remind', missing: 30_000 });
    const reminded = evolve(agreed, factsOfPlan(agreed.head.dunning.plan!, standing(agreed, 7), today));
    expect(standing(reminded, 8).is).toBe('inTime');
    expect(standing(reminded, 11).is).toBe('inTime');
    expect(standing(reminded, 12)).toMatchObject({ is: 'missed' });
    const missed = evolve(reminded, factsOfPlan(reminded.head.dunning.plan!, standing(reminded, 12), today));
    expect(standing(missed, 14).is).toBe('inTime');
    expect(standing(missed, 15)).toMatchObject({ is: 'broken' });
    const broken = evolve(missed, factsOfPlan(missed.head.dunning.plan!, standing(missed, 15), today));
    expect(mailOf(evaluated(broken, { frame: frameOn(addDays(today, 15)) }))?.sums).toEqual({ EUR: 80_000 });
  });

  it('goes on with the next instalment once one is paid, and ends when all is', () => {
    const one = reduced(agreed, 30_000);
    expect(standing(one, 20)).toEqual({ is: 'inTime', nextOn: addDays(today, 30) });
    expect(
      planStanding(one.head.dunning.plan!, one.items, {
        today,
        cashReachesOn: today,
        onAccount: money(50_000),
      }),
    ).toEqual({ is: 'paid' });
  });
});

describe('money that nobody allocated and the books do not show yet', () => {
  const three = accountOf(late('a', 50_000, 4), late('b', 30_000, 4), late('c', 60_000, 4));
  /** Noted for an item that is then credited whole: it stands on no open item. */
  const loose = (account: Account): Account => {
    const there = noteProvisional(account, { ...of('r'), itemId: 'c', amount: money(50_000) });
    const waiting = evolve(account, factsOf(there));
    const credited = { itemId: 'c', changeId: 'c1', by: 'credit', amount: money(60_000), on: today } as const;
    return evolve(waiting, factsOf(reduceItem(waiting, credited)));
  };
  const withPromise = (account: Account): Account => evolve(account, facts(make(account)));
  const results = (account: Account): string[] =>
    runTracks(account, {
      ...{ today: addDays(today, 20), calendar: week, cashReachesOn: addDays(today, 20) },
    }).flatMap((fact) => (fact.kind === 'promiseJudged' ? [fact.result] : []));

  it('keeps a promise when it came after it', () => {
    expect(results(loose(withPromise(three)))).toEqual(['kept']);
  });

  it('keeps none when it was there before', () => {
    expect(results(withPromise(loose(three)))).toEqual(['broken']);
  });
});

/**
 * What each kind and state of item does: one case for each row of the matrix (R154), then the rules that
 * hold for any item in any state.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../shared/domain/calendar.ts';
import { claimableOf, partsOf, type ItemStates } from '../../shared/domain/item-parts.ts';
import type { Treatment } from '../../shared/domain/item-treatment.ts';
import type { Item } from '../../shared/domain/item.ts';
import { amountOf, sum } from '../../shared/domain/money.ts';
import { anyItem, anyStates, itemWith, today } from './item-examples.ts';

const tomorrow = addDays(today, 1);
const whole = amountOf(10_000);

/** Amount and treatment of each part, in the order of the matrix: AR, aged, claimed, worklist, DSO, interest. */
const rowsOf = (item: Item, states: ItemStates = {}) =>
  partsOf(item, states, today).map(({ amount, treatment }) => [amount, ...columnsOf(treatment)]);

const columnsOf = ({ inAr, column, inBuckets, claimed, worklist, dso, interest }: Treatment) => [
  ...[inAr, inBuckets ? `${column}, ${inBuckets}` : column],
  ...[claimed, worklist, dso ? 'dso' : 'no dso', interest],
];

describe('each row of the matrix', () => {
  it('an invoice is in AR, aged by its due day, claimed, worked, in DSO, with interest by rule', () => {
    expect(rowsOf(itemWith())).toEqual([[10_000, 'yes', 'buckets', 'yes', 'yes', 'dso', 'byRule']]);
    expect(rowsOf(itemWith({ kind: 'debitNote' }))).toEqual(rowsOf(itemWith()));
    expect(rowsOf(itemWith({ part: '2' }))).toEqual(rowsOf(itemWith()));
  });

  it('a credit note or a payment on account is deducted, in its own column, and nets', () => {
    const row = [[-500, 'minus', 'credits', 'nets', 'nets', 'dso', 'no']];
    expect(rowsOf(itemWith({ kind: 'creditNote', open: amountOf(-500) }))).toEqual(row);
    expect(rowsOf(itemWith({ kind: 'paymentOnAccount', open: amountOf(-500) }))).toEqual(row);
  });

  it('a disputed part is under review and bears interest only once decided; the rest is claimed', () => {
    expect(rowsOf(itemWith(), { disputed: amountOf(3_000) })).toEqual([
      [3_000, 'yes', 'buckets, switchable', 'underReview', 'no', 'dso', 'silentUntilDecided'],
      [7_000, 'yes', 'buckets', 'yes', 'yes', 'dso', 'byRule'],
    ]);
  });

  it('a promised part waits on the promise list to the last day it holds; then it is claimed again', () => {
    const promised = { amount: amountOf(4_000), holdsUntilOn: today };
    expect(rowsOf(itemWith(), { promised })).toEqual([
      [4_000, 'yes', 'buckets', 'no', 'promises', 'dso', 'silent'],
      [6_000, 'yes', 'buckets', 'yes', 'yes', 'dso', 'byRule'],
    ]);
    expect(claimableOf(itemWith(), { promised }, tomorrow).claimed).toBe(10_000);
  });

  it('an item in a plan is flagged, asked for by the plan alone, with interest by plan', () => {
    expect(rowsOf(itemWith(), { isInPlan: true })).toEqual([
      [10_000, 'yes', 'buckets, flagged', 'planTrack', 'plans', 'dso', 'byPlan'],
    ]);
  });

  it('a deduction has its own track and queue, also a column of its own, and no interest', () => {
    expect(rowsOf(itemWith({ kind: 'deduction' }))).toEqual([
      [10_000, 'yes', 'buckets, alsoOwnColumn', 'deductionTrack', 'deductions', 'dso', 'no'],
    ]);
  });

  it('an item whose direct debit is announced or pending is aged and otherwise left alone', () => {
    expect(rowsOf(itemWith(), { isDirectDebitPending: true })).toEqual([
      [10_000, 'yes', 'buckets', 'no', 'no', 'dso', 'no'],
    ]);
  });

  it('a draft before maturity has its own column; from that day on it is ordinary debt', () => {
    expect(rowsOf(itemWith({ kind: 'draft', dueOn: tomorrow }))).toEqual([
      [10_000, 'yes', 'drafts', 'no', 'no', 'dso', 'no'],
    ]);
    expect(rowsOf(itemWith({ kind: 'draft', dueOn: today }))).toEqual(rowsOf(itemWith()));
  });

  it('a retention before release has its own column and is outside DSO; from that day on it is ordinary debt', () => {
    const row = ['yes', 'retention', 'releaseReminder', 'no', 'no dso', 'no'];
    const receivable = ['yes', 'buckets', 'yes', 'yes', 'dso', 'byRule'];
    expect(rowsOf(itemWith({ kind: 'retention', dueOn: tomorrow }))).toEqual([[10_000, ...row]]);
    expect(rowsOf(itemWith({ kind: 'retention', dueOn: today }))).toEqual([[10_000, ...receivable]]);
    const retention = { amount: amountOf(500), releaseOn: tomorrow };
    const rest = [9_500, ...receivable];
    expect(rowsOf(itemWith({ retention }))).toEqual([rest, [500, ...row]]);
    expect(rowsOf(itemWith({ retention: { amount: amountOf(500) } }))).toEqual([rest, [500, ...row]]);
    expect(rowsOf(itemWith({ retention: { ...retention, releaseOn: today } }))).toEqual([
      rest,
      [500, ...receivable],
    ]);
  });

  it('interest and fees are a kind of their own, asked for beside principal only, never on themselves', () => {
    const row = [[10_000, 'ownKind', 'buckets', 'besidePrincipal', 'no', 'no dso', 'neverOnItself']];
    expect(rowsOf(itemWith({ kind: 'interest' }))).toEqual(row);
    expect(rowsOf(itemWith({ kind: 'fee' }))).toEqual(row);
  });

  it('a down-payment request is a memo with its own track', () => {
    expect(rowsOf(itemWith({ kind: 'downPaymentRequest' }))).toEqual([
      [10_000, 'memo', 'none', 'downPaymentTrack', 'no', 'no dso', 'no'],
    ]);
  });

  it('an item sold to a disclosed factor is a memo and only points to the factor', () => {
    expect(rowsOf(itemWith(), { isFactorDisclosed: true })).toEqual([
      [10_000, 'memo', 'none', 'factorOnly', 'no', 'no dso', 'no'],
    ]);
  });

  it('an intercompany item has a total, an aging and a claim of its own', () => {
    expect(rowsOf(itemWith({ isIntercompany: true }))).toEqual([
      [10_000, 'ownTotal', 'intercompany', 'ownClaim', 'no', 'no dso', 'no'],
    ]);
  });

  it('an item placed with an agency or a lawyer is aged and counted, asked for by nobody here', () => {
    expect(rowsOf(itemWith(), { isPlaced: true })).toEqual([
      [10_000, 'yes', 'buckets', 'no', 'no', 'dso', 'silent'],
    ]);
  });

  it('an item of an insolvent debtor has its own column, goes to legal, its interest stops at filing', () => {
    expect(rowsOf(itemWith(), { isDebtorInsolvent: true })).toEqual([
      [10_000, 'yes', 'insolvent', 'no', 'legal', 'dso', 'stopsAtFiling'],
    ]);
  });

  it('an item written off is nowhere but with the agency', () => {
    expect(rowsOf(itemWith(), { isWrittenOff: true })).toEqual([
      [10_000, 'no', 'none', 'no', 'agencyOnly', 'no dso', 'no'],
    ]);
  });
});

describe('where a kind meets a state', () => {
  it('a draft that was placed keeps its column, and interest in dispute bears none', () => {
    const draft = itemWith({ kind: 'draft', dueOn: tomorrow });
    expect(rowsOf(draft, { isPlaced: true })).toEqual([[10_000, 'yes', 'drafts', 'no', 'no', 'dso', 'no']]);
    expect(rowsOf(itemWith({ kind: 'interest' }), { disputed: whole })).toEqual([
      [10_000, 'ownKind', 'buckets', 'underReview', 'no', 'no dso', 'neverOnItself'],
    ]);
  });

  it('a credit of an insolvent debtor no longer nets, and a down payment asked of one is not asked for', () => {
    const states = { isDebtorInsolvent: true };
    expect(rowsOf(itemWith({ kind: 'creditNote', open: amountOf(-500) }), states)).toEqual([
      [-500, 'minus', 'insolvent', 'no', 'legal', 'dso', 'no'],
    ]);
    expect(rowsOf(itemWith({ kind: 'downPaymentRequest' }), states)).toEqual([
      [10_000, 'memo', 'none', 'no', 'legal', 'no dso', 'no'],
    ]);
  });

  it('what is disputed and promised is held once, as disputed', () => {
    const promised = { amount: amountOf(6_000), holdsUntilOn: today };
    expect(claimableOf(itemWith(), { disputed: amountOf(7_000), promised }, today)).toEqual({
      ...{ claimed: 0, besidePrincipal: 0 },
      held: [
        { amount: 7_000, reason: 'disputed' },
        { amount: 3_000, reason: 'promised' },
      ],
    });
  });

  it('a dispute above what is open holds what is open, and retention stays retention', () => {
    const retention = { amount: amountOf(500), releaseOn: tomorrow };
    expect(claimableOf(itemWith({ retention }), { disputed: amountOf(90_000) }, today).held).toEqual([
      { amount: 9_500, reason: 'disputed' },
      { amount: 500, reason: 'retentionBeforeRelease' },
    ]);
  });

  it('a dispute takes its amount once, from the rest and then from the released part', () => {
    const retention = { amount: amountOf(500), releaseOn: today };
    expect(claimableOf(itemWith({ retention }), { disputed: amountOf(9_700) }, today)).toEqual({
      ...{ claimed: 300, besidePrincipal: 0 },
      held: [
        { amount: 9_500, reason: 'disputed' },
        { amount: 200, reason: 'disputed' },
      ],
    });
  });

  it('a retention above what is open is what is open', () => {
    const retention = { amount: amountOf(90_000), releaseOn: tomorrow };
    expect(claimableOf(itemWith({ retention }), {}, today)).toEqual({
      ...{ claimed: 0, besidePrincipal: 0 },
      held: [{ amount: 10_000, reason: 'retentionBeforeRelease' }],
    });
  });

  it('a released part is due on its release day, not before', () => {
    const retention = { amount: amountOf(500), releaseOn: addDays(today, -3) };
    expect(partsOf(itemWith({ retention }), {}, today).map(({ dueOn }) => dueOn)).toEqual([
      addDays(today, -40),
      addDays(today, -3),
    ]);
  });
});

describe('any item in any state', () => {
  it('is split into parts that sum to what is open, none against its sign', () => {
    fc.assert(
      fc.property(anyItem, anyStates, (item, states) => {
        const parts = partsOf(item, states, today);
        expect(sum(...parts.map(({ amount }) => amount))).toBe(item.open);
        expect(parts.every(({ amount }) => amount === 0 || amount > 0 === item.open > 0)).toBe(true);
      }),
      { numRuns: 10_000 },
    );
  });

  it('claimed, beside principal and held sum to what is open', () => {
    fc.assert(
      fc.property(anyItem, anyStates, (item, states) => {
        const { claimed, besidePrincipal, held } = claimableOf(item, states, today);
        expect(sum(claimed, besidePrincipal, ...held.map(({ amount }) => amount))).toBe(item.open);
      }),
      { numRuns: 10_000 },
    );
  });

  it('is never claimed while disputed whole, placed, insolvent, written off, in a plan or in direct debit', () => {
    const states = fc.constantFrom<ItemStates>(
      ...[{ disputed: amountOf(10 ** 13) }, { isPlaced: true }, { isDebtorInsolvent: true }],
      ...[{ isWrittenOff: true }, { isInPlan: true }, { isDirectDebitPending: true }],
    );
    fc.assert(
      fc.property(anyItem, states, (item, state) => {
        expect(claimableOf(item, state, today).claimed).toBeLessThanOrEqual(0);
      }),
      { numRuns: 10_000 },
    );
  });
});

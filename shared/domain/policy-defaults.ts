/**
 * The policies every company starts with, row by row of `defaults.md` §4.3. Data: a company keeps its own versions.
 * From: the papers. Next: `policy-choice.ts` picks one per account. Amounts in euro cents.
 */
import type { Policy, PolicyStep } from './policy.ts';

const made = { version: 1, author: 'dunwell', madeOn: '2026-11-22', reason: 'as delivered' } as const;
const auto = { does: [] } as const;
const collector = { does: ['collector'] } as const;
const copied = { copyTo: ['financeContact', 'salesOwner'] } as const;
const approved = { does: [], releasedBy: 'creditManager' } as const;

const mail = (
  stage: number,
  day: number,
  from: number,
  step: Pick<PolicyStep, 'tone' | 'text' | 'does'> & Partial<PolicyStep>,
): PolicyStep => ({
  ...{ stage, day, act: 'mail', fromEuroCents: from },
  ...step,
});
const call = (
  stage: number,
  day: number,
  from: number,
  step: Pick<PolicyStep, 'tone' | 'text' | 'does'> & Partial<PolicyStep>,
): PolicyStep => ({
  ...{ stage, day, act: 'call', fromEuroCents: from },
  ...step,
});
const decision = (stage: number, day: number, more: Partial<PolicyStep> = {}): PolicyStep => ({
  ...{ stage, day, act: 'decision', fromEuroCents: 0, does: ['creditManager'] },
  ...more,
});

const standard: Policy = {
  ...{ id: 'standard', ...made, gapDays: 7 },
  steps: [
    mail(1, -5, 100_000, {
      tone: 'courtesy',
      text: 'T1',
      ...auto,
      only: { firstInvoices: 3, usualLatenessDays: 5 },
    }),
    mail(2, 3, 2_500, { tone: 'friendly', text: 'T2', ...auto }),
    mail(3, 10, 2_500, { tone: 'clear', text: 'T3', ...auto }),
    call(4, 17, 100_000, { tone: 'clear', text: 'C2', ...collector }),
    mail(5, 24, 10_000, { tone: 'firm', text: 'T4', ...auto, ...copied, payByDays: 7 }),
    call(6, 35, 50_000, { tone: 'firm', text: 'C3', ...collector, also: ['holdProposal'], withinDays: 2 }),
    mail(7, 45, 25_000, {
      tone: 'final',
      text: 'T5',
      ...approved,
      ...copied,
      letterFromEuroCents: 25_000,
      payByDays: 10,
    }),
    decision(8, 60),
  ],
};

const key: Policy = {
  ...{ id: 'key', ...made, gapDays: 7, threatsNeed: 'cfo' },
  steps: [
    call(1, -7, 2_500_000, { tone: 'courtesy', text: 'C1', ...collector }),
    mail(2, 3, 25_000, { tone: 'friendly', text: 'T2', ...auto, releasedBy: 'collector' }),
    call(3, 10, 100_000, { tone: 'friendly', text: 'C2', ...collector }),
    mail(4, 17, 100_000, {
      tone: 'clear',
      text: 'T3',
      ...auto,
      releasedBy: 'collector',
      copyTo: ['accountManager'],
    }),
    call(5, 24, 500_000, {
      tone: 'clear',
      text: 'C2',
      does: ['collector', 'salesOwner'],
      also: ['salesTask'],
    }),
    {
      ...{ stage: 6, day: 31, act: 'review', tone: 'firm', fromEuroCents: 500_000, text: 'T4' },
      does: ['creditManager', 'salesOwner'],
    },
    {
      ...{ stage: 7, day: 45, act: 'letter', tone: 'final', fromEuroCents: 1_000_000, text: 'T5-K' },
      does: [],
      releasedBy: 'cfo',
      copyTo: ['financeContact', 'salesOwner'],
    },
    decision(8, 60, { does: ['creditManager', 'cfo'] }),
  ],
};

const small: Policy = {
  ...{ id: 'small', ...made, gapDays: 7 },
  steps: [
    mail(1, -3, 1_000, {
      tone: 'courtesy',
      text: 'T1',
      ...auto,
      only: { firstInvoices: 1, isDiscountOpen: true },
    }),
    mail(2, 3, 1_000, { tone: 'friendly', text: 'T2', ...auto }),
    mail(3, 10, 1_000, { tone: 'clear', text: 'T3', ...auto }),
    mail(4, 17, 2_500, { tone: 'firm', text: 'T4', ...auto, ...copied, payByDays: 7 }),
    call(5, 24, 50_000, { tone: 'firm', text: 'C2', does: ['anyCollector'] }),
    mail(6, 31, 5_000, {
      tone: 'firm',
      text: 'T4',
      ...auto,
      ...copied,
      payByDays: 7,
      also: ['interestAndFixedSum'],
    }),
    mail(7, 42, 5_000, {
      tone: 'final',
      text: 'T5',
      ...approved,
      ...copied,
      letterFromEuroCents: 25_000,
      payByDays: 10,
    }),
    decision(8, 56),
  ],
};

const publicBody: Policy = {
  ...{ id: 'public', ...made, gapDays: 7, threatsNeed: 'creditManager' },
  steps: [
    { ...{ stage: 1, day: -10, act: 'task', fromEuroCents: 100_000 }, does: ['arClerk'] },
    mail(2, 5, 5_000, { tone: 'friendly', text: 'T2', ...auto }),
    call(3, 15, 50_000, { tone: 'clear', text: 'C2', ...collector }),
    mail(4, 30, 10_000, { tone: 'clear', text: 'T3', ...auto, copyTo: ['orderingOffice'] }),
    mail(5, 45, 50_000, { tone: 'firm', text: 'T5-P', ...approved, ...copied, letterFromEuroCents: 0 }),
    decision(6, 75),
  ],
};

const watch: Policy = {
  ...{ id: 'watch', ...made, gapDays: 3 },
  steps: [
    mail(1, -7, 2_500, { tone: 'courtesy', text: 'T1', ...auto }),
    call(1, -2, 500_000, { tone: 'courtesy', text: 'C1', ...collector }),
    mail(2, 1, 2_500, { tone: 'friendly', text: 'T2', ...auto }),
    call(3, 4, 50_000, { tone: 'clear', text: 'C2', ...collector }),
    mail(4, 8, 10_000, {
      tone: 'firm',
      text: 'T4',
      ...auto,
      releasedBy: 'creditManager',
      withinDays: 1,
      ...copied,
      payByDays: 7,
      also: ['holdProposal'],
    }),
    call(5, 15, 50_000, { tone: 'firm', text: 'C3', ...collector }),
    mail(6, 22, 25_000, {
      tone: 'final',
      text: 'T5',
      ...approved,
      ...copied,
      letterFromEuroCents: 25_000,
      payByDays: 7,
    }),
    decision(7, 32),
  ],
};

/** Direct debit has no stages of its own: what is unpaid after a return goes on as *Standard* at stage 5. */
const debit: Policy = { ...standard, id: 'debit' };

export const defaultPolicies: readonly Policy[] = [standard, key, small, publicBody, watch, debit];

export const defaultPolicy = (id: string): Policy | undefined => defaultPolicies.find((one) => one.id === id);

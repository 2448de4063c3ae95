/**
 * What each kind of item does (R154), as the defaults have it in §3.3, row by row: where aging shows it, what a reminder
 * may ask for, whose worklist it is on, whether it counts in DSO, and how it bears interest.
 */
import { describe, expect, it } from 'vitest';
import { agingOf } from '../../shared/domain/aging.ts';
import { addDays } from '../../shared/domain/calendar.ts';
import { claimableOf, partsOf, type ItemStates } from '../../shared/domain/item-parts.ts';
import { treatments, type Treatment } from '../../shared/domain/item-treatment.ts';
import type { Item } from '../../shared/domain/item.ts';
import { amountOf } from '../../shared/domain/money.ts';
import { itemWith, today } from './item-examples.ts';

/** 100.00 EUR, 40 days overdue, unless it says otherwise. */
type Kind = {
  name: string;
  item: Item;
  states?: ItemStates;
  /** Places of the standard aging and what they hold. */
  aging: Record<string, number>;
  /** What a reminder may ask for: by itself, beside principal; what is held and why. */
  asked?: number;
  beside?: number;
  held?: Record<string, number>;
  worklist: Treatment['worklist'][];
  /** What counts in DSO. */
  dso: number;
  interest: Treatment['interest'][];
};

const later = addDays(today, 20);
const whole = { '31-60': 10_000 };
const asked = { aging: whole, asked: 10_000, worklist: ['yes'], dso: 10_000, interest: ['byRule'] } as const;
const ordinary = {
  ...asked,
  worklist: [...asked.worklist],
  interest: [...asked.interest],
} satisfies Partial<Kind>;
const credit = {
  ...{ aging: { credits: -10_000 }, asked: -10_000, dso: -10_000 },
  ...({ worklist: ['nets'], interest: ['no'] } satisfies Partial<Kind>),
};
const own = { beside: 10_000, aging: whole, dso: 0 };
const ownWork = { worklist: ['no'], interest: ['neverOnItself'] } satisfies Partial<Kind>;
const heldWhole = (reason: string) => ({ held: { [reason]: 10_000 } });
const minus = amountOf(-10_000);
const holdsUntilOn = today;

const kinds: Kind[] = [
  { name: 'an invoice', item: itemWith(), ...ordinary },
  { name: 'a debit note', item: itemWith({ kind: 'debitNote' }), ...ordinary },
  {
    name: 'an instalment',
    item: itemWith({ part: '2', dueOn: addDays(today, -5) }),
    ...ordinary,
    aging: { '1-30': 10_000 },
  },
  { name: 'a credit note', item: itemWith({ kind: 'creditNote', open: minus }), ...credit },
  { name: 'a payment on account', item: itemWith({ kind: 'paymentOnAccount', open: minus }), ...credit },
  {
    ...{ name: 'a disputed part', item: itemWith(), states: { disputed: amountOf(3_000) }, aging: whole },
    ...{ asked: 7_000, held: { disputed: 3_000 }, worklist: ['no', 'yes'], dso: 10_000 },
    interest: ['silentUntilDecided', 'byRule'],
  },
  {
    ...{ name: 'a promised part', item: itemWith(), aging: whole, dso: 10_000 },
    states: { promised: { amount: amountOf(4_000), holdsUntilOn } },
    ...{
      asked: 6_000,
      held: { promised: 4_000 },
      worklist: ['promises', 'yes'],
      interest: ['silent', 'byRule'],
    },
  },
  {
    ...{ name: 'an item in a payment plan', item: itemWith(), states: { isInPlan: true }, aging: whole },
    ...{ ...heldWhole('inPlan'), worklist: ['plans'], dso: 10_000, interest: ['byPlan'] },
  },
  {
    ...{ name: 'a deduction', item: itemWith({ kind: 'deduction' }) },
    ...{ aging: { ...whole, 'of which deductions': 10_000 }, ...heldWhole('deduction') },
    ...{ worklist: ['deductions'], dso: 10_000, interest: ['no'] },
  },
  {
    ...{
      name: 'a direct debit announced or pending',
      item: itemWith(),
      states: { isDirectDebitPending: true },
    },
    ...{ aging: whole, ...heldWhole('directDebitPending'), worklist: ['no'], dso: 10_000, interest: ['no'] },
  },
  {
    ...{
      name: 'a draft before maturity',
      item: itemWith({ kind: 'draft', dueOn: later }),
      aging: { drafts: 10_000 },
    },
    ...{ ...heldWhole('draftBeforeMaturity'), worklist: ['no'], dso: 10_000, interest: ['no'] },
  },
  {
    name: 'a retention before release',
    item: itemWith({ kind: 'retention', retention: { amount: amountOf(10_000), releaseOn: later } }),
    ...{ aging: { retention: 10_000 }, ...heldWhole('retentionBeforeRelease') },
    ...{ worklist: ['no'], dso: 0, interest: ['no'] },
  },
  {
    name: 'the retained part of an invoice',
    item: itemWith({ retention: { amount: amountOf(1_000), releaseOn: later } }),
    ...{ aging: { '31-60': 9_000, retention: 1_000 }, asked: 9_000, held: { retentionBeforeRelease: 1_000 } },
    ...{ worklist: ['yes', 'no'], dso: 9_000, interest: ['byRule', 'no'] },
  },
  { name: 'interest', item: itemWith({ kind: 'interest' }), ...own, ...ownWork },
  { name: 'a fee', item: itemWith({ kind: 'fee' }), ...own, ...ownWork },
  {
    ...{
      name: 'a down-payment request',
      item: itemWith({ kind: 'downPaymentRequest' }),
      aging: { outside: 10_000 },
    },
    ...{ ...heldWhole('downPaymentRequest'), worklist: ['no'], dso: 0, interest: ['no'] },
  },
  {
    ...{ name: 'an item sold to a factor, disclosed', item: itemWith(), states: { isFactorDisclosed: true } },
    ...{
      aging: { outside: 10_000 },
      ...heldWhole('factorDisclosed'),
      worklist: ['no'],
      dso: 0,
      interest: ['no'],
    },
  },
  {
    ...{
      name: 'intercompany',
      item: itemWith({ isIntercompany: true }),
      aging: { 'intercompany 31-60': 10_000 },
    },
    ...{ ...heldWhole('intercompany'), worklist: ['no'], dso: 0, interest: ['no'] },
  },
  {
    ...{ name: 'placed, in legal hands', item: itemWith(), states: { isPlaced: true }, aging: whole },
    ...{ ...heldWhole('placed'), worklist: ['no'], dso: 10_000, interest: ['silent'] },
  },
  {
    ...{ name: 'an insolvent debtor', item: itemWith(), states: { isDebtorInsolvent: true } },
    ...{ aging: { insolvent: 10_000 }, ...heldWhole('insolvent') },
    ...{ worklist: ['legal'], dso: 10_000, interest: ['stopsAtFiling'] },
  },
  {
    ...{ name: 'written off', item: itemWith(), states: { isWrittenOff: true }, aging: { outside: 10_000 } },
    ...{ ...heldWhole('writtenOff'), worklist: ['agencyOnly'], dso: 0, interest: ['no'] },
  },
];

const placesOf = ({ item, states }: Kind): Record<string, number> => {
  const aging = agingOf([item], { asOf: today, scheme: 'standard', basis: 'dueDay' }, () => states);
  const { receivables, intercompany, outside } = aging.get('EUR')!;
  const all = {
    ...{ ...receivables.buckets, ...receivables.columns, outside },
    'of which deductions': receivables.ofWhichDeductions,
    ...Object.fromEntries(
      Object.entries({ ...intercompany.buckets, ...intercompany.columns }).map(([name, amount]) => [
        `intercompany ${name}`,
        amount,
      ]),
    ),
  };
  return Object.fromEntries(Object.entries(all).filter(([, amount]) => amount !== 0));
};

describe.each(kinds)('$name', (kind) => {
  const { item, states = {} } = kind;
  const parts = partsOf(item, states, today);

  it('aging shows it where it belongs', () => {
    expect(placesOf(kind)).toEqual(kind.aging);
  });

  it('a reminder asks for what may be asked, and holds the rest with its reason', () => {
    const { claimed, besidePrincipal, held } = claimableOf(item, states, today);
    expect({ claimed, besidePrincipal }).toEqual({
      claimed: kind.asked ?? 0,
      besidePrincipal: kind.beside ?? 0,
    });
    expect(Object.fromEntries(held.map(({ reason, amount }) => [reason, amount]))).toEqual(kind.held ?? {});
  });

  it('worklist, DSO and interest follow it', () => {
    expect(parts.map(({ treatment }) => treatment.worklist)).toEqual(kind.worklist);
    expect(parts.map(({ treatment }) => treatment.interest)).toEqual(kind.interest);
    const counted = parts
      .filter(({ treatment }) => treatment.dso)
      .reduce((all, { amount }) => all + amount, 0);
    expect(counted).toBe(kind.dso);
  });
});

it('no row of the matrix is left out', () => {
  const shown = kinds.flatMap(({ item, states = {} }) => partsOf(item, states, today).map(({ row }) => row));
  expect(new Set(shown)).toEqual(new Set(Object.keys(treatments)));
});

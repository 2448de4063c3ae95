/**
 * Whether an account may still be debited (R167): a debit that came back because of its mandate or account, or was
 * refused, ends the mandate, and so does whoever takes it off the record. Until there is a new one nothing is announced,
 * and what is open is owed as by any other means. One that came back nobody knows why holds it: nothing is announced
 * until a person ended the task about it, or gave or took away a mandate.
 * From: returns of debits, people. Next: `track-debit.ts`, `item-standing.ts`, the gate of T10.
 */
import type { Account } from './account.ts';
import type { Day } from './calendar.ts';
import { classOfReturn, isUnclear, returnsOf, type ReturnClass } from './debit-returns.ts';
import type { DunningPosition } from './dunning-position.ts';
import type { Fact } from './facts.ts';
import type { Mandate } from './master-data.ts';

const ending = ['mandate', 'account', 'refused'] as const satisfies readonly ReturnClass[];
export type MandateEnd = (typeof ending)[number] | 'withdrawn';

export type MandatePosition =
  | { is: 'ended'; why: MandateEnd; on: Day }
  /** Until a person decides. */
  | { is: 'held'; on: Day }
  | { is: 'given'; on: Day };

export type MandateFact =
  /** `itemId`: whose debit came back. */
  | { kind: 'mandateEnded'; why: MandateEnd; itemId?: string; on: Day }
  /** As it came back, with the bank's own code where it gave one. */
  | { kind: 'mandateHeld'; itemId: string; returnedAs: string; on: Day }
  /** `isSame`: the one on record, after a person looked at what came back. */
  | { kind: 'mandateGiven'; isSame?: true; on: Day };

export const mandateAfter = (fact: MandateFact): MandatePosition => {
  if (fact.kind === 'mandateGiven') return { is: 'given', on: fact.on };
  return fact.kind === 'mandateHeld'
    ? { is: 'held', on: fact.on }
    : { is: 'ended', why: fact.why, on: fact.on };
};

/** Whether another debit may be announced. */
export const mayDebit = ({ mandate }: DunningPosition): boolean =>
  mandate?.is !== 'ended' && mandate?.is !== 'held';

export const isMandateEnded = ({ mandate }: DunningPosition): boolean => mandate?.is === 'ended';

/** Ended by the newest debit under it that came back so; one collected before a new mandate says nothing of that. */
export const endedByReturn = ({ head, items }: Account, today: Day): MandateFact[] => {
  const { mandate } = head.dunning;
  if (mandate?.is === 'ended') return [];
  for (const item of items.values()) {
    const last = returnsOf(item).find(({ on }) => mandate === undefined || on >= mandate.on);
    const why = last && ending.find((one) => one === classOfReturn(last));
    if (why !== undefined && item.open > 0)
      return [{ kind: 'mandateEnded', why, itemId: item.id, on: today }];
  }
  return [];
};

/** By the newest debit under it that came back nobody knows why. */
export const heldByReturn = ({ head, items }: Account, today: Day): MandateFact[] => {
  const { mandate } = head.dunning;
  if (mandate !== undefined && mandate.is !== 'given') return [];
  for (const item of items.values()) {
    const last = returnsOf(item).find(({ on }) => mandate === undefined || on >= mandate.on);
    if (last !== undefined && isUnclear(last) && item.open > 0)
      return [{ kind: 'mandateHeld', itemId: item.id, returnedAs: last.returnedAs, on: today }];
  }
  return [];
};

/** The work a return asks for that nobody knows the reason of. */
export const unclearAct = 'debitUnclear';

/** Whoever ends it says that the mandate holds; taking it off the record, or another, says otherwise. */
export const decidedBy = (
  endedTask: { act: string } | undefined,
  { mandate }: DunningPosition,
  on: Day,
): MandateFact[] =>
  endedTask?.act === unclearAct && mandate?.is === 'held' ? [{ kind: 'mandateGiven', isSame: true, on }] : [];

/** What people make of the mandate on record: taken off it, or another one. */
export const mandateFacts = (
  before: Mandate | undefined,
  after: Mandate | undefined,
  dunning: DunningPosition,
  on: Day,
): Fact[] => {
  if (before?.reference === after?.reference) return [];
  if (after !== undefined) return [{ kind: 'mandateGiven', on }];
  return isMandateEnded(dunning) ? [] : [{ kind: 'mandateEnded', why: 'withdrawn', on }];
};

/**
 * Whether an account may still be debited (R167): a debit that came back because of its mandate or account, or was
 * refused, ends the mandate, and so does whoever takes it off the record. Until there is a new one nothing is announced,
 * and what is open is owed as by any other means.
 * From: returns of debits, people. Next: `track-debit.ts`, `item-standing.ts`, the gate of T10.
 */
import type { Account } from './account.ts';
import type { Day } from './calendar.ts';
import { classOfReturn, returnsOf, type ReturnClass } from './debit-returns.ts';
import type { DunningPosition } from './dunning-position.ts';
import type { Fact } from './facts.ts';
import type { Mandate } from './master-data.ts';

const ending = ['mandate', 'account', 'refused'] as const satisfies readonly ReturnClass[];
export type MandateEnd = (typeof ending)[number] | 'withdrawn';

export type MandatePosition = { is: 'ended'; why: MandateEnd; on: Day } | { is: 'given'; on: Day };

export type MandateFact =
  /** `itemId`: whose debit came back. */
  { kind: 'mandateEnded'; why: MandateEnd; itemId?: string; on: Day } | { kind: 'mandateGiven'; on: Day };

export const mandateAfter = (fact: MandateFact): MandatePosition =>
  fact.kind === 'mandateGiven' ? { is: 'given', on: fact.on } : { is: 'ended', why: fact.why, on: fact.on };

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

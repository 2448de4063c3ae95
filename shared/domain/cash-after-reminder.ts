/**
 * What came soon after a reminder: money of the account within 7 and within 14 days of the last one sent, by its stage;
 * and, by the version of its policy's step, replies of people and disputes they raised, too (R27). Counted on the day the
 * reminder went, so that a month of reminders is held against what they brought; of a step on the first of its month.
 * From: rows of money, facts, the last reminder remembered. Next: `report-figures.ts`, the effect of policies
 * (`defaults.md` §9), two versions of a step side by side.
 */
import { daysBetween, type Day } from './calendar.ts';
import type { Fact } from './facts.ts';
import type { FigureRow } from './figure-sums.ts';

/** The last reminder that was sent. `step`: as `stepText` writes it; absent where a person chose its text. */
export type Asked = { on: Day; stage: number; step?: string };

export type StepPlace = { policyId: string; version: number; stage: number };
export const stepText = ({ policyId, version, stage }: StepPlace): string =>
  `${policyId} ${version} ${stage}`;

const windows = [7, 14] as const;
const [, answersWithin] = windows;
const cashNames: readonly string[] = ['booked', 'implied'];

/** Money dated before the reminder came without it. */
export const cashAfter = (asked: Asked | undefined, rows: readonly FigureRow[]): FigureRow[] =>
  rows.flatMap(({ name, on, amount, about }) => {
    const [what = '', currency = ''] = name.split(' ');
    if (asked === undefined || !cashNames.includes(what)) return [];
    const days = daysBetween(asked.on, on);
    return windows
      .filter((window) => days >= 0 && days <= window)
      .flatMap((window) => [
        { name: `cashIn${window} ${asked.stage} ${currency}`, on: asked.on, amount, about },
        ...ofStep(asked, `cashIn${window} ${currency}`, amount, about),
      ]);
  });

/** A reply or a dispute is told of the reminder before it, where that is not long ago. */
export const answersAfter = (asked: Asked | undefined, fact: Fact): FigureRow[] => {
  if (asked === undefined || daysBetween(asked.on, fact.on) > answersWithin) return [];
  if (fact.kind === 'disputeOpened') return ofStep(asked, 'disputes', 1, fact.disputeId);
  const isReply = fact.kind === 'holdPlaced' && fact.hold.code === 'reply-waiting';
  return isReply ? ofStep(asked, 'replies', 1, fact.hold.id) : [];
};

export const ofStep = ({ on, step }: Asked, what: string, amount: number, about: string): FigureRow[] =>
  step === undefined
    ? []
    : [{ name: `step ${step} ${what}`, on: `${on.slice(0, 7)}-01` as Day, amount, about }];

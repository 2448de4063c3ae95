/**
 * When the tax of what was written off may be claimed back (R165), by the country of the company.
 * From: a write-off as it is carried out, the rules of the company. Next: kept with the write-off, listed when due.
 * A claim already sold is somebody else's loss and gives no relief.
 */
import { addMonths, type Day } from './calendar.ts';
import type { Item } from './item.ts';

/** Counted from the due day or from the write-off; `untilMonths`: after that it is too late. */
export type ReliefRule = { from: 'due' | 'writeOff'; months: number; untilMonths?: number | undefined };

export type TaxRelief = { jurisdiction: string; fromOn: Day; untilOn?: Day };

/** VAT: United Kingdom six months after the due day and up to four and a half years, Germany with the loss. */
export const usualReliefRules: Readonly<Record<string, ReliefRule>> = {
  GB: { from: 'due', months: 6, untilMonths: 54 },
  DE: { from: 'writeOff', months: 0 },
};

/** Undefined where no rule is known, or the claim belongs to somebody else; never before the write-off. */
export const reliefOf = (
  { dueOn, assignedTo }: Pick<Item, 'dueOn' | 'assignedTo'>,
  writtenOffOn: Day,
  jurisdiction: string,
  rule: ReliefRule | undefined,
): TaxRelief | undefined => {
  if (rule === undefined || assignedTo !== undefined) return undefined;
  const start = rule.from === 'due' ? dueOn : writtenOffOn;
  const possible = addMonths(start, rule.months);
  const fromOn = possible > writtenOffOn ? possible : writtenOffOn;
  const untilOn = rule.untilMonths === undefined ? undefined : addMonths(start, rule.untilMonths);
  if (untilOn !== undefined && untilOn < fromOn) return undefined;
  return { jurisdiction, fromOn, ...(untilOn === undefined ? {} : { untilOn }) };
};

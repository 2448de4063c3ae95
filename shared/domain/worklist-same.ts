/**
 * Whether a row that is there still says all that one made now would: most news of an account are none of the worklist.
 * From: rows of an account. Next: `functions/collections/keep-rows.ts` writes what says something else, and nothing else.
 */
import { addDays, type Day } from './calendar.ts';
import { daysAhead, phaseOfDay, renewsBy, type WorklistPhase, type WorklistRow } from './worklist-row.ts';

/**
 * All but the version and day it was written at is alike, on each day both tell; one that is to be written anew before
 * its days are over, and one that would end earlier, is not.
 */
export const saysAsMuch = (there: WorklistRow, made: WorklistRow, today: Day): boolean => {
  if (there.turnsOn <= renewsBy(today) || there.turnsOn > made.turnsOn) return false;
  if (textOf(there) !== textOf(made)) return false;
  const days = Array.from({ length: daysAhead }, (_, ahead) => addDays(today, ahead));
  return days
    .filter((day) => day < there.turnsOn)
    .every((day) => textOfPhase(phaseOfDay(there, day)) === textOfPhase(phaseOfDay(made, day)));
};

/** Of one order, whoever wrote it and wherever it lay. */
const textOf = (row: WorklistRow): string =>
  JSON.stringify([
    ...[row.companyId, row.accountId, row.collectorId, row.salesOwners, row.name, row.segment, row.currency],
    ...[row.visibleFrom, row.lastContactOn, row.lastTalkOn, row.stage, row.unreached, row.orders, row.frame],
    row.dues.map(({ id, kind, on, at }) => [id, kind, on, at]),
  ]);

const textOfPhase = (phase: WorklistPhase | undefined): string =>
  JSON.stringify([
    ...[phase?.off, phase?.claim, phase?.oldestDueOn, phase?.points],
    phase?.parts.map(({ factor, points }) => [factor, points]),
  ]);

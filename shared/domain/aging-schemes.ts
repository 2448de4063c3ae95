/**
 * The three ways aging is cut into buckets, by how many days an item is due or will be.
 * From: nothing but the defaults. Next: `aging.ts`.
 */
import { addDays, type Day } from './calendar.ts';

export type AgingScheme = 'standard' | 'fine' | 'ahead';

/**
 * A bucket takes what is due on or after the day this many days from the as-of day (negative: before it) and
 * in no bucket above it; the last takes the rest. `1-30` reaches back to 30 days ago.
 */
type Bucket = { name: string; dueFromDays?: number };

/** "fine" is for provision, "ahead" for expected cash. From the latest due day to the earliest. */
export const agingSchemes: Readonly<Record<AgingScheme, readonly Bucket[]>> = {
  standard: [
    { name: 'notDue', dueFromDays: 0 },
    { name: '1-30', dueFromDays: -30 },
    { name: '31-60', dueFromDays: -60 },
    { name: '61-90', dueFromDays: -90 },
    { name: '91+' },
  ],
  fine: [
    { name: 'notDue', dueFromDays: 0 },
    { name: '1-7', dueFromDays: -7 },
    { name: '8-15', dueFromDays: -15 },
    { name: '16-30', dueFromDays: -30 },
    { name: '31-60', dueFromDays: -60 },
    { name: '61-90', dueFromDays: -90 },
    { name: '91-120', dueFromDays: -120 },
    { name: '121-180', dueFromDays: -180 },
    { name: '181-360', dueFromDays: -360 },
    { name: '361+' },
  ],
  ahead: [
    { name: 'dueIn61+', dueFromDays: 61 },
    { name: 'dueIn31-60', dueFromDays: 31 },
    { name: 'dueIn15-30', dueFromDays: 15 },
    { name: 'dueIn8-14', dueFromDays: 8 },
    { name: 'dueIn0-7', dueFromDays: 0 },
    { name: 'overdue' },
  ],
};

/**
 * The bucket of a due day, as its place in the scheme. Boundaries are worked out once; ISO days compare as
 * text, so that each item costs a few comparisons.
 */
export const bucketFinder = (scheme: AgingScheme, asOf: Day): ((dueOn: Day) => number) => {
  const firstDays = agingSchemes[scheme].flatMap(({ dueFromDays }) =>
    dueFromDays === undefined ? [] : [addDays(asOf, dueFromDays)],
  );
  return (dueOn) => {
    let place = 0;
    for (const firstDay of firstDays) {
      if (dueOn >= firstDay) return place;
      place += 1;
    }
    return place;
  };
};

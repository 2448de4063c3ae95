/**
 * ISO 8601 durations of the topology in milliseconds.
 * From: `infra/topology.json`. Next: lock times, times to live and duplicate windows in `core/`.
 */
const pattern = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** Milliseconds of `PT1M`, `P1D`, `PT0.5S`. @throws RangeError for years and months, which have no fixed length. */
export const durationMs = (text: string): number => {
  const match = pattern.exec(text);
  if (!match || text.length < 3)
    throw new RangeError(`${text}: a duration of weeks, days, hours, minutes, seconds`);
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return Math.round(((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000);
};

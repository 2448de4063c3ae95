/**
 * A copy of a series of snapshots as it comes on bad nights: files dropped, cut short against what they declare, sent
 * again under the next day, and rows that nobody can read.
 * From: a directory made by `make-snapshot-series.ts`. Next: `npm run walk -- --snapshots DIRECTORY`; `troubles.json`
 * in it says what was done to which night. The same seed makes the same troubles.
 *
 *   npx node scripts/trouble-series.ts SERIES DIRECTORY [SEED]
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const usage = 'npx node scripts/trouble-series.ts SERIES DIRECTORY [SEED]';
const dropped = 7;
const cutShort = 2;
const repeated = 3;
const refusedShare = 0.01;
/** The last tenth of a file is lost. */
const cutShare = 0.1;

const main = ([series, directory, seed]: string[]): void => {
  if (series === undefined || directory === undefined) throw new Error(usage);
  const below = numbersFrom(Number(seed ?? 1));
  const days = daysIn(series);
  const troubles = drawTroubles(days, below);
  mkdirSync(directory, { recursive: true });
  let refused = 0;
  for (const [index, day] of days.entries()) {
    if (troubles.dropped.includes(day)) continue;
    const isAgain = troubles.repeated.includes(day);
    const from = isAgain ? days[index - 1]! : day;
    const lines = readFileSync(join(isAgain ? directory : series, `${from}.csv`), 'utf8')
      .trimEnd()
      .split('\n');
    const kept = troubles.cutShort.includes(day)
      ? lines.slice(0, Math.ceil(lines.length * (1 - cutShare)))
      : lines;
    const rows = kept.map((line, at) =>
      !isAgain && at > 0 && below(1 / refusedShare) === 0 ? unreadable(line) : line,
    );
    refused += rows.filter((line, at) => line !== kept[at]).length;
    writeFileSync(join(directory, `${day}.csv`), `${rows.join('\n')}\n`);
    const declared = join(series, `${from}.json`);
    if (existsSync(declared)) copyFileSync(declared, join(directory, `${day}.json`));
  }
  writeFileSync(join(directory, 'troubles.json'), JSON.stringify({ ...troubles, refused }, null, 2));
  process.stdout.write(`${days.length - dropped} files, ${refused} rows that nobody can read\n`);
};

const daysIn = (series: string): string[] =>
  readdirSync(series)
    .filter((name) => name.endsWith('.csv'))
    .map((name) => name.slice(0, -4))
    .toSorted();

type Troubles = { dropped: string[]; cutShort: string[]; repeated: string[] };

/** Nights of the middle, each with one trouble at most, none beside another, so that each can be told apart. */
const drawTroubles = (days: readonly string[], below: (below: number) => number): Troubles => {
  const drawn = new Set<number>();
  while (drawn.size < dropped + cutShort + repeated) {
    const index = 20 + below(days.length - 40);
    if (![index - 1, index, index + 1].some((near) => drawn.has(near))) drawn.add(index);
  }
  const nights = [...drawn].map((index) => days[index]!);
  return {
    dropped: nights.slice(0, dropped).toSorted(),
    cutShort: nights.slice(dropped, dropped + cutShort).toSorted(),
    repeated: nights.slice(dropped + cutShort).toSorted(),
  };
};

/** The amount is the last column; two points are no amount in any style. */
const unreadable = (line: string): string => line.replace(/[^,]*$/, '12.3.4');

/** Numbers that are the same for the same seed. */
const numbersFrom = (seed: number): ((below: number) => number) => {
  let state = seed >>> 0 || 1;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

main(process.argv.slice(2));

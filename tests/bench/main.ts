/**
 * `npm run bench`: every figure with its target and, where one can be run, the bare limit beside it.
 * From: the benches of this folder; a word after `--` picks those whose path begins with it. Next: a table.
 * Figures are for two cores; they are printed and never fail anything.
 */
import { agingBench } from './aging.ts';
import { coldStartBench } from './cold-start.ts';
import { dunningNightBench } from './dunning-night.ts';
import { dunningBench } from './dunning.ts';
import { importsBench } from './imports.ts';
import { cosmosBench } from './local/cosmos.ts';
import { hostBench } from './local/host.ts';
import { serviceBusBench } from './local/service-bus.ts';
import { startBench } from './local/start.ts';
import { mailsBench } from './mails.ts';
import { monthBench } from './month.ts';
import { pagesBench } from './pages.ts';
import { worklistBench } from './worklist.ts';
import { portalBench } from './portal.ts';
import { postingBench } from './posting.ts';
import { readsBench } from './reads.ts';
import { sellersBench } from './sellers.ts';
import { snapshotBench } from './snapshot-night.ts';
import type { Bench, BenchLine } from './kit.ts';

const benches: Record<string, Bench> = {
  aging: agingBench,
  dunning: dunningBench,
  'dunning-night': dunningNightBench,
  imports: importsBench,
  mails: mailsBench,
  pages: pagesBench,
  worklist: worklistBench,
  portal: portalBench,
  posting: postingBench,
  reads: readsBench,
  sellers: sellersBench,
  snapshot: snapshotBench,
  'cold-start': coldStartBench,
  month: monthBench,
  'local/start': startBench,
  'local/host': hostBench,
  'local/service-bus': serviceBusBench,
  'local/cosmos': cosmosBench,
};

const number = (value: number): string =>
  value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });

/** Job, figure, target, then the limit beside it as a ratio. */
const columns = ({ job, figure, unit, target, met, limit }: BenchLine): string =>
  [
    job.padEnd(58),
    `${number(figure)} ${unit}`.padStart(20),
    (target === undefined ? '' : `target ${target}`).padEnd(18),
    (met === undefined ? '' : met ? 'met' : 'MISSED').padEnd(7),
    limit === undefined ? '' : `limit ${number(limit)} ${unit}, ratio ${number(figure / limit)}`,
  ]
    .join('  ')
    .trimEnd();

const wanted = process.argv[2] ?? '';
const chosen = Object.entries(benches).filter(([name]) => name.startsWith(wanted));
if (chosen.length === 0) {
  console.error(`no bench begins with "${wanted}"; there are ${Object.keys(benches).join(', ')}`);
  process.exit(1);
}
for (const [name, bench] of chosen) {
  console.log(`\n${name}`);
  for (const line of await bench.run()) console.log(columns(line));
}
process.exit(0);

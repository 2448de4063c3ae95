/**
 * `npm run simulate -- --seeds N --from S`: so many simulated months from a seed on, one after the other.
 * From: the command line. Next: `tests/simulation/months`; exit code 1 at the first month in which something broke, with
 * its seed.
 */
import { parseArgs } from 'node:util';
import { liveMonth } from '../tests/simulation/months/run-month.ts';

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '10' }, from: { type: 'string', default: '1' } },
});
const [count, from] = [Number(values.seeds), Number(values.from)];
if (!Number.isSafeInteger(count) || !Number.isSafeInteger(from) || count < 1)
  throw new Error('--seeds and --from are whole numbers');

const startedAtMs = performance.now();
const cpuBefore = process.cpuUsage();
const total = { steps: 0, mails: 0, agreed: 0, broken: 0 };
const causes: Record<string, number> = {};
for (let seed = from; seed < from + count; seed += 1) {
  try {
    const { steps, mails, agreed, replayed, trace } = await liveMonth({ seed });
    total.steps += steps;
    total.mails += mails;
    total.agreed += agreed;
    for (const [cause, times] of Object.entries(replayed.causes))
      causes[cause] = (causes[cause] ?? 0) + times;
    console.log(`seed ${seed}: ${steps} steps, ${mails} mails, trace ${trace}`);
  } catch (fault) {
    total.broken += 1;
    console.error(fault instanceof Error ? fault.message : fault);
  }
}
const seconds = (performance.now() - startedAtMs) / 1_000;
const { user, system } = process.cpuUsage(cpuBefore);
const perCpuSecond = Math.round((total.steps * 1_000_000) / (user + system));
console.log(
  `${count} seeds, ${total.broken} broken; ${total.steps} steps in ${seconds.toFixed(1)} s (${perCpuSecond} in a second of a core), ` +
    `${total.mails} mails, ${total.agreed} messages as previewed; replay differs by ${JSON.stringify(causes)}`,
);
if (total.broken > 0) process.exitCode = 1;

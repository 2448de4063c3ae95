/**
 * `npm run check`: types, lint, format and house rules, two at a time.
 * From: the working tree. Next: a heading and a time per step, the output of those that failed, exit code 1.
 */
import { availableParallelism } from 'node:os';
import { runSteps, type Step, type StepResult } from './steps/run-step.ts';
import { eslint, prettier, tsc, vitest } from './steps/tools.ts';

/** The longest first, so that the lanes end together. */
const steps: Step[] = [
  { name: 'lint', args: [eslint, '.'] },
  { name: 'types', args: [tsc] },
  { name: 'house rules', args: [vitest, 'run', '--project', 'house'] },
  { name: 'format', args: [prettier, '--check', '--log-level', 'warn', '.'] },
];

const tell = ({ name, passed, seconds, output }: StepResult): void => {
  console.log(`── ${name}: ${passed ? 'passed' : 'FAILED'} in ${seconds.toFixed(1)} s`);
  if (!passed && output !== '') console.log(`${output}\n`);
};

const startedAtMs = performance.now();
const results = await runSteps(steps, Math.min(2, availableParallelism()), tell);
const failed = results.filter(({ passed }) => !passed).map(({ name }) => name);
const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
console.log(
  failed.length === 0 ? `── check passed in ${seconds} s` : `── check FAILED: ${failed.join(', ')}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;

/**
 * Runs one step of a check and keeps what it said until it is done, so that steps may run side by side.
 * From: `check.ts`. Next: its heading, time and output.
 */
import { spawn } from 'node:child_process';
import { root } from './tools.ts';

export type Step = { name: string; /** What Node is started with. */ args: string[] };
export type StepResult = { name: string; passed: boolean; seconds: number; output: string };

/** Never rejects: a step that cannot be started has failed, and its output says why. */
export const runStep = ({ name, args }: Step): Promise<StepResult> =>
  new Promise((resolve) => {
    const startedAtMs = performance.now();
    const child = spawn(process.execPath, args, { cwd: root, env: process.env });
    const said: Buffer[] = [];
    const finish = (passed: boolean, output: string): void =>
      resolve({ name, passed, seconds: (performance.now() - startedAtMs) / 1000, output });
    child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
    child.on('error', (error) => finish(false, error.message));
    child.on('close', (code) => finish(code === 0, Buffer.concat(said).toString('utf8').trim()));
  });

/** Runs the steps in their order, `width` at a time; tells `onDone` of each as it ends. */
export const runSteps = async (
  steps: readonly Step[],
  width: number,
  onDone: (result: StepResult) => void,
): Promise<StepResult[]> => {
  const waiting = [...steps];
  const results: StepResult[] = [];
  const runLane = async (): Promise<void> => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const result = await runStep(step);
      results.push(result);
      onDone(result);
    }
  };
  await Promise.all(Array.from({ length: width }, runLane));
  return results;
};

/**
 * `npm start` as a child process, for tests that read what it prints, end it, or kill it.
 * From: `local/main.ts`. Next: tests get its lines, its addresses and its exit code.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../local/main.ts', `file://${import.meta.dirname}/`));

/** A process that loads the same code as the one before need not compile it anew. */
const NODE_COMPILE_CACHE = join(tmpdir(), 'dunwell-compile-cache');

export type LocalProcess = {
  child: ChildProcess;
  /** What it printed so far, both streams. */
  output(): string;
  /** The address on the line of a service or app, once it is ready. */
  url(name: string): string;
  /** Resolves when it is ready. @throws with its output when it ends before. */
  ready: Promise<void>;
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | string>;
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<number | string>;
};

/** Ports are any free ones unless `env` says otherwise. */
export const startLocalProcess = (args: string[], env: Record<string, string> = {}): LocalProcess => {
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...process.env, NODE_COMPILE_CACHE, DUNWELL_LOCAL_PORTS: 'any', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  const ready = new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      if (/^ready in /m.test(output)) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void ended.then((how) => reject(new Error(`ended with ${how} before it was ready:\n${output}`)));
  });
  ready.catch(() => undefined); // whoever awaits it hears of it
  return {
    child,
    ready,
    ended,
    output: () => output,
    url: (name) => {
      const found = new RegExp(`^${name} +(\\S+)`, 'm').exec(output)?.[1];
      if (found === undefined) throw new Error(`no line for ${name} in:\n${output}`);
      return found;
    },
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
};

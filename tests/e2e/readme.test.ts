/**
 * The walk of the README by hand: its commands, as written, against `npm start`.
 * From: `README.md`, the section "By hand". Ports are those of this run instead of the usual ones.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startLocalProcess, type LocalProcess } from '../support/local-process.ts';

const readme = fileURLToPath(new URL('../../README.md', `file://${import.meta.dirname}/`));
const usual = { admin: 7070, staff: 7071, portal: 7072, email: 8085, identity: 8086 };

let local: LocalProcess;
beforeAll(async () => {
  local = startLocalProcess(['--memory', '--at', '2026-06-12T18:00:00Z']);
  await local.ready;
}, 60_000);
afterAll(() => local.end('SIGTERM'));

const commands = (): string[] => {
  const [, section = ''] = /\n### By hand\n([^]*?)\n### /.exec(readFileSync(readme, 'utf8')) ?? [];
  return [...section.matchAll(/```sh\n([^]*?)```/g)].map(([, block = '']) => block);
};

/** Where the mail's links lead is told to the company as the README says, whatever the port of this run. */
const here = (script: string): string =>
  Object.entries(usual).reduce(
    (text, [name, port]) => text.replaceAll(`localhost:${port}`, new URL(local.url(name)).host),
    script,
  );

const run = async (script: string): Promise<string> => {
  const child = spawn('bash', ['-c', `set -eu\n${script}`], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`it ended with ${code}:\n${output}`);
  return output;
};

it('goes from a file over a reminder and a payment to a report, on a Friday evening, too', async () => {
  const blocks = commands();
  expect(blocks).toHaveLength(6);
  const told = await run(here(blocks.map((block, at) => `echo "═ ${at}"\n${block}`).join('\n')));
  const [, , , posted, reminded, paid, reported] = told.split(/═ \d\n/);
  expect(posted).toContain('"open":125000');
  expect(reminded).toMatch(/Sum asked for: EUR\s1,250\.00/);
  expect(paid).toContain('"toPay":125000');
  expect(reported).toContain('"openByCurrency":{"EUR":0}');
}, 180_000);

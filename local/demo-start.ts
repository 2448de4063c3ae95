/**
 * `npm run demo`: the local Azure with the demo company in it, always as on its first morning.
 * From: `main.ts`. Next: lines that say whom to sign in as. The first time it is seeded over HTTP, which takes some
 * minutes; then a snapshot makes it a matter of seconds.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { codeHash, keepSnapshot, removeOthers, useSnapshot } from './demo-snapshot.ts';
import type { Addresses } from './demo/calls.ts';
import { beginsAt, seedDemo } from './demo/seed.ts';
import { BadStart, type LocalEnvironment } from './environment.ts';
import { runningEndpoints } from './endpoints.ts';
import { runLocal, type Running } from './run.ts';

type Print = (line: string) => void;

const placesIn = (stateDir: string) => {
  const snapshots = join(stateDir, 'snapshots');
  const hash = codeHash();
  return { snapshots, hash, snapshot: join(snapshots, hash), state: join(stateDir, 'state') };
};

/** Where it is made: a state of its own, so that whatever stops it leaves nothing behind that is used. */
const seedingOf = (snapshot: string): string => `${snapshot}.seeding`;

const stateOf = ({ stateDir }: LocalEnvironment): string => {
  if (stateDir === undefined) throw new BadStart('the demo keeps a snapshot: it does not go with --memory');
  return stateDir;
};

/** @throws BadStart when a demo of this folder runs already, or none could be made; what `runLocal` throws. */
export const startDemo = async (environment: LocalEnvironment, print: Print): Promise<Running> => {
  const stateDir = stateOf(environment);
  const { snapshots, hash, snapshot, state } = placesIn(stateDir);
  if (await runningEndpoints(state)) throw new BadStart(`a demo already runs on ${stateDir}; end it first`);
  const maker = await runningEndpoints(seedingOf(snapshot));
  if (maker)
    throw new BadStart(
      `process ${maker.processId} makes the demo company on ${stateDir}; wait for it, or end it`,
    );
  removeOthers(snapshots, hash);
  const atMs = useSnapshot(snapshot, state) ?? (await makeSnapshot(stateDir, snapshot, state));
  const running = await runLocal({ ...environment, stateDir: state, clockStartMs: atMs }, print);
  for (const line of welcome(running)) print(line);
  return running;
};

/** In a process of its own: apps are registered once in each. It prints how far it is. */
const makeSnapshot = async (stateDir: string, snapshot: string, state: string): Promise<number> => {
  const main = join(import.meta.dirname, 'main.ts');
  const args = [main, '--demo', '--seed', '--state', stateDir];
  const [code] = (await once(spawn(process.execPath, args, { stdio: 'inherit' }), 'close')) as [number];
  const atMs = code === 0 ? useSnapshot(snapshot, state) : undefined;
  if (atMs === undefined) throw new BadStart('the demo company could not be made; see the line above');
  return atMs;
};

/** Makes the company and keeps it once it is whole. @throws when a step of it was refused. */
export const seedSnapshot = async (environment: LocalEnvironment, print: Print): Promise<void> => {
  const { snapshot } = placesIn(stateOf(environment));
  const seeding = seedingOf(snapshot);
  rmSync(seeding, { recursive: true, force: true });
  print('the demo company is made for the first time; later it starts within seconds');
  const startedAtMs = performance.now();
  const clockStartMs = Date.parse(beginsAt);
  const running = await runLocal({ ...environment, stateDir: seeding, clockStartMs }, () => undefined);
  try {
    await seedDemo(addressesOf(running), (done, all, what) => print(stepLine(done, all, what, startedAtMs)));
  } finally {
    await running.close();
  }
  keepSnapshot(seeding, snapshot, running.clock.now());
};

const width = 30;

const stepLine = (done: number, all: number, what: string, startedAtMs: number): string => {
  const filled = Math.round((done / all) * width);
  const seconds = Math.round((performance.now() - startedAtMs) / 1_000);
  return `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${String(seconds).padStart(3)} s  ${what}`;
};

export const addressesOf = ({ urls, endpoints }: Running): Addresses => ({
  ...{ staff: urls['staff'] ?? '', portal: urls['portal'] ?? '' },
  ...{ admin: endpoints.admin, email: endpoints.email },
  identity: new URL(endpoints.identity.issuer).origin,
});

const welcome = (running: Running): string[] => {
  const { email, identity, staff } = addressesOf(running);
  return [
    '',
    'Harrowmint Supply: three companies, 150 customers; it is Wednesday, 21 October 2026',
    `mailboxes of its customers and people   ${email}`,
    `sign in as crm (credit manager), col, col2 (collectors), arc (AR clerk), exe (CFO), dso (disputes)`,
    `  a token                               ${identity}/local/token?persona=crm`,
    `five drafts wait to be released         ${staff}/api/companies/harrowmint-inc/dunning/messages?state=awaiting`,
    'what to look at, story by story         docs/how-to/demo.md',
  ];
};

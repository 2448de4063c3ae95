/**
 * The fresh local Azure a walk runs on, with nothing kept: its clock, its counters, its people.
 * From: `runLocal`. Next: the walk's steps, which reach the product over HTTP alone.
 */
import { readEnvironment } from '../../local/environment.ts';
import { moveClock } from '../../local/kit/move-clock.ts';
import { runLocal, type Running } from '../../local/run.ts';

export type Counts = { requestUnits: number; storeCalls: number; messages: number };

export type WalkAzure = {
  /** Address of the staff app. */
  staff: string;
  /** Address of the token issuer's local routes. */
  identity: string;
  /** Address of the mailboxes of everybody who was written to. */
  mailbox: string;
  /** Sleeps until the instant and until all is quiet; now when absent. */
  moveTo(instant?: string): Promise<void>;
  now(): Promise<string>;
  counts(): Promise<Counts>;
  close(): Promise<void>;
};

/** Starts it with the business clock at an ISO instant. */
export const startAzure = async (at: string): Promise<WalkAzure> => {
  const environment = readEnvironment(['--memory', '--at', at], { DUNWELL_LOCAL_PORTS: 'any' });
  const running = await runLocal(environment, () => undefined);
  const { admin, identity, email } = running.endpoints;
  return {
    staff: addressOf(running, 'staff'),
    identity: new URL(identity.issuer).origin,
    mailbox: email,
    moveTo: (instant) => moveClock(admin, instant ?? 'PT1S'),
    now: async () => ((await adminCall(`${admin}/admin/clock`)) as { now: string }).now,
    counts: async () => countsOf((await adminCall(`${admin}/admin/status`)) as Status),
    close: () => running.close(),
  };
};

const addressOf = ({ urls }: Running, app: string): string => {
  const url = urls[app];
  if (url === undefined) throw new Error(`the app ${app} is not hosted`);
  return url;
};

const adminCall = async (url: string): Promise<unknown> => {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
};

type Status = Record<string, Record<string, number | string>>;

/** Cosmos DB counts `<operation> <container>` and its charge as `ru …`; the bus what was sent to each entity. */
const countsOf = (status: Status): Counts => {
  const store = Object.entries(status['cosmos'] ?? {}).filter(([name]) => name !== 'url');
  const charges = store.filter(([name]) => name.startsWith('ru '));
  const calls = store.filter(([name]) => !/^(?:ru|unindexed|429) /.test(name));
  const sent = Object.entries(status['service-bus'] ?? {}).filter(([name]) => name.startsWith('sent '));
  return { requestUnits: Math.round(total(charges)), storeCalls: total(calls), messages: total(sent) };
};

const total = (counts: readonly [string, number | string][]): number =>
  counts.reduce((sum, [, count]) => sum + Number(count), 0);

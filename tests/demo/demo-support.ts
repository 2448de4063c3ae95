/**
 * One seeded demo for the tests beside this file: made from nothing, once, on a local Azure that keeps nothing.
 * From: `local/demo/seed.ts`. Next: the stories, told by what people of the company and its customers see over HTTP.
 */
import { readEnvironment } from '../../local/environment.ts';
import { addressesOf } from '../../local/demo-start.ts';
import { callsTo, type Calls } from '../../local/demo/calls.ts';
import { beginsAt, seedDemo } from '../../local/demo/seed.ts';
import { runLocal, type Running } from '../../local/run.ts';
import { accountAnswer, timelineAnswer, type AccountAnswer } from '../../shared/contracts/accounts.ts';

export const [ltd, gmbh, inc] = ['harrowmint-ltd', 'harrowmint-gmbh', 'harrowmint-inc'] as const;

/** The same stories need a few weeks of the two years. */
const historyFrom = '2026-09-20';

export type Demo = { running: Running; calls: Calls; seededInMs: number };

export const startSeeded = async (): Promise<Demo> => {
  const environment = readEnvironment(['--memory', '--at', beginsAt], { DUNWELL_LOCAL_PORTS: 'any' });
  const running = await runLocal(environment, () => undefined);
  const startedAtMs = performance.now();
  await seedDemo(addressesOf(running), () => undefined, historyFrom);
  return {
    running,
    calls: callsTo(addressesOf(running), 'stories'),
    seededInMs: performance.now() - startedAtMs,
  };
};

export const readersOf = ({ calls }: Demo) => {
  const account = async (company: string, id: string, as = 'CRM'): Promise<AccountAnswer> =>
    accountAnswer.parse(await calls.must(as, 'GET', `accounts/${company}/${id}`));
  const open = async (company: string, id: string): Promise<Record<string, number>> =>
    Object.fromEntries((await account(company, id)).openItems.map((one) => [one.number, one.open]));
  /** What happened to an account, in words, the oldest first. */
  const told = async (company: string, id: string): Promise<string[]> => {
    const answer = timelineAnswer.parse(await calls.must('CRM', 'GET', `accounts/${company}/${id}/timeline`));
    return answer.entries
      .toReversed()
      .flatMap(({ lines }) => lines.map(({ kind, text }) => `${kind}: ${text}`));
  };
  const get = (as: string, path: string): Promise<unknown> => calls.must(as, 'GET', path);
  return { account, open, told, get };
};

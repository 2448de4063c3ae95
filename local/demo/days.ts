/**
 * One day of the demo company: the night's files, the morning's look at accounts, drafts released, what people do.
 * From: `seed.ts`. Next: the day after. On the last day five drafts are left for whoever opens the demo.
 */
import { acts } from './acts.ts';
import type { Calls } from './calls.ts';
import { sendNight } from './feeds.ts';
import { opensAt, plans, today } from './plan.ts';
import type { World } from './world.ts';

/** Drafts that wait when the demo opens. */
export const leftWaiting = 5;
/** Its final notice waits for the credit manager until a credit turns it into another message. */
const heldBack = ['I-3010'];

export const workDay = async (
  calls: Calls,
  worlds: readonly World[],
  { since, day }: { since: string; day: string },
): Promise<void> => {
  await calls.moveTo(`${day}T04:00:00Z`);
  for (const world of worlds) await sendNight(calls, world, { since, day });
  for (const act of acts[day]?.before ?? []) await act(calls, worlds);
  await calls.moveTo(`${day}T12:45:00Z`);
  await releaseDrafts(calls, day === today ? leftWaiting - heldBack.length : 0);
  for (const act of acts[day]?.after ?? []) await act(calls, worlds);
  // the mail service takes thirty a minute
  for (const _minute of [1, 2]) await calls.moveTo('PT1M');
  await calls.moveTo(day === today ? opensAt : `${day}T15:30:00Z`);
};

type Waiting = {
  company: string;
  account: string;
  messageId: string;
  digest: string | null;
  needs: string[];
};

export const waitingDrafts = async (calls: Calls): Promise<Waiting[]> => {
  const all: Waiting[] = [];
  for (const { id: company } of plans) {
    const path = `companies/${company}/dunning/messages?state=awaiting`;
    const { messages } = (await calls.must('CRM', 'GET', path)) as { messages: Waiting[] };
    all.push(...messages.map((one) => ({ ...one, company })));
  }
  return all;
};

/** All but a few, company by company; where there are more than a page holds, page by page. */
const releaseDrafts = async (calls: Calls, left: number): Promise<void> => {
  const known = new Set<string>();
  for (;;) {
    const waiting = (await waitingDrafts(calls)).filter(
      (one) => !heldBack.includes(one.account) && !known.has(turnOf(one)),
    );
    const wanted = waiting.slice(0, Math.max(0, waiting.length - left));
    if (wanted.length === 0) return;
    for (const one of wanted) known.add(turnOf(one));
    await release(calls, wanted);
  }
};

/** A message may need several people, one after the other. */
const turnOf = ({ account, messageId, needs }: Waiting): string => `${account} ${messageId} ${needs[0]}`;

const release = async (calls: Calls, wanted: readonly Waiting[]): Promise<void> => {
  for (const [group, messages] of Map.groupBy(wanted, ({ company, needs }) => `${company} ${needs[0]}`)) {
    const [company, as] = group.split(' ');
    const by = as === 'cfo' ? 'EXE' : 'CRM';
    const body = {
      as,
      messages: messages.map(({ account, messageId, digest }) => ({ account, messageId, digest })),
    };
    await calls.must(by, 'POST', `companies/${company}/dunning/releases`, body);
  }
};

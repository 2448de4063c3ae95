/**
 * One day of the demo company: the night's files, the morning's look at accounts, drafts released, what people do.
 * From: `seed.ts`. Next: the day after. On the last day five drafts are left for whoever opens the demo.
 */
import { messagesAnswer, type MessagesAnswer } from '../../shared/contracts/dunning.ts';
import { acts } from './acts.ts';
import type { Calls } from './calls.ts';
import { sendNight } from './feeds.ts';
import { lastNightAt, opensAt, plans, today } from './plan.ts';
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
  if (day === today) await calls.moveTo(lastNightAt);
  await calls.moveTo(`${day}T04:00:00Z`);
  await sendNight(calls, worlds, { since, day });
  for (const act of acts[day]?.before ?? []) await act(calls, worlds);
  await calls.moveTo(`${day}T12:45:00Z`);
  await releaseDrafts(calls, day === today ? leftWaiting - heldBack.length : 0);
  for (const act of acts[day]?.after ?? []) await act(calls, worlds);
  // the mail service takes thirty a minute
  for (const _minute of [1, 2]) await calls.moveTo('PT1M');
  await calls.moveTo(day === today ? opensAt : `${day}T15:30:00Z`);
};

type Waiting = MessagesAnswer['messages'][number] & { company: string };

export const waitingDrafts = async (calls: Calls): Promise<Waiting[]> =>
  (await Promise.all(plans.map(({ id }) => draftsOf(calls, id)))).flat();

const draftsOf = async (calls: Calls, company: string): Promise<Waiting[]> => {
  const all: Waiting[] = [];
  let behind: string | undefined = '';
  do {
    const path = `companies/${company}/dunning/messages?state=awaiting${behind}`;
    const { messages, after } = messagesAnswer.parse(await calls.must('CRM', 'GET', path));
    all.push(...messages.map((one) => ({ ...one, company })));
    behind = after && `&after=${encodeURIComponent(after)}`;
  } while (behind !== undefined);
  return all;
};

/** All but a few, company by company. */
const releaseDrafts = async (calls: Calls, left: number): Promise<void> => {
  const free = (await waitingDrafts(calls)).filter(({ account }) => !heldBack.includes(account));
  let wanted = free.slice(0, Math.max(0, free.length - left));
  while (wanted.length > 0) {
    await release(calls, wanted);
    // a message may need several people, one after the other
    const more = new Set(wanted.filter(({ needs }) => needs.length > 1).map(idOf));
    wanted = more.size === 0 ? [] : (await waitingDrafts(calls)).filter((one) => more.has(idOf(one)));
  }
};

const idOf = ({ account, messageId }: Waiting): string => `${account} ${messageId}`;

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

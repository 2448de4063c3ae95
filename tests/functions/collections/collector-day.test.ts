/**
 * A collector's day: the list is there at sign-in with what to do, for whom, how much, why and by when, and nothing of it
 * was typed in; the card has all there is to know; a call that is logged is a note, a follow-up and a figure, opens the next
 * account, and is seen by every colleague who may (R33, R35, R36, R55).
 */
import { beforeEach, expect, it } from 'vitest';
import { logOutcome } from '../../../functions/collections/log-call.ts';
import { takeBackCall } from '../../../functions/collections/take-back-call.ts';
import { showCard } from '../../../functions/collections/show-card.ts';
import { readNotes } from '../../../functions/ledger/read-notes.ts';
import { readTimeline } from '../../../functions/ledger/read-timeline.ts';
import { callBody, cardAnswer } from '../../../shared/contracts/calls.ts';
import { timelineAnswer } from '../../../shared/contracts/accounts.ts';
import { addDays, type Day } from '../../../shared/domain/calendar.ts';
import type { NewTask } from '../../../shared/domain/dunning-facts.ts';
import type { ContactMade } from '../../../shared/domain/dunning-position.ts';
import type { Fact } from '../../../shared/domain/facts.ts';
import { figureRows } from '../../../shared/domain/report-figures.ts';
import {
  all,
  keyOf,
  noonOf,
  ofCollector,
  today,
  worklistWorld,
  type WorklistWorld,
} from './worklist-world.ts';

let world: WorklistWorld;
const names = ['north', 'south', 'west'] as const;
const items = ['item:invoice:R-40-50000', 'item:invoice:R-10-30000'];
const given: Fact = { kind: 'accountAssigned', to: 'ann', on: today };
const contacts = [{ name: 'Pat Doe', phone: '+49 30 1', email: 'ap@north.example', role: 'AP' }];
const masterOf = (name: string) => ({ name: `${name} Ltd`, country: 'DE', contacts });
const mailed = (on: Day): Fact => {
  const contact: ContactMade = { on, by: 'auto', channel: 'mail' };
  return { kind: 'contactMade', on, contact };
};
const hear = async (...some: string[]) => {
  for (const name of some) await world.hear(await world.eventsOf(keyOf(name)));
};
/** What files and mails brought: three customers who owe, one of whom wants to be called back. */
beforeEach(async () => {
  world = await worklistWorld();
  await world.owe(keyOf('north'), 40, 50_000);
  await world.owe(keyOf('north'), 10, 30_000);
  await world.owe(keyOf('south'), 20, 40_000);
  await world.owe(keyOf('west'), 5, 30_000);
  for (const name of names) await world.say(keyOf(name), [given], masterOf(name));
  const task: NewTask = {
    ...{ id: 'task:cb', act: 'callBack', stage: 0, createdOn: today, dueOn: today, at: `${today}T15:00:00Z` },
    ...{ does: [], sums: {}, items: [] },
  };
  await world.say(keyOf('west'), [{ kind: 'taskCreated', task, on: today }]);
  await hear(...names);
});

const mine = () => world.list({ list: 'mine' }, { scope: ofCollector('ann') });
const order = async () => {
  const { due, ranked } = await mine();
  return [...due, ...ranked].map(({ account }) => account);
};
const approvedOn = addDays(today, 3);
const waits = { code: 'waitsForApproval', answers: { day: approvedOn, told: { approver: 'boss' } } };
let requests = 0;
const log = async (name: string, body: object, on = today) => {
  const logged = await logOutcome(
    world.parts,
    keyOf(name),
    callBody.parse({ durationSeconds: 90, ...body }),
    {
      ...{ scope: ofCollector('ann'), now: noonOf(on), by: 'ann', authority: 'collector' as const },
      requestId: `r-${(requests += 1)}`,
    },
  );
  if (!logged.ok) throw new Error(`${name}: ${logged.code}`);
  await hear(name);
  return logged.value.call;
};

it('the list says what to do, for whom, how much, why and by when; finishing one opens the next', async () => {
  const { due, ranked } = await mine();
  expect(due).toMatchObject([
    {
      account: 'west',
      name: 'west Ltd',
      claim: 30_000,
      dues: [{ kind: 'callBack', at: `${today}T15:00:00Z` }],
    },
  ]);
  expect(ranked).toMatchObject([
    { account: 'north', name: 'north Ltd', claim: 80_000, place: 1, daysLate: 40 },
    { account: 'south', name: 'south Ltd', claim: 40_000, place: 2, daysLate: 20 },
  ]);
  for (const { parts, points } of ranked) {
    expect(parts.every(({ words }) => words.length > 0)).toBe(true);
    expect(parts.reduce((sum, part) => sum + part.points, 0)).toBe(points);
  }
  const seen: string[][] = [];
  for (let next = await order(); next.length > 0; next = await order()) {
    seen.push(next);
    await log(next[0]!, waits);
  }
  expect(seen).toEqual([['west', 'north', 'south'], ['north', 'south'], ['south']]);
});

it('the card has balance, oldest item, last five contacts, promises, disputes, local time and contact', async () => {
  for (const days of [30, 25, 20, 15, 10, 7])
    await world.say(keyOf('north'), [mailed(addDays(today, -days))]);
  const told = { told: { method: 'transfer', reason: 'cash' } };
  await log('north', {
    ...{ code: 'promise', isAsked: true },
    answers: { amount: 20_000, day: addDays(today, 7), items: [items[1]], ...told },
  });
  await log('north', {
    ...{ code: 'disputes', isAsked: true },
    answers: { amount: 10_000, items: [items[0]], told: { caseCode: 'PRICE' } },
  });
  const key = { company: 'acme', account: 'north' };
  const answer = await showCard(world.parts, key, { scope: ofCollector('ann'), now: noonOf(today) });
  if (!answer.ok) throw new Error(answer.code);
  const card = cardAnswer.parse(answer.value);
  expect(card.claims).toMatchObject([{ currency: 'EUR', claim: 50_000, oldestDueOn: addDays(today, -40) }]);
  expect(card.lastContacts.map(({ on, channel }) => [on, channel])).toEqual([
    ...[
      [today, 'call'],
      [today, 'call'],
      [addDays(today, -7), 'mail'],
      [addDays(today, -10), 'mail'],
    ],
    [addDays(today, -15), 'mail'],
  ]);
  expect(card.promises).toMatchObject([{ amount: 20_000, dueOn: addDays(today, 7) }]);
  expect(card.disputes).toMatchObject([{ code: 'PRICE', held: 10_000 }]);
  expect([card.localTime, card.zone, card.contacts]).toEqual(['12:00', 'Europe/Berlin', contacts]);
});

it('a coded outcome and one line are a dated note, a follow-up and a figure', async () => {
  await log('north', { ...waits, note: 'wants the boss' });
  const notes = await readNotes(world.parts.accounts, keyOf('north'), undefined, all);
  expect(notes).toMatchObject({
    value: {
      notes: [
        {
          text: 'Call: waitsForApproval. | wants the boss | approver: boss',
          at: `${today}T11:00:00Z`,
          by: 'ann',
        },
      ],
    },
  });
  const { due } = await world.list({ list: 'mine' }, { scope: ofCollector('ann'), on: approvedOn });
  expect(due.find(({ account }) => account === 'north')?.dues).toMatchObject([
    { kind: 'followUp', on: approvedOn },
  ]);
  const { version } = (await world.parts.accounts.load(all, keyOf('north'))).account.head;
  const [entry] = await world.parts.accounts.entries(all, keyOf('north'), {
    afterVersion: version - 1,
    limit: 1,
  });
  expect(figureRows({}, entry!.facts).rows).toContainEqual(expect.objectContaining({ name: 'talks' }));
});

it('a call is seen with number, party, how long, outcome and invoices by each colleague of the account', async () => {
  await log('north', {
    ...{ code: 'promise', durationSeconds: 270, party: 'Pat Doe', number: '+49 30 1', note: 'pays Friday' },
    answers: { amount: 80_000, day: addDays(today, 7), items, told: { method: 'transfer', reason: 'cash' } },
  });
  for (const scope of [all, ofCollector('ann', 'bob')]) {
    const timeline = await readTimeline(world.parts.accounts, keyOf('north'), undefined, scope);
    if (!timeline.ok) throw new Error(timeline.code);
    const [entry] = timelineAnswer.parse(timeline.value).entries;
    expect(entry).toMatchObject({ at: `${today}T11:00:00Z`, by: { kind: 'staff', id: 'ann' } });
    expect(entry!.lines[0]).toMatchObject({ text: 'call: promise', call: { seconds: 270, items } });
    const notes = await readNotes(world.parts.accounts, keyOf('north'), undefined, scope);
    expect(notes.ok && notes.value.notes?.[0]?.text).toContain(
      'Call: promise. | Pat Doe, +49 30 1 | pays Friday',
    );
  }
  const bob = ofCollector('bob');
  expect(await readTimeline(world.parts.accounts, keyOf('north'), undefined, bob)).toMatchObject({
    code: 'not-found',
  });
  expect(await readNotes(world.parts.accounts, keyOf('north'), undefined, bob)).toMatchObject({
    code: 'not-found',
  });
});

it('a call settles what it was made for, and no more; taken back, it is to be done again', async () => {
  const dues = async (on = today) => {
    const { due } = await world.list({ list: 'mine' }, { scope: ofCollector('ann'), on });
    return due.flatMap((row) =>
      row.account === 'west' ? row.dues.map(({ kind, on: day }) => [kind, day]) : [],
    );
  };
  await log('west', { code: 'busy' });
  await log('west', { code: 'messageLeft', isAsked: true });
  expect(await dues()).toEqual([['callBack', today]]);
  const talk = await log('west', { ...waits, isAsked: true });
  expect(await dues()).toEqual([]);
  const undo = { scope: all, now: noonOf(today), by: 'ann', requestId: 'undo' };
  for (let time = 0; time < 2; time += 1) await takeBackCall(world.parts, keyOf('west'), talk, undo);
  await hear('west');
  expect(await dues()).toEqual([['callBack', today]]);
  const tomorrow = addDays(today, 1);
  expect(await dues(tomorrow)).toContainEqual(['followUp', tomorrow]);
  await log('west', { ...waits, isAsked: true }, tomorrow);
  expect(await dues(tomorrow)).toEqual([]);
});

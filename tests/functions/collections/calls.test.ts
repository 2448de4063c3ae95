/**
 * Outcomes of calls with their effects (R36, R55), each in one append; taken back within minutes; limits; the card before a call.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { logOutcome } from '../../../functions/collections/log-call.ts';
import { showCard } from '../../../functions/collections/show-card.ts';
import { takeBackCall } from '../../../functions/collections/take-back-call.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import { note as noteSchema } from '../../../shared/contracts/notes.ts';
import { callBody, type CallBody } from '../../../shared/contracts/calls.ts';
import { addDays, instantFromText } from '../../../shared/domain/calendar.ts';
import { Crash, gateOf, withFaults } from '../../support/faults.ts';
import {
  all,
  keyOf,
  namesOf,
  noonOf,
  ofCollector,
  today,
  worklistWorld,
  type WorklistWorld,
} from './worklist-world.ts';

let world: WorklistWorld;
const key = keyOf('north');
const [old, young] = ['item:invoice:R-40-50000', 'item:invoice:R-10-30000'];
const contacts = [
  { name: 'Pat Doe', phone: '+49 30 1', email: 'ap@north.example', role: 'AP' },
  { name: 'Kim Roe', phone: '+49 30 2' },
];
beforeEach(async () => {
  world = await worklistWorld();
  await world.owe(key, 40, 50_000);
  await world.owe(key, 10, 30_000);
  await world.say(key, [{ kind: 'accountAssigned', to: 'ann', on: today }], {
    name: 'Nord',
    country: 'DE',
    contacts,
  });
});

const parts = () => ({ ...world.parts, hashText: sha256 });
let requests = 0;
const log = async (
  body: Omit<Partial<CallBody>, 'answers'> & { code: string; answers?: object },
  more: {
    now?: ReturnType<typeof noonOf>;
    requestId?: string;
    scope?: typeof all;
    authority?: 'collector' | 'creditManager';
  } = {},
) =>
  logOutcome(parts(), key, callBody.parse({ durationSeconds: 60, ...body }), {
    ...{
      scope: all,
      now: noonOf(today),
      by: 'ann',
      authority: 'collector' as const,
      requestId: `r-${(requests += 1)}`,
    },
    ...more,
  });
const head = async () => (await world.parts.accounts.load(all, key)).account.head;
const lastFacts = async () => {
  const { version } = await head();
  const [entry] = await world.parts.accounts.entries(all, key, { afterVersion: version - 1, limit: 1 });
  return entry!.facts;
};
const told = (words: Record<string, string>) => ({ told: words });
const day = addDays(today, 7);
const promise = { amount: 80_000, day, items: [old, young], told: { method: 'transfer', reason: 'cash' } };

describe('each outcome sets going what it is for', () => {
  it.each<[string, object, string[]]>([
    [
      'promise',
      promise,
      ['followUp by 2026-12-03', 'promise noted for 2026-12-01', 'T6 goes to the customer'],
    ],
    [
      'promisePart',
      { ...promise, amount: 20_000 },
      ['followUp by 2026-12-03', 'promise noted for 2026-12-01', 'T6 goes to the customer'],
    ],
    ['paysAtNextRun', { day, told: {} }, ['followUp by 2026-12-03']],
    [
      'saysPaid',
      { day: today, told: { how: 'transfer', reference: 'Z1' } },
      ['held: says-paid until 2026-12-01', 'trace-payment by 2026-11-27'],
    ],
    ['wantsCopy', { items: [old] }, ['followUp by 2026-11-27', 'T16 goes to the customer']],
    ['waitsForApproval', { day, ...told({ approver: 'boss' }) }, ['followUp by 2026-12-01']],
    [
      'disputes',
      { amount: 10_000, items: [old], ...told({ caseCode: 'PRICE' }) },
      ['T8 goes to the customer', 'case opened: PRICE'],
    ],
    [
      'explainsDeduction',
      { amount: 100, items: [old], ...told({ caseCode: 'PRICE', claimNumber: 'C1' }) },
      ['recodeCase by 2026-11-25'],
    ],
    [
      'cannotPayNow',
      told({ reason: 'cash', offer: 'half' }),
      ['followUp by 2026-11-26', 'planProposal by 2026-11-25', 'reviewRisk by 2026-11-25'],
    ],
    ['refuses', told({ reason: 'angry' }), ['followUp by 2026-11-25', 'refusal by 2026-11-25']],
    [
      'insolvent',
      { day: today, ...told({ court: 'AG', administrator: 'X' }) },
      ['held: insolvent', 'legal by 2026-11-25'],
    ],
    ['callBack', { time: '2026-11-25T09:30:00Z', told: {} }, ['callBack by 2026-11-25']],
    ['otherPerson', told({ contact: 'Lee' }), ['followUp by 2026-11-24']],
    ['messageLeft', { told: {} }, ['followUp by 2026-11-25']],
    ['voicemail', { told: {} }, ['followUp by 2026-11-25']],
    ['noAnswer', { told: {} }, ['followUp by 2026-11-25']],
    ['busy', { told: {} }, ['followUp by 2026-11-25']],
    ['wrongNumber', { told: {} }, ['findContact by 2026-11-25']],
    ['leftTheFirm', { told: {} }, ['findContact by 2026-11-25']],
    [
      'questionForUs',
      told({ question: 'VAT?', toWhom: 'CSR' }),
      ['followUp by 2026-11-25', 'answer-question by 2026-11-25'],
    ],
  ])('%s', async (code, answers, expected) => {
    const before = (await head()).version;
    const answer = await log({ code, answers });
    expect(answer).toMatchObject({ ok: true, value: { followed: expected } });
    expect((await head()).version).toBe(before + 1);
    const { contacts: made = [] } = (await head()).dunning;
    expect(made[0]).toMatchObject({ on: today, by: 'person', channel: 'call' });
  });

  it('a promise is held out of the claim in the append that makes it, and of no more than is free', async () => {
    await log({ code: 'promise', answers: promise });
    expect((await lastFacts()).map(({ kind }) => kind)).toEqual([
      ...['callLogged', 'noteWritten', 'taskCreated', 'promiseMade', 'partHeld', 'partHeld', 'noticePlanned'],
    ]);
    expect(await log({ code: 'promise', answers: { ...promise, amount: 1 }, isAsked: true })).toMatchObject({
      code: 'more-than-open',
    });
  });

  it.each([
    ['too far for a collector', 'collector', 20, 'promise-too-far'],
    ['near enough for a credit manager', 'creditManager', 20, undefined],
  ] as const)('a promise %s', async (_what, authority, days, code) => {
    const answer = await log(
      { code: 'promise', answers: { ...promise, day: addDays(today, days) } },
      { authority },
    );
    expect(answer.ok ? undefined : answer.code).toBe(code);
  });

  it('the third in a row that reached nobody says that T3 goes out by itself, a talk between starts anew', async () => {
    const followed: boolean[] = [];
    for (const [at, code] of ['noAnswer', 'busy', 'voicemail', 'noAnswer'].entries()) {
      const answer = await log({ code, isAsked: true }, { now: noonOf(addDays(today, at)) });
      followed.push(answer.ok && answer.value.followed.some((words) => words.startsWith('T3 goes')));
    }
    expect(followed).toEqual([false, false, true, false]);
    await log(
      { code: 'refuses', answers: told({ reason: 'x' }), isAsked: true },
      { now: noonOf(addDays(today, 5)) },
    );
    expect((await head()).dunning.unreachedCalls).toBe(0);
  });

  it('a number that is wrong is taken off its contact alone, and somebody new is added', async () => {
    await log({ code: 'wrongNumber', number: '+49 30 1' });
    await log({
      code: 'otherPerson',
      answers: told({ contact: 'Lee' }),
      newContact: { name: 'Lee', phone: '+49 30 9' },
    });
    const { masterData } = await head();
    expect(await world.parts.accounts.paper(all, key, masterData!)).toMatchObject({
      contacts: [
        { name: 'Pat Doe', email: 'ap@north.example' },
        contacts[1],
        { name: 'Lee', phone: '+49 30 9' },
      ],
    });
    expect(JSON.stringify(await lastFacts())).not.toContain('Lee');
  });
});

describe('a call that is logged', () => {
  it('twice by the same request is there once, also when the first died at any point', async () => {
    for (let calls = 1; ; calls += 1) {
      const requestId = `crash-${calls}`;
      const accounts = withFaults(
        world.parts.accounts,
        gateOf({
          counts: () => true,
          fault: ({ number }) =>
            number === Math.ceil(calls / 2) ? (calls % 2 === 1 ? 'crash-before' : 'crash-after') : undefined,
        }),
      );
      const one = { scope: all, now: noonOf(today), by: 'ann', authority: 'collector' as const, requestId };
      const body = callBody.parse({
        code: 'refuses',
        durationSeconds: 1,
        answers: told({ reason: 'x' }),
        isAsked: true,
      });
      const before = (await head()).version;
      const first = await logOutcome({ ...parts(), accounts }, key, body, one).catch(
        (fault: unknown) => fault,
      );
      const again = await logOutcome(parts(), key, body, one);
      expect(again).toMatchObject({ ok: true });
      expect((await head()).version).toBe(before + 1);
      if (first instanceof Crash) continue;
      expect(calls).toBeGreaterThan(6);
      break;
    }
  });

  it('is refused beyond the limits, unless the customer asked for it', async () => {
    await log({ code: 'busy' });
    await log({ code: 'busy' });
    expect(await log({ code: 'busy' })).toMatchObject({ code: 'call-limit-reached' });
    expect(await log({ code: 'busy', isAsked: true })).toMatchObject({ ok: true });
  });

  it('rests after a talk', async () => {
    await log({ code: 'refuses', answers: told({ reason: 'x' }) });
    const next = { now: noonOf(addDays(today, 1)) };
    expect(await log({ code: 'busy' }, next)).toMatchObject({ code: 'call-limit-reached' });
  });

  it.each([
    ['an outcome nobody knows', { code: 'shrug' }, 'outcome-unknown'],
    ['an answer that is missing', { code: 'refuses' }, 'answer-missing'],
    [
      'a code no case has',
      { code: 'disputes', answers: { amount: 1, items: [old], told: { caseCode: 'X' } } },
      'code-unknown',
    ],
    [
      'more disputed than is open',
      { code: 'disputes', answers: { amount: 99_999, items: [old], told: { caseCode: 'PRICE' } } },
      'above-open',
    ],
  ])('is refused for %s and leaves nothing', async (_what, body, code) => {
    const before = await head();
    expect(await log(body)).toMatchObject({ ok: false, code });
    expect(await head()).toEqual(before);
  });

  it('about a foreign account finds none', async () => {
    expect(await log({ code: 'busy' }, { scope: ofCollector('bob') })).toMatchObject({ code: 'not-found' });
  });
});

describe('the line of text', () => {
  it('is a note beside the account like any other, and not in the journal', async () => {
    await log({ code: 'busy', note: 'rang twice', party: 'Pat Doe' });
    const facts = await lastFacts();
    const { noteId } = facts.find((fact) => fact.kind === 'noteWritten')!;
    const paper = noteSchema.parse(await world.parts.accounts.paper(all, key, noteId));
    expect(paper.text).toBe('Call: busy. | Pat Doe | rang twice');
    expect(JSON.stringify(facts)).not.toMatch(/rang twice|Pat Doe/);
  });
});

describe('taking a call back', () => {
  const undo = (call: string, now = noonOf(today), by = 'ann') =>
    takeBackCall(parts(), key, call, { scope: all, now, by, requestId: 'undo' });
  const logged = async (body: Parameters<typeof log>[0]) => {
    const answer = await log(body);
    if (!answer.ok) throw new Error(answer.code);
    return answer.value.call;
  };

  it('leaves the account as it was, and again changes nothing', async () => {
    const { version: _v, lastHash: _h, hasNotes: _n, ...before } = await head();
    const call = await logged({ code: 'promise', answers: promise });
    expect(await undo(call)).toMatchObject({ ok: true });
    const { version, lastHash: _l, hasNotes: _m, ...after } = await head();
    const { contacts: c, notices, promises, tasks, unreachedCalls, ...dunning } = after.dunning;
    expect([c, notices, promises, tasks, unreachedCalls]).toEqual([[], [], [], [], 0]);
    expect({ ...after, dunning }).toEqual(before);
    expect(await undo(call)).toMatchObject({ ok: true, value: { version } });
  });

  it.each<[string, (call: string) => Promise<unknown>, string]>([
    ['after ten minutes', (call) => undo(call, instantFromText(`${today}T11:11:00Z`)), 'undo-too-late'],
    ['of somebody else', (call) => undo(call, noonOf(today), 'bob'), 'not-found'],
    ['that never was', () => undo('0'.repeat(32)), 'not-found'],
  ])('%s is refused', async (_what, take, code) => {
    const call = await logged({ code: 'promise', answers: promise });
    expect(await take(call)).toMatchObject({ ok: false, code });
  });

  it('is refused once its message is on its way', async () => {
    const call = await logged({ code: 'promise', answers: promise });
    const messageId = (await head()).dunning.notices![0]!.id;
    await world.say(key, [
      { kind: 'noticeClaimed', messageId, operationId: 'o', at: `${today}T11:00:00Z`, on: today },
    ]);
    expect(await undo(call)).toMatchObject({ ok: false, code: 'undo-too-late' });
  });
});

describe('the call card', () => {
  const card = async (now = noonOf(today)) => {
    const answer = await showCard(parts(), { company: 'acme', account: 'north' }, { scope: all, now });
    if (!answer.ok) throw new Error(answer.code);
    return answer.value;
  };

  it('says what is claimed, what to say and what each outcome begins with', async () => {
    const { claims, script, mayCall, localTime, zone, outcomes, contacts: shown } = await card();
    expect(claims).toMatchObject([
      { currency: 'EUR', claim: 80_000, items: [{ item: old }, { item: young }] },
    ]);
    expect([script.code, mayCall, localTime, zone]).toEqual(['C2', true, '12:00', 'Europe/Berlin']);
    expect(shown).toEqual(contacts);
    expect(outcomes.find(({ code }) => code === 'promise')?.prefilled).toEqual({
      ...{ amount: 80_000, currency: 'EUR', day: null, items: [old, young] },
    });
  });

  it.each([
    ['at night there', instantFromText(`${today}T21:00:00Z`), 'quiet-hours'],
    ['on a Sunday', noonOf(addDays(today, 5)), 'holiday'],
  ])('says not now %s', async (_when, now, reason) => {
    expect(await card(now)).toMatchObject({ mayCall: false, notNow: { reason } });
  });

  it('after a dispute shows it and claims less; the row follows', async () => {
    await log({ code: 'disputes', answers: { amount: 10_000, items: [old], told: { caseCode: 'PRICE' } } });
    expect(await card()).toMatchObject({
      claims: [{ claim: 70_000 }],
      disputes: [{ code: 'PRICE', held: 10_000 }],
    });
    await world.hear(await world.eventsOf(key));
    expect((await world.list()).ranked).toEqual([]);
    const { ranked } = await world.list({}, { on: addDays(today, 1) });
    expect([namesOf(ranked), ranked[0]?.claim]).toEqual([['north'], 70_000]);
  });
});

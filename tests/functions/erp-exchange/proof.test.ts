/**
 * What people do about feeds: held files decided by two, red released with a reason, the control account, what is to
 * be posted in the ERP listed once.
 */
import { describe, expect, it } from 'vitest';
import { acknowledgePostings } from '../../../functions/erp-exchange/acknowledge-postings.ts';
import { decideHeld } from '../../../functions/erp-exchange/decide-held.ts';
import { exportPostings } from '../../../functions/erp-exchange/export-postings.ts';
import { pendingPostings } from '../../../functions/erp-exchange/pending-postings.ts';
import { readFeeds } from '../../../functions/erp-exchange/read-feeds.ts';
import { readMorningCheck } from '../../../functions/erp-exchange/read-morning-check.ts';
import { noteControl, releaseCheck } from '../../../functions/erp-exchange/release-check.ts';
import type { Principal } from '../../../shared/contracts/access.ts';
import { instantFromText } from '../../../shared/domain/calendar.ts';
import type { Outcome } from '../../../shared/domain/outcome.ts';
import { scopeOver } from '../../../shared/domain/scope.ts';
import { businessCalendar } from '../../../shared/formats/business-calendar.ts';
import { day as dayOf, money } from '../../support/account-examples.ts';
import { wire } from '../../support/cash-world.ts';
import { memoryFiles } from '../../support/memory/file-store.ts';
import { memoryProposals } from '../../support/memory/proposal-store.ts';
import { everything } from '../../support/test-edge.ts';
import { arrive, companyId, send, snapshotWorld, stateOf, workAll, type Open } from './snapshot-world.ts';

const day = (n: number, hour = '05'): string => `2026-11-${n}T${hour}:00:00Z`;
const A: Open = ['acme', 'A', 100];
const caller = (id: string, ...principals: Principal[]) => ({ id, principals });
const codeOf = (outcome: Outcome<unknown>): string => (outcome.ok ? 'done' : outcome.code);
const valueOf = <Value>(outcome: Outcome<Value>): Value => {
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.detail}`);
  return outcome.value;
};

const desk = async () => {
  const world = snapshotWorld();
  await world.setUp();
  const proposals = memoryProposals();
  const parts = {
    ...world.parts,
    ...{ exports: memoryFiles(), proposals, calendarOf: businessCalendar },
    postings: pendingPostings(world.receipts, proposals),
  };
  const call = (n: number, who = caller('clerk', 'ARC'), scope = everything) => ({
    ...{ scope, companyId, caller: who, now: instantFromText(day(n, '12')) },
  });
  const night = async (n: number, ...open: Open[]) => {
    await arrive(world, `s${n}`, { asOf: day(n), open });
    await workAll(world, day(n, '07'));
  };
  return { world, parts, call, night };
};

describe('a held file', () => {
  const held = async () => {
    const { world, parts, night } = await desk();
    const all = Array.from({ length: 60 }, (_, at): Open => ['acme', `n${at}`, 1_000]);
    await night(10, ...all);
    await night(11, all[0]!);
    const key = { companyId, importId: 's11' };
    const decide = (who: ReturnType<typeof caller>, decision: 'release' | 'refuse' = 'release') => {
      const call = { scope: everything, now: instantFromText(day(11, '12')), key };
      return decideHeld(parts, call, who, { reason: 'seen and right', decision });
    };
    return { world, decide };
  };

  it('is released by the credit manager and posted; a second word finds it not held', async () => {
    const { world, decide } = await held();
    expect(valueOf(await decide(caller('m', 'CRM')))).toMatchObject({ outcome: 'released' });
    await workAll(world, day(11, '13'));
    expect((await stateOf(world, 's11')).state).toBe('done');
    expect(codeOf(await decide(caller('m', 'CRM')))).toBe('import-not-held');
  });

  it('asked for by a clerk waits; who asked may not decide; somebody else releases it', async () => {
    const { world, decide } = await held();
    expect(valueOf(await decide(caller('c', 'ARC')))).toMatchObject({ outcome: 'requested' });
    await workAll(world, day(11, '13'));
    expect((await stateOf(world, 's11')).state).toBe('held');
    expect(codeOf(await decide(caller('c', 'CRM')))).toBe('second-person-needed');
    expect(valueOf(await decide(caller('m', 'CRM')))).toMatchObject({ outcome: 'released' });
    await workAll(world, day(11, '14'));
    expect((await stateOf(world, 's11')).state).toBe('done');
  });

  it('is refused by a person, for good', async () => {
    const { world, decide } = await held();
    expect(valueOf(await decide(caller('m', 'CRM'), 'refuse'))).toMatchObject({ outcome: 'refused' });
    expect((await stateOf(world, 's11')).because?.code).toBe('import-refused-by-person');
    await workAll(world, day(11, '13'));
    expect((await stateOf(world, 's11')).state).toBe('refused');
  });
});

describe('the morning check', () => {
  it('is red against another control account, stops dunning, is released with a reason until the next one', async () => {
    const { parts, call, night } = await desk();
    await night(10, A);
    const read = async () => valueOf(await readMorningCheck(parts, everything, companyId));
    expect(await read()).toMatchObject({ colour: 'green', isDunningStopped: false });
    expect(codeOf(await releaseCheck(parts, call(10), 'why not'))).toBe('morning-check-not-red');
    valueOf(await noteControl(parts, call(10), { on: '2026-11-10', balances: { EUR: 90 } }));
    expect(await read()).toMatchObject({ colour: 'red', isDunningStopped: true });
    expect((await read()).checks[0]?.lines).toMatchObject([{ control: 90, closing: 100 }]);
    valueOf(await releaseCheck(parts, call(10, caller('m', 'CRM')), 'booked tomorrow'));
    expect(await read()).toMatchObject({ colour: 'red', isDunningStopped: false });
    await night(11, A);
    valueOf(await noteControl(parts, call(11), { on: '2026-11-11', balances: { EUR: 90 } }));
    expect(await read()).toMatchObject({ colour: 'red', isDunningStopped: true });
  });

  it('of a foreign company is not there', async () => {
    const { parts, call } = await desk();
    const foreign = scopeOver(['other']);
    expect(codeOf(await readMorningCheck(parts, foreign, companyId))).toBe('not-found');
    expect(
      codeOf(await noteControl(parts, call(10, undefined, foreign), { on: '2026-11-10', balances: {} })),
    ).toBe('not-found');
  });
});

describe('what the ERP is to post', () => {
  const paid = async () => {
    const all = await desk();
    await all.night(10, A);
    await send(all.world, 'bank', 'bankStatement', [wire('w1', 100, { accountId: 'acme' })], day(10, '09'));
    await workAll(all.world, day(10, '09'));
    const ask = (after = 0, n = 10) => exportPostings(all.parts, all.call(n), { after, format: 'json' });
    const exported = async (after = 0) =>
      JSON.parse(new TextDecoder().decode(valueOf(await ask(after)).bytes as Uint8Array)) as {
        exportId: string;
        lines: { id: string; kind: string; amount: number; itemId?: string }[];
      };
    return { ...all, ask, exported };
  };

  it('is listed once: the same number answers the same, the next one has nothing', async () => {
    const { ask, exported } = await paid();
    const first = await exported();
    expect(first.lines).toMatchObject([{ kind: 'receipt', amount: 100 }]);
    expect(await exported()).toEqual(first);
    expect(codeOf(await ask(1))).toBe('posting-export-empty');
    expect(codeOf(await ask(7))).toBe('not-found');
  });

  it('has approved proposals, too, each under its id, and is acknowledged by it', async () => {
    const { parts, exported, call } = await paid();
    const proposal = {
      ...{
        id: 'proposal:1',
        companyId,
        accountId: 'acme',
        kind: 'writeOff' as const,
        amount: money(5),
        currency: 'EUR',
      },
      ...{ items: [{ itemId: 'i', amount: money(5) }], reason: 'small', on: dayOf('2026-11-10'), by: 'x' },
    } as const;
    await parts.proposals.create(everything, { ...proposal, state: 'approved', approvedBy: 'y' });
    await parts.proposals.create(everything, { ...proposal, id: 'proposal:2', state: 'proposed' });
    const { exportId, lines } = await exported();
    expect(lines.map(({ id, kind }) => [id.startsWith('proposal'), kind])).toEqual([
      [false, 'receipt'],
      [true, 'writeOff'],
    ]);
    const said = { lines: [{ id: 'proposal:1', reference: 'doc 7' }] };
    const acknowledge = () => acknowledgePostings(parts, { ...call(10), exportId }, said);
    expect(valueOf(await acknowledge())).toEqual({ acknowledged: 1, known: 0 });
    expect(valueOf(await acknowledge())).toEqual({ acknowledged: 0, known: 1 });
    const another = acknowledgePostings(parts, { ...call(10), exportId: 'export-9-other' }, said);
    expect(codeOf(await another)).toBe('posting-line-unknown');
    const strange = { lines: [{ id: 'proposal:2' }] };
    expect(codeOf(await acknowledgePostings(parts, { ...call(10), exportId }, strange))).toBe(
      'posting-line-unknown',
    );
  });

  it('that it refuses is told to the ledger with its words, again by a second try; what came in stays', async () => {
    const { world, parts, exported, call } = await paid();
    const proposal = {
      ...{ id: 'proposal:1', companyId, accountId: 'acme', kind: 'writeOff' as const, amount: money(5) },
      ...{ currency: 'EUR', items: [{ itemId: 'i', amount: money(5) }], reason: 'small', by: 'x' },
      ...{ on: dayOf('2026-11-10'), state: 'approved' as const, approvedBy: 'y' },
    };
    for (const { proposals } of [parts, world]) await proposals.create(everything, proposal);
    const { exportId, lines } = await exported();
    const because = 'the period is closed';
    const said = { lines: lines.map(({ id }) => ({ id, refusedBecause: because })) };
    const sent = () => (world.sender.sent.get('received-payments') ?? []).map(({ body }) => body);
    const before = sent().length;
    for (const acknowledged of [2, 0])
      expect(valueOf(await acknowledgePostings(parts, { ...call(10), exportId }, said))).toMatchObject({
        acknowledged,
      });
    expect(sent().slice(before)).toEqual([{ v: 1, companyId, refusedProposal: 'proposal:1', because }]);
    await workAll(world, day(10, '12'));
    expect((await world.proposals.load(everything, companyId, 'proposal:1'))?.proposal).toMatchObject({
      ...{ state: 'dropped', refusedBecause: because },
    });
    const { receipts } = await world.receipts.list(
      everything,
      companyId,
      { standing: 'provisional' },
      { limit: 9 },
    );
    expect(receipts).toHaveLength(1);
  });

  it('not shown three business days after it came is a task, listed or not; gone when the feed shows it', async () => {
    const { world, parts, call, exported, night } = await paid();
    const late = async (n: number) => valueOf(await readFeeds(parts, call(n))).notPosted;
    expect(await late(12)).toEqual([]);
    expect(await late(13)).toMatchObject([{ accountId: 'acme', amount: 100, exportId: null }]);
    const { exportId } = await exported(0);
    expect(await late(13)).toMatchObject([{ accountId: 'acme', exportId, isAcknowledged: false }]);
    await night(13);
    expect(await late(14)).toEqual([]);
    expect(await parts.postings(everything, companyId)).toEqual([]);
    expect((await world.feeds.unconfirmed(everything, companyId, 9)).length).toBe(1);
  });
});

it('the page of feeds says mode, colour, what came and as of when', async () => {
  const { parts, call, night } = await desk();
  await night(10, A);
  expect(valueOf(await readFeeds(parts, call(10)))).toMatchObject({
    ...{ mode: 'erpLed', colour: 'green', reasons: [] },
    snapshots: [{ scope: 'company', acceptedAsOf: day(10), postingImport: null }],
  });
  expect(valueOf(await readFeeds(parts, call(13)))).toMatchObject({ colour: 'red', reasons: ['feed-stale'] });
});

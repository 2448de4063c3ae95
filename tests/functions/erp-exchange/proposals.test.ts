/**
 * Approved proposals of an ERP-led company: done when a feed shows them, by the reason they were approved for; open
 * and asked about as long as none does.
 */
import { describe, expect, it } from 'vitest';
import { approve, propose, type Wish } from '../../../functions/ledger/propose-change.ts';
import { heardSince } from '../../../functions/ledger/hear-proposals.ts';
import { listProposals } from '../../../functions/ledger/list-proposals.ts';
import { dayFromText, instantFromText } from '../../../shared/domain/calendar.ts';
import type { Outcome } from '../../../shared/domain/outcome.ts';
import type { Proposal } from '../../../shared/domain/proposal.ts';
import { businessCalendar } from '../../../shared/formats/business-calendar.ts';
import { money } from '../../support/account-examples.ts';
import { Crash, gateOf } from '../../support/faults.ts';
import { memoryGroups } from '../../support/memory/group-store.ts';
import { deltaOf } from '../../support/posting-examples.ts';
import { everything } from '../../support/test-edge.ts';
import {
  arrive,
  bookOf,
  companyId,
  feedOf,
  idOf,
  rowOf,
  send,
  snapshotWorld,
  workAll,
  type Open,
} from './snapshot-world.ts';

const day = (n: number, hour = '05'): string => `2026-11-${String(n).padStart(2, '0')}T${hour}:00:00Z`;
const valueOf = <Value>(outcome: Outcome<Value>): Value => {
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.detail}`);
  return outcome.value;
};
const credit = (number: string, open: number): Open => ['acme', number, open, { kind: 'creditNote' }];

/** The feed of the 10th is in the book; proposals are approved that noon. */
const desk = async (open: Open[], gate = gateOf()) => {
  const world = snapshotWorld(gate);
  await world.setUp();
  const { parts } = world;
  const deskParts = { ...parts, groups: memoryGroups(parts.accounts), calendarOf: businessCalendar };
  const night = async (n: number, ...rows: Open[]) => {
    await arrive(world, `s${n}`, { asOf: day(n), open: rows });
    await workAll(world, day(n, '07'));
  };
  await night(10, ...open);
  let asked = 0;
  const by = (id: string, at: string) => ({
    ...{ scope: everything, now: instantFromText(at), actor: { kind: 'staff' as const, id } },
    cause: { kind: 'request', id: `r${(asked += 1)}` },
  });
  const approved = async (
    kind: Wish['kind'],
    items: [itemId: string, amount: number][],
    more: { from?: string; at?: string } = {},
  ) => {
    const { at = day(10, '12'), from } = more;
    const wish = { kind, accountId: 'acme', currency: 'EUR', reason: 'GOODWILL', from };
    const named = items.map(([itemId, amount]) => ({ itemId, amount: money(amount) }));
    const { id } = valueOf(await propose(deskParts, by('ann', at), companyId, { ...wish, items: named }));
    const kinds = kind === 'writeOff' ? 'writeOff' : 'other';
    valueOf(await approve(deskParts, by('boss', at), { companyId, proposalId: id }, kinds));
    return id;
  };
  const stateOf = async (id: string) =>
    (await world.proposals.load(everything, companyId, id))?.proposal.state;
  const changesOf = async (number: string, kind = 'invoice') => {
    const id = idOf(number, kind);
    const { account } = await world.accounts.load(everything, { companyId, accountId: 'acme' }, [id]);
    const standing = account.items.get(id)?.changes.filter(({ isReversed }) => !isReversed) ?? [];
    return standing.map(({ by, amount }) => [by, amount]);
  };
  const listed = async (at: string) =>
    valueOf(
      await listProposals(deskParts, everything, companyId, {
        ...{ state: 'approved', limit: 50, now: instantFromText(at) },
      }),
    ).proposals;
  return { world, night, approved, stateOf, changesOf, listed };
};

const A: Open = ['acme', 'A', 100];
const a = idOf('A');

describe('a write-off', () => {
  it('is done when a snapshot shows its item gone, and is no implied payment any more', async () => {
    const { world, night, approved, stateOf, changesOf } = await desk([A, ['acme', 'Z', 1]]);
    const id = await approved('writeOff', [[a, 100]]);
    expect(await stateOf(id)).toBe('approved');
    expect(await bookOf(world, 'acme')).toEqual({ A: 100, Z: 1 });
    await night(11, ['acme', 'Z', 1]);
    expect(await stateOf(id)).toBe('done');
    expect(await changesOf('A')).toEqual([['writeOff', 100]]);
    expect(await bookOf(world, 'acme')).toEqual({ Z: 1 });
  });

  it('of a part is done when the item went down by just this; the rest stays what it was', async () => {
    const { night, approved, stateOf, changesOf } = await desk([A]);
    const id = await approved('writeOff', [[a, 30]]);
    await night(11, ['acme', 'A', 60]);
    expect(await stateOf(id)).toBe('approved');
    await night(12, ['acme', 'A', 30]);
    expect(await stateOf(id)).toBe('done');
    expect(await changesOf('A')).toEqual([
      ['unexplained', 40],
      ['writeOff', 30],
    ]);
  });

  it('is not shown by what went down before it was approved, nor by a snapshot of before', async () => {
    const { night, approved, stateOf } = await desk([['acme', 'A', 200]]);
    await night(11, ['acme', 'A', 150]);
    const id = await approved('writeOff', [[a, 50]], { at: day(12, '12') });
    await night(12, ['acme', 'A', 100]);
    expect(await stateOf(id)).toBe('approved');
    await night(13, ['acme', 'A', 100]);
    expect(await stateOf(id)).toBe('approved');
    await night(14, ['acme', 'A', 50]);
    expect(await stateOf(id)).toBe('done');
  });

  it('one reduction is one proposal’s, of two that want the same', async () => {
    const { night, approved, stateOf } = await desk([A]);
    const ids = [await approved('writeOff', [[a, 20]]), await approved('writeOff', [[a, 20]])];
    await night(11, ['acme', 'A', 80]);
    const after = async () => (await Promise.all(ids.map(stateOf))).toSorted();
    expect(await after()).toEqual(['approved', 'done']);
    await night(12, ['acme', 'A', 80]);
    expect(await after()).toEqual(['approved', 'done']);
    await night(13, ['acme', 'A', 60]);
    expect(await after()).toEqual(['done', 'done']);
  });

  it('of several items is done when all of them went down, not before', async () => {
    const { night, approved, stateOf, changesOf } = await desk([A, ['acme', 'B', 50]]);
    const id = await approved('writeOff', [
      [a, 100],
      [idOf('B'), 10],
    ]);
    await night(11, ['acme', 'B', 50]);
    expect(await stateOf(id)).toBe('approved');
    expect(await changesOf('A')).toEqual([['implied', 100]]);
    await night(12, ['acme', 'B', 40]);
    expect(await stateOf(id)).toBe('done');
    expect(await changesOf('A')).toEqual([['writeOff', 100]]);
  });

  it('that a delta tells of is done before any snapshot', async () => {
    const { world, approved, stateOf, changesOf } = await desk([A]);
    const id = await approved('writeOff', [[a, 100]]);
    const gone = deltaOf(rowOf(['acme', 'A', 0], 0), day(10, '15'), {
      ...{ change: 'cleared', clearedBy: 'writeOff' },
    });
    const line = { accountId: 'acme', do: 'update' as const, source: 'books', rows: [gone] };
    await send(world, 'd1', 'delta', [line], day(10, '15'));
    await workAll(world, day(10, '16'));
    expect(await changesOf('A')).toEqual([['writeOff', 100]]);
    expect(await stateOf(id)).toBe('done');
  });
});

describe('a credit', () => {
  it('is done when the item went down by it', async () => {
    const { night, approved, stateOf, changesOf } = await desk([A]);
    const id = await approved('creditNote', [[a, 25]]);
    await night(11, ['acme', 'A', 75]);
    expect([await stateOf(id), await changesOf('A')]).toEqual(['done', [['credit', 25]]]);
  });

  it('is done when a credit note of its size stands beside the item; an older one is not it', async () => {
    const { night, approved, stateOf } = await desk([A, credit('old', -25)]);
    const id = await approved('creditNote', [[a, 25]]);
    await night(11, A, credit('old', -25));
    expect(await stateOf(id)).toBe('approved');
    await night(12, A, credit('old', -25), credit('new', -25));
    expect(await stateOf(id)).toBe('done');
  });

  it('two that want the same are done when there are two credit notes', async () => {
    const { night, approved, stateOf } = await desk([A]);
    const ids = [await approved('creditNote', [[a, 25]]), await approved('creditNote', [[a, 25]])];
    await night(11, A, credit('c1', -25));
    expect(await Promise.all(ids.map(stateOf))).toEqual(['approved', 'approved']);
    await night(12, A, credit('c1', -25), credit('c2', -25));
    expect(await Promise.all(ids.map(stateOf))).toEqual(['done', 'done']);
  });
});

it('an allocation is done when item and credit went down together', async () => {
  const { night, approved, stateOf } = await desk([A, credit('C', -40)]);
  const id = await approved('allocation', [[a, 40]], { from: idOf('C', 'creditNote') });
  await night(11, A, credit('C', -40));
  expect(await stateOf(id)).toBe('approved');
  await night(12, ['acme', 'A', 60]);
  expect(await stateOf(id)).toBe('done');
});

it('a refund is done when a credit of the account is paid out by just this, under its own reason', async () => {
  const { world, night, stateOf, changesOf } = await desk([A, credit('C', -40), credit('D', -25)]);
  const refund: Proposal = {
    ...{ id: 'proposal:refund', companyId, accountId: 'acme', amount: money(25) },
    ...({ kind: 'refund', state: 'approved' } as const),
    ...{ currency: 'EUR', items: [], receiptId: 'r', detailsVersion: '1', reason: 'DOUBLE' },
    ...{ on: dayFromText('2026-11-10'), by: 'ann', approvedBy: 'boss' },
  };
  const boss = { actor: { kind: 'staff' as const, id: 'boss' }, cause: { kind: 'request', id: 'x' } };
  const call = { scope: everything, now: instantFromText(day(10, '12')), ...boss };
  await world.proposals.create(everything, await heardSince(world.parts, call, refund));
  await night(11, A, credit('C', -20), credit('D', -25));
  expect(await stateOf(refund.id)).toBe('approved');
  await night(12, A, credit('C', -20));
  expect(await stateOf(refund.id)).toBe('done');
  expect(await changesOf('D', 'creditNote')).toEqual([['refund', 25]]);
});

it('what no feed shows is unconfirmed from the third business day after approval, the weekend not counted', async () => {
  const { night, approved, listed } = await desk([A]);
  const id = await approved('writeOff', [[a, 100]], { at: day(12, '12') }); // a Thursday
  await night(13, A);
  const marks = async (at: string) => (await listed(at)).map((one) => [one.id, one.isUnconfirmed]);
  expect(await marks(day(16, '12'))).toEqual([[id, undefined]]);
  expect(await marks(day(17, '12'))).toEqual([[id, true]]);
});

it('dies between naming the reduction and being done: the news comes back, and it is done once', async () => {
  let isArmed = false;
  const fault = ({ operation }: { operation: string }) => {
    if (!isArmed || operation !== 'proposals.save') return undefined;
    isArmed = false;
    return 'crash-before' as const;
  };
  const { world, night, approved, stateOf, changesOf } = await desk([A, ['acme', 'Z', 1]], gateOf({ fault }));
  const id = await approved('writeOff', [[a, 100]]);
  isArmed = true;
  await expect(night(11, ['acme', 'Z', 1])).rejects.toThrow(Crash);
  expect(await stateOf(id)).toBe('approved');
  world.gate.restart();
  await workAll(world, day(11, '08'));
  expect(await stateOf(id)).toBe('done');
  expect(await changesOf('A')).toEqual([['writeOff', 100]]);
  expect((await feedOf(world)).accepted?.importId).toBe('s11');
});

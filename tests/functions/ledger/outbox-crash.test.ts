/**
 * Relay and anchors under crashes and doubles: each entry reaches its readers and counts once, each anchor is
 * whole and linked, wherever the process died.
 */
import { expect, it } from 'vitest';
import { anchorCompany } from '../../../functions/ledger/anchor-ledger.ts';
import { relayEntries } from '../../../functions/ledger/relay-entries.ts';
import { foldQuietTails } from '../../../functions/reporting/fold-quiet-tails.ts';
import { projectEvents } from '../../../functions/reporting/project-events.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import { arEvent } from '../../../shared/contracts/messages.ts';
import { entryChange, type EntryChange } from '../../../shared/contracts/reporting.ts';
import { instantFromText } from '../../../shared/domain/calendar.ts';
import { allShards } from '../../../shared/domain/report-shard.ts';
import { day } from '../../support/account-examples.ts';
import { crashAt, gateOf, withFaults, type Gate } from '../../support/faults.ts';
import { memorySettings } from '../../support/memory/settings-store.ts';
import { everything } from '../../support/test-edge.ts';
import { agingOn, companyId } from '../reporting/projection-support.ts';
import { checkWorld, invoice, type CheckWorld } from './check-support.ts';

const accountIds = ['a1', 'a2', 'a3'];

const posted = async (isReported: boolean): Promise<CheckWorld> => {
  const world = checkWorld();
  for (const accountId of accountIds)
    for (const number of ['1', '2']) await invoice(world, accountId, number, 100, { isReported });
  return world;
};

/** What the change feed shows: every entry as it is stored. */
const feedOf = async ({ accounts }: CheckWorld): Promise<EntryChange[]> => {
  const pages = await Promise.all(
    accountIds.map(async (accountId) => {
      const key = { companyId, accountId };
      const page = { afterVersion: 0, limit: 10 };
      const [entries, moves] = [
        await accounts.entries(everything, key, page),
        await accounts.moves(everything, key, page),
      ];
      return entries.map((entry, n) =>
        entryChange.parse({ ...key, version: entry.version, entry, moves: moves[n]!.moves }),
      );
    }),
  );
  return pages.flat();
};

/** The process dies at most once, and is given the same again. */
const again = async (gate: Gate, work: () => Promise<unknown>): Promise<void> => {
  try {
    await work();
  } catch (fault) {
    if (!gate.isDead) throw fault;
    gate.restart();
    await work();
  }
};

/** Relay of pages of two, then projection of what was sent, each event delivered twice and the last first. */
const relayed = async (gate: Gate) => {
  const world = await posted(false);
  const feed = await feedOf(world);
  const sender = withFaults(world.sender, gate, 'sender');
  for (let first = 0; first < feed.length; first += 2)
    await again(gate, () => relayEntries(feed.slice(first, first + 2), sender, sha256));
  await again(gate, () => relayEntries(feed.slice(0, 3), sender, sha256));
  const events = (world.sender.sent.get('ar-events') ?? []).map(({ body }) => arEvent.parse(body));
  const reports = withFaults(world.reports, gate, 'reports');
  for (const some of [events.toReversed().slice(0, 2), events, events.toReversed()])
    await again(gate, () => projectEvents(some, everything, { ...world, reports }));
  return { events: events.length, aging: await agingOn(world, day('2026-03-31'), 'known') };
};

it.each(['before', 'after'] as const)('relay and projection that die %s any effect: once', async (when) => {
  const counting = gateOf();
  const expected = await relayed(counting);
  expect(expected).toMatchObject({ events: 6, aging: { groups: [{ currencies: [{ open: 600 }] }] } });
  for (let number = 1; number <= counting.calls.length; number += 1)
    expect(await relayed(crashAt(number, when)), counting.calls[number - 1]).toEqual(expected);
});

const anchored = async (gate: Gate) => {
  const world = await posted(true);
  const parts = {
    ...world.parts,
    anchors: withFaults(world.parts.anchors, gate, 'anchors'),
    runs: withFaults(world.parts.runs, gate, 'runs'),
  };
  const anchor = (slot: string) => again(gate, () => anchorCompany(companyId, slot, everything, parts));
  await anchor('2026-03-01T13:00:00Z');
  await invoice(world, 'a2', '3', 100);
  await anchor('2026-03-01T14:00:00Z');
  const files = new Map<string, string>();
  for (const name of await world.parts.anchors.list(everything, { companyId, name: '' }))
    files.set(
      name,
      new TextDecoder().decode(await world.parts.anchors.read(everything, { companyId, name })),
    );
  return { files };
};

it.each(['before', 'after'] as const)('an anchor that dies %s any effect is the same', async (when) => {
  const counting = gateOf();
  const expected = await anchored(counting);
  expect(expected.files.size).toBeGreaterThan(3);
  for (let number = 1; number <= counting.calls.length; number += 1)
    expect((await anchored(crashAt(number, when))).files, counting.calls[number - 1]).toEqual(expected.files);
});

it('a company in which little happens is folded by its tick, and shows the same', async () => {
  const world = await posted(true);
  const settings = memorySettings();
  const change = { by: 'test', at: '2026-03-01T00:00:00Z', reason: 'test', value: {} };
  await settings.save(everything, { scope: 'deployment', name: `company:${companyId}` }, 0, change);
  const before = await agingOn(world, day('2026-04-30'), 'corrected');
  const parts = { reports: world.reports, settings, zoneOf: async () => 'UTC' };
  const now = instantFromText('2026-03-02T00:00:00Z');
  for (const _twice of [1, 2]) expect(await foldQuietTails(everything, now, parts)).toBe(1);
  for (const shard of allShards) {
    const { tail } = await world.reports.tail(everything, { companyId, shard });
    expect(tail.steps).toEqual([]);
  }
  expect(await agingOn(world, day('2026-04-30'), 'corrected')).toEqual(before);
});

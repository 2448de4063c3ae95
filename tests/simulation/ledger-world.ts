/**
 * A company's mornings on in-memory ports: snapshots are reconciled and posted, entries relayed and projected, in
 * whatever order a seed decides, with deliveries that come twice, late or out of order and a process that dies.
 * From: `snapshotWorld` of the reconciliation tests. Next: the simulation beside this file.
 */
import { relayEntries } from '../../functions/ledger/relay-entries.ts';
import { checkAccountNow, wholeChain } from '../../functions/ledger/check-account-now.ts';
import { runCheck, beginCheck } from '../../functions/ledger/check-ledger.ts';
import type { CheckParts } from '../../functions/ledger/check-parts.ts';
import { projectEvents } from '../../functions/reporting/project-events.ts';
import { hashOfContent, sha256 } from '../../shared/azure/entry-hash.ts';
import { arEvent, ledgerCheckMessage } from '../../shared/contracts/messages.ts';
import { entryChange } from '../../shared/contracts/reporting.ts';
import { shardOf } from '../../shared/domain/report-shard.ts';
import { instantFromText, type Instant } from '../../shared/domain/calendar.ts';
import { hashBytes } from '../functions/ledger/check-support.ts';
import { companyId, snapshotWorld, workOne } from '../functions/erp-exchange/snapshot-world.ts';
import { Crash, gateOf, withFaults, type Fault } from '../support/faults.ts';
import { memoryAlerts } from '../support/memory/alert-store.ts';
import { memoryFiles } from '../support/memory/file-store.ts';
import { memoryParkedWork } from '../support/memory/parked-work-store.ts';
import { memoryReceipts } from '../support/memory/receipt-store.ts';
import { memoryReports } from '../support/memory/report-store.ts';
import { memorySettings } from '../support/memory/settings-store.ts';
import { memoryRuns } from '../support/memory/run-store.ts';
import { everything } from '../support/test-edge.ts';

/** A number below another, decided by the seed. */
export type Random = (below: number) => number;

export const randomFrom = (seed: number): Random => {
  let state = (seed * 2_654_435_761 + 12_345) % 2_147_483_648;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
};

/** One in so many; 0: never. */
export type Profile = { crash: number; twice: number; again: number };

export type LedgerWorld = ReturnType<typeof ledgerWorld>;

export const ledgerWorld = (random: Random, profile: Profile, accountIds: readonly string[]) => {
  const isOneIn = (chance: number): boolean => chance > 0 && random(chance) === 0;
  const faults = { on: true };
  const fault = (): Fault | undefined => {
    if (!faults.on) return undefined;
    if (isOneIn(profile.crash)) return random(2) === 0 ? 'crash-before' : 'crash-after';
    return isOneIn(profile.twice) ? 'twice' : undefined;
  };
  // an append made twice is a conflict of its own making: only what names its effect by id may be
  const gate = gateOf({
    fault: ({ operation }) => {
      const decided = fault();
      return decided === 'twice' && !operation.startsWith('sender.') ? undefined : decided;
    },
  });
  const world = snapshotWorld(gate);
  const reports = memoryReports();
  const relayedTo = new Map<string, number>();
  const done: Record<string, Set<string>> = { snapshots: new Set(), 'account-postings': new Set() };
  const projected = new Set<string>();
  const looked = new Map<string, string>();
  let now: Instant = instantFromText('2026-11-20T05:00:00Z');

  /** A delivery: false where the process died in it. */
  const survives = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (problem) {
      if (!(problem instanceof Crash)) throw problem;
      gate.restart();
      return false;
    }
  };

  const pending = (queue: 'snapshots' | 'account-postings') =>
    (world.sender.sent.get(queue) ?? []).filter(({ id }) => !done[queue]!.has(id));

  const work = async (queue: 'snapshots' | 'account-postings'): Promise<void> => {
    const all = world.sender.sent.get(queue) ?? [];
    const some = faults.on && isOneIn(profile.again) ? all : pending(queue);
    const message = some[random(some.length)];
    if (message === undefined) return;
    const isDone = await survives(async () => {
      const outcome = await workOne(world, queue, message, now);
      if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.detail}`);
    });
    if (isDone) done[queue]!.add(message.id);
  };

  const relay = async (): Promise<void> => {
    const accountId = accountIds[random(accountIds.length)]!;
    const key = { companyId, accountId };
    // the feed may show again what it has shown
    const known = relayedTo.get(accountId) ?? 0;
    const afterVersion = faults.on && isOneIn(profile.again) ? random(known + 1) : known;
    const page = { afterVersion, limit: 1 + random(5) };
    const entries = await world.accounts.entries(everything, key, page);
    const moves = await world.accounts.moves(everything, key, page);
    if (entries.length === 0) return;
    const changes = entries.map((entry, n) =>
      entryChange.parse({ ...key, version: entry.version, entry, moves: moves[n]!.moves }),
    );
    if (await survives(() => relayEntries(changes, world.parts.sender, sha256)))
      relayedTo.set(accountId, Math.max(known, entries.at(-1)!.version));
  };

  const waiting = () => (world.sender.sent.get('ar-events') ?? []).filter(({ id }) => !projected.has(id));

  const project = async (): Promise<void> => {
    const all = faults.on && isOneIn(profile.again) ? world.sender.sent.get('ar-events')! : waiting();
    const some = (all ?? []).filter(() => random(3) > 0).toSorted(() => random(3) - 1);
    const events = some.map(({ body }) => arEvent.parse(body));
    const parts = {
      accounts: world.accounts,
      reports: withFaults(reports, gate, 'reports'),
      zoneOf: async () => 'UTC',
      alerts: memoryAlerts(),
      settings: memorySettings(),
    };
    if (await survives(() => projectEvents(events, everything, parts)))
      for (const { id } of some) projected.add(id);
  };

  const unrelayed = async (): Promise<number> => {
    let missing = 0;
    for (const accountId of accountIds) {
      const { head } = (await world.accounts.load(everything, { companyId, accountId })).account;
      missing += head.version - (relayedTo.get(accountId) ?? 0);
    }
    return missing;
  };

  /** One thing happens somewhere. */
  const step = async (): Promise<void> => {
    now = now.add({ seconds: 1 });
    const which = random(6);
    if (which < 2) return work('account-postings');
    if (which < 4) return work('snapshots');
    return which === 4 ? relay() : project();
  };

  const checking: CheckParts = {
    ...{ accounts: world.accounts, reports, runs: memoryRuns(), feeds: world.feeds },
    ...{ anchors: memoryFiles(), receipts: memoryReceipts(), parked: memoryParkedWork() },
    customers: world.parts.customers,
    ...{ sender: world.sender, hashText: sha256, hashBytes, hashOf: hashOfContent },
  };

  return {
    ...{ world, reports, step, faults, gate, checking },
    now: () => now,
    /** Violations on any account that is not as it was when last looked at, whole journals included. */
    violations: async (): Promise<string[]> => {
      const found: string[] = [];
      for (const accountId of accountIds) {
        const key = { companyId, accountId };
        const { head } = (await world.accounts.load(everything, key)).account;
        const place = { companyId, shard: shardOf(accountId) };
        const shown = (await reports.contributions(everything, place, [accountId])).get(accountId);
        const state = `${head.version} ${shown?.appliedVersion}`;
        if (looked.get(accountId) === state) continue;
        looked.set(accountId, state);
        const seen = await checkAccountNow(key, wholeChain, { scope: everything, now }, checking);
        found.push(...seen.found.map(({ invariant, what }) => `${invariant} ${accountId}: ${what}`));
      }
      return found;
    },
    isQuiet: async (): Promise<boolean> =>
      pending('snapshots').length + pending('account-postings').length + waiting().length === 0 &&
      (await unrelayed()) === 0,
    /** The night's check; what it parked. */
    night: async (slot: string): Promise<string[]> => {
      const at = now;
      await beginCheck(companyId, slot, checking);
      const queue = () => world.sender.sent.get('ledger-checks') ?? [];
      for (let n = 0; n < queue().length; n += 1)
        await runCheck(ledgerCheckMessage.parse(queue()[n]!.body), { scope: everything, now: at }, checking);
      const parked = await checking.parked.list(everything, companyId, { limit: 100 });
      return parked.work.map(({ detail }) => detail);
    },
  };
};

/**
 * A company with accounts, receipts, reports and an accepted feed on in-memory ports, and its nightly check.
 * From: nothing. Next: tests that break one thing behind the ledger's back and look what the check says.
 */
import { createHash } from 'node:crypto';
import { anchorCompany } from '../../../functions/ledger/anchor-ledger.ts';
import { beginCheck, runCheck } from '../../../functions/ledger/check-ledger.ts';
import type { CheckParts } from '../../../functions/ledger/check-parts.ts';
import { projectEvents } from '../../../functions/reporting/project-events.ts';
import { hashOfContent, sha256 } from '../../../shared/azure/entry-hash.ts';
import { ledgerCheckMessage } from '../../../shared/contracts/messages.ts';
import { instantFromText } from '../../../shared/domain/calendar.ts';
import { accept, newFeed } from '../../../shared/domain/feed.ts';
import { morningFigures } from '../../../shared/domain/morning-check.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { factsOf, itemWith, money } from '../../support/account-examples.ts';
import { gateOf, withFaults, type Gate } from '../../support/faults.ts';
import { memoryCustomers } from '../../support/memory/customer-store.ts';
import { memoryFeeds } from '../../support/memory/feed-store.ts';
import { memoryFiles } from '../../support/memory/file-store.ts';
import { memorySender } from '../../support/memory/message-sender.ts';
import { memoryParkedWork } from '../../support/memory/parked-work-store.ts';
import { memoryReceipts } from '../../support/memory/receipt-store.ts';
import { memoryRuns } from '../../support/memory/run-store.ts';
import { everything } from '../../support/test-edge.ts';
import { appendFacts, companyId, newWorld } from '../reporting/projection-support.ts';

export const hashBytes = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());

export type CheckWorld = ReturnType<typeof checkWorld>;

export const checkWorld = () => {
  const world = newWorld();
  const sender = memorySender();
  const parked = memoryParkedWork();
  const parts: CheckParts = {
    ...{ accounts: world.accounts, reports: world.reports, runs: memoryRuns(), sender, parked },
    ...{
      anchors: memoryFiles(),
      feeds: memoryFeeds(),
      receipts: memoryReceipts(),
      customers: memoryCustomers(),
    },
    ...{ hashText: sha256, hashBytes, hashOf: hashOfContent },
  };
  return { ...world, parts, sender, parked, worked: { count: 0 } };
};

/** Posts one invoice at noon of a day, as far as reports or without them. */
export const invoice = async (
  world: CheckWorld,
  accountId: string,
  number: string,
  amount: number,
  { on = '2026-03-01', isReported = true } = {},
): Promise<void> => {
  const { account } = await world.accounts.load(everything, { companyId, accountId });
  const item = itemWith({
    id: `item:invoice:${number}`,
    number,
    original: money(amount),
    open: money(amount),
  });
  const events = await appendFacts(world, accountId, on, factsOf(postItem(account, item)));
  if (isReported) await projectEvents(events, everything, world);
};

/** A snapshot of the whole company, accepted in the morning of 2 March, that says so much is open. */
export const acceptFeed = async ({ parts: { feeds } }: CheckWorld, open: number): Promise<void> => {
  const asOf = '2026-03-02T04:00:00Z';
  const sums = { EUR: money(open) };
  const given = { importId: 'feed-1', asOf, opening: sums, file: sums, movements: {}, differences: [] };
  const manifest = {
    ...{ importId: 'feed-1', asOf, rows: 1, items: { EUR: 1 }, sums, buckets: 1 },
    ...{ guardedAt: '2026-03-02T04:10:00Z', acceptedAt: '2026-03-02T04:20:00Z' },
  };
  const feed = accept(
    newFeed(companyId, 'company', {}),
    manifest,
    morningFigures({ ...given, isExplained: false }),
  );
  await feeds.save(everything, { feed, mark: undefined });
  await feeds.changeCompany(everything, companyId, (before) => ({ ...before, scopes: { company: {} } }));
};

/** Works the night's run to its end, over ports that may be broken. @returns codes of what is parked, in order. */
export const night = async (
  world: CheckWorld,
  day: string,
  broken: Partial<CheckParts> = {},
  gate: Gate = gateOf(),
): Promise<string[]> => {
  const slot = `${day}T00:00:00Z`;
  const plain = { ...world.parts, ...broken };
  const parts: CheckParts = {
    ...plain,
    anchors: withFaults(plain.anchors, gate, 'anchors'),
    runs: withFaults(plain.runs, gate, 'runs'),
    sender: withFaults(plain.sender, gate, 'sender'),
    parked: withFaults(plain.parked, gate, 'parked'),
  };
  const call = { scope: everything, now: instantFromText(`${day}T00:05:00Z`) };
  await again(gate, () => beginCheck(companyId, slot, parts));
  for (;;) {
    const message = world.sender.sent.get('ledger-checks')?.[world.worked.count];
    if (message === undefined) break;
    await again(gate, () => runCheck(ledgerCheckMessage.parse(message.body), call, parts));
    world.worked.count += 1;
  }
  return codesOf(world);
};

export const codesOf = ({ parked }: CheckWorld): string[] =>
  [...parked.work.values()].map(({ code }) => code).toSorted();

/** A process that died starts again and gets its message again. */
const again = async (gate: Gate, work: () => Promise<unknown>): Promise<void> => {
  try {
    await work();
  } catch (fault) {
    if (!gate.isDead) throw fault;
    gate.restart();
    await work();
  }
};

export const anchorAt = (world: CheckWorld, slot: string) =>
  anchorCompany(companyId, slot, everything, world.parts);

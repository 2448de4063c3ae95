/**
 * Anchors in the immutable container of the local Azure, with the rights of the app that writes them.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBlob } from '../../../local/blob/start.ts';
import { createClock } from '../../../local/clock.ts';
import { startCosmos } from '../../../local/cosmos/start.ts';
import { createFaultSwitch } from '../../../local/kit/faults.ts';
import { verifyAnchors } from '../../../scripts/verify-chain.ts';
import { blobFiles } from '../../../shared/azure/blob-files.ts';
import type { AzureClients } from '../../../shared/azure/clients.ts';
import { cosmosRuns } from '../../../shared/azure/cosmos-runs.ts';
import { topology } from '../../../shared/contracts/topology.ts';
import { anchorName } from '../../../shared/domain/anchor.ts';
import { anchorAt, checkWorld, invoice } from '../../functions/ledger/check-support.ts';
import { companyId } from '../../functions/reporting/projection-support.ts';
import { appClients } from '../../support/app-settings.ts';
import { everything } from '../../support/test-edge.ts';

let clients: AzureClients;
let close: () => Promise<void>;

beforeAll(async () => {
  const clock = createClock();
  const faults = createFaultSwitch();
  const options = { port: 0, stateDir: undefined, topology, clock, faults, log: () => undefined };
  const [cosmos, blob] = await Promise.all([startCosmos(options), startBlob(options)]);
  clients = appClients('work', { cosmos: cosmos.url, blob: blob.url });
  close = async () => {
    await clients.close();
    await Promise.all([cosmos.close(), blob.close()]);
    clock.close();
  };
});
afterAll(() => close());

it('anchors are written once, found by their pointer, linked, and cannot be replaced', async () => {
  const world = checkWorld();
  world.parts.anchors = blobFiles(() => clients.blobs('anchors'));
  world.parts.runs = cosmosRuns(() => clients.container('runs'));
  await invoice(world, 'a1', '1', 1_000);
  const first = await anchorAt(world, '2026-03-01T13:00:00Z');
  expect(await anchorAt(world, '2026-03-01T13:00:00Z')).toEqual(first);
  expect(await anchorAt(world, '2026-03-01T14:00:00Z')).toEqual(first);
  await invoice(world, 'a1', '2', 500);
  await invoice(world, 'a2', '3', 700);
  const second = await anchorAt(world, '2026-03-01T15:00:00Z');
  expect(second?.previous?.slot).toBe('2026-03-01T13:00:00Z');

  const { anchors, accounts } = world.parts;
  const files = new Map<string, string>();
  for (const name of await anchors.list(everything, { companyId, name: '' }))
    files.set(name, new TextDecoder().decode(await anchors.read(everything, { companyId, name })));
  const journal = await Promise.all(
    ['a1', 'a2'].map((accountId) =>
      accounts.entries(everything, { companyId, accountId }, { afterVersion: 0, limit: 9 }),
    ),
  );
  const entries = JSON.parse(JSON.stringify(journal.flat())) as Parameters<typeof verifyAnchors>[0];
  expect(files.size).toBeGreaterThanOrEqual(4);
  expect(verifyAnchors(entries, files)).toEqual([]);

  const path = { companyId, name: anchorName('2026-03-01T13:00:00Z') };
  await expect(anchors.write(everything, path, '{}')).rejects.toThrow();
  await expect(anchors.remove(everything, path)).rejects.toThrow();
  expect(new TextDecoder().decode(await anchors.read(everything, path))).toBe(JSON.stringify(first));
});

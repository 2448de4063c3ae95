/**
 * How a change feed is woken: told by the local Cosmos, polled elsewhere; and several feed ranges at once.
 */
import { app } from '@azure/functions';
import { CosmosClient } from '@azure/cosmos';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createClock } from '../../../local/clock.ts';
import { startCosmos } from '../../../local/cosmos/start.ts';
import { watchChanges } from '../../../local/functions-host/cosmos/changes.ts';
import { createFaultSwitch } from '../../../local/kit/faults.ts';
import { parseTopology } from '../../../shared/contracts/topology.ts';
import { hostOf, until } from './support.ts';

/** A service that answers the statuses in turn, the last one for ever. */
const answering = async (...answers: [status: number, lsn?: number][]) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const [status, lsn] = answers[Math.min(asked.length, answers.length - 1)]!;
    asked.push(request.url ?? '');
    response.writeHead(status).end(JSON.stringify({ lsn }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked };
};
const neverClosing = new AbortController().signal;

describe('waiting for changes', () => {
  it('asks for what comes after the change it knows', async () => {
    const { url, asked } = await answering([200, 7], [200, 9]);
    const changes = watchChanges(url, 'ledger', 60_000);
    expect(await changes.latest()).toBe(7);
    expect(await changes.beyond(7, neverClosing)).toBe(9);
    expect(asked).toEqual([
      '/local/changes/ledger?after=0&waitMs=0',
      '/local/changes/ledger?after=7&waitMs=20000',
    ]);
  });

  it('where nobody can be asked, waits as long as polls lie apart and does not ask again', async () => {
    const { url, asked } = await answering([404]);
    const changes = watchChanges(url, 'ledger', 50);
    expect(await changes.latest()).toBeUndefined();
    const startedAtMs = performance.now();
    expect(await changes.beyond(undefined, neverClosing)).toBeUndefined();
    expect(performance.now() - startedAtMs).toBeGreaterThan(45);
    expect(asked).toHaveLength(1);
  });

  it('asks again after an answer that was only unwell', async () => {
    const { url } = await answering([503], [200, 3]);
    const changes = watchChanges(url, 'ledger', 60_000);
    expect(await changes.beyond(2, neverClosing)).toBe(3);
  });

  it('ends with the host', async () => {
    const { url } = await answering([404]);
    const closing = new AbortController();
    const waiting = watchChanges(url, 'ledger', 60_000).beyond(1, closing.signal);
    closing.abort();
    await expect(waiting).rejects.toThrow();
  });
});

it('four feed ranges have a lease each, and every change is delivered once', async () => {
  const clock = createClock();
  const topology = parseTopology({
    ...{
      database: 'dunwell',
      apps: {},
      pieces: {},
      jobs: {},
      limits: {},
      blobContainers: {},
      queues: {},
      topics: {},
    },
    containers: { rows: { keys: ['/id'], indexed: [] }, leases: { keys: ['/id'], indexed: [] } },
  });
  const faults = createFaultSwitch();
  const cosmos = await startCosmos({
    port: 0,
    stateDir: undefined,
    topology,
    clock,
    faults,
    log: () => undefined,
    ranges: 4,
  });
  const client = new CosmosClient({ endpoint: cosmos.url, key: cosmos.key('owner') });
  onTestFinished(async () => {
    client.dispose();
    await cosmos.close();
  });
  const seen: string[] = [];
  const feed = {
    connection: 'COSMOS',
    databaseName: 'dunwell',
    containerName: 'rows',
    startFromBeginning: true,
  };
  await hostOf(
    () =>
      app.cosmosDB('follow', {
        ...feed,
        handler: (rows: unknown[]) => void seen.push(...(rows as { id: string }[]).map(({ id }) => id)),
      }),
    { settings: { COSMOS: `AccountEndpoint=${cosmos.url}/;AccountKey=${cosmos.key('owner')};` }, clock },
  );
  const container = client.database('dunwell').container('rows');
  const ids = Array.from({ length: 40 }, (_, n) => `row-${n}`);
  for (const id of ids) await container.items.upsert({ id });
  await until(() => seen.length === 40);
  expect(seen.toSorted()).toEqual(ids.toSorted());
  const leases = await client.database('dunwell').container('leases').items.readAll().fetchAll();
  expect(leases.resources).toHaveLength(4);
});

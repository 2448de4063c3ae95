/**
 * Trouble on the wire: the fault switch, throttling, malformed requests; and what every answer costs.
 * From: the official SDK and raw sockets against the stand-in. Next: the promises below.
 */
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Container } from '@azure/cosmos';
import { lookCharge, readCharge, writeCharge } from '../../../local/cosmos/charges.ts';
import { signedFetch } from './raw-request.ts';
import { failureOf, freshKey, isLocal, startUnderTest, type UnderTest } from './under-test.ts';

describe.runIf(isLocal)('trouble', () => {
  let under: UnderTest;
  let notes: Container;
  beforeAll(async () => {
    under = await startUnderTest();
    notes = under.container('notes');
    await notes.items.create({ id: 'warm', owner: freshKey() });
  });
  beforeEach(() => under.faults.set({}));
  afterAll(() => under.close());

  const impatient = () =>
    under
      .client(undefined, {
        connectionPolicy: {
          enableBackgroundEndpointRefreshing: false,
          retryOptions: {
            maxRetryAttemptCount: 0,
            fixedRetryIntervalInMilliseconds: 0,
            maxWaitTimeInSeconds: 0,
          },
        },
      })
      .database('conformance')
      .container('notes');
  const onItems = { operation: 'POST /dbs/conformance/colls/notes/docs', times: 1 };

  it('a 429 carries Retry-After and substatus 3200, and the SDK tries again', async () => {
    under.faults.set({ rules: [{ kind: '429', ...onItems, times: 2, delayMs: 5 }] });
    expect((await notes.items.create({ id: 'a', owner: freshKey() })).statusCode).toBe(201);
    expect(under.faults.counts()).toEqual({ '429': 2 });
  });

  it('a client that does not retry sees the 429', async () => {
    const container = impatient();
    await container.items.create({ id: 'warm', owner: freshKey() });
    under.faults.set({ rules: [{ kind: '429', ...onItems, delayMs: 7 }] });
    const failure = await failureOf(container.items.create({ id: 'a', owner: freshKey() }));
    expect([failure.code, failure.substatus, failure.retryAfterInMs]).toEqual([429, 3200, 7]);
  });

  it('a 503 reaches the caller of a write', async () => {
    under.faults.set({ rules: [{ kind: '503', ...onItems }] });
    expect((await failureOf(notes.items.create({ id: 'a', owner: freshKey() }))).code).toBe(503);
  });

  it('a reset before the effect leaves nothing behind', async () => {
    const owner = freshKey();
    under.faults.set({ rules: [{ kind: 'reset-before', ...onItems, times: 9 }] });
    await failureOf(notes.items.create({ id: 'a', owner }));
    under.faults.set({});
    expect((await notes.item('a', owner).read()).statusCode).toBe(404);
  });

  it('a reset after the effect leaves the item stored', async () => {
    const owner = freshKey();
    under.faults.set({ rules: [{ kind: 'reset-after', ...onItems }] });
    await failureOf(notes.items.create({ id: 'a', owner }));
    expect((await notes.item('a', owner).read()).statusCode).toBe(200);
  });

  it('a doubled create is stored once and answers the conflict', async () => {
    const owner = freshKey();
    under.faults.set({ rules: [{ kind: 'duplicate', ...onItems }] });
    expect((await failureOf(notes.items.create({ id: 'a', owner }))).code).toBe(409);
    expect((await notes.item('a', owner).read()).statusCode).toBe(200);
  });

  it('throughput above the limit is throttled, and paid back over time', async () => {
    const small = await startUnderTest({ throughputRUs: 15 });
    const container = small.container('notes');
    await container.items.create({ id: 'dear', owner: freshKey(), note: 'x'.repeat(64 * 1024) });
    expect((await container.items.create({ id: 'a', owner: freshKey() })).statusCode).toBe(201);
    expect(small.service.counts()).toMatchObject({ 'create notes': 2, '429 notes': 1 });
    await small.close();
  });

  it.each<[string, Parameters<typeof signedFetch>[1], number]>([
    ['an unknown route', { method: 'GET', path: '/admin', resourceType: 'admin', link: '' }, 400],
    [
      'an unknown part of a container',
      {
        method: 'GET',
        container: 'notes',
        path: '/dbs/conformance/colls/notes/things',
        resourceType: 'things',
      },
      400,
    ],
    ['an unknown method on an item', { method: 'OPTIONS', container: 'notes', id: 'a', key: ['o'] }, 405],
    ['an unknown method on the items', { method: 'PUT', container: 'notes', body: '{}' }, 405],
    ['reading all items without a query', { method: 'GET', container: 'notes' }, 400],
    ['another database', { method: 'GET', path: '/dbs/other', resourceType: 'dbs', link: 'dbs/other' }, 404],
    [
      'a query that is not text',
      {
        method: 'POST',
        container: 'notes',
        key: ['o'],
        body: '{"query":7}',
        headers: { 'x-ms-documentdb-isquery': 'true' },
      },
      400,
    ],
    [
      'parameters that are no list',
      {
        method: 'POST',
        container: 'notes',
        key: ['o'],
        body: '{"query":"SELECT * FROM c","parameters":{}}',
        headers: { 'x-ms-documentdb-isquery': 'true' },
      },
      400,
    ],
    [
      'a batch that is no list',
      {
        method: 'POST',
        container: 'notes',
        key: ['o'],
        body: '{}',
        headers: { 'x-ms-cosmos-is-batch-request': 'true' },
      },
      400,
    ],
    [
      'an operation of a batch nobody knows',
      {
        method: 'POST',
        container: 'notes',
        key: ['o'],
        body: '[{"operationType":"Explode"}]',
        headers: { 'x-ms-cosmos-is-batch-request': 'true', 'x-ms-cosmos-batch-atomic': 'true' },
      },
      400,
    ],
    [
      '101 operations',
      {
        method: 'POST',
        container: 'notes',
        key: ['o'],
        body: JSON.stringify(Array(101).fill({ operationType: 'Read', id: 'a' })),
        headers: { 'x-ms-cosmos-is-batch-request': 'true', 'x-ms-cosmos-batch-atomic': 'true' },
      },
      400,
    ],
    [
      'a key that is not JSON',
      { method: 'GET', container: 'notes', id: 'a', headers: { 'x-ms-documentdb-partitionkey': '[oops' } },
      400,
    ],
    ['a key of too many levels', { method: 'GET', container: 'notes', id: 'a', key: ['a', 'b'] }, 400],
    [
      'a range that does not exist',
      {
        method: 'POST',
        container: 'notes',
        body: '{"query":"SELECT * FROM c"}',
        headers: { 'x-ms-documentdb-isquery': 'true', 'x-ms-documentdb-partitionkeyrangeid': '99' },
      },
      400,
    ],
    [
      'a page size of nothing',
      {
        method: 'POST',
        container: 'notes',
        key: ['o'],
        body: '{"query":"SELECT * FROM c"}',
        headers: { 'x-ms-documentdb-isquery': 'true', 'x-ms-max-item-count': 'many' },
      },
      400,
    ],
    [
      'a trigger',
      {
        method: 'POST',
        container: 'notes',
        key: ['o'],
        body: '{"id":"a","owner":"o"}',
        headers: { 'x-ms-documentdb-pre-trigger-include': 't' },
      },
      400,
    ],
  ])('%s is refused with the service’s kind of error', async (_promise, request, status) => {
    const answer = await signedFetch(under, request);
    const body = (await answer.json()) as { code: string; message: string };
    expect([answer.status, typeof body.code, typeof body.message]).toEqual([status, 'string', 'string']);
    expect(answer.headers.get('x-ms-activity-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('a path that is not valid percent-encoding is 400', async () => {
    expect((await fetch(`${under.endpoint}/dbs/%zz`)).status).toBe(400);
  });

  it('bytes that are not HTTP are answered and the service goes on', async () => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(under.service.port, '127.0.0.1', () =>
        socket.end('\u0000\u0001 not http\r\n\r\n'),
      );
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400/);
    expect((await notes.items.create({ id: 'a', owner: freshKey() })).statusCode).toBe(201);
  });
});

describe.runIf(isLocal)('request charges', () => {
  let under: UnderTest;
  let notes: Container;
  const owner = freshKey();
  beforeAll(async () => {
    under = await startUnderTest({ ranges: 4 });
    notes = under.container('notes');
  });
  afterAll(() => under.close());

  it.each([
    [500, 1, 4.95],
    [1024, 1, 4.95],
    [2048, 1.04, 6.29],
    [3072, 1.09, 6.48],
    [64 * 1024, 4.76, 22.67],
    [1024 * 1024, 145.9, 625],
  ])('%i bytes cost %d to read and %d to write', (bytes, read, write) => {
    expect([readCharge(bytes), writeCharge(bytes)]).toEqual([
      expect.closeTo(read, 6),
      expect.closeTo(write, 6),
    ]);
  });

  it('above 1 MB the charge goes on growing', () => {
    expect(writeCharge(2 * 1024 * 1024)).toBeGreaterThan(1200);
  });

  it('a write and a read answer the charge of the item’s size', async () => {
    const { requestCharge: write } = await notes.items.create({ id: 'a', owner, note: 'x'.repeat(2000) });
    const { requestCharge: read } = await notes.item('a', owner).read();
    expect([write, read]).toEqual([expect.closeTo(6.29, 1), expect.closeTo(1.04, 1)]);
  });

  it('a batch costs the sum of its operations', async () => {
    const operations = ['b', 'c', 'd'].map((id) => ({
      operationType: 'Create' as const,
      resourceBody: { id, owner },
    }));
    const { headers } = await notes.items.batch(operations, owner);
    expect(Number(headers?.['x-ms-request-charge'])).toBeCloseTo(3 * 4.95, 2);
  });

  it('a query in one key costs 2.3 and a share of what it returns', async () => {
    const { requestCharge } = await notes.items
      .query('SELECT * FROM c WHERE c.id IN ("b", "c")', { partitionKey: owner })
      .fetchAll();
    expect(requestCharge).toBeCloseTo(2.3 + 2 * lookCharge(100), 2);
  });

  it('a query over four ranges pays for each', async () => {
    const { requestCharge } = await notes.items.query('SELECT * FROM c WHERE c.id = "absent"').fetchAll();
    expect(requestCharge).toBeCloseTo(4 * 2.3, 2);
  });

  it('a filter without an index pays for every item it looks at', async () => {
    const ask = async (query: string) =>
      (await notes.items.query(query, { partitionKey: owner }).fetchAll()).requestCharge;
    expect(await ask('SELECT * FROM c WHERE c.note = "no"')).toBeGreaterThan(
      await ask('SELECT * FROM c WHERE c.kind = "no"'),
    );
  });

  it('counts tell calls and units by operation and container', async () => {
    const counts = under.service.counts();
    expect(counts).toMatchObject({ 'create notes': 1, 'read notes': 1, 'batch notes': 1 });
    expect(counts['ru batch notes']).toBeCloseTo(14.85, 2);
  });
});

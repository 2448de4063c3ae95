/**
 * What a client gets that sends what no honest one would, and what stays in memory of it.
 * From: raw signed requests and the store on its own. Next: the service's own refusal, and nothing left behind.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryJournal } from '../../../local/kit/journal.ts';
import { createContainer } from '../../../local/cosmos/store/container.ts';
import { containerIds } from '../../../local/cosmos/store/rid.ts';
import { begin } from '../../../local/cosmos/store/transaction.ts';
import { fixtureTopology } from './fixture-topology.ts';
import { signedFetch, type RawRequest } from './raw-request.ts';
import { freshKey, isLocal, startUnderTest, type UnderTest } from './under-test.ts';

const sorted = 'SELECT VALUE c.id FROM c ORDER BY c.id';
const reversed = 'SELECT VALUE c.id FROM c ORDER BY c.id DESC';

describe.runIf(isLocal)('a hostile client', () => {
  let under: UnderTest;
  beforeAll(async () => {
    under = await startUnderTest();
  });
  afterAll(() => under.close());

  const post = (body: unknown, more: Partial<RawRequest> = {}) =>
    signedFetch(under, {
      method: 'POST',
      container: 'notes',
      key: ['o'],
      body: typeof body === 'string' ? body : JSON.stringify(body),
      ...more,
    });
  const query = (text: string, headers: Record<string, string> = {}, more: Partial<RawRequest> = {}) =>
    post({ query: text }, { headers: { 'x-ms-documentdb-isquery': 'true', ...headers }, ...more });
  const wordsOf = async (answer: Response) => [
    answer.status,
    ((await answer.json()) as { code: string }).code,
  ];
  const refused = [400, 'BadRequest'];

  it.each([
    ['1e999', '{"id":"n1","owner":"o","amount":1e999}'],
    ['-1e999 deep inside', '{"id":"n2","owner":"o","lines":[{"amount":-1e999}]}'],
  ])(
    'a number no double can hold is refused, since a restart would make it null: %s',
    async (_what, body) => {
      expect(await wordsOf(await post(body))).toEqual(refused);
    },
  );

  it('a patch cannot count beyond what a double can hold', async () => {
    await post({ id: 'most', owner: 'o', amount: 1.7e308 });
    const operations = [{ op: 'incr', path: '/amount', value: 1.7e308 }];
    const answer = await post({ operations }, { method: 'PATCH', id: 'most' });
    expect(await wordsOf(answer)).toEqual(refused);
  });

  it('a key of 1e999 does not open the partition of null', async () => {
    await post({ id: 'a', owner: null }, { key: [null] });
    const headers = { 'x-ms-documentdb-partitionkey': '[1e999]' };
    const answer = await signedFetch(under, { method: 'GET', container: 'notes', id: 'a', headers });
    expect(await wordsOf(answer)).toEqual(refused);
  });

  it.each(['constructor', '__proto__', 'toString'])(
    '%s is no operation of a batch',
    async (operationType) => {
      await post({ id: 'there', owner: 'o' });
      const one = {
        operationType,
        id: 'there',
        resourceBody: { id: 'there', owner: 'o' },
        partitionKey: '["o"]',
      };
      const headers = { 'x-ms-cosmos-is-batch-request': 'true', 'x-ms-cosmos-batch-atomic': 'true' };
      expect(await wordsOf(await post([one], { headers }))).toEqual(refused);
    },
  );

  it.each<[string, object]>([
    ['before the first answer', { ordinal: 0, itemNumber: 0, given: -1 }],
    ['no numbers', { ordinal: 'a', itemNumber: {}, given: null }],
    ['a name of a prototype', { name: '__proto__', offset: -3 }],
  ])('a continuation token made up by hand is refused: %s', async (_what, made) => {
    await post({ id: 'x', owner: 'o' });
    const token = Buffer.from(JSON.stringify(made)).toString('base64url');
    for (const text of ['SELECT * FROM c', sorted])
      expect(await wordsOf(await query(text, { 'x-ms-continuation': token }))).toEqual(refused);
  });

  it('a continuation token opens no other container and no other query', async () => {
    for (const id of ['p', 'q']) await post({ id, owner: 'o' });
    const first = await query(sorted, { 'x-ms-max-item-count': '1' });
    const token = { 'x-ms-continuation': first.headers.get('x-ms-continuation') ?? 'none' };
    const elsewhere = { container: 'seats', key: ['o'] };
    expect(await wordsOf(await query(sorted, token, elsewhere))).toEqual(refused);
    expect(await wordsOf(await query(reversed, token))).toEqual(refused);
    expect((await query(sorted, token)).status).toBe(200);
  });

  it('a filter on a property whose name is not Latin is answered like any other', async () => {
    expect((await query('SELECT * FROM c WHERE c["名前"] = 1')).status).toBe(200);
  });

  it('a query of more than 512 KB is refused', async () => {
    const answer = await query(`SELECT * FROM c WHERE c.id = "${'x'.repeat(512 * 1024)}"`);
    expect(await wordsOf(answer)).toEqual(refused);
  });

  it('a parameter nested beyond reason is refused', async () => {
    const value = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const body = `{"query":"SELECT DISTINCT VALUE @p FROM c","parameters":[{"name":"@p","value":${value}}]}`;
    await post({ id: 'one', owner: 'o' });
    expect(await wordsOf(await post(body, { headers: { 'x-ms-documentdb-isquery': 'true' } }))).toEqual(
      refused,
    );
  });

  it.each(['/list/', '/list/0x1', '/list/1e0', '/list/ 1'])('%s is no place in an array', async (path) => {
    await post({ id: 'listed', owner: 'o', list: [1, 2, 3] });
    const operations = [{ op: 'set', path, value: 9 }];
    expect(await wordsOf(await post({ operations }, { method: 'PATCH', id: 'listed' }))).toEqual(refused);
  });

  it('a feed from a time that is none is refused', async () => {
    const headers = { 'a-im': 'Incremental Feed', 'if-modified-since': 'last week' };
    const answer = await signedFetch(under, { method: 'GET', container: 'notes', headers });
    expect(await wordsOf(answer)).toEqual(refused);
  });

  it('names of containers that are not there leave nothing in the counts', async () => {
    const before = Object.keys(under.service.counts()).length;
    for (const name of ['a', 'b', 'c'])
      await query('SELECT * FROM c', {}, { container: `absent-${freshKey()}${name}` });
    expect(Object.keys(under.service.counts()).length).toBeLessThanOrEqual(before + 2);
  });

  it('a write that wants no body back gets none, as in the service', async () => {
    const answer = await post({ id: 'quiet', owner: 'o' }, { headers: { prefer: 'return=minimal' } });
    expect([answer.status, await answer.text(), answer.headers.get('etag')]).toEqual([
      201,
      '',
      expect.any(String),
    ]);
  });
});

describe.runIf(isLocal)('what must not be mixed up or kept', () => {
  it('a continuation token from before a restart never continues another query', async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'cosmos-tokens-'));
    const options = { maxItemCount: 1, partitionKey: 'o' };
    const first = await startUnderTest({ stateDir });
    for (const id of ['a', 'b', 'c', 'd']) await first.container('notes').items.create({ id, owner: 'o' });
    const page = await first.container('notes').items.query(sorted, options).fetchNext();
    await first.close();
    const second = await startUnderTest({ stateDir });
    const notes = second.container('notes');
    await notes.items.query(reversed, options).fetchNext();
    const continuationToken = page.continuationToken ?? '';
    const { resources } = await notes.items.query(sorted, { ...options, continuationToken }).fetchNext();
    expect(resources).toEqual(['b']);
    await second.close();
    rmSync(stateDir, { recursive: true });
  });

  it('a sorted query over all partitions goes on after a restart where it stopped', async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'cosmos-resume-'));
    const options = { maxItemCount: 4, enableQueryControl: true };
    const text = 'SELECT VALUE c.rank FROM c ORDER BY c.rank';
    const first = await startUnderTest({ stateDir, ranges: 2 });
    for (let rank = 0; rank < 12; rank += 1)
      await first.container('notes').items.create({ id: `r${rank}`, owner: `o${rank % 5}`, rank });
    const before = await first.container('notes').items.query<number>(text, options).fetchNext();
    await first.close();
    const second = await startUnderTest({ stateDir, ranges: 2 });
    const continuationToken = before.continuationToken ?? '';
    const iterator = second.container('notes').items.query<number>(text, { ...options, continuationToken });
    const rest: number[] = [];
    while (iterator.hasMoreResults()) rest.push(...((await iterator.fetchNext()).resources ?? []));
    expect([...before.resources, ...rest]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    await second.close();
    rmSync(stateDir, { recursive: true });
  });

  it('an item with a ttl that is written again and again takes the memory of one', () => {
    const definition = fixtureTopology.containers['fading']!;
    const ids = containerIds('conformance', 'fading');
    const container = createContainer({
      name: 'fading',
      database: 'conformance',
      definition,
      ids,
      nowMs: () => 5_000,
    });
    for (let count = 0; count < 100; count += 1) {
      const transaction = begin(container, ['b']);
      transaction.put({ id: 'counter', bucket: 'b', count }, 40);
      transaction.commit(memoryJournal());
    }
    const waiting = [...container.expiring.values()].flatMap((rows) => [...rows]);
    expect(waiting.map(({ body }) => body['count'])).toEqual([99]);
    const last = begin(container, ['b']);
    last.drop(last.get('counter')!);
    last.commit(memoryJournal());
    expect(container.expiring.size).toBe(0);
  });
});

/**
 * Who may do what: signatures, and the rights of each app from the topology.
 * From: the official SDK with the keys of three apps, and raw requests. Next: the promises below.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChangeFeedStartFrom, type Container } from '@azure/cosmos';
import { signedFetch } from './raw-request.ts';
import { failureOf, freshKey, isLocal, startUnderTest, type UnderTest } from './under-test.ts';

describe.runIf(isLocal)('rights', () => {
  let under: UnderTest;
  const as = (app: string, name: string): Container => under.container(name, app);
  const owner = freshKey();
  beforeAll(async () => {
    under = await startUnderTest();
    await under.container('notes').items.create({ id: 'n', owner });
  });
  afterAll(() => under.close());

  it('an app reads what it is granted to read', async () => {
    expect((await as('desk', 'notes').item('n', owner).read()).statusCode).toBe(200);
  });

  it('an app that only reads cannot write, and is told which right it lacks', async () => {
    const failure = await failureOf(as('desk', 'notes').items.create({ id: 'x', owner }));
    expect([failure.code, failure.substatus]).toEqual([403, 5302]);
    expect(failure.message).toMatch(/app "desk" lacks "writes": \["notes"\].*topology\.json/);
  });

  it.each<[string, (container: Container) => Promise<unknown>]>([
    ['replace', (notes) => notes.item('n', owner).replace({ id: 'n', owner })],
    ['patch', (notes) => notes.item('n', owner).patch([{ op: 'set', path: '/a', value: 1 }])],
    ['delete', (notes) => notes.item('n', owner).delete()],
    ['upsert', (notes) => notes.items.upsert({ id: 'n', owner })],
  ])('an app that only reads cannot %s', async (_promise, work) => {
    expect((await failureOf(work(as('desk', 'notes')))).code).toBe(403);
  });

  it('an app that only reads cannot send a batch', async () => {
    const batch = as('desk', 'notes').items.batch([{ operationType: 'Read', id: 'n' }], owner);
    expect(((await failureOf(batch)).cause as { code: number }).code).toBe(403);
  });

  it('an app that writes may read as well', async () => {
    const key = [freshKey(), '1'];
    await as('desk', 'accounts').items.create({ id: 'a', companyId: key[0]!, accountId: '1' });
    expect((await as('desk', 'accounts').item('a', key).read()).statusCode).toBe(200);
    expect(
      (await as('desk', 'accounts').items.query('SELECT * FROM c', { partitionKey: key }).fetchAll())
        .resources,
    ).toHaveLength(1);
  });

  it('a container an app is not granted at all is closed to reads and queries', async () => {
    expect((await failureOf(as('idle', 'notes').item('n', owner).read())).code).toBe(403);
    const query = as('idle', 'notes').items.query('SELECT * FROM c', { partitionKey: owner });
    expect((await failureOf(query.fetchAll())).message).toContain('app "idle" lacks "reads": ["notes"]');
  });

  it('following a feed is a right of its own', async () => {
    const options = { changeFeedStartFrom: ChangeFeedStartFrom.Beginning(owner) };
    const page = await as('relay', 'notes').items.getChangeFeedIterator(options).readNext();
    expect(page.result).toHaveLength(1);
    const failure = await failureOf(as('desk', 'notes').items.getChangeFeedIterator(options).readNext());
    expect([failure.code, failure.message.includes('"feeds"')]).toEqual([403, true]);
  });

  it('whoever follows a feed may keep leases, nobody else', async () => {
    const id = freshKey();
    expect((await as('relay', 'leases').items.create({ id })).statusCode).toBe(201);
    expect((await failureOf(as('desk', 'leases').items.create({ id: freshKey() }))).code).toBe(403);
  });

  it('a wrong key is 401', async () => {
    const stranger = under.client(undefined, { key: Buffer.from('somebody else').toString('base64') });
    const read = stranger.database('conformance').container('notes').item('n', owner).read();
    expect((await failureOf(read)).code).toBe(401);
  });

  it('a signature of one item does not open another', async () => {
    const answer = await signedFetch(under, {
      ...{ method: 'GET', container: 'notes', id: 'n', key: [owner] },
      path: '/dbs/conformance/colls/notes/docs/other',
    });
    expect(answer.status).toBe(401);
  });

  it('a request without a signature is 401', async () => {
    const answer = await fetch(`${under.endpoint}/dbs/conformance/colls/notes/docs/n`);
    expect([answer.status, await answer.json()]).toMatchObject([401, { code: 'Unauthorized' }]);
  });

  it('a token that is not a key is 401', async () => {
    const headers = {
      authorization: encodeURIComponent('type=aad&ver=1.0&sig=ey'),
      'x-ms-date': new Date().toUTCString(),
    };
    expect((await fetch(`${under.endpoint}/`, { headers })).status).toBe(401);
  });

  it('a date more than 15 minutes off is 403', async () => {
    const old = {
      method: 'GET',
      container: 'notes',
      id: 'n',
      key: [owner],
      date: new Date(Date.now() - 16 * 60_000),
    };
    expect((await signedFetch(under, old)).status).toBe(403);
  });
});

describe('databases and containers', () => {
  let under: UnderTest;
  beforeAll(async () => {
    under = await startUnderTest();
  });
  afterAll(() => under.close());

  it('those of the topology exist: createIfNotExists finds them', async () => {
    const client = under.client();
    const { database, statusCode } = await client.databases.createIfNotExists({ id: 'conformance' });
    const found = await database.containers.createIfNotExists({
      id: 'accounts',
      partitionKey: { paths: ['/x'] },
    });
    expect([statusCode, found.statusCode]).toEqual([200, 200]);
  });

  it('a container answers its keys, indexes and TTL', async () => {
    const { resource } = await under.container('accounts').read();
    expect(resource?.partitionKey).toMatchObject({
      paths: ['/companyId', '/accountId'],
      kind: 'MultiHash',
      version: 2,
    });
    expect(resource?.indexingPolicy?.compositeIndexes?.[0]?.map(({ path }) => path)).toEqual([
      '/kind',
      '/rank',
    ]);
    expect((await under.container('fading').read()).resource?.defaultTtl).toBe(60);
  });

  it('an unknown container is 404', async () => {
    expect((await failureOf(under.container('nowhere').items.query('SELECT * FROM c').fetchAll())).code).toBe(
      404,
    );
  });

  describe.runIf(isLocal)('only Bicep changes them', () => {
    it.each<[string, () => Promise<unknown>]>([
      ['a new database', () => under.client().databases.create({ id: 'mine' })],
      [
        'a new container',
        () => under.client().database('conformance').containers.create({ id: 'mine', partitionKey: '/x' }),
      ],
      ['deleting a container', () => under.container('notes').delete()],
      ['deleting the database', () => under.client().database('conformance').delete()],
    ])('%s is 403 substatus 5300', async (_promise, work) => {
      const failure = await failureOf(work());
      expect([failure.code, failure.substatus]).toEqual([403, 5300]);
    });

    it.each<[string, () => Promise<unknown>, string]>([
      [
        'stored procedures',
        () => under.container('notes').scripts.storedProcedures.readAll().fetchAll(),
        'sprocs',
      ],
      [
        'triggers',
        () =>
          under.container('notes').scripts.triggers.create({
            id: 't',
            body: 'x',
            triggerOperation: 'All',
            triggerType: 'Pre',
          } as never),
        'triggers',
      ],
      [
        'user-defined functions',
        () => under.container('notes').scripts.userDefinedFunctions.readAll().fetchAll(),
        'udfs',
      ],
      ['conflicts', () => under.container('notes').conflicts.readAll().fetchAll(), 'conflicts'],
      ['users', () => under.client().database('conformance').users.readAll().fetchAll(), 'users'],
      ['throughput', () => under.container('notes').readOffer(), 'offers'],
      [
        'deleting a whole key',
        () => under.container('notes').deleteAllItemsForPartitionKey('x'),
        'operations/partitionkeydelete',
      ],
    ])('%s are refused by name', async (_promise, work, words) => {
      const failure = await failureOf(work());
      expect([failure.code, failure.message.includes(`"${words}"`)]).toEqual([400, true]);
    });
  });
});

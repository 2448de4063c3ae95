/**
 * What a restart brings back, and what happens to a state that is damaged.
 * From: the stand-in with a state directory, stopped and started again. Next: the promises below.
 */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DamagedState } from '../../../local/kit/journal.ts';
import { fixtureTopology } from './fixture-topology.ts';
import { failureOf, isLocal, startUnderTest } from './under-test.ts';

describe.runIf(isLocal)('a restart', () => {
  let stateDir: string;
  const fileOf = (name: string) => join(stateDir, 'cosmos', `${name}.jsonl`);
  const linesOf = (name: string) => readFileSync(fileOf(name), 'utf8').trimEnd().split('\n').length;
  beforeEach(() => {
    stateDir = mkdtempSync(join(tmpdir(), 'cosmos-state-'));
  });
  afterEach(() => rmSync(stateDir, { recursive: true }));

  it('brings back items with their rid, etag, time and body', async () => {
    const first = await startUnderTest({ stateDir });
    const { resource } = await first
      .container('notes')
      .items.create({ id: 'a', owner: 'o', text: 'Ü✓', list: [1, null] });
    await first.close();
    const second = await startUnderTest({ stateDir });
    expect((await second.container('notes').item('a', 'o').read()).resource).toEqual(resource);
    await second.close();
  });

  it('finds in the file what was acknowledged, without any goodbye', async () => {
    const running = await startUnderTest({ stateDir });
    await running.container('notes').items.create({ id: 'written-through', owner: 'o' });
    expect(readFileSync(fileOf('notes'), 'utf8')).toContain('"written-through"');
    await running.close();
  });

  it('keeps updates and deletes', async () => {
    const first = await startUnderTest({ stateDir });
    const notes = first.container('notes');
    for (const id of ['a', 'b', 'c']) await notes.items.create({ id, owner: 'o', rank: 1 });
    await notes.item('a', 'o').replace({ id: 'a', owner: 'o', rank: 2 });
    await notes.item('b', 'o').delete();
    await first.close();
    const second = await startUnderTest({ stateDir });
    const { resources } = await second
      .container('notes')
      .items.query('SELECT c.id, c.rank FROM c', { partitionKey: 'o' })
      .fetchAll();
    expect(resources).toEqual([
      { id: 'a', rank: 2 },
      { id: 'c', rank: 1 },
    ]);
    await second.close();
  });

  it('never gives an etag or a rid a second time', async () => {
    const first = await startUnderTest({ stateDir });
    const { resource: before } = await first.container('notes').items.create({ id: 'a', owner: 'o' });
    await first.container('notes').item('a', 'o').delete();
    await first.close();
    const second = await startUnderTest({ stateDir });
    const { resource: after } = await second.container('notes').items.create({ id: 'a', owner: 'o' });
    expect([after?._etag === before?._etag, after?._rid === before?._rid]).toEqual([false, false]);
    await second.close();
  });

  it('never gives them a second time after a compaction either', async () => {
    const first = await startUnderTest({ stateDir });
    const { resource: before } = await first.container('notes').items.create({ id: 'a', owner: 'o' });
    await first.container('notes').item('a', 'o').delete();
    await first.close();
    await (await startUnderTest({ stateDir, compactionSlackLines: 0 })).close();
    const third = await startUnderTest({ stateDir });
    const { resource: after } = await third.container('notes').items.create({ id: 'a', owner: 'o' });
    expect([after?._etag === before?._etag, after?._rid === before?._rid]).toEqual([false, false]);
    await third.close();
  });

  it('goes on counting writes after a compaction, so that no feed token points past them', async () => {
    const lsnOf = async ({ endpoint }: { endpoint: string }) =>
      (await (await fetch(`${endpoint}/local/changes/notes`)).json()) as { lsn: number };
    const first = await startUnderTest({ stateDir });
    await first.container('notes').items.create({ id: 'a', owner: 'o' });
    await first.container('notes').item('a', 'o').delete();
    const before = await lsnOf(first);
    await first.close();
    await (await startUnderTest({ stateDir, compactionSlackLines: 0 })).close();
    const third = await startUnderTest({ stateDir });
    expect([before, await lsnOf(third)]).toEqual([{ lsn: 2 }, { lsn: 2 }]);
    await third.close();
  });

  it('keeps unique keys', async () => {
    const first = await startUnderTest({ stateDir });
    await first.container('seats').items.create({ id: '1', hall: 'h', seat: 'A1', holder: { first: 'a' } });
    await first.close();
    const second = await startUnderTest({ stateDir });
    const twin = { id: '2', hall: 'h', seat: 'A1', holder: { first: 'b' } };
    expect((await failureOf(second.container('seats').items.create(twin))).code).toBe(409);
    await second.close();
  });

  it('keeps keys that are null, missing, numbers or hierarchical', async () => {
    const first = await startUnderTest({ stateDir });
    const notes = first.container('notes');
    for (const owner of [null, undefined, 5, false])
      await notes.items.create({ id: 'k', owner, kind: typeof owner });
    await first.container('accounts').items.create({ id: 'k', companyId: 'c', accountId: 'a' });
    await first.close();
    const second = await startUnderTest({ stateDir });
    const kinds = await Promise.all(
      [null, undefined, 5, false].map(
        async (owner) =>
          (await second.container('notes').item('k', owner).read<{ kind: string }>()).resource?.kind,
      ),
    );
    expect(kinds).toEqual(['object', 'undefined', 'number', 'boolean']);
    expect((await second.container('accounts').item('k', ['c', 'a']).read()).statusCode).toBe(200);
    await second.close();
  });

  it('lets a continuation token of before go on after', async () => {
    const first = await startUnderTest({ stateDir });
    for (let at = 0; at < 9; at += 1)
      await first.container('notes').items.create({ id: `n${at}`, owner: `o${at % 3}` });
    const options = { maxItemCount: 4 };
    const page = await first
      .container('notes')
      .items.query<string>('SELECT VALUE c.id FROM c', options)
      .fetchNext();
    await first.close();
    const second = await startUnderTest({ stateDir });
    const { continuationToken } = page;
    const rest = await second
      .container('notes')
      .items.query<string>('SELECT VALUE c.id FROM c', { continuationToken })
      .fetchAll();
    expect(new Set([...page.resources, ...rest.resources]).size).toBe(9);
    expect(rest.resources).toHaveLength(5);
    await second.close();
  });

  it('drops a torn last line and keeps the rest', async () => {
    const first = await startUnderTest({ stateDir });
    await first.container('notes').items.create({ id: 'a', owner: 'o' });
    await first.close();
    appendFileSync(fileOf('notes'), '1234abcd {"lsn":2,"ts":1,"key":["o"],"ste');
    const second = await startUnderTest({ stateDir });
    expect((await second.container('notes').item('a', 'o').read()).statusCode).toBe(200);
    expect((await second.container('notes').items.create({ id: 'b', owner: 'o' })).statusCode).toBe(201);
    await second.close();
    const third = await startUnderTest({ stateDir });
    expect((await third.container('notes').item('b', 'o').read()).statusCode).toBe(200);
    await third.close();
  });

  it('is all or nothing for a batch whose record was torn', async () => {
    const first = await startUnderTest({ stateDir });
    const batch = ['a', 'b'].map((id) => ({
      operationType: 'Create' as const,
      resourceBody: { id, owner: 'o' },
    }));
    await first.container('notes').items.batch(batch, 'o');
    await first.close();
    const whole = readFileSync(fileOf('notes'));
    writeFileSync(fileOf('notes'), whole.subarray(0, whole.length - 10));
    const second = await startUnderTest({ stateDir });
    const { resources } = await second
      .container('notes')
      .items.query('SELECT * FROM c', { partitionKey: 'o' })
      .fetchAll();
    expect(resources).toEqual([]);
    await second.close();
  });

  it('stops at damage in the middle and names file and line', async () => {
    const first = await startUnderTest({ stateDir });
    for (const id of ['a', 'b', 'c']) await first.container('notes').items.create({ id, owner: 'o' });
    await first.close();
    const text = readFileSync(fileOf('notes'), 'utf8');
    writeFileSync(fileOf('notes'), text.replace('"id":"b"', '"id":"x"'));
    const damaged = startUnderTest({ stateDir });
    await expect(damaged).rejects.toThrow(DamagedState);
    await expect(damaged).rejects.toThrow(/notes\.jsonl, line 3/);
  });

  it('stops when the topology gave the container another key', async () => {
    await (await startUnderTest({ stateDir })).close();
    const notes = { ...fixtureTopology.containers.notes!, keys: ['/other'] };
    const topology = { ...fixtureTopology, containers: { ...fixtureTopology.containers, notes } };
    await expect(startUnderTest({ stateDir, topology })).rejects.toThrow(/partition key was \/owner/);
  });

  it('compacts a journal that is mostly history, and nothing changes by it', async () => {
    const first = await startUnderTest({ stateDir });
    const notes = first.container('notes');
    for (const owner of ['x', 'y']) for (const id of ['a', 'b']) await notes.items.create({ id, owner });
    for (let rank = 0; rank < 30; rank += 1)
      await notes.item('a', 'x').replace({ id: 'a', owner: 'x', rank });
    await notes.item('b', 'y').delete();
    const ask = async (under: typeof first) =>
      (
        await under
          .container('notes')
          .items.query<{ id: string; _etag: string }>('SELECT * FROM c')
          .fetchAll()
      ).resources;
    const before = await ask(first);
    await first.close();
    const long = linesOf('notes');
    const second = await startUnderTest({ stateDir, compactionSlackLines: 5 });
    expect(await ask(second)).toEqual(before);
    await second.container('notes').items.create({ id: 'z', owner: 'z' });
    await second.close();
    expect([long > 30, linesOf('notes') < 8]).toEqual([true, true]);
    const third = await startUnderTest({ stateDir });
    expect((await ask(third)).slice(0, 3)).toEqual(before);
    expect((await third.container('notes').items.create({ id: 'b', owner: 'y' })).resource?._etag).not.toBe(
      before[1]?._etag,
    );
    await third.close();
  });

  it('says at start how much it brought back', async () => {
    const first = await startUnderTest({ stateDir });
    await first.container('notes').items.create({ id: 'a', owner: 'o' });
    await first.close();
    const second = await startUnderTest({ stateDir });
    expect(second.service.summary).toBe('7 containers, 1 documents');
    await second.close();
  });
});

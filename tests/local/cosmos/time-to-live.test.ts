/**
 * Items that end: TTL follows the business clock.
 * From: the official SDK against the stand-in, whose clock can be moved. Next: the promises below.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChangeFeedStartFrom, type Container } from '@azure/cosmos';
import { createClock } from '../../../local/clock.ts';
import { failureOf, freshKey, isLocal, startUnderTest, type UnderTest } from './under-test.ts';

describe.runIf(isLocal)('time to live', () => {
  let under: UnderTest;
  let passes: Container;
  let fading: Container;
  let notes: Container;
  beforeAll(async () => {
    under = await startUnderTest();
    [passes, fading, notes] = [
      under.container('passes'),
      under.container('fading'),
      under.container('notes'),
    ];
  });
  afterAll(() => under.close());

  const later = (seconds: number) => under.clock.moveTo(under.clock.now() + seconds * 1000);
  const statusOf = async (container: Container, id: string, key: string) =>
    (await container.item(id, key).read()).statusCode;

  it('an item’s own ttl ends it', async () => {
    const bucket = freshKey();
    await passes.items.create({ id: 'p', bucket, ttl: 30 });
    await later(28);
    expect(await statusOf(passes, 'p', bucket)).toBe(200);
    await later(3);
    expect(await statusOf(passes, 'p', bucket)).toBe(404);
  });

  it('without a ttl an item of a container with default -1 stays', async () => {
    const bucket = freshKey();
    await passes.items.create({ id: 'p', bucket });
    await later(86_400 * 400);
    expect(await statusOf(passes, 'p', bucket)).toBe(200);
  });

  it('the container’s default ends items that do not say', async () => {
    const bucket = freshKey();
    await fading.items.create({ id: 'f', bucket });
    await later(61);
    expect(await statusOf(fading, 'f', bucket)).toBe(404);
  });

  it('ttl -1 keeps an item although the container has a default', async () => {
    const bucket = freshKey();
    await fading.items.create({ id: 'f', bucket, ttl: -1 });
    await later(3600);
    expect(await statusOf(fading, 'f', bucket)).toBe(200);
  });

  it('a write starts the time anew', async () => {
    const bucket = freshKey();
    await fading.items.create({ id: 'f', bucket });
    await later(40);
    await fading.item('f', bucket).replace({ id: 'f', bucket });
    await later(40);
    expect(await statusOf(fading, 'f', bucket)).toBe(200);
  });

  it('in a container without TTL the property means nothing', async () => {
    const owner = freshKey();
    await notes.items.create({ id: 'n', owner, ttl: 1 });
    await later(10);
    expect(await statusOf(notes, 'n', owner)).toBe(200);
  });

  it('an ended item is neither queried nor counted', async () => {
    const bucket = freshKey();
    await passes.items.create({ id: 'short', bucket, ttl: 5 });
    await passes.items.create({ id: 'long', bucket, ttl: 5000 });
    await later(6);
    const { resources } = await passes.items
      .query('SELECT VALUE c.id FROM c', { partitionKey: bucket })
      .fetchAll();
    expect(resources).toEqual(['long']);
  });

  it('an ended item’s id is free again, and a patch of it is 404', async () => {
    const bucket = freshKey();
    await passes.items.create({ id: 'p', bucket, ttl: 5 });
    await later(6);
    const failure = await failureOf(passes.item('p', bucket).patch([{ op: 'set', path: '/a', value: 1 }]));
    expect(failure.code).toBe(404);
    expect((await passes.items.create({ id: 'p', bucket })).statusCode).toBe(201);
  });

  it('an item is gone the second it ends, before anything sweeps it away', async () => {
    const real = createClock();
    let aheadMs = 0;
    const silent = await startUnderTest({ clock: { ...real, now: () => real.now() + aheadMs } });
    const container = silent.container('passes');
    await container.items.create({ id: 'p', bucket: 'b', ttl: 30 });
    await container.items.create({ id: 'q', bucket: 'b', ttl: 30 });
    aheadMs = 31_000;
    const options = { changeFeedStartFrom: ChangeFeedStartFrom.Beginning('b') };
    expect((await container.item('p', 'b').read()).statusCode).toBe(404);
    expect(
      (await container.items.query('SELECT * FROM c', { partitionKey: 'b' }).fetchAll()).resources,
    ).toEqual([]);
    expect((await container.items.getChangeFeedIterator(options).readNext()).statusCode).toBe(304);
    expect((await failureOf(container.item('q', 'b').delete())).code).toBe(404);
    expect((await container.items.create({ id: 'p', bucket: 'b' })).statusCode).toBe(201);
    await silent.close();
  });

  it.each<unknown>([0, -2, 1.5, 'soon', 2_147_483_648])('ttl %s is refused', async (given) => {
    const ttl = given as number;
    expect((await failureOf(passes.items.create({ id: 'p', bucket: freshKey(), ttl }))).code).toBe(400);
  });

  it('_ts is the business clock', async () => {
    const { resource } = await passes.items.create({ id: 'p', bucket: freshKey() });
    expect(Math.abs(resource!._ts - under.clock.now() / 1000)).toBeLessThan(5);
  });

  it('what ended before a restart stays away after it, what did not still ends on time', async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'cosmos-ttl-'));
    const bucket = freshKey();
    const first = await startUnderTest({ stateDir });
    await first.container('passes').items.create({ id: 'short', bucket, ttl: 10 });
    await first.container('passes').items.create({ id: 'long', bucket, ttl: 100 });
    await first.clock.moveTo(first.clock.now() + 20_000);
    const offsetMs = first.clock.offsetMs();
    await first.close();
    const second = await startUnderTest({ stateDir, clock: createClock({ offsetMs }) });
    const found = async (id: string) => (await second.container('passes').item(id, bucket).read()).statusCode;
    expect([await found('short'), await found('long')]).toEqual([404, 200]);
    await second.clock.moveTo(second.clock.now() + 90_000);
    expect(await found('long')).toBe(404);
    await second.close();
    rmSync(stateDir, { recursive: true });
  });
});

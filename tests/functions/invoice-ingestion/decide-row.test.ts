/**
 * What people decide about rows that were not taken: once, whoever is faster, with the reason kept.
 */
import { expect, it } from 'vitest';
import { decideRow } from '../../../functions/invoice-ingestion/decide-row.ts';
import { everything, tenOClock } from '../../support/test-edge.ts';
import { createWorld, invoicesCsv } from './world.ts';

const person = { by: 'tenant:clerk', isFeed: false };

const withBadRow = async () => {
  const world = createWorld();
  const { importId } = await world.upload(invoicesCsv(10));
  const place = { company: 'acme', importId, row: 8 };
  const correct = (amount: string) =>
    decideRow(
      world.stores,
      everything,
      place,
      { decision: 'correct', cells: { amount }, reason: `it says ${amount}` },
      person,
      tenOClock,
    );
  const row = () => world.imports.rejectedRow(everything, { companyId: 'acme', importId }, 8);
  return { world, place, correct, row };
};

it('of two corrections at once one wins, and only its import goes on', async () => {
  const { world, correct, row } = await withBadRow();
  const both = await Promise.all([correct('8.50'), correct('9.50')]);
  expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
  await world.drain();
  const kept = await row();
  const states = await Promise.all(
    (await world.imports.list(everything, 'acme', { limit: 10 })).imports
      .filter(({ corrects }) => corrects !== undefined)
      .map(async ({ importId, state }) => [importId === kept?.correctedBy, state]),
  );
  expect(states.toSorted()).toEqual([
    [false, 'refused'],
    [true, 'posting'],
  ]);
});

it('the same correction from two people at once is one import, and both are told of it', async () => {
  const { world, correct, row } = await withBadRow();
  const both = await Promise.all([correct('8.50'), correct('8.50')]);
  const ids = both.map((one) => (one.ok ? one.value.document?.importId : one.code));
  expect(new Set(ids)).toEqual(new Set([(await row())?.correctedBy]));
  await world.drain();
  const { imports } = await world.imports.list(everything, 'acme', { limit: 10 });
  expect(imports.map(({ state }) => state)).toEqual(['posting', 'posting']);
});

it('a correction and a drop at once: one of them is done, and nothing is left waiting for blocks', async () => {
  const { world, place, correct, row } = await withBadRow();
  const dropped = { decision: 'drop' as const, reason: 'a mistake' };
  const both = await Promise.all([
    correct('8.50'),
    decideRow(world.stores, everything, place, dropped, person, tenOClock),
  ]);
  expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
  await world.drain();
  const { imports } = await world.imports.list(everything, 'acme', { limit: 10 });
  const correction = imports.find(({ corrects }) => corrects !== undefined);
  expect(correction?.state).toBe((await row())?.state === 'dropped' ? 'refused' : 'posting');
});

it('a correction that comes later than another is refused each time, and leaves nothing waiting', async () => {
  const { world, correct } = await withBadRow();
  await correct('8.50');
  expect(await correct('9.50')).toMatchObject({ ok: false, code: 'row-not-open' });
  expect(await correct('9.50')).toMatchObject({ ok: false, code: 'row-not-open' });
  const { imports } = await world.imports.list(everything, 'acme', { limit: 10 });
  expect(imports.filter(({ state }) => state === 'receiving')).toEqual([]);
});

it('the reason of a correction stays with its row', async () => {
  const { correct, row } = await withBadRow();
  await correct('8.50');
  expect((await row())?.reasons.at(-1)).toMatchObject({
    code: 'corrected',
    detail: 'tenant:clerk: it says 8.50',
  });
});

it('the same correction again is the same import, and its reason is there once', async () => {
  const { correct, row } = await withBadRow();
  const [first, again] = [await correct('8.50'), await correct('8.50')];
  if (!first.ok || !again.ok) throw new Error('refused');
  expect(again.value.document?.importId).toBe(first.value.document?.importId);
  expect((await row())?.reasons.filter(({ code }) => code === 'corrected')).toHaveLength(1);
});

it('a row that was corrected is not dropped any more', async () => {
  const { world, place, correct } = await withBadRow();
  await correct('8.50');
  const dropped = { decision: 'drop' as const, reason: 'a mistake' };
  expect(await decideRow(world.stores, everything, place, dropped, person, tenOClock)).toMatchObject({
    code: 'row-not-open',
  });
});

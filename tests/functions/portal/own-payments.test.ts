/**
 * The page of payments (R69, R70): money by transfer stands in it as money by card does, newest first, page by page.
 */
import { expect, it } from 'vitest';
import { listReceived } from '../../../functions/portal/own-payments.ts';
import { idOf, invoice, wire } from '../../support/cash-world.ts';
import { key, portalWorld, type PortalWorld } from './portal-world.ts';

const listed = async ({ stores, call }: PortalWorld, before?: number) => {
  const read = await listReceived(stores, call(), key, before);
  if (!read.ok) throw new Error(read.code);
  return read.value;
};

it('shows a transfer, what it settled, and what came back of it', async () => {
  const world = await portalWorld('dunwellLed');
  await world.cash.post('a1', invoice('1', 100_00));
  await world.cash.receive([wire('w1', 100_00)]);
  const { received, next } = await listed(world);
  expect(next).toBeNull();
  expect(received.map(({ is, amount, item }) => [is, amount, item])).toEqual([
    ['received', 100_00, null],
    ['applied', 100_00, idOf('1')],
  ]);
});

it('of a company whose ERP keeps the book it is under way until the book shows it', async () => {
  const world = await portalWorld();
  await world.cash.post('a1', invoice('1', 100_00));
  await world.cash.receive([wire('w1', 100_00)]);
  await world.cash.receive([wire('w2', 60_00)], undefined, { importId: 'import-2' });
  expect((await listed(world)).received).toMatchObject([
    { is: 'underWay', amount: 60_00, currency: 'EUR', item: null },
    { is: 'underWay', amount: 100_00, currency: 'EUR', item: idOf('1') },
  ]);
});

it('goes back page by page to the first, with nothing twice and nothing missing', async () => {
  const world = await portalWorld('dunwellLed');
  for (let n = 1; n <= 60; n += 1) {
    await world.cash.post('a1', invoice(String(n), n * 1_00));
    await world.cash.receive([wire(`w${n}`, n * 1_00)], undefined, { importId: `import-${n}` });
  }
  const amounts: number[] = [];
  let before: number | undefined;
  for (let pages = 1; pages <= 10; pages += 1) {
    const { received, next } = await listed(world, before);
    amounts.push(...received.filter(({ is }) => is === 'received').map(({ amount }) => amount));
    if (next === null) break;
    before = next;
  }
  expect(amounts).toEqual(Array.from({ length: 60 }, (_, n) => (60 - n) * 1_00));
});

it('shows nothing of an account that is not theirs', async () => {
  const world = await portalWorld();
  const read = await listReceived(world.stores, world.call(), { ...key, accountId: 'never' }, undefined);
  expect(read).toMatchObject({ code: 'not-found' });
});

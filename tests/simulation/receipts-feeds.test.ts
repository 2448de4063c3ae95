/**
 * Money of an ERP-led company: beside the book until its feed shows it, whatever comes first.
 */
import { describe, expect, it } from 'vitest';
import { confirmProvisional } from '../../shared/domain/note-provisional.ts';
import { reduceItem } from '../../shared/domain/reduce-item.ts';
import { day, factsOf, itemWith, money } from '../support/account-examples.ts';
import { all, cashWorld, idOf, invoice, now, told, wire, type CashWorld } from '../support/cash-world.ts';

const balance = async (world: CashWorld) => {
  const { open = 0, provisional = 0 } = (await world.account('a1')).head.balances['EUR'] ?? {};
  return { open, provisional };
};

/** What reconciling a snapshot does to an item that vanished from it and had provisional money. */
const snapshotWithout = async (world: CashWorld, number: string, asOf: string) => {
  const [key, itemId] = [{ companyId: 'c1', accountId: 'a1' }, idOf(number)];
  const loaded = await world.parts.accounts.load(all, key, [itemId]);
  const item = loaded.account.items.get(itemId)!;
  const on = day('2026-03-11');
  const gone = { itemId, changeId: `s:${asOf}`, by: 'payment', amount: item.open, on } as const;
  const confirmed = item.provisional.flatMap(({ id: receiptId }) =>
    factsOf(confirmProvisional(loaded.account, { itemId, receiptId, on })),
  );
  const facts = [...factsOf(reduceItem(loaded.account, gone)), ...confirmed];
  const change = {
    at: now,
    facts,
    actor: { kind: 'job', id: 's' } as const,
    cause: { kind: 'feed', id: asOf },
  };
  await world.parts.accounts.append(all, loaded, change);
};

const hear = (world: CashWorld, asOf: string) =>
  world.deliver({ v: 1, companyId: 'c1', feedId: `feed-${asOf.slice(0, 10)}`, asOf });

const paid = async () => {
  const world = await cashWorld('erpLed');
  await world.post('a1', invoice('1', 10_000));
  await world.receive([wire('w1', 10_000)]);
  return world;
};

describe('a bank line in an ERP-led company', () => {
  it('lowers the claim at once, never the book', async () => {
    const world = await paid();
    expect(await balance(world)).toEqual({ open: 10_000, provisional: 10_000 });
    expect(await world.receipt('w1')).toMatchObject({ standing: 'provisional', free: 0 });
  });

  it('is not told of by a feed older than it', async () => {
    const world = await paid();
    await hear(world, '2026-03-10T06:00:00Z');
    expect(await world.receipt('w1')).toMatchObject({ standing: 'provisional', missingInFeeds: [] });
  });

  it('is confirmed by the next feed without its item', async () => {
    const world = await paid();
    await snapshotWithout(world, '1', '2026-03-11T06:00:00Z');
    await hear(world, '2026-03-11T06:00:00Z');
    expect(await balance(world)).toEqual({ open: 0, provisional: 0 });
    expect(await world.receipt('w1')).toMatchObject({
      standing: 'confirmed',
      confirmedBy: 'feed-2026-03-11',
    });
  });

  it('missing in three feeds is noted three times, and the claim stays lowered', async () => {
    const world = await paid();
    for (const on of ['11', '12', '12', '13']) await hear(world, `2026-03-${on}T06:00:00Z`);
    expect((await world.receipt('w1')).missingInFeeds).toHaveLength(3);
    expect((await balance(world)).provisional).toBe(10_000);
  });

  it('lies on account beside the book when it pays no item, until the feed shows such money', async () => {
    const world = await cashWorld('erpLed');
    await world.post('a1', invoice('1', 10_000), invoice('2', 20_000));
    await world.receive([wire('w1', 4_321)]);
    expect(await balance(world)).toEqual({ open: 30_000, provisional: 4_321 });
    await hear(world, '2026-03-11T06:00:00Z');
    expect((await world.receipt('w1')).standing).toBe('provisional');
    const onAccount = {
      id: 'item:payment:77',
      kind: 'paymentOnAccount',
      original: money(-4_321),
      postedOn: day('2026-03-11'),
    } as const;
    await world.post('a1', itemWith({ ...onAccount, open: money(-4_321) }));
    await hear(world, '2026-03-12T06:00:00Z');
    expect(await balance(world)).toEqual({ open: 25_679, provisional: 0 });
    expect((await world.receipt('w1')).standing).toBe('confirmed');
  });

  it('that comes back is off the claim again', async () => {
    const world = await paid();
    const back = wire('b1', 0, { amount: money(-10_000), reversesId: 'w1' });
    expect((await world.receive([back], undefined, { importId: 'import-2' })).refusedBy).toEqual({});
    expect(await balance(world)).toEqual({ open: 10_000, provisional: 0 });
  });
});

describe('a journal of the ERP', () => {
  const journal = [wire('j1', 10_000), told('j1', '1', 10_000)];

  it('explains in its receipts and moves no book', async () => {
    const world = await cashWorld('erpLed');
    await world.post('a1', invoice('1', 10_000));
    await world.receive(journal, undefined, { kind: 'journal' });
    expect(await balance(world)).toEqual({ open: 10_000, provisional: 0 });
    expect(await world.receipt('j1')).toMatchObject({
      ...{ standing: 'confirmed', free: 0 },
      portions: [{ state: 'posted', uses: [{ itemId: idOf('1'), amount: 10_000 }] }],
    });
  });

  it('that gives out more than came in is followed as far as the money goes', async () => {
    const world = await cashWorld('erpLed');
    await world.post('a1', invoice('1', 8_000), invoice('2', 8_000));
    const rows = [wire('j1', 10_000), told('j1', '1', 8_000), told('j1', '2', 8_000)];
    await world.receive(rows, undefined, { kind: 'journal' });
    const { free, portions } = await world.receipt('j1');
    expect([free, portions.map(({ itemId, amount }) => [itemId, amount])]).toEqual([
      0,
      [
        [idOf('1'), 8_000],
        [idOf('2'), 2_000],
      ],
    ]);
  });
});

type Step = (world: CashWorld) => Promise<unknown>;
const permutations = <One>(all: readonly One[]): One[][] =>
  all.length < 2
    ? [[...all]]
    : all.flatMap((one, at) => permutations(all.toSpliced(at, 1)).map((rest) => [one, ...rest]));

describe('bank line, snapshot and its news in any order', () => {
  const steps: [string, Step][] = [
    ['bank line', (world) => world.receive([wire('w1', 10_000)])],
    ['snapshot without the item', (world) => snapshotWithout(world, '1', '2026-03-11T06:00:00Z')],
    ['news of the feed', (world) => hear(world, '2026-03-11T06:00:00Z')],
  ];

  it.each(permutations(steps).map((order) => [order.map(([name]) => name).join(', '), order] as const))(
    '%s: the book is the feed, the wire is counted once',
    async (_, order) => {
      const world = await cashWorld('erpLed');
      await world.post('a1', invoice('1', 10_000));
      for (const [, step] of order) await step(world);
      expect((await balance(world)).open).toBe(0);
      const { portions, free } = await world.receipt('w1');
      expect(free + portions.reduce((sum, { amount }) => sum + amount, 0)).toBe(10_000);
    },
  );
});

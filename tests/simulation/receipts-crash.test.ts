/**
 * S14 and S3 with the process dying before and after every effect: what is there at the end is what an
 * uninterrupted run leaves, and at every stop the portions of each receipt sum to it (B5).
 */
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../shared/domain/entry.ts';
import type { AllocationRow, ReceiptRow } from '../../shared/domain/feed-rows.ts';
import { day, money } from '../support/account-examples.ts';
import {
  all,
  allReceipts,
  cashWorld,
  credit,
  invoice,
  told,
  wire,
  type CashWorld,
} from '../support/cash-world.ts';
import { crashAt, gateOf, type Gate } from '../support/faults.ts';

type Scenario = {
  prepare: (world: CashWorld) => Promise<void>;
  files: (ReceiptRow | AllocationRow)[][];
  accounts: string[];
};

const branches = (count: number): Scenario => {
  const accounts = Array.from({ length: count }, (_, n) => `b${n}`);
  const refs = accounts.map((accountId) => ({ companyId: 'c1', accountId }));
  const total = accounts.reduce((sum, _, n) => sum + 10_000 + n * 100, 0);
  return {
    accounts: ['a1', ...accounts],
    prepare: async (world) => {
      await world.set('payer:a1', { paysFor: refs });
      for (const [n, account] of accounts.entries())
        await world.post(account, invoice(`${n}`, 10_000 + n * 100));
    },
    files: [
      [
        wire('w1', total + 77),
        ...accounts.map((accountId, n) => told('w1', `${n}`, 10_000 + n * 100, { accountId })),
      ],
    ],
  };
};

/** No word of what it is for: the wire of a parent is exactly what is overdue of its branches. */
const groupOfBranches = (count: number): Scenario => {
  const told = branches(count);
  const refs = told.accounts.map((accountId) => ({ companyId: 'c1', accountId }));
  const dueOn = day('2026-03-05');
  return {
    accounts: told.accounts,
    prepare: async (world) => {
      await world.group(refs);
      for (const [n, account] of told.accounts.slice(1).entries())
        await world.post(account, invoice(`${n}`, 10_000 + n * 100, { dueOn }), invoice(`later-${n}`, 4_000));
    },
    files: [[wire('w1', totalOf(count))]],
  };
};

const totalOf = (count: number): number => count * 10_000 + (100 * (count * (count - 1))) / 2;

/** S3: full, part, over, unknown payer, a credit taken off, and a reversal. */
const statement: Scenario = {
  accounts: ['a1', 'a2'],
  prepare: async (world) => {
    await world.post(
      'a1',
      invoice('1', 10_000),
      invoice('2', 50_000),
      invoice('3', 8_000),
      credit('c1', 3_000),
    );
    await world.post('a2', invoice('4', 4_000));
  },
  files: [
    [
      wire('full', 10_000, { text: 'invoice 1' }),
      wire('part', 20_000),
      told('part', '2', 20_000),
      wire('over', 6_000),
      told('over', '3', 8_000),
      told('over', 'c1', -3_000, { kind: 'creditNote' }),
      wire('a2', 3_800, { accountId: 'a2' }),
      told('a2', '4', 3_800),
      withoutPayer(wire('unknown', 999)),
    ],
    [wire('back', 0, { amount: money(-3_800), reversesId: 'a2' })],
  ],
};

function withoutPayer({ accountId: _nobody, ...row }: ReceiptRow): ReceiptRow {
  return row;
}

/** Everything but who and when: entries of every account and receipts, in their order. */
const stateOf = async (world: CashWorld, { accounts }: Scenario): Promise<unknown> => {
  const entries: Record<string, Entry['facts'][]> = {};
  for (const accountId of accounts) {
    const page = { afterVersion: 0, limit: 1_000 };
    const found = await world.parts.accounts.entries(all, { companyId: 'c1', accountId }, page);
    entries[accountId] = found.map(({ facts }) => facts);
  }
  const receipts = (await allReceipts(world.parts)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return { entries, receipts };
};

const run = async (scenario: Scenario, gate?: Gate): Promise<unknown> => {
  const world = await cashWorld();
  await scenario.prepare(world);
  const results = [];
  for (const [n, rows] of scenario.files.entries())
    results.push(await world.receive(rows, gate, { importId: `import-${n}` }));
  return { results, state: await stateOf(world, scenario) };
};

describe.each([
  ['one wire over three accounts', branches(3)],
  ['one wire over fourteen accounts', branches(14)],
  ['one wire over fourteen branches of a group', groupOfBranches(14)],
  ['a statement with full, part, over, unknown and reversed', statement],
] as const)('%s', (_, scenario) => {
  it('ends the same, crashed before or after any effect', async () => {
    const counting = gateOf();
    const expected = await run(scenario, counting);
    expect(counting.calls.length).toBeGreaterThan(5);
    for (let number = 1; number <= counting.calls.length; number += 1)
      for (const when of ['before', 'after'] as const)
        expect(await run(scenario, crashAt(number, when)), `${when} ${counting.calls[number - 1]}`).toEqual(
          expected,
        );
  });

  it('ends the same when any effect is made twice', async () => {
    const counting = gateOf();
    const expected = await run(scenario, counting);
    for (let number = 1; number <= counting.calls.length; number += 1) {
      const gate = gateOf({ fault: (passing) => (passing.number === number ? 'twice' : undefined) });
      expect(await run(scenario, gate), `${counting.calls[number - 1]} twice`).toEqual(expected);
    }
  });
});

it('each account of the wire has its part once, and the rest lies on account', async () => {
  const scenario = branches(14);
  const world = await cashWorld();
  await scenario.prepare(world);
  await world.receive(scenario.files[0]!);
  const receipt = await world.receipt('w1');
  expect(receipt.portions).toHaveLength(15);
  expect(new Set(receipt.portions.map(({ id }) => id)).size).toBe(15);
  expect(receipt.portions.filter(({ itemId }) => itemId === undefined)).toMatchObject([
    { amount: 77, account: { accountId: 'a1' } },
  ]);
  for (const accountId of scenario.accounts.slice(1))
    expect((await world.account(accountId)).head.balances['EUR']?.open).toBe(0);
});

it('a wire without a word splits over the branches of the payer’s group when it is what they are overdue', async () => {
  const scenario = groupOfBranches(14);
  const world = await cashWorld();
  await scenario.prepare(world);
  await world.receive(scenario.files[0]!);
  const receipt = await world.receipt('w1');
  expect([receipt.free, receipt.plan?.rung]).toEqual([0, 'overdue-total']);
  expect(receipt.portions).toHaveLength(14);
  for (const [n, accountId] of scenario.accounts.slice(1).entries()) {
    expect(await world.open(accountId, `item:invoice:${n}`)).toMatchObject({ open: 0 });
    expect((await world.account(accountId)).head.balances['EUR']?.open).toBe(4_000);
  }
});

it('money of the group for another company goes there only when it is named', async () => {
  const other = { companyId: 'c2', accountId: 'z1' };
  for (const [text, isPaid] of [
    ['', false],
    ['invoice 7001', true],
  ] as const) {
    const world = await cashWorld();
    await world.group([{ companyId: 'c1', accountId: 'a1' }, other]);
    await world.post('a1', invoice('own', 500));
    await world.postIn(other, invoice('7001', 12_345));
    await world.receive([wire('w1', 12_345, { text })]);
    const used = (await world.receipt('w1')).portions.map(({ account, itemId }) => [
      account.accountId,
      itemId,
    ]);
    expect(used).toEqual([isPaid ? ['z1', 'item:invoice:7001'] : ['a1', undefined]]);
  }
});

it('what the payer’s own account owes comes before the same amount of its group', async () => {
  const world = await cashWorld();
  await world.group(['a1', 'b1'].map((accountId) => ({ companyId: 'c1', accountId })));
  await world.post('a1', invoice('own', 700));
  await world.post('b1', invoice('branch', 700));
  await world.receive([wire('w1', 700)]);
  expect((await world.receipt('w1')).portions).toMatchObject([{ account: { accountId: 'a1' } }]);
});

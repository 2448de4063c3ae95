/**
 * Bank line, snapshot, journal and news of an ERP-led company in every order: the same claim, book and wire at the end.
 */
import { describe, expect, it } from 'vitest';
import type { AccountWork } from '../../shared/domain/account-work.ts';
import { explainAccount } from '../../shared/domain/journal-work.ts';
import { idsWanted } from '../../shared/ports/account-store.ts';
import { reconcileAccount } from '../../shared/domain/reconcile.ts';
import { itemWith, money } from '../support/account-examples.ts';
import {
  all,
  allReceipts,
  cashWorld,
  idOf,
  invoice,
  now,
  told,
  wire,
  type CashWorld,
} from '../support/cash-world.ts';
import { frameAt, rowOf } from '../support/posting-examples.ts';

type Step = [string, (world: CashWorld) => Promise<unknown>];

const post = async (
  world: CashWorld,
  cause: string,
  decide: (account: Loaded['account']) => readonly object[],
) => {
  const key = { companyId: 'c1', accountId: 'a1' };
  const ids = ['1001', '1002', '1003'].map(idOf);
  const loaded = await world.parts.accounts.load(all, key, ({ openItems = [] }) =>
    idsWanted([...ids, ...openItems.map(({ id }) => id)], { openItems } as never),
  );
  const facts = decide(loaded.account) as never;
  const change = {
    at: now,
    facts,
    actor: { kind: 'job', id: 's' } as const,
    cause: { kind: 'feed', id: cause },
  };
  if ((facts as readonly object[]).length > 0) await world.parts.accounts.append(all, loaded, change);
};
type Loaded = Awaited<ReturnType<CashWorld['parts']['accounts']['load']>>;

/** What is open at that instant, as the ERP shows it. */
const snapshot = (
  asOf: string,
  open: Record<string, number>,
  onAccount: Record<string, number> = {},
): Step => [
  'snapshot',
  (world) =>
    post(world, asOf, (account) => {
      const rows = [
        ...Object.entries(open).map(([number, amount]) => rowOf(number, amount, { original: money(10_000) })),
        ...Object.entries(onAccount).map(([number, amount]) =>
          rowOf(number, -amount, {
            kind: 'paymentOnAccount',
            original: money(-amount),
            postedOn: '2026-03-10' as never,
          }),
        ),
      ];
      const work = {
        accountId: 'a1',
        do: 'reconcile',
        source: 'erp',
        scope: {},
        asOf,
        withheld: [],
        rows,
      } as const;
      const { steps, mark } = reconcileAccount(account, work, frameAt(asOf, asOf));
      return [...(mark === undefined ? [] : [mark]), ...steps.flatMap(({ facts }) => [...facts])];
    }),
];

const news = (asOf: string): Step => [
  'news',
  (world) => world.deliver({ v: 1, companyId: 'c1', feedId: `feed-${asOf}`, asOf }),
];

const bankLine = (more: object = {}, id = 'w1', amount = 10_000): Step => [
  'bank line',
  (world) =>
    world.receive([wire(id, amount, { bankReference: 'REF-1', ...more })], undefined, {
      importId: `bank-${id}`,
    }),
];

const journal: Step = [
  'journal',
  async (world) => {
    const receipt = wire('j1', 10_000, { bankReference: 'REF-1' });
    const line = told('j1', '1001', 10_000);
    await world.receive([receipt, line], undefined, {
      kind: 'journal',
      importId: 'journal-1',
      source: 'erp',
    });
    const work: AccountWork = {
      accountId: 'a1',
      do: 'journal',
      source: 'erp',
      documents: [],
      allocations: [line],
    };
    await post(world, 'j', (account) =>
      explainAccount(account, work, frameAt('journal', '2026-03-11T05:00:00Z'), 'erpLed').steps.flatMap(
        ({ facts }) => [...facts],
      ),
    );
  },
];

const permutations = <One>(some: readonly One[]): One[][] =>
  some.length < 2
    ? [[...some]]
    : some.flatMap((one, at) => permutations(some.toSpliced(at, 1)).map((rest) => [one, ...rest]));

const [first, second] = ['2026-03-11T05:00:00Z', '2026-03-12T05:00:00Z'];

const start = async () => {
  const world = await cashWorld('erpLed');
  await world.post(
    'a1',
    ...['1001', '1002'].map((number) => ({ ...invoice(number, 10_000), source: 'erp' })),
  );
  return world;
};

const run = async (order: readonly Step[]) => {
  const world = await start();
  for (const [, step] of order) await step(world);
  return world;
};

const endOf = async (world: CashWorld) => {
  const { open = 0, provisional = 0 } = (await world.account('a1')).head.balances['EUR'] ?? {};
  const receipts = await allReceipts(world.parts);
  return {
    ...{ book: open, claim: open - provisional, wire: receipts.reduce((sum, { amount }) => sum + amount, 0) },
    standing: receipts.map(({ standing }) => standing),
  };
};

const named = (orders: Step[][]) =>
  orders.map((order) => [order.map(([name]) => name).join(', '), order] as const);

const paid = { book: 10_000, claim: 10_000, wire: 10_000, standing: ['confirmed'] };
const shows2 = (asOf: string) => snapshot(asOf, { '1002': 10_000 });

describe('a wire that names its invoice, its snapshot and its journal', () => {
  it.each(named(permutations([bankLine({ text: 'invoice 1001' }), shows2(first), journal, news(first)])))(
    '%s',
    async (_, order) => {
      const world = await run([...order, shows2(second), news(second)]);
      expect(await endOf(world)).toEqual(paid);
    },
  );
});

/** What the payer says of the wire, in an upload of its own; twice where it is sent again by another mail. */
const advice = (importId = 'advice-1'): Step => [
  'advice',
  (world) =>
    world.receive([told('REF-1', '1001', 10_000, { accountId: 'a1' })], undefined, {
      kind: 'remittance',
      importId,
      source: 'mail',
    }),
];

/** Every step is made again after each other one, as messages that are delivered late and twice. */
const withDuplicates = (order: readonly Step[]): Step[] => order.flatMap((_, at) => order.slice(0, at + 1));

describe.each([
  ['that names its invoice', { text: 'invoice 1001' }],
  ['that names nothing', {}],
] as const)('a wire %s, its advice, its snapshot, its journal and the news', (_, more) => {
  const steps = [bankLine(more), shows2(first), journal, news(first), advice()];
  it.each(named(permutations(steps)))('%s', async (_, order) => {
    const world = await run([...order, shows2(second), news(second)]);
    expect(await endOf(world)).toEqual(paid);
    expect((await world.account('a1')).head.holds).toEqual([]);
    const again = await run([...withDuplicates(order), advice('advice-2'), shows2(second), news(second)]);
    expect(await endOf(again)).toEqual(paid);
  });
});

describe('a wire that names nothing', () => {
  it('after the snapshot that closed the only item of its amount lowers no claim', async () => {
    const world = await start();
    await world.post('a1', { ...invoice('1003', 777), source: 'erp' });
    await snapshot(first, { '1001': 10_000, '1002': 10_000 })[1](world);
    await bankLine({}, 'w1', 777)[1](world);
    expect(await endOf(world)).toEqual({ book: 20_000, claim: 20_000, wire: 777, standing: ['confirmed'] });
  });

  it('that fits what was closed and what is open is left to a person', async () => {
    const world = await run([shows2(first), bankLine()]);
    const receipt = await world.receipt('w1');
    expect(receipt.portions.map(({ itemId }) => itemId)).toEqual([undefined]);
    expect(receipt.plan?.proposals).toHaveLength(2);
  });

  it('before the snapshot that shows it on account is confirmed by it', async () => {
    const onAccount = snapshot(second, { '1001': 10_000, '1002': 10_000 }, { P1: 4_321 });
    const world = await run([bankLine({}, 'w1', 4_321), onAccount, news(second)]);
    expect(await endOf(world)).toEqual({ book: 15_679, claim: 15_679, wire: 4_321, standing: ['confirmed'] });
  });
});

describe('a second wire for the same invoice', () => {
  it('is not what the first one explains', async () => {
    const again = bankLine({ text: 'invoice 1001', bankReference: 'REF-2' }, 'w2');
    const world = await run([shows2(first), bankLine({ text: 'invoice 1001' }), again]);
    expect((await world.receipt('w1')).standing).toBe('confirmed');
    expect(await world.receipt('w2')).toMatchObject({ standing: 'provisional', free: 0 });
  });
});

describe('two wires of the same amount on account', () => {
  const both = (credits: Record<string, number>): Step[] => [
    bankLine({ bankReference: 'REF-1' }, 'w1', 4_321),
    bankLine({ bankReference: 'REF-2' }, 'w2', 4_321),
    snapshot(second, { '1001': 10_000, '1002': 10_000 }, credits),
    news(second),
  ];
  const standings = async (world: CashWorld) =>
    Promise.all(['w1', 'w2'].map(async (id) => (await world.receipt(id)).standing));

  it('and one credit without a reference: neither is confirmed', async () => {
    expect(await standings(await run(both({ P1: 4_321 })))).toEqual(['provisional', 'provisional']);
  });

  it('and one credit with the reference of the second: the second is', async () => {
    expect(await standings(await run(both({ 'REF-2': 4_321 })))).toEqual(['provisional', 'confirmed']);
  });

  it('and two credits: both are', async () => {
    expect(await standings(await run(both({ P1: 4_321, P2: 4_321 })))).toEqual(['confirmed', 'confirmed']);
  });
});

describe('money on account before the book', () => {
  it('is confirmed by more than sixty open items with its credit among them', async () => {
    const world = await run([bankLine({}, 'w1', 4_321)]);
    const many = Array.from({ length: 65 }, (_, at) => ({
      ...invoice(`x${at}`, 10_001 + at),
      source: 'other',
    }));
    await world.post('a1', ...many);
    const credit = { id: 'item:payment:77', kind: 'paymentOnAccount', source: 'other', number: 'P' } as const;
    const amounts = { original: money(-4_321), open: money(-4_321), postedOn: '2026-03-11' as never };
    await world.post('a1', itemWith({ ...credit, ...amounts }));
    await news(second)[1](world);
    expect((await world.receipt('w1')).standing).toBe('confirmed');
  });
});

describe('two bank files with one reference', () => {
  it.each([['REF-1'], ['NONREF']])('%s: both wires are money', async (bankReference) => {
    const world = await run([bankLine({ bankReference })]);
    const other = { importId: 'import-b', source: 'other-bank' };
    await world.receive([wire('w1', 10_000, { bankReference })], undefined, other);
    expect((await endOf(world)).wire).toBe(20_000);
  });

  it("a journal without a reference is nobody else's money", async () => {
    const world = await run([bankLine({ bankReference: 'NONREF' })]);
    const upload = { kind: 'journal', importId: 'import-j', source: 'erp' } as const;
    await world.receive([wire('j1', 10_000, { bankReference: 'NONREF' })], undefined, upload);
    expect((await world.receipt('w1')).seenAs).toBeUndefined();
  });
});

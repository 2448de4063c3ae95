/**
 * Accounts on the local Cosmos DB: the suite of the port, trouble on the wire, and what it costs.
 */
import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../../local/kit/faults.ts';
import { cosmosAccounts } from '../../../shared/azure/cosmos-accounts.ts';
import { topology } from '../../../shared/contracts/topology.ts';
import { scopeOver } from '../../../shared/domain/scope.ts';
import {
  accountStoreSuite,
  append,
  changeOf,
  expectSound,
  fill,
  freshKey,
  from,
  idOf,
  largeAccountSuite,
  posting,
} from '../../ports/account-store.suite.ts';

const all = scopeOver('all');
const batches = `POST /dbs/${topology.database}/colls/ledger/docs`;
import { dueSuite } from '../../ports/due.suite.ts';
import { holdersSuite } from '../../ports/holders.suite.ts';
import { writtenOffSuite } from '../../ports/written-off.suite.ts';
import { cosmosUnderTest } from './cosmos-under-test.ts';

const { container, faults } = cosmosUnderTest(500);

let charges: { operation: string; requestUnits: number }[] = [];

const store = cosmosAccounts(container('ledger'), (operation, requestUnits) =>
  charges.push({ operation, requestUnits }),
);

describe('accounts on Cosmos DB', () => {
  accountStoreSuite(() => store);
  writtenOffSuite(() => store);
  holdersSuite(() => store);
  dueSuite(() => store);
});

describe('a large account on Cosmos DB', () => largeAccountSuite(() => store));

describe('whatever the wire does, an append is there once', () => {
  it.each<FaultKind>(['reset-before', 'reset-after', 'lost-answer', '429', '503', 'duplicate', 'latency'])(
    '%s',
    async (kind) => {
      const key = freshKey();
      await fill(store, key, 1);
      const loaded = await store.load(all, key);
      faults.set({ rules: [{ kind, operation: batches, times: 1, delayMs: 20 }] });
      const next = await append(store, loaded, posting(loaded, [1]));
      expect(faults.counts()).toEqual({ [kind]: 1 });
      await append(store, next, posting(next, [2]));
      const { account } = await store.load(all, key);
      expect([account.head.version, account.head.openCount]).toEqual([3, 3]);
      await expectSound(store, key);
    },
  );

  it('an answer lost while another writer goes on is still known as written', async () => {
    const key = freshKey();
    await fill(store, key, 1);
    const loaded = await store.load(all, key);
    faults.set({ rules: [{ kind: 'lost-answer', operation: batches, times: 1 }] });
    const first = store.append(all, loaded, changeOf(posting(loaded, [1]), 'first'));
    let second = await store.load(all, key);
    while (second.account.head.version < 2) second = await store.load(all, key);
    await append(store, second, posting(second, [2]));
    expect((await first).outcome).toBe('appended');
    await expectSound(store, key);
  });

  it('half of all requests failing, 8 writers land once each', async () => {
    const key = freshKey();
    faults.set({
      seed: 5,
      rules: (['reset-after', 'reset-before', 'duplicate', '429'] as const).map((kind) => ({
        ...{ kind, operation: batches, probability: 0.12, delayMs: 5 },
      })),
    });
    await Promise.all(
      from(0, 8).map(async (n) => {
        for (;;) {
          const loaded = await store.load(all, key, [idOf(n)]).catch(() => undefined);
          if (loaded === undefined) continue;
          const facts = posting(loaded, [n]);
          if (facts.length === 0) return;
          await store.append(all, loaded, changeOf(facts, `w${n}`)).catch(() => undefined);
        }
      }),
    );
    faults.set({});
    const { account } = await store.load(all, key);
    expect([account.head.version, account.head.balances['EUR']?.open]).toEqual([8, 80_000]);
    await expectSound(store, key);
  });
});

it.each([1, 50, 98])('request units of an append of %i invoices', async (count) => {
  const key = freshKey();
  charges = [];
  await fill(store, key, count);
  const units = charges.map(({ requestUnits }) => requestUnits).reduce((sum, one) => sum + one, 0);
  process.stdout.write(
    `${count} invoices: ${units.toFixed(1)} RU, ${(units / count).toFixed(2)} each, ${charges.length} calls\n`,
  );
  if (count >= 50) expect(units / count).toBeLessThanOrEqual(6.5);
});

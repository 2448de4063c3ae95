/**
 * Settings on the local Cosmos DB: the suite of the port, a lost answer, and what a read costs.
 */
import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../../local/kit/faults.ts';
import { cosmosSettings } from '../../../shared/azure/cosmos-settings.ts';
import { topology } from '../../../shared/contracts/topology.ts';
import { scopeOver } from '../../../shared/domain/scope.ts';
import { settingsStoreSuite } from '../../ports/settings-store.suite.ts';
import { cosmosUnderTest } from './cosmos-under-test.ts';

const { container, faults } = cosmosUnderTest(500);

const all = scopeOver('all');
const batches = `POST /dbs/${topology.database}/colls/settings/docs`;

let charges: { operation: string; requestUnits: number }[] = [];

const store = cosmosSettings(container('settings'), (operation, requestUnits) =>
  charges.push({ operation, requestUnits }),
);

describe('settings on Cosmos DB', () => settingsStoreSuite(() => store));

const value = { value: { units: ['acme'] }, by: 'a:b', at: '2026-11-22T10:00:00Z', reason: 'asked for' };

describe('whatever the wire does, a version is there once', () => {
  it.each<FaultKind>(['reset-after', 'lost-answer', '429', 'duplicate'])('%s', async (kind) => {
    const place = { scope: `company:${kind}`, name: 'company' };
    faults.set({ rules: [{ kind, operation: batches, times: 1, delayMs: 20 }] });
    const saved = await store.save(all, place, 0, value).catch(() => 'unknown');
    if (saved === 'unknown') expect(await store.save(all, place, 0, value)).toBe('saved');
    else expect(saved).toBe('saved');
    expect(faults.counts()).toEqual({ [kind]: 1 });
    expect(await store.read(all, place)).toEqual({ version: 1, ...value });
    expect(await store.version(all, place, 2)).toBeUndefined();
  });
});

it('what somebody may reach costs one request unit to read, whether they have any or not', async () => {
  const place = { scope: 'user:t:o', name: 'reach' };
  charges = [];
  await store.read(all, place);
  await store.save(all, place, 0, value);
  charges = charges.slice(0, 1);
  await store.read(all, place);
  expect(charges.map(({ requestUnits }) => requestUnits)).toEqual([1, 1]);
});

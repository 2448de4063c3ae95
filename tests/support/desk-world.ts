/**
 * A clerk's desk on in-memory ports: the cash world with proposals and exchange rates, and the process dying before or
 * after, or doubling, any effect of what the clerk does.
 * From: nothing. Next: tests of what is done by hand.
 */
import { expect } from 'vitest';
import type { CashCall } from '../../functions/ledger/cash-parts.ts';
import type { DeskParts } from '../../functions/ledger/propose-change.ts';
import { sha256 } from '../../shared/azure/entry-hash.ts';
import type { Day } from '../../shared/domain/calendar.ts';
import type { LedgerMode } from '../../shared/domain/company.ts';
import type { Outcome } from '../../shared/domain/outcome.ts';
import { receiptIdOf } from '../../shared/domain/receipt-row.ts';
import { referenceKeyOf, type ReferenceRow } from '../../shared/domain/reference.ts';
import { day, money } from './account-examples.ts';
import { all, allReceipts, cashWorld, now } from './cash-world.ts';
import { crashAt, gateOf, withFaults, type Gate } from './faults.ts';
import { memoryFeeds } from './memory/feed-store.ts';
import { memoryReferences } from './memory/reference-store.ts';

export type Desk = Awaited<ReturnType<typeof deskWorld>>;

export const deskWorld = async (mode: LedgerMode = 'dunwellLed') => {
  const world = await cashWorld(mode);
  const calendarOf = async () => ({ weekend: [6, 7], holidays: new Set<Day>() });
  const references = memoryReferences();
  const parts: DeskParts = { ...world.parts, references, calendarOf };
  return {
    ...world,
    parts,
    feeds: memoryFeeds(),
    /** A rate of a day: so many minor units of the one are worth so many of the other. */
    rate: async (
      from: string,
      fromMinor: number,
      to: string,
      toMinor: number,
      { on = '2026-03-10', importId = 'rates-1' } = {},
    ) => {
      const row = { row: 1, from, to, on: day(on) };
      const amounts = { fromMinor: money(fromMinor), toMinor: money(toMinor) };
      const told: ReferenceRow = { kind: 'exchangeRate', row: { ...row, ...amounts } };
      const named = { key: referenceKeyOf(told), on: row.on, source: 'bank', importId };
      await references.keep(all, 'c1', [{ ...told, ...named, asOf: '2026-03-10T06:00:00Z' }]);
    },
  };
};

/** A person at the desk; each request is another cause. */
export const by = (id: string, request = `${id}-1`): CashCall => ({
  ...{ scope: all, now, actor: { kind: 'staff', id }, cause: { kind: 'request', id: request } },
});

export const codeOf = (outcome: Outcome<unknown>): string => (outcome.ok ? 'done' : outcome.code);

export const valueOf = <Value>(outcome: Outcome<Value>): Value => {
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.detail}`);
  return outcome.value;
};

export const receiptKey = (id: string) => ({ companyId: 'c1', receiptId: receiptIdOf('bank', id, sha256) });

const faulty = (parts: DeskParts, gate: Gate): DeskParts => ({
  ...parts,
  accounts: withFaults(parts.accounts, gate, 'accounts'),
  receipts: withFaults(parts.receipts, gate, 'receipts'),
  proposals: withFaults(parts.proposals, gate, 'proposals'),
  settings: withFaults(parts.settings, gate, 'settings'),
});

type Deed = {
  prepare: (desk: Desk) => Promise<unknown>;
  /** One request; it is sent again after a crash, as its client would. */
  act: (parts: DeskParts, desk: Desk) => Promise<Outcome<unknown>>;
  accounts: readonly string[];
};

/** What accounts, receipts and proposals have come to. */
const stateOf = async ({ parts }: Desk, { accounts }: Deed): Promise<unknown> => ({
  facts: await Promise.all(
    accounts.map(async (accountId) => {
      const page = { afterVersion: 0, limit: 1_000 };
      const entries = await parts.accounts.entries(all, { companyId: 'c1', accountId }, page);
      return entries.map(({ facts }) => facts);
    }),
  ),
  receipts: await allReceipts(parts),
  proposals: await Promise.all(
    (['proposed', 'approved', 'dropped', 'done'] as const).map((state) =>
      parts.proposals.list(all, 'c1', state, { limit: 100 }),
    ),
  ),
});

const run = async (deed: Deed, mode: LedgerMode, gate?: Gate): Promise<unknown> => {
  const desk = await deskWorld(mode);
  await deed.prepare(desk);
  const parts = gate ? faulty(desk.parts, gate) : desk.parts;
  try {
    valueOf(await deed.act(parts, desk));
  } catch (fault) {
    if (gate?.isDead !== true) throw fault;
    gate.restart();
    valueOf(await deed.act(parts, desk));
  }
  return stateOf(desk, deed);
};

/** The same end: sent twice, crashed before or after any effect, any effect made twice. */
export const endsTheSame = async (
  deed: Deed,
  fewestEffects: number,
  mode: LedgerMode = 'dunwellLed',
): Promise<void> => {
  const counting = gateOf();
  const expected = await run(deed, mode, counting);
  const { calls } = counting;
  expect(calls.length).toBeGreaterThanOrEqual(fewestEffects);
  const again = {
    ...deed,
    act: async (parts: DeskParts, desk: Desk) => (
      valueOf(await deed.act(parts, desk)),
      deed.act(parts, desk)
    ),
  };
  expect(await run(again, mode), 'sent twice').toEqual(expected);
  for (const [index, name] of calls.entries()) {
    for (const when of ['before', 'after'] as const)
      expect(await run(deed, mode, crashAt(index + 1, when)), `crashed ${when} ${name}`).toEqual(expected);
    const twice = gateOf({ fault: ({ number }) => (number === index + 1 ? 'twice' : undefined) });
    expect(await run(deed, mode, twice), `${name} twice`).toEqual(expected);
  }
};

/**
 * Orders that wait for payment: they rank the account from the file on that tells them, until the file says otherwise
 * or somebody named lets them go, with a reason and a last day (R160).
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { listOrders, releaseHeld } from '../../../functions/collections/blocked-orders.ts';
import { orderReleaseBody, ordersAnswer } from '../../../shared/contracts/team.ts';
import { addDays, type Day } from '../../../shared/domain/calendar.ts';
import { amountOf } from '../../../shared/domain/money.ts';
import type { Reference } from '../../../shared/domain/reference.ts';
import { referenceDayOf, referenceKeyOf } from '../../../shared/domain/reference.ts';
import { all, keyOf, namesOf, noonOf, ofCollector, today, worklistWorld } from './worklist-world.ts';
import type { WorklistWorld } from './worklist-world.ts';

let world: WorklistWorld;
/** A file that holds an order of an account, or frees it with an amount of 0. */
const told = async (
  accountId: string,
  orderNumber: string,
  amount: number,
  importId: string,
  currency = 'EUR',
) => {
  const row = { row: 1, accountId, orderNumber, currency, amount: amountOf(amount), heldOn: today };
  const one = { kind: 'orderHold', row } as const;
  const reference: Reference = {
    ...{ ...one, key: referenceKeyOf(one), on: referenceDayOf(one), source: 'erp', importId },
    asOf: `2026-11-24T0${importId}:00:00Z`,
  };
  await world.parts.references.keep(all, 'acme', [reference]);
};
const hearOf = async (name: string, on = today) => world.hear(await world.eventsOf(keyOf(name)), on);
const blockedIn = async (name: string, on: Day = today) => {
  const { due, ranked } = await world.list({}, { on });
  const line = [...due, ...ranked].find(({ account }) => account === name);
  return {
    points: line?.parts.find(({ factor }) => factor === 'blockedOrder')?.points ?? 0,
    isDue: due.some(
      ({ account, dues }) => account === name && dues.some(({ kind }) => kind === 'blockedOrder'),
    ),
  };
};
const release = (
  body: object,
  { by = 't:crm', hasLimit = true, scope = all, on = today, requestId = 'r1' } = {},
) =>
  releaseHeld(
    world.parts,
    keyOf('north'),
    orderReleaseBody.parse({ order: 'O-1', untilOn: '2026-11-27', reason: 'paid by phone today', ...body }),
    { scope, now: noonOf(on), by, requestId, hasLimit },
  );
const listed = async (scope = all) => {
  const answer = await listOrders(world.parts, 'acme', { limit: 50 }, { scope, now: noonOf(today) });
  if (!answer.ok) throw new Error(answer.code);
  return ordersAnswer.parse(answer.value).orders;
};

beforeEach(async () => {
  world = await worklistWorld();
  for (const name of ['north', 'south']) {
    await world.owe(keyOf(name), 40, 900_000);
    await world.say(keyOf(name), [
      { kind: 'accountAssigned', to: name === 'north' ? 't:ann' : 't:bob', on: today },
    ]);
    await hearOf(name);
  }
});

describe('an order of a file', () => {
  it('ranks its account by the next tick, though nothing happened to the account, and no more once freed', async () => {
    expect(await blockedIn('north')).toEqual({ points: 0, isDue: false });
    await told('north', 'O-1', 8_600_000, '1');
    expect(await world.tick(today)).toEqual({ ok: true, value: 1 });
    expect(await blockedIn('north')).toEqual({ points: 43_000, isDue: true });
    expect(await world.tick(today)).toEqual({ ok: true, value: 0 });
    await told('north', 'O-1', 0, '2');
    expect(await world.tick(today)).toEqual({ ok: true, value: 1 });
    expect(await blockedIn('north')).toEqual({ points: 0, isDue: false });
    expect(await listed()).toEqual([]);
  });

  it('of another worth is another row', async () => {
    await told('north', 'O-1', 1_000_000, '1');
    await world.tick(today);
    await told('north', 'O-1', 2_000_000, '2');
    await world.tick(today);
    expect((await blockedIn('north')).points).toBe(10_000);
  });

  it('is listed to who may see its account, page by page', async () => {
    await told('north', 'O-1', 8_600_000, '1');
    await told('south', 'O-2', 100_000, '1');
    await told('nobody', 'O-3', 100_000, '1');
    expect((await listed()).map(({ order }) => order)).toEqual(['O-1', 'O-2']);
    expect((await listed(ofCollector('t:bob'))).map(({ order }) => order)).toEqual(['O-2']);
    const page = async (after?: string) => {
      const asked = { limit: 1, ...(after !== undefined && { after }) };
      const answer = await listOrders(world.parts, 'acme', asked, { scope: all, now: noonOf(today) });
      return answer.ok ? answer.value : undefined;
    };
    const first = await page();
    expect(first?.orders).toHaveLength(1);
    expect((await page(first!.next!))?.orders.map(({ order }) => order)).toEqual(['O-2']);
  });
});

describe('an order that is let go', () => {
  beforeEach(async () => {
    await told('north', 'O-1', 4_000_000, '1');
    await world.tick(today);
  });

  it('says who, why and until when; its row counts it no more, and again the day after', async () => {
    expect(await release({})).toMatchObject({ ok: true, value: { by: 't:crm', untilOn: '2026-11-27' } });
    expect(await listed()).toMatchObject([
      { order: 'O-1', released: { by: 't:crm', untilOn: '2026-11-27', why: 'paid by phone today' } },
    ]);
    await hearOf('north');
    expect(await blockedIn('north')).toEqual({ points: 0, isDue: false });
    expect(await blockedIn('north', addDays(today, 3))).toEqual({ points: 0, isDue: false });
    // nothing is written by night
    expect(await blockedIn('north', addDays(today, 4))).toEqual({ points: 20_000, isDue: true });
    expect(namesOf((await world.list({}, { on: addDays(today, 4) })).due)).toContain('north');
  });

  it('asked for twice is let go once', async () => {
    const first = await release({});
    expect(await release({})).toEqual(first);
    const entries = await world.parts.accounts.entries(all, keyOf('north'), { afterVersion: 0, limit: 99 });
    const facts = entries.flatMap((entry) => entry.facts);
    expect(facts.filter(({ kind }) => kind === 'orderReleased')).toHaveLength(1);
    // why it was is no part of the journal
    expect(JSON.stringify(entries)).not.toContain('paid by phone');
  });

  it('above a credit manager’s own limit by an executive alone', async () => {
    await told('north', 'O-1', 5_000_001, '2');
    expect(await release({})).toMatchObject({ code: 'above-limit' });
    expect(await release({}, { by: 't:cfo', hasLimit: false })).toMatchObject({ value: { by: 't:cfo' } });
  });

  it.each([
    ['of days gone by', { untilOn: '2026-11-23' }, {}, 'release-days-wrong'],
    ['for more than 60 days', { untilOn: '2027-01-24' }, {}, 'release-days-wrong'],
    ['nobody holds', { order: 'O-9' }, {}, 'order-not-held'],
    ['of an account outside the scope', {}, { scope: ofCollector('t:bob') }, 'not-found'],
  ])('%s is refused', async (_what, body, more, code) => {
    expect(await release(body, more)).toMatchObject({ ok: false, code });
  });
});

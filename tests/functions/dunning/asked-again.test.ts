/**
 * A person's request whose answer was lost comes again, after what it did is over: it is answered as the first time and
 * does nothing (D1).
 * From: in-memory ports. Next: the routes of staff call these workflows.
 */
import { expect, it } from 'vitest';
import type { StaffCall } from '../../../functions/dunning/change-by-staff.ts';
import { liftHold, placeHold, saveTreatment } from '../../../functions/dunning/change-standing.ts';
import { recordPromise, replacePromise } from '../../../functions/dunning/keep-promises.ts';
import { addDays, instantFromText, type Day } from '../../../shared/domain/calendar.ts';
import { endPromise } from '../../../shared/domain/judge-promise.ts';
import { money } from '../../support/account-examples.ts';
import { late, today } from '../../support/dunning-examples.ts';
import { everything as scope } from '../../support/test-edge.ts';
import { companyId, dunningWorld, type DunningWorld } from './world.ts';

const key = { companyId, accountId: 'a1' };
const itemId = 'item:invoice:1';
const at = (day: Day, time: string) => instantFromText(`${day}T${time}:00Z`);
const call = (requestId: string): StaffCall => ({
  ...{ scope, requestId, now: at(today, '07:00') },
  caller: { id: 'tid:col', principals: ['COL'] },
});
const promise = (days: number) => ({
  ...{ dueOn: addDays(today, days), currency: 'EUR', items: [{ itemId, amount: 20_000 }] },
});
const kinds = async (world: DunningWorld): Promise<string[]> =>
  (await world.facts('a1')).map(({ kind }) => kind);
const withInvoice = async (): Promise<DunningWorld> => {
  const world = await dunningWorld();
  await world.post('a1', `${today}T03:00:00Z`, late(itemId, 50_000, 3));
  return world;
};
/** Every promise is over, every notice went out. */
const allOver = async (world: DunningWorld): Promise<void> => {
  const { account } = await world.accounts.load(scope, key, [itemId]);
  const { promises = [], notices = [] } = account.head.dunning;
  const kept = { result: 'kept', received: money(20_000) } as const;
  await world.change(
    'a1',
    [
      ...promises.flatMap(({ id }) => endPromise(account, id, kept, today)),
      ...notices.map(({ id }) => ({ kind: 'noticeSent', messageId: id, on: today }) as const),
    ],
    at(today, '08:00'),
  );
};
/** So many entries that the request is not among those looked at. */
const longAgo = async (world: DunningWorld): Promise<void> => {
  for (let n = 0; n < 51; n += 1)
    await world.change('a1', [{ kind: 'noteWritten', noteId: `note:${n}`, on: today }], at(today, '09:00'));
};

it.each([
  ['a minute later', () => Promise.resolve()],
  ['after fifty other entries', longAgo],
])('a promise asked for again %s, judged meanwhile, is made and told of once', async (_when, wait) => {
  const world = await withInvoice();
  const first = await recordPromise(world.parts(), key, promise(7), call('r1'));
  await allOver(world);
  await wait(world);
  const again = await recordPromise(world.parts(), key, promise(7), call('r1'));
  expect(again).toMatchObject({
    ok: true,
    value: { promiseId: first.ok ? first.value.promiseId : 'none' },
  });
  const all = await kinds(world);
  expect(all.filter((kind) => kind === 'promiseMade' || kind === 'noticePlanned')).toHaveLength(2);
});

it('a promise that took the place of another does so once', async () => {
  const world = await withInvoice();
  const first = await recordPromise(world.parts(), key, promise(3), call('r1'));
  const before = first.ok ? first.value.promiseId : 'none';
  const replace = () => replacePromise(world.parts(), key, before, promise(7), call('r2'));
  expect(await replace()).toMatchObject({ ok: true });
  await allOver(world);
  expect(await replace()).toMatchObject({ ok: true });
  expect((await kinds(world)).filter((kind) => kind === 'promiseMade')).toHaveLength(2);
});

it('a hold that was lifted is not placed again, one that was lifted is told as lifted', async () => {
  const world = await withInvoice();
  const place = () => placeHold(world.parts(), key, { code: 'on-hold', reason: 'asked' }, call('r1'));
  const first = await place();
  const holdId = first.ok ? first.value.holdId : 'none';
  const lift = () => liftHold(world.parts(), key, holdId, 'over', call('r2'));
  const lifted = await lift();
  expect(lifted).toMatchObject({ ok: true });
  expect(await place()).toEqual(first);
  expect(await lift()).toEqual(lifted);
  expect((await world.head('a1')).holds).toEqual([]);
});

it('how an account is treated stays as it was set last', async () => {
  const world = await withInvoice();
  const treat = (policyId: string, requestId: string) =>
    saveTreatment(world.parts(), key, { policyId }, call(requestId));
  await treat('watch', 'r1');
  await treat('key', 'r2');
  const { version } = await world.head('a1');
  expect(await treat('watch', 'r1')).toMatchObject({ ok: true });
  expect((await world.head('a1')).version).toBe(version);
});

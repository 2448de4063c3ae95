/**
 * A card payment the payer's bank takes back: one task and one alert, however often and how late the provider tells.
 */
import { expect, it } from 'vitest';
import { all, idOf, invoice } from '../../support/cash-world.ts';
import { day } from '../../support/account-examples.ts';
import { key, portalWorld } from './portal-world.ts';

it.each<[number, string[]]>([
  [45_00, ['debitReturned']],
  [10_000_00, ['debitReturned', 'debitReturnedLarge']],
])('of %i: told once, also when the task is done and the provider tells again', async (amount, rules) => {
  const world = await portalWorld();
  await world.cash.post('a1', invoice('1', 12_000_00));
  const started = await world.start([{ item: idOf('1') }]);
  const paymentId = world.provider.pay(await world.sessionOf(started.ok ? started.value.payment : ''));
  world.provider.goBack(paymentId, 'reversals', amount);
  const hearAll = async () => {
    for (const event of world.provider.events) {
      await world.hear({ ...event, eventId: `${event.eventId}-${world.clock.now.toString()}` });
      await world.work();
    }
  };
  await hearAll();
  const tasks = async () => (await world.cash.account('a1')).head.dunning.tasks ?? [];
  const [task, ...more] = await tasks();
  expect([task?.act, task?.dueOn, more]).toEqual(['answer-reversal', '2026-03-11', []]);
  const loaded = await world.stores.accounts.load(all, key);
  await world.stores.accounts.append(all, loaded, {
    ...{ at: world.clock.now, actor: { kind: 'staff', id: 'u:1' }, cause: { kind: 'request', id: 'r' } },
    facts: [{ kind: 'taskEnded', taskId: task!.id, as: 'done', on: day('2026-03-10') }],
  });
  world.clock.now = world.clock.now.add({ minutes: 5 });
  await hearAll();
  expect([await tasks(), world.alerts.raised.map(({ rule }) => rule)]).toEqual([[], rules]);
});

/**
 * Money that goes back (P8): a card payment the payer's bank takes back is one task and one alert, however often and how late
 * the provider tells; refund, reversal and returned debit open just that amount, at the stage of dunning there was before.
 */
import { expect, it } from 'vitest';
import { all, idOf, invoice, wire } from '../../support/cash-world.ts';
import { day } from '../../support/account-examples.ts';
import { key, portalWorld } from './portal-world.ts';

type Paid = { goBack: (as: 'refunds' | 'reversals', amount: number) => Promise<void> };

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

/** Five days late and reminded three times, before the money came. */
const reminded = { stage: 3, dueOn: day('2026-03-05'), firstDueOn: day('2026-03-05') };

it.each<[string, (paid: Paid) => Promise<void>, number[]]>([
  ['a refund', async ({ goBack }) => goBack('refunds', 30_00), [30_00]],
  ['a reversal by the payer’s bank', async ({ goBack }) => goBack('reversals', 100_00), [100_00]],
  [
    'a refund and then a reversal of the rest',
    async ({ goBack }) => (await goBack('refunds', 30_00), goBack('reversals', 70_00)),
    [100_00],
  ],
])('%s opens just that again, at the stage the invoice had before', async (_what, back, [open]) => {
  const world = await portalWorld('dunwellLed');
  await world.cash.post('a1', invoice('1', 100_00, reminded), invoice('2', 50_00));
  const started = await world.start([{ item: idOf('1') }]);
  const paymentId = world.provider.pay(await world.sessionOf(started.ok ? started.value.payment : ''));
  const hearAll = async () => {
    for (const event of [...world.provider.events]) await world.hear(event);
    await world.work();
  };
  const shown = async () => {
    const item = await world.cash.open('a1', idOf('1'));
    return [item?.open ?? 0, item?.stage];
  };
  await hearAll();
  expect((await shown())[0]).toBe(0);
  await back({
    goBack: async (as, amount) => {
      world.provider.goBack(paymentId, as, amount);
      for (let time = 0; time < 2; time += 1) await hearAll();
    },
  });
  expect(await shown()).toEqual([open, 3]);
  expect(await world.cash.open('a1', idOf('2'))).toMatchObject({ open: 50_00, stage: 0 });
});

it('a debit the bank takes back opens its invoice again, at the stage it had before', async () => {
  const { cash } = await portalWorld('dunwellLed');
  await cash.post('a1', invoice('1', 98_000, { ...reminded, method: 'directDebit' }));
  await cash.receive([wire('w1', 98_000, { bankReference: 'B-77' })]);
  expect(await cash.open('a1', idOf('1'))).toMatchObject({ open: 0 });
  const back = wire('back', -98_000, {
    ...{ method: 'bank-return', valueOn: day('2026-04-02'), postedOn: day('2026-04-02') },
    ...{ reversesReferences: ['B-77'], returnReason: 'AM04', bankReference: 'OTHER-9' },
  });
  for (const importId of ['import-2', 'import-3']) await cash.receive([back], undefined, { importId });
  expect(await cash.open('a1', idOf('1'))).toMatchObject({ open: 98_000, stage: 3 });
});

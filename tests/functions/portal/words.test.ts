/**
 * What customers say (R70): paid already, a promise, something needed first, a question; what is held, and no more.
 */
import { expect, it } from 'vitest';
import { promisePayment } from '../../../functions/portal/promise-payment.ts';
import { openOwnCase } from '../../../functions/portal/open-own-case.ts';
import { ask, sayPaid } from '../../../functions/portal/tell-us.ts';
import { endPromise } from '../../../shared/domain/judge-promise.ts';
import { idOf, invoice, all } from '../../support/cash-world.ts';
import { key, portalWorld } from './portal-world.ts';

const start = async () => {
  const world = await portalWorld();
  await world.cash.post('a1', invoice('1', 100_00), invoice('2', 50_00));
  const told = (requestId = 'r1') => ({ ...world.call(), callerId: 'contact:1', requestId });
  const head = async () => (await world.cash.account('a1')).head;
  return { ...world, told, head };
};
const paid = { paidOn: '2026-03-09', how: 'transfer', reference: 'wire 7', items: [idOf('1')] } as const;

it('said to be paid: five business days nothing is asked of it, and somebody traces it, once', async () => {
  const { stores, told, head } = await start();
  const first = await sayPaid(stores, told(), key, { ...paid, items: [...paid.items] });
  expect(await sayPaid(stores, told(), key, { ...paid, items: [...paid.items] })).toEqual(first);
  expect(first).toMatchObject({ ok: true, value: { heldUntil: '2026-03-17' } });
  const { holds, dunning } = await head();
  expect(holds).toMatchObject([{ code: 'says-paid', itemIds: [idOf('1')], untilOn: '2026-03-17' }]);
  expect(dunning.tasks).toMatchObject([{ act: 'trace-payment', dueOn: '2026-03-17' }]);
  const entries = await stores.accounts.entries(all, key, { afterVersion: 1, limit: 9 });
  expect(JSON.stringify(entries)).not.toContain('wire 7');
});

it('nothing is held of an invoice that is not open here', async () => {
  const { stores, told, head } = await start();
  expect(await sayPaid(stores, told(), key, { ...paid, items: [idOf('9')] })).toMatchObject({
    code: 'item-not-found',
  });
  expect((await head()).holds).toEqual([]);
});

it('a promise within a customer’s days holds its part and is told of', async () => {
  const { stores, told, head } = await start();
  const body = { currency: 'EUR', dueOn: '2026-03-20', items: [{ item: idOf('1'), amount: 60_00 as never }] };
  expect(await promisePayment(stores, told(), key, body)).toMatchObject({ ok: true });
  expect(await promisePayment(stores, told(), key, body)).toMatchObject({ ok: true });
  const { dunning } = await head();
  expect(dunning.promises).toMatchObject([{ by: 'customer', amount: 60_00, dueOn: '2026-03-20' }]);
  expect(dunning.notices).toMatchObject([{ text: 'T6' }]);
});

it('asked for again after it was judged, a promise is made and told of once', async () => {
  const { stores, cash, told, head } = await start();
  const body = { currency: 'EUR', dueOn: '2026-03-20', items: [{ item: idOf('1'), amount: 60_00 as never }] };
  const first = await promisePayment(stores, told(), key, body);
  const promiseId = (await head()).dunning.promises![0]!.id;
  const judged = endPromise(
    await cash.account('a1'),
    promiseId,
    { result: 'kept', received: 60_00 as never },
    body.dueOn as never,
  );
  const loaded = await stores.accounts.load(all, key, [idOf('1')]);
  const sent = { kind: 'noticeSent', messageId: `message:T6:${promiseId}`, on: body.dueOn as never } as const;
  await stores.accounts.append(all, loaded, {
    ...{ at: told().now, actor: { kind: 'job', id: 'test' }, cause: { kind: 'test', id: 't' } },
    facts: [...judged, sent],
  });
  const { version } = await head();
  expect(await promisePayment(stores, told(), key, body)).toEqual(first);
  expect((await head()).version).toBe(version);
});

it.each<[string, object]>([
  ['eleven days ahead', { dueOn: '2026-03-21' }],
  ['yesterday', { dueOn: '2026-03-09' }],
  ['of more than is open', { items: [{ item: idOf('1'), amount: 100_01 }] }],
])('a promise %s is refused, and nothing is held', async (_what, more) => {
  const { stores, told, head } = await start();
  const body = { currency: 'EUR', dueOn: '2026-03-20', items: [{ item: idOf('1'), amount: 60_00 }], ...more };
  expect(await promisePayment(stores, told(), key, body as never)).toMatchObject({
    code: 'promise-not-possible',
  });
  expect((await head()).dunning.promises).toBeUndefined();
});

it('a query pauses its items; by a link only those of its mail', async () => {
  const { stores, told, head } = await start();
  const body = { as: 'query' as const, code: 'COPY', items: [{ item: idOf('2') }], text: 'please' };
  const byLink = { ...told(), caseScope: all, mayContest: [idOf('1')] };
  expect(await openOwnCase(stores, byLink, key, body)).toMatchObject({ code: 'item-not-found' });
  expect((await head()).holds).toEqual([]);
  expect(await openOwnCase(stores, { ...byLink, mayContest: 'all' }, key, body)).toMatchObject({ ok: true });
  expect((await head()).holds).toMatchObject([{ code: 'query-open', itemIds: [idOf('2')] }]);
});

it('questions become notes with a task, and not without end', async () => {
  const { stores, told, head } = await start();
  const answers = [];
  for (let n = 1; n <= 22; n += 1)
    answers.push(await ask(stores, told(`q${n}`), key, { text: `question ${n}` }));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(20);
  expect(answers.at(-1)).toMatchObject({ code: 'too-many-words' });
  expect((await head()).dunning.tasks!.length).toBeLessThanOrEqual(12);
});

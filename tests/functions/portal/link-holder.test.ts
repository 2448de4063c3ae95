/**
 * Who holds the link of a mail pays and contests what that mail named, and nothing else of the account (R68).
 */
import { expect, it } from 'vitest';
import { itemsOfCaller } from '../../../functions/portal/linked-items.ts';
import { openOwnCase } from '../../../functions/portal/open-own-case.ts';
import { startCheckout } from '../../../functions/portal/start-checkout.ts';
import { planNotice } from '../../../shared/domain/plan-notice.ts';
import type { Day } from '../../../shared/domain/calendar.ts';
import type { PortalCaller } from '../../../shared/edge/portal-access.ts';
import { factsOf } from '../../support/account-examples.ts';
import { all, idOf, invoice } from '../../support/cash-world.ts';
import { key, portalWorld } from './portal-world.ts';

const start = async () => {
  const world = await portalWorld();
  await world.cash.post('a1', invoice('1', 100_00), invoice('2', 50_00));
  const loaded = await world.stores.accounts.load(all, key);
  const wanted = { text: 'T16' as const, causeId: 'q1', itemIds: [idOf('1')] };
  const facts = factsOf(planNotice(loaded.account.head, wanted, '2026-03-10' as Day));
  const cause = { kind: 'test', id: 't' };
  await world.stores.accounts.append(all, loaded, {
    ...{ at: world.clock.now, actor: { kind: 'job', id: 'test' }, cause, facts },
  });
  const link = { ...key, messageId: 'message:T16:q1', purpose: 'pay' };
  const caller = { id: 'link:1', principals: ['LNK'], link } as unknown as PortalCaller;
  const may = await itemsOfCaller(world.stores, all, caller);
  const call = { ...world.call(), callerId: 'link:1', requestId: 'r1' };
  const pay = (items: string[], credits: string[] = []) =>
    startCheckout(world.stores, { ...call, mayPay: may }, key, {
      ...{ currency: 'EUR', credits },
      items: items.map((item) => ({ item })),
    });
  const contest = (item: string) =>
    openOwnCase(world.stores, { ...call, caseScope: all, mayContest: may }, key, {
      ...{ as: 'query', code: 'PO', items: [{ item }], text: 'please' },
    });
  const head = async () => (await world.cash.account('a1')).head;
  return { may, pay, contest, head, world };
};

it('another invoice of the same account is not paid, alone or beside the mail’s own', async () => {
  const { may, pay, head } = await start();
  expect(may).toEqual([idOf('1')]);
  const before = (await head()).version;
  expect(await pay([idOf('2')])).toMatchObject({ ok: false, code: 'item-not-found' });
  expect(await pay([idOf('1'), idOf('2')])).toMatchObject({ ok: false, code: 'item-not-found' });
  expect(await pay([idOf('1')], [idOf('2')])).toMatchObject({ ok: false, code: 'item-not-found' });
  expect((await head()).version).toBe(before);
  expect((await head()).holds).toEqual([]);
  expect(await pay([idOf('1')])).toMatchObject({ ok: true, value: { amount: 100_00 } });
});

it('another invoice of the same account is not contested or asked about', async () => {
  const { contest, head } = await start();
  expect(await contest(idOf('2'))).toMatchObject({ ok: false, code: 'item-not-found' });
  expect((await head()).holds).toEqual([]);
  expect(await contest(idOf('1'))).toMatchObject({ ok: true });
});

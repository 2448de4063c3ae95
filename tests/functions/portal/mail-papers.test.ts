/**
 * One click sends one mail: the statement, or a copy of an invoice with its original where it is kept.
 */
import { expect, it } from 'vitest';
import type { BesideCall } from '../../../functions/portal/change-beside.ts';
import { mailCopy, mailStatement } from '../../../functions/portal/mail-papers.ts';
import { idOf, invoice } from '../../support/cash-world.ts';
import { key, portalWorld } from './portal-world.ts';

const start = async () => {
  const world = await portalWorld();
  await world.cash.post('a1', invoice('1', 100_00));
  await world.cash.post('a2', invoice('2', 50_00));
  const call = (requestId: string): BesideCall => ({
    ...{ ...world.call(), requestId, actor: { kind: 'customer', id: 'contact:1' } },
  });
  const notices = async () => (await world.cash.account('a1')).head.dunning.notices ?? [];
  return { ...world, call, notices };
};

it('a statement and a copy are planned once for each click', async () => {
  const { stores, call, notices } = await start();
  const first = await mailStatement(stores, call('r1'), key);
  expect(await mailStatement(stores, call('r1'), key)).toEqual(first);
  await mailCopy(stores, call('r2'), key, idOf('1'));
  expect(await notices()).toMatchObject([
    ...[{ text: 'T13', state: 'planned' }],
    ...[{ text: 'T16', state: 'planned', itemIds: [idOf('1')] }],
  ]);
});

it('no copy goes of what is another account’s, and not without end', async () => {
  const { stores, call, notices } = await start();
  expect(await mailCopy(stores, call('r1'), key, idOf('2'))).toMatchObject({ code: 'not-found' });
  expect(await notices()).toEqual([]);
  const answers = [];
  for (let n = 1; n <= 21; n += 1) answers.push(await mailStatement(stores, call(`s${n}`), key));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(12);
  expect(answers.at(-1)).toMatchObject({ code: 'too-many-words' });
});

/**
 * A case opened after part of its invoice was paid: a customer's holds what is left, staff may leave the amount out.
 */
import { describe, expect, it } from 'vitest';
import { openCase } from '../../../functions/disputes/open-case.ts';
import type { OpenCaseBody } from '../../../shared/contracts/disputes.ts';
import { applyPayment, receivePayment } from '../../../shared/domain/apply-payment.ts';
import { day, factsOf, money } from '../../support/account-examples.ts';
import { disputeWorld, key, type DisputeWorld } from '../../support/dispute-world.ts';

const [one, two] = ['item:invoice:1', 'item:invoice:2'];
const price = (items: OpenCaseBody['items']): OpenCaseBody => ({ code: 'PRICE', items, papers: [] });

const newWorld = async () => {
  const world = await disputeWorld();
  await world.post({ id: one, original: money(10_000), open: money(10_000) });
  await world.post({ id: two, original: money(3_000), open: money(3_000) });
  const byCustomer = (body: OpenCaseBody) =>
    openCase(world.parts, { ...world.callBy('who'), actor: { kind: 'customer', id: 'who' } }, key, body);
  const heldOf = async (id: string) =>
    ((await world.account(id)).items.get(id)!.heldParts ?? []).map(({ amount }) => amount);
  return { ...world, byCustomer, heldOf };
};

const pay = async (world: DisputeWorld, itemId: string, cents: number): Promise<void> => {
  const [paymentId, on, amount] = ['payment:r1', day('2026-11-24'), money(cents)];
  const receipt = { paymentId, receiptId: 'r1', portion: '1', source: 'bank', currency: 'EUR', amount };
  await world.append((account) => factsOf(receivePayment(account, { ...receipt, receivedOn: on, on })));
  await world.append(
    (account) => factsOf(applyPayment(account, { paymentId, itemId, changeId: 'x1', amount, on })),
    [itemId, paymentId],
  );
};

describe('a customer', () => {
  it('who contests the whole of what they saw holds what is left of it', async () => {
    const world = await newWorld();
    await pay(world, one, 4_000);
    expect(await world.byCustomer(price([{ item: one, amount: money(10_000) }]))).toMatchObject({ ok: true });
    expect(await world.heldOf(one)).toEqual([6_000]);
    expect(await world.violations()).toEqual([]);
  });

  it('contests two invoices of which one was paid: the other one alone is held', async () => {
    const world = await newWorld();
    await pay(world, one, 10_000);
    const body = price([
      { item: one, amount: money(10_000) },
      { item: two, amount: money(500) },
    ]);
    const opened = await world.byCustomer(body);
    expect(opened).toMatchObject({ ok: true });
    expect([await world.heldOf(one), await world.heldOf(two)]).toEqual([[], [500]]);
  });

  it('is told what to do where nothing is left', async () => {
    const world = await newWorld();
    await pay(world, one, 10_000);
    const refused = await world.byCustomer(price([{ item: one, amount: money(10_000) }]));
    expect(refused).toMatchObject({
      ok: false,
      code: 'above-open',
      detail: expect.stringContaining(': 0 is') as string,
    });
  });
});

describe('staff', () => {
  it('who leave the amount out contest all that is left and in no other case', async () => {
    const world = await newWorld();
    await pay(world, one, 4_000);
    await world.open('QTY', { [one]: 1_000 });
    const opened = await openCase(world.parts, world.callBy('u:c'), key, price([{ item: one }]));
    expect(opened).toMatchObject({ ok: true });
    expect(await world.heldOf(one)).toEqual([1_000, 5_000]);
  });

  it('who contest more than is left are told how much there is', async () => {
    const world = await newWorld();
    await pay(world, one, 4_000);
    const body = price([{ item: one, amount: money(6_001) }]);
    const refused = await openCase(world.parts, world.callBy('u:c'), key, body);
    expect(refused).toMatchObject({
      code: 'above-open',
      detail: expect.stringContaining('6000 is open') as string,
    });
  });
});

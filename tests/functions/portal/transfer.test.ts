/**
 * A customer picks invoices and a credit and gets one reference; the later transfer is for just these, by the reference
 * alone (R171).
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chooseTransfer, passTransfer } from '../../../functions/portal/choose-transfer.ts';
import { paymentEventMessage, type PaymentEventMessage } from '../../../shared/contracts/messages.ts';
import { instantFromText } from '../../../shared/domain/calendar.ts';
import { referenceOfTransfer } from '../../../shared/domain/transfer.ts';
import { isCreditorReference } from '../../../shared/formats/bank-references.ts';
import { all, credit, idOf, invoice, wire } from '../../support/cash-world.ts';
import { crashAt } from '../../support/faults.ts';
import { key, portalWorld, type PortalWorld } from './portal-world.ts';

const numbers = ['1', '2', '3', '4', '5'];
const chosen = numbers.map((number) => ({ item: idOf(number) }));
const credits = ['item:creditNote:9'];

/** From a bank account nobody knows, with words of the payer's own. */
const money = (reference: string) => {
  const { accountId: _accountId, ...row } = wire('w1', 1_350_00, { structuredReference: reference });
  return { ...row, text: 'thank you' };
};

const choose = async (world: PortalWorld, items: object[] = chosen, more: object = {}) => {
  const call = { ...world.call(), callerId: 'contact:1', requestId: 'r1', mayPay: 'all' as const, ...more };
  return chooseTransfer(world.stores, call, key, { currency: 'EUR', items: items as never, credits });
};

/** What waits at the portal's door goes to the ledger, `times` over. */
const passOn = async (world: PortalWorld, times = 1): Promise<void> => {
  for (const { body } of world.waiting.splice(0)) {
    const message = paymentEventMessage.parse(JSON.parse(JSON.stringify(body)));
    for (let time = 0; time < times; time += 1)
      await passTransfer(world.stores, message as Extract<PaymentEventMessage, { transfer: unknown }>);
  }
  await world.work();
};

/** Six invoices and two credits, of which five and one are chosen: 100 + 200 + 300 + 400 + 500 less 150. */
const chosenWorld = async (times = 1) => {
  const world = await portalWorld('dunwellLed');
  await world.cash.post(
    'a1',
    ...numbers.map((number) => invoice(number, Number(number) * 100_00)),
    ...[invoice('6', 135_00), credit('9', 150_00), credit('8', 50_00)],
  );
  const answer = await choose(world);
  if (!answer.ok) throw new Error(answer.detail);
  await passOn(world, times);
  return { world, answer: answer.value };
};

const opens = async (world: PortalWorld): Promise<number[]> => {
  const ids = [...numbers, '6'].map(idOf);
  const items = await Promise.all(
    [...ids, ...credits, 'item:creditNote:8'].map((id) => world.cash.open('a1', id)),
  );
  return items.map((item) => item?.open ?? 0);
};

it.each([1, 2])(
  'five invoices and a credit have one reference, and its money is for them alone (told %i times)',
  async (times) => {
    const { world, answer } = await chosenWorld(times);
    expect(answer).toMatchObject({ amount: 1_350_00, currency: 'EUR', to: null });
    expect(answer.lines).toHaveLength(6);
    await world.cash.receive([money(answer.reference)]);
    await world.cash.receive([money(answer.reference)], undefined, { importId: 'import-2' });
    expect(await opens(world)).toEqual([0, 0, 0, 0, 0, 135_00, 0, -50_00]);
    expect(await world.cash.receipt('w1')).toMatchObject({
      payer: key,
      free: 0,
      plan: { rung: 'remittance' },
    });
  },
);

it('until the money is here the invoices are held, then no more', async () => {
  const { world, answer } = await chosenWorld();
  expect((await world.cash.account('a1')).head.holds).toMatchObject([
    { code: 'says-paid', itemIds: numbers.map(idOf), untilOn: '2026-03-17' },
  ]);
  await world.cash.receive([money(answer.reference)]);
  expect((await world.cash.account('a1')).head.holds).toEqual([]);
});

it('the same choice has the same reference; another one another', async () => {
  const { world, answer } = await chosenWorld();
  expect(await choose(world)).toMatchObject({ ok: true, value: { reference: answer.reference } });
  const fewer = await choose(world, chosen.slice(1), { requestId: 'r2' });
  expect(fewer.ok && fewer.value.reference).not.toBe(answer.reference);
});

it('a link opens the invoices of its mail and no other', async () => {
  const world = await portalWorld('dunwellLed');
  await world.cash.post('a1', ...numbers.map((number) => invoice(number, 100_00)), credit('9', 150_00));
  const mayPay = [idOf('1'), ...credits];
  expect(await choose(world, chosen, { mayPay })).toMatchObject({ ok: false, code: 'item-not-found' });
  expect(world.waiting).toEqual([]);
});

it('more than a card takes can be transferred', async () => {
  const world = await portalWorld('dunwellLed');
  await world.cash.post('a1', invoice('1', 5_000_000_00), credit('9', 150_00));
  expect(await choose(world, [{ item: idOf('1') }])).toMatchObject({
    ok: true,
    value: { amount: 4_999_850_00 },
  });
});

it('money that dies at any step on its way ends where it belongs', async () => {
  const { world: calm, answer } = await chosenWorld();
  const row = money(answer.reference);
  await calm.cash.receive([row]);
  const [ends, steps] = [await opens(calm), 40];
  for (let at = 1; at <= steps; at += 3) {
    const { world } = await chosenWorld();
    await world.cash.receive([row], crashAt(at, 'after'));
    expect([at, await opens(world)]).toEqual([at, ends]);
  }
});

it('references have check digits that find what is mistyped', () => {
  const choices = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(choices, fc.integer({ min: 4, max: 18 }), fc.integer({ min: 1, max: 9 }), (id, at, by) => {
      const reference = referenceOfTransfer(id);
      expect(reference).toMatch(/^RF\d{17}$/);
      expect(isCreditorReference(reference)).toBe(true);
      const digit = (Number(reference[at]) + by) % 10;
      expect(isCreditorReference(`${reference.slice(0, at)}${digit}${reference.slice(at + 1)}`)).toBe(false);
    }),
    { numRuns: 1_000 },
  );
});

it('money that did not come in time is waited for anew when it is chosen again, and holds nothing again', async () => {
  const { world } = await chosenWorld();
  const { advices } = world.cash.parts;
  const [first] = (await advices.list(all, 'c1', 'waiting', { limit: 1 })).advices;
  await advices.save(all, {
    ...(await advices.load(all, 'c1', first!.id))!,
    advice: { ...first!, state: 'lapsed' },
  });
  world.clock.now = instantFromText('2026-05-20T10:00:00Z');
  await choose(world, chosen, { requestId: 'r2' });
  await passOn(world);
  expect((await advices.load(all, 'c1', first!.id))?.advice).toMatchObject({
    state: 'lapsed',
    cameOn: '2026-05-20',
  });
});

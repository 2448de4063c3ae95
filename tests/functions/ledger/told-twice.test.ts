/**
 * A bank line and the ERP's journal tell of the same money by the bank's reference: one receipt where nothing else
 * can be meant, two where it may be other money. Nothing is doubled, and nothing is lost in a guess.
 */
import { describe, expect, it } from 'vitest';
import { day, money } from '../../support/account-examples.ts';
import { allReceipts, cashWorld, invoice, wire, type CashWorld } from '../../support/cash-world.ts';

const withReference = { bankReference: 'BR-7' };
const bank = (id: string, more: Parameters<typeof wire>[2] = {}) =>
  wire(id, 10_000, { ...withReference, ...more });
const receipts = async (world: CashWorld) =>
  (await allReceipts(world.parts)).map(({ source, standing, seenAs }) => ({
    ...{ source, standing, seen: seenAs?.length ?? 0 },
  }));
const world = async () => {
  const made = await cashWorld('erpLed');
  await made.post('a1', invoice('1', 10_000), invoice('2', 10_000));
  let n = 0;
  const send = (kind: 'bankStatement' | 'journal', source: string, ...rows: ReturnType<typeof wire>[]) =>
    made.receive(rows, undefined, { importId: `import-${(n += 1)}`, kind, source });
  return { ...made, send };
};

describe('a bank line and a line of the journal', () => {
  it('of one reference, amount and day are one receipt, whichever comes first', async () => {
    const [one, other] = [await world(), await world()];
    await one.send('bankStatement', 'bank', bank('w1'));
    await one.send('journal', 'erp', bank('j1'));
    await other.send('journal', 'erp', bank('j1'));
    await other.send('bankStatement', 'bank', bank('w1'));
    expect(await receipts(one)).toMatchObject([{ source: 'bank', seen: 1 }]);
    expect(await receipts(other)).toMatchObject([{ source: 'erp', standing: 'confirmed', seen: 1 }]);
  });

  it.each<[string, Parameters<typeof wire>[2]]>([
    ['five days apart', { valueOn: day('2026-03-15') }],
    ['of a payer only one of them knows', { accountId: undefined as never }],
  ])('%s are one receipt, too', async (_what, more) => {
    const one = await world();
    await one.send('bankStatement', 'bank', bank('w1'));
    await one.send('journal', 'erp', JSON.parse(JSON.stringify(bank('j1', more))) as ReturnType<typeof wire>);
    expect(await receipts(one)).toHaveLength(1);
  });

  it.each<[string, Parameters<typeof wire>[2]]>([
    ['six days apart', { valueOn: day('2026-03-16') }],
    ['of another amount', { amount: money(10_001) }],
    ['of another currency', { currency: 'USD' }],
    ['of another payer', { accountId: 'a2' }],
    ['of another reference', { bankReference: 'BR-8' }],
    ['without a reference', { bankReference: 'NONREF' }],
  ])('%s are two receipts', async (_what, more) => {
    const one = await world();
    await one.post('a2', invoice('9', 1));
    await one.send('bankStatement', 'bank', bank('w1'));
    await one.send('journal', 'erp', bank('j1', more));
    expect(await receipts(one)).toHaveLength(2);
  });

  it('beside two wires of one reference, amount and day is a receipt of its own: nobody knows which it is', async () => {
    const one = await world();
    await one.send('bankStatement', 'bank', bank('w1'), bank('w2'));
    await one.send('journal', 'erp', bank('j1'));
    expect((await receipts(one)).map(({ seen }) => seen)).toEqual([0, 0, 0]);
  });

  it('beside two wires of one reference on two days is the one of its own day', async () => {
    const one = await world();
    await one.send('bankStatement', 'bank', bank('w1'), bank('w2', { valueOn: day('2026-03-11') }));
    await one.send('journal', 'erp', bank('j1', { valueOn: day('2026-03-11') }));
    const found = await allReceipts(one.parts);
    expect(found.map(({ valueOn, seenAs }) => [valueOn, seenAs?.length ?? 0]).toSorted()).toEqual([
      ['2026-03-10', 0],
      ['2026-03-11', 1],
    ]);
  });
});

it('two banks that give one reference to two wires are two receipts', async () => {
  const one = await world();
  await one.send('bankStatement', 'bank', bank('w1'));
  await one.send('bankStatement', 'other bank', bank('w1'));
  expect(await receipts(one)).toHaveLength(2);
});

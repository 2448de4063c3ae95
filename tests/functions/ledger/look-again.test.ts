/**
 * What was left for want of something that came later is looked at again: wires before their numbers were indexed,
 * advices whose days passed. Who may have paid is proposed and never applied.
 */
import { describe, expect, it } from 'vitest';
import { guessPayers } from '../../../functions/ledger/guess-payer.ts';
import { listAdvices } from '../../../functions/ledger/list-advices.ts';
import { jobCall } from '../../../functions/ledger/cash-parts.ts';
import { beginLook, lookAgain, type Look } from '../../../functions/ledger/look-again.ts';
import { receivedPaymentsMessage } from '../../../shared/contracts/messages.ts';
import { instantFromText } from '../../../shared/domain/calendar.ts';
import type { ReceiptRow } from '../../../shared/domain/feed-rows.ts';
import type { OutgoingMessage } from '../../../shared/ports/message-sender.ts';
import { all, cashWorld, idOf, invoice, told, wire, type CashWorld } from '../../support/cash-world.ts';
import { memorySearch } from '../../support/memory/search-index.ts';

const nobodys = (row: ReceiptRow): ReceiptRow => {
  const { accountId: _nobody, ...rest } = row;
  return rest;
};
const slot = '2026-03-11T06:00:00Z';

/** Works a tick as the queue does, to its end. @returns the ids of all messages it sent. */
const look = async (world: CashWorld, at = slot): Promise<string[]> => {
  const sent: OutgoingMessage[] = [];
  const sender = { send: async (_: string, some: readonly OutgoingMessage[]) => void sent.push(...some) };
  const parts = { ...world.parts, sender };
  const call = jobCall(all, instantFromText(at), { kind: 'tick', id: at });
  await beginLook('c1', at, parts);
  for (let n = 0; n < sent.length; n += 1) {
    const body = receivedPaymentsMessage.parse(sent[n]!.body);
    if ('look' in body) await lookAgain(parts, call, body satisfies Look);
    else await world.deliver(body);
  }
  return sent.map(({ id }) => id);
};

const named = async (world: CashWorld, accountId: string, number: string): Promise<void> => {
  world.parts.numbers ??= memorySearch();
  const search = world.parts.numbers as ReturnType<typeof memorySearch>;
  const texts = [{ field: 'number', text: number } as const];
  await search.put(all, [{ companyId: 'c1', accountId, itemId: idOf(number), texts }]);
};

describe('a wire that names an invoice which is not indexed yet', () => {
  const early = async () => {
    const world = await cashWorld();
    world.parts.numbers = memorySearch();
    await world.post('a1', invoice('77001', 10_000), invoice('77002', 10_000));
    await world.receive([nobodys(wire('w1', 10_000, { text: 'invoice 77002' }))]);
    expect((await world.receipt('w1')).payer).toBeUndefined();
    return world;
  };

  it('stays where it is as long as nothing is indexed', async () => {
    const world = await early();
    expect(await look(world)).toHaveLength(3); // receipts, designations, then advices: nothing else to do
    expect((await world.receipt('w1')).free).toBe(10_000);
  });

  it('finds its payer once it is, and once only', async () => {
    const world = await early();
    await named(world, 'a1', '77002');
    const first = await look(world);
    const paid = await world.account('a1');
    expect((await world.open('a1', idOf('77002')))?.open).toBe(0);
    expect(await look(world)).not.toContain(first.find((id) => id.startsWith('again:')));
    expect((await world.account('a1')).head.version).toBe(paid.head.version);
  });

  it('is looked at page by page, however many there are, and the same tick sends the same', async () => {
    const world = await early();
    const many = Array.from({ length: 120 }, (_, n) => nobodys(wire(`x${n}`, 20 + n, { text: 'nothing' })));
    await world.receive(many, undefined, { importId: 'import-2' });
    await named(world, 'a1', '77002');
    const sent = await look(world);
    expect(sent.filter((id) => id.startsWith('look:')).length).toBeGreaterThan(3);
    expect(sent.filter((id) => id.startsWith('again:'))).toHaveLength(1);
    expect(new Set(sent).size).toBe(sent.length);
  });

  it('is left to a person after thirty days', async () => {
    const world = await early();
    await named(world, 'a1', '77002');
    expect((await look(world, '2026-04-20T06:00:00Z')).some((id) => id.startsWith('again:'))).toBe(false);
  });
});

describe('an advice whose lines name no account', () => {
  const advised = async () => {
    const world = await cashWorld();
    world.parts.numbers = memorySearch();
    await world.post('a1', invoice('77001', 10_000), invoice('77002', 10_000));
    await world.receive([told('PAY-7', '77002', 10_000)], undefined, { kind: 'remittance', importId: 'r1' });
    return world;
  };

  it('holds its items once the index knows them', async () => {
    const world = await advised();
    expect((await world.account('a1')).head.holds).toEqual([]);
    await named(world, 'a1', '77002');
    await look(world);
    expect((await world.account('a1')).head.holds).toMatchObject([{ itemIds: [idOf('77002')] }]);
  });

  it('names the payer of its money', async () => {
    const world = await advised();
    await named(world, 'a1', '77002');
    await look(world);
    await world.receive([nobodys(wire('w1', 10_000, { bankReference: 'PAY-7' }))]);
    expect((await world.open('a1', idOf('77002')))?.open).toBe(0);
  });

  it('is on the list of the clerk from the third business day', async () => {
    const world = await advised();
    const listed = async (at: string) => {
      const asked = { state: 'toTrace', limit: 9, now: instantFromText(at) } as const;
      const found = await listAdvices(world.parts, all, 'c1', asked);
      return found.ok ? found.value.advices.map(({ reference }) => reference) : found.code;
    };
    expect(await listed('2026-03-12T23:00:00Z')).toEqual([]);
    expect(await listed('2026-03-13T00:00:00Z')).toEqual(['PAY-7']);
  });
});

describe('who may have paid', () => {
  const guessed = async (row: Partial<ReceiptRow>, amount = 10_000) => {
    const world = await cashWorld();
    const search = memorySearch();
    Object.assign(world.parts, { numbers: search, names: search });
    const names = {
      a1: 'Alpha Werke GmbH',
      a2: 'Alpha Handel AG',
      a3: 'Beta Ltd',
      a4: 'Gamma',
      a5: 'Alphabet',
    };
    for (const [accountId, text] of Object.entries(names)) {
      await world.post(accountId, invoice(`${accountId}-1`, 10_000));
      await search.put(all, [{ companyId: 'c1', accountId, texts: [{ field: 'name', text }] }]);
    }
    await named(world, 'a3', '55003');
    await named(world, 'a4', '55004');
    const advice = told('PAY-7', '55004', 4_321, { accountId: 'a4' });
    await world.receive([advice], undefined, { kind: 'remittance', importId: 'r1' });
    await world.receive([nobodys(wire('w1', amount, row))]);
    const receipt = await world.receipt('w1');
    const found = await guessPayers(world.parts, all, { companyId: 'c1', receiptId: receipt.id });
    expect([receipt.payer, receipt.free]).toEqual([undefined, amount]);
    return found.ok ? found.value.map(({ accountId, because }) => [accountId, because]) : found.code;
  };

  it('is proposed by the same name first, then by a similar one, and not by one that only begins alike', async () => {
    expect(await guessed({ payerName: 'ALPHA WERKE' })).toEqual([
      ['a1', 'same-name'],
      ['a2', 'similar-name'],
    ]);
  });

  it('is proposed by numbers of several accounts before the name', async () => {
    expect(await guessed({ payerName: 'Beta Limited', text: '55003 and 55004' })).toEqual([
      ['a3', 'named-numbers'],
      ['a4', 'named-numbers'],
    ]);
  });

  it('is proposed by an advice of the same sum', async () => {
    expect(await guessed({ payerName: 'Gamma' }, 4_321)).toEqual([['a4', 'advice']]);
  });

  it('is nobody where nothing is alike', async () => {
    expect(await guessed({ payerName: 'Omega GmbH' })).toEqual([]);
  });
});

describe('money whose payer names an invoice that comes later', () => {
  const lines = [told('w1', '1', 7_000), told('w1', '2', 3_000)];

  it('lies on account, and pays it at the next look, once', async () => {
    const world = await cashWorld();
    await world.post('a1', invoice('1', 7_000), invoice('9', 500));
    await world.receive([wire('w1', 10_000), ...lines]);
    expect((await world.account('a1')).head.balances['EUR']?.ledger.unapplied).toBe(-3_000);
    await look(world);
    expect(new Set((await world.receipt('w1')).portions.map((one) => one.reservationId)).size).toBe(1);
    await world.post('a1', invoice('2', 3_000));
    await look(world, '2026-03-12T06:00:00Z');
    expect((await world.open('a1', idOf('1')))?.open).toBe(0);
    expect((await world.open('a1', idOf('2')))?.open).toBe(0);
    expect((await world.open('a1', idOf('9')))?.open).toBe(500);
    const { version } = (await world.account('a1')).head;
    await look(world, '2026-03-12T12:00:00Z');
    expect((await world.account('a1')).head.version).toBe(version);
  });

  it('is not looked at after a month, nor in the hours between', async () => {
    const world = await cashWorld();
    await world.post('a1', invoice('1', 7_000));
    await world.receive([wire('w1', 10_000), ...lines]);
    await world.post('a1', invoice('2', 3_000));
    for (const at of ['2026-03-12T07:00:00Z', '2026-04-12T06:00:00Z']) await look(world, at);
    expect((await world.open('a1', idOf('2')))?.open).toBe(3_000);
  });
});

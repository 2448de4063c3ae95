/**
 * What clerks type in: refused at its field, posted once, taken back while nobody has used it (R9, R110).
 */
import { describe, expect, it } from 'vitest';
import { adjustDebit } from '../../../shared/domain/adjust-debit.ts';
import { day, factsOf, money } from '../../support/account-examples.ts';
import { memoryRequests } from '../../support/memory/request-store.ts';
import { everything, tenOClock } from '../../support/test-edge.ts';
import { scopeOver } from '../../../shared/domain/scope.ts';
import { entryWorld, typed } from './entry-world.ts';

const item = 'item:invoice:M-1';

describe('a document typed in', () => {
  it('is an item of source "manual", by its author, with all that was typed', async () => {
    const world = await entryWorld();
    const more = {
      ...{ net: 10_000, tax: 1_900, discountTiers: [{ percentHundredths: 200, untilOn: '2026-11-30' }] },
      ...{ parties: { shipTo: 'dock 4' }, references: { purchaseOrder: 'PO-7', text: 'for Ms Nord' } },
      ...{ isInsured: true, retention: { amount: 500, releaseOn: '2027-11-20' }, method: 'transfer' },
    };
    const answer = await world.enter([typed(more)]);
    expect([answer.status, answer.json]).toEqual([
      201,
      { company: 'acme', items: [{ account: 'north', item, state: 'posted', faults: {} }] },
    ]);
    const account = await world.account([item]);
    expect(account.items.get(item)).toMatchObject({
      ...{
        source: 'manual',
        kind: 'invoice',
        original: 11_900,
        open: 11_900,
        tax: 1_900,
        dueOn: '2026-12-20',
      },
      ...{ postedOn: '2026-11-22', parties: { shipTo: 'dock 4' }, isInsured: true, method: 'transfer' },
      ...{ references: { purchaseOrder: 'PO-7', text: 'for Ms Nord' }, retention: { amount: 500 } },
      discountTiers: [{ percentHundredths: 200, untilOn: '2026-11-30' }],
    });
    const entries = await world.entries();
    expect(entries.at(-1)).toMatchObject({ actor: { kind: 'staff', id: 'ann' } });
    expect(JSON.stringify(entries)).not.toContain('Ms Nord');
    expect(account.head.balances['EUR']?.open).toBe(11_900);
  });

  it('of a credit note is typed as it stands on paper and owes', async () => {
    const world = await entryWorld();
    await world.enter([typed({ kind: 'creditNote', tax: 1_900, dueOn: undefined })]);
    const { items } = await world.account(['item:creditNote:M-1']);
    expect(items.get('item:creditNote:M-1')).toMatchObject({
      ...{ original: -11_900, open: -11_900, tax: -1_900, dueOn: '2026-11-20' },
    });
  });

  it('is due by its terms', async () => {
    const world = await entryWorld();
    await world.enter([typed({ dueOn: undefined, termsCode: '2/10 net 30' })]);
    expect((await world.account([item])).items.get(item)).toMatchObject({
      ...{ dueOn: '2026-12-20', discountTiers: [{ percentHundredths: 200, untilOn: '2026-11-30' }] },
    });
  });

  it.each([
    ['nothing', { amount: 0 }, 422, 'amount-not-possible', 'items.0.amount'],
    ['less than nothing', { amount: -1 }, 422, 'amount-not-possible', 'items.0.amount'],
    ['a currency nobody uses', { currency: 'EUX' }, 422, 'unknown-currency', 'items.0.currency'],
    ['due before it was issued', { dueOn: '2026-11-19' }, 422, 'due-before-document', 'items.0.dueOn'],
    ['no due day', { dueOn: undefined }, 422, 'due-date-missing', 'items.0.dueOn'],
    ['terms nobody knows', { termsCode: '30 dps' }, 422, 'unknown-terms', 'items.0.termsCode'],
    ['tax that does not add up', { net: 10_000, tax: 1_800 }, 422, 'tax-mismatch', 'items.0.net'],
    [
      'issued in two years',
      { documentOn: '2028-11-20', dueOn: '2028-12-01' },
      422,
      'document-day-not-possible',
      'items.0.documentOn',
    ],
    ['posted tomorrow', { postedOn: '2026-11-23' }, 422, 'document-day-not-possible', 'items.0.postedOn'],
    [
      'more held back than billed',
      { retention: { amount: 11_901 } },
      422,
      'amount-not-possible',
      'items.0.retention',
    ],
    [
      'a discount of all',
      { discountTiers: [{ percentHundredths: 10_000, untilOn: '2026-11-30' }] },
      422,
      'discount-not-possible',
      'items.0.discountTiers.0',
    ],
    ['an unknown customer', { account: 'nobody' }, 422, 'unknown-customer', 'nobody'],
    ['half a cent', { amount: 0.5 }, 400, 'input-not-valid', 'amount'],
    ['a day that never was', { dueOn: '2026-02-30' }, 400, 'input-not-valid', 'dueOn'],
    ['a number that turns the writing', { number: 'M\u202e1' }, 400, 'input-not-valid', 'number'],
    ['a field nobody knows', { open: 5 }, 400, 'input-not-valid', 'open'],
  ])('of %s is refused at its field, and nothing is posted', async (_name, more, status, code, field) => {
    const world = await entryWorld();
    const answer = await world.enter([typed(more)]);
    expect([answer.status, answer.json['code']]).toEqual([status, code]);
    expect(answer.json['detail']).toContain(field);
    expect((await world.account()).head.version).toBe(1);
  });

  it('tells every fault at once', async () => {
    const world = await entryWorld();
    const { json } = await world.enter([typed({ currency: 'EUX', dueOn: '2026-11-19' })]);
    expect(json['detail']).toMatch(
      /items\.0\.currency: unknown-currency.*items\.0\.dueOn: due-before-document/,
    );
  });

  it('that only differs from what is known of the customer is posted and held from chasing', async () => {
    const world = await entryWorld();
    const known = { name: 'South Ltd', nameFrom: 'customers', requiresPurchaseOrder: true } as const;
    await world.customer('south', { ...known, termsCode: 'net 14', isClosed: true });
    const { json } = await world.enter([typed({ account: 'south', billTo: 'North Ltd', ordered: 11_800 })]);
    const [one] = json['items'] as { faults: Record<string, string> }[];
    const expected = [
      'po-missing',
      'bill-to-differs',
      'price-differs',
      'due-date-differs',
      'customer-closed',
    ];
    expect(Object.keys(one!.faults)).toEqual(expected);
    expect((await world.account([item], 'south')).items.get(item)?.faults).toEqual(expected);
  });
});

describe('a number', () => {
  it('that is there is refused, whatever else was typed', async () => {
    const world = await entryWorld();
    await world.enter([typed()]);
    for (const again of [typed(), typed({ amount: 1 }), typed({ dueOn: '2026-12-21' })]) {
      const answer = await world.enter([again]);
      expect([answer.status, answer.json['code']]).toEqual([409, 'number-taken']);
    }
    expect((await world.account([item])).items.get(item)).toMatchObject({
      open: 11_900,
      dueOn: '2026-12-20',
    });
  });

  it('that is on another account of the company is refused without naming it', async () => {
    const world = await entryWorld();
    await world.customer('south');
    await world.enter([typed({ account: 'south' })]);
    const texts = [{ field: 'number', text: 'M-1' }] as const;
    await world.search.put(everything, [
      { companyId: 'acme', accountId: 'south', itemId: item, texts, tokens: [] } as never,
    ]);
    const answer = await world.enter([typed()]);
    expect([answer.status, answer.json['code']]).toEqual([409, 'number-taken']);
    expect(JSON.stringify(answer.json)).not.toContain('south');
  });

  it('sent again by the same call is there once, also when the first answer was lost', async () => {
    const world = await entryWorld();
    const first = await world.enter([typed()], {}, { key: 'k' });
    expect(await world.enter([typed()], {}, { key: 'k' })).toEqual(first);
    Object.assign(world.edge, { requests: memoryRequests() });
    expect(await world.enter([typed()], {}, { key: 'k' })).toEqual(first);
    expect((await world.entries()).length).toBe(2);
  });
});

describe('a batch', () => {
  const batch = [
    typed(),
    typed({ number: 'M-2' }),
    typed({ kind: 'creditNote', number: 'C-1', amount: 900 }),
  ];

  it('with one document in a currency that has no limit posts none of them', async () => {
    const world = await entryWorld();
    await world.set('entry', { mostCents: 1_000_000 });
    const baht = typed({ number: 'M-3', currency: 'THB' });
    const answer = await world.enter([typed(), baht], { totals: { EUR: 11_900, THB: 11_900 } });
    expect(answer.json['code']).toBe('limits-lack-currency');
    expect((await world.account()).head.version).toBe(1);
  });

  it('that adds up is posted whole', async () => {
    const world = await entryWorld();
    expect((await world.enter(batch, { totals: { EUR: 22_900 } })).status).toBe(201);
    expect((await world.account()).head.balances['EUR']?.open).toBe(22_900);
  });

  it.each([
    ['a cent too much', { EUR: 22_901 }],
    ['a currency it does not have', { EUR: 22_900, USD: 1 }],
  ])('with %s in its total posts nothing', async (_name, totals) => {
    const world = await entryWorld();
    const answer = await world.enter(batch, { totals });
    expect([answer.status, answer.json['code']]).toEqual([422, 'batch-out-of-balance']);
    expect((await world.account()).head.version).toBe(1);
  });

  it('without a total, or with one number twice, or with one bad document, posts nothing', async () => {
    const world = await entryWorld();
    const codes = [
      await world.enter(batch),
      await world.enter([typed(), typed()], { totals: { EUR: 23_800 } }),
      await world.enter([typed(), typed({ number: 'M-2', dueOn: '2026-11-01' })], {
        totals: { EUR: 23_800 },
      }),
    ].map(({ json }) => json['code']);
    expect(codes).toEqual(['input-not-valid', 'number-taken', 'due-before-document']);
    expect((await world.account()).head.version).toBe(1);
  });
});

describe('where the ERP keeps the book', () => {
  it.each([
    ['invoice', 'enter-in-erp'],
    ['debitNote', 'enter-in-erp'],
    ['creditNote', 'propose-instead'],
  ])('a %s typed in is refused: %s', async (kind, code) => {
    const world = await entryWorld('erpLed');
    const answer = await world.enter([typed({ kind })]);
    expect([answer.status, answer.json['code']]).toEqual([409, code]);
    expect((await world.account()).head.version).toBe(1);
  });
});

describe('taking back', () => {
  it('turns the posting round; the item stays, at nothing, and both sides of the ledger with it', async () => {
    const world = await entryWorld();
    await world.enter([typed()]);
    for (const _ of [1, 2]) expect((await world.undo(item)).json).toEqual({ item, open: 0 });
    const account = await world.account([item]);
    expect(account.items.get(item)).toMatchObject({ original: 11_900, open: 0, changes: [{ by: 'undone' }] });
    expect(account.head.balances['EUR']?.ledger).toMatchObject({ receivables: 0, billed: 0 });
    expect(account.head.openCount).toBe(0);
    expect((await world.entries()).length).toBe(3);
  });

  it('frees the number: typed in again it is another part of the same number', async () => {
    const world = await entryWorld();
    await world.enter([typed()]);
    await world.undo(item);
    const again = await world.enter([typed({ amount: 12_900 })]);
    expect(again.json['items']).toMatchObject([{ item: 'item:invoice:M-1::1-2', state: 'posted' }]);
    expect((await world.account()).head.balances['EUR']?.open).toBe(12_900);
    expect((await world.enter([typed()])).json['code']).toBe('number-taken');
  });

  it('is refused once it was used, and of what another source sent', async () => {
    const world = await entryWorld();
    await world.enter([typed()]);
    const key = { companyId: 'acme', accountId: 'north' };
    const loaded = await world.parts.accounts.load(everything, key, [item]);
    const raised = { itemId: item, changeId: 'x', amount: money(1), reason: 'OLD', on: day('2026-11-22') };
    const facts = factsOf(adjustDebit(loaded.account, raised));
    const actor = { kind: 'job', id: 't' } as const;
    await world.parts.accounts.append(everything, loaded, {
      ...{ at: tenOClock, actor, cause: { kind: 'row', id: '2' }, facts },
    });
    const answer = await world.undo(item);
    expect([answer.status, answer.json['code']]).toEqual([409, 'entry-used']);
    expect((await world.undo('item:invoice:never')).status).toBe(404);
  });
});

describe('above a limit', () => {
  it('a bookkeeper’s entry waits for another person, and is posted once that person approves it', async () => {
    const world = await entryWorld();
    const asked = await world.enter([typed({ amount: 500_001 })], {}, { as: 'bo:BKK' });
    const [one] = asked.json['items'] as { state: string; request: string }[];
    expect(one).toMatchObject({ state: 'waits' });
    expect((await world.account()).head.version).toBe(1);
    const params = { company: 'acme', request: one!.request };
    const list = await world.call('list-entry-requests', { params: { company: 'acme' }, as: 'cm:CRM' });
    expect(list.json['requests']).toMatchObject([{ number: 'M-1', amount: 500_001, by: 'bo' }]);
    const own = await world.call('approve-entry', { params, body: {}, as: 'bo:ARC' });
    expect([own.status, own.json['code']]).toEqual([403, 'same-person']);
    expect((await world.call('approve-entry', { params, body: {}, as: 'bo:BKK' })).status).toBe(403);
    for (const _ of [1, 2])
      expect((await world.call('approve-entry', { params, body: {}, as: 'cm:CRM' })).json).toMatchObject({
        ...{ state: 'posted', itemId: item, decidedBy: 'cm' },
      });
    expect((await world.account()).head).toMatchObject({ version: 2, openCount: 1 });
  });

  it('of a company everybody’s waits, of exactly the limit nobody’s; other currencies by their factor', async () => {
    const world = await entryWorld();
    await world.set('entry', { mostCents: 10_000 });
    const stateOf = async (more: object) => {
      const { json } = await world.enter([typed(more)]);
      return (json['items'] as { state: string }[] | undefined)?.[0]?.state ?? json['code'];
    };
    expect(await stateOf({ number: 'a', amount: 10_000 })).toBe('posted');
    expect(await stateOf({ number: 'b', amount: 10_001 })).toBe('waits');
    expect(await stateOf({ number: 'c', amount: 100_000, currency: 'SEK' })).toBe('posted');
    expect(await stateOf({ number: 'd', amount: 100_001, currency: 'SEK' })).toBe('waits');
    expect(await stateOf({ number: 'e', currency: 'THB' })).toBe('limits-lack-currency');
  });

  it('what was dropped is not posted any more, what was posted is not dropped', async () => {
    const world = await entryWorld();
    const requestOf = async (number: string) => {
      const { json } = await world.enter([typed({ number, amount: 500_001 })], {}, { as: 'bo:BKK' });
      return { company: 'acme', request: (json['items'] as { request: string }[])[0]!.request };
    };
    const [first, second] = [await requestOf('1'), await requestOf('2')];
    const send = (name: string, params: Record<string, string>) =>
      world.call(name, { params, body: {}, as: 'cm:CRM' });
    expect((await send('drop-entry', first)).json).toMatchObject({ state: 'dropped' });
    expect((await send('approve-entry', first)).json['code']).toBe('entry-not-waiting');
    expect((await send('approve-entry', second)).status).toBe(200);
    expect((await send('drop-entry', second)).json['code']).toBe('entry-not-waiting');
  });

  it('nobody takes back alone what they could not have entered alone', async () => {
    const world = await entryWorld();
    await world.enter([typed({ amount: 500_001 })]);
    const answer = await world.undo(item, { as: 'bo:BKK' });
    expect([answer.status, answer.json['code']]).toEqual([403, 'above-limit']);
  });
});

it('an account outside the reach answers exactly as one that is not there', async () => {
  const world = await entryWorld();
  const absent = await world.enter([typed({ account: 'nobody' })]);
  world.reach(scopeOver(['elsewhere']));
  const foreign = await world.enter([typed()]);
  const text = JSON.stringify(foreign.json).replace('north', 'nobody');
  expect([foreign.status, text]).toEqual([absent.status, JSON.stringify(absent.json)]);
  expect((await world.undo(item)).status).toBe(404);
});

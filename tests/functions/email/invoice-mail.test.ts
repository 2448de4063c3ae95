/**
 * New invoices by mail, T0 (R14, R19), where the company mails them from here: each once, with its original or a copy and
 * what came beside it, to its own account alone; what was there before is left alone.
 */
import { describe, expect, it } from 'vitest';
import { attachmentIdOf, type Attachment } from '../../../shared/domain/attachment.ts';
import { addDays, type Day } from '../../../shared/domain/calendar.ts';
import type { Item } from '../../../shared/domain/item.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import { keepAttachment } from '../../../shared/ports/attachments.ts';
import { everything } from '../../support/test-edge.ts';
import { lookNow, noticeMail } from './desks.ts';
import { payment } from './payment.ts';
import {
  appendTo,
  companyId,
  createMailWorld,
  headOf,
  lateItem,
  open,
  run,
  today,
  tuesday,
} from './mail-world.ts';

const fresh = (n: number, more: Partial<Item> = {}): Item => ({
  ...lateItem('north', n, -30),
  ...{ documentOn: today, postedOn: today },
  ...more,
});

const started = async (items: Item[], from: Day | null = today) => {
  const world = await createMailWorld();
  const place = { scope: `company:${companyId}`, name: 'dunning' };
  const value = { goLiveOn: '2025-01-01', disclosedFactors: [], ...(from && { mailInvoicesFrom: from }) };
  const by = { by: 'u:crm', at: '2026-01-02T00:00:00Z', reason: 'test' };
  await world.settings.save(everything, place, 1, { value, ...by });
  await open(world, 'north', items);
  await open(world, 'south', [lateItem('south', 1, -30)]);
  const look = () => lookNow(world, 'north', 'event', tuesday);
  const waiting = async () =>
    ((await headOf(world, 'north')).dunning.notices ?? []).filter(({ text }) => text === 'T0');
  return { world, look, waiting };
};

describe('a new invoice', () => {
  it('is mailed once with what is kept of it, its order and its discount; looked at again it is not', async () => {
    const { world, look, waiting } = await started([
      fresh(1, {
        references: { purchaseOrder: 'PO-77' },
        discountTiers: [{ percentHundredths: 200, untilOn: addDays(today, 10) }],
      }),
    ]);
    const bytes = new TextEncoder().encode('%PDF-1.7\n%%EOF\n');
    const key = { companyId, itemId: 'item:invoice:north-1', accountId: 'north', sha256: sha256('x') };
    const original: Attachment = {
      ...{
        ...key,
        id: attachmentIdOf(key, sha256),
        number: 'north-1',
        paper: 'document',
        name: 'north-1.pdf',
      },
      ...{ contentType: 'application/pdf', bytes: bytes.byteLength, origin: { is: 'upload' } },
      ...{ by: 'u:clerk', at: '2026-06-01T00:00:00Z' },
    };
    await keepAttachment(
      { documents: world.documents, hashText: sha256 },
      everything,
      original,
      bytes,
      false,
    );
    await look();
    const mail = await noticeMail(world, 'north', 'T0');
    expect(mail.to).toMatchObject([{ address: 'ap@north.example' }]);
    expect(mail.subject).toContain('Invoice north-1');
    expect(mail.text).toContain('PO-77');
    // what the customer's people need to pay it, for them and for machines (R19)
    expect(mail.text).toMatch(/500\.00/);
    expect(mail.text).toContain('16 July 2026');
    const link = /https:\/\/pay\.acme\.example\/pay\/[^\s"]+/;
    expect(mail.text).toMatch(link);
    const values = [...mail.html.matchAll(/<meta itemprop="(\w+)" content="([^"]*)">/g)];
    expect(Object.fromEntries(values.map(([, name, value]) => [name, value]))).toMatchObject({
      ...{ identifier: 'north-1', orderNumber: 'PO-77', paymentDueDate: '2026-07-16', currency: 'EUR' },
      ...{ propertyID: 'remittanceReference', target: expect.stringMatching(link) as string },
    });
    // the seller asks to quote the account, whole and no more; where the two differ: `machine-form.test.ts`
    const found = /remittanceReference">\s*<meta itemprop="value" content="([^"]*)"/.exec(mail.html);
    expect(found?.[1]).toBe('north');
    expect(mail.text).toMatch(/^\s*Payment reference: north$/m);
    expect(mail.text).toMatch(/EUR\s490\.00 settles this invoice/);
    expect(mail.files.map(({ name }) => name)).toEqual(['north-1.pdf']);
    expect(mail.text + mail.html).not.toContain('south');
    await look();
    expect(await waiting()).toEqual([]);
    expect(world.mailer.accepted).toHaveLength(1);
  });

  it('without an original brings a copy out of our records', async () => {
    const { world, look } = await started([fresh(1)]);
    await look();
    expect((await noticeMail(world, 'north', 'T0')).files.map(({ name }) => name)).toEqual(['north-1.pdf']);
  });

  it('of many, twelve are on their way at once; the rest follow, each once', async () => {
    const { world, look, waiting } = await started(Array.from({ length: 30 }, (_, n) => fresh(n + 1)));
    const mailed: string[] = [];
    for (let round = 1; round <= 4; round += 1) {
      await look();
      for (const { id } of await waiting()) {
        mailed.push(id);
        await run(world, 'north', id, tuesday.add({ minutes: round }));
      }
    }
    expect([mailed.length, new Set(mailed).size]).toEqual([30, 30]);
    expect(world.mailer.accepted).toHaveLength(30);
  });

  it.each<[string, Item, Day | null]>([
    ['posted before the day', fresh(1, { postedOn: addDays(today, -1) }), today],
    ['of a company that mails none', fresh(1), null],
    ['that is due already', fresh(1, { dueOn: addDays(today, -1) }), today],
    ['by direct debit', fresh(1, { method: 'directDebit' }), today],
    ['delivered to the customer’s own system', fresh(1, { apStatus: 'submitted' }), today],
    ['within the group', fresh(1, { isIntercompany: true }), today],
    ['held for a fault', fresh(1, { faults: ['source-row-refused'] }), today],
  ])('%s is not mailed', async (_, item, from) => {
    const { look, waiting } = await started([item], from);
    await look();
    expect(await waiting()).toEqual([]);
  });

  it('of an insolvent customer waits, and goes out when that is over', async () => {
    const { world, look, waiting } = await started([fresh(1)]);
    const hold = { id: 'h', code: 'insolvent', placedOn: today };
    await appendTo(world, 'north', [{ kind: 'holdPlaced', hold, on: today }]);
    await look();
    expect(await waiting()).toEqual([]);
    await appendTo(world, 'north', [{ kind: 'holdLifted', holdId: 'h', on: today }]);
    await look();
    expect(await waiting()).toHaveLength(1);
  });

  it('paid before its mail goes out is not asked for', async () => {
    const { world, look, waiting } = await started([fresh(1)]);
    await look();
    const [first] = await waiting();
    await payment(world, 'north', 'item:invoice:north-1', 50_000);
    await run(world, 'north', first!.id);
    expect(world.mailer.accepted).toEqual([]);
  });
});

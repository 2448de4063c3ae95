/**
 * A file that was taken once stays what it came to, however it is declared later; one that was refused gets another
 * chance; and nobody sends more in a day than the limits say.
 */
import { describe, expect, it } from 'vitest';
import { createImport } from '../../../functions/invoice-ingestion/create-import.ts';
import { everything, tenOClock } from '../../support/test-edge.ts';
import { bodyFor, createWorld, invoicesCsv } from './world.ts';

const csv = invoicesCsv(10, () => false);

describe('the same file', () => {
  it('taken once and declared otherwise later is the import it was, and posts nothing again', async () => {
    const world = createWorld();
    const first = await world.upload(csv);
    const before = world.state(first);
    const again = await world.upload(csv, { rows: 10, locale: 'de-DE', format: 'csv' });
    expect([again.importId, world.state(again)]).toEqual([first.importId, before]);
  });

  it('refused for what was declared gets another chance under another declaration, and that one stays', async () => {
    const world = createWorld();
    const refused = await world.upload(csv, { rows: 11 });
    expect(refused).toMatchObject({ state: 'refused', because: { code: 'control-total-mismatch' } });
    expect(world.sent('account-postings')).toEqual([]);
    expect((await world.upload(csv, { rows: 11 })).importId).toBe(refused.importId);
    const right = await world.upload(csv, { rows: 10 });
    expect([right.importId === refused.importId, right.counts.accepted]).toEqual([false, 10]);
    const later = await world.upload(csv, { rows: 12 });
    expect([later.importId, later.state]).toEqual([right.importId, right.state]);
  });
});

describe('what one sends in a day', () => {
  const day = tenOClock;
  const person = { by: 'tenant:person', isFeed: false };
  const world = async () => {
    const made = createWorld();
    await made.upload('invoice_number\n');
    return (n: number, sender = { by: 'tenant:other', isFeed: false }, at = day, more = {}) =>
      createImport(made.stores, everything, bodyFor(`file ${n}`, more), sender, at);
  };
  const codeOf = (outcome: Awaited<ReturnType<typeof createImport>>): string =>
    outcome.ok ? 'taken' : outcome.code;

  it('a person sends twenty files, the same one as often as they like', async () => {
    const send = await world();
    for (let n = 1; n <= 20; n += 1) expect(codeOf(await send(n))).toBe('taken');
    expect(codeOf(await send(21))).toBe('too-many-uploads');
    expect(codeOf(await send(20))).toBe('taken');
    expect(codeOf(await send(21, { ...person, by: 'tenant:third' }))).toBe('taken');
    expect(codeOf(await send(22, undefined, day.add({ hours: 24 })))).toBe('taken');
  });

  it('a feed sends more than a person may', async () => {
    const send = await world();
    const feed = { by: 'tenant:erp', isFeed: true };
    for (let n = 1; n <= 21; n += 1) expect(codeOf(await send(n, feed))).toBe('taken');
  });

  it('a person sends four gibibytes, and not a byte more', async () => {
    const send = await world();
    expect(codeOf(await send(1, undefined, day, { size: 4 * 1024 ** 3 }))).toBe('taken');
    expect(codeOf(await send(2, undefined, day, { size: 1 }))).toBe('too-many-uploads');
  });
});

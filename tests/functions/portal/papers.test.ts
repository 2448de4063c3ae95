/**
 * What a customer downloads (R69, R70): the statement as it stands, the original of an invoice or a copy, the papers beside it.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import {
  downloadDocument,
  downloadItemPaper,
  downloadStatement,
  listItemPapers,
  type PaperCall,
} from '../../../functions/portal/own-papers.ts';
import type { Attachment } from '../../../shared/domain/attachment.ts';
import { statementPdf } from '../../../shared/formats/statement-pdf.ts';
import { keepAttachment } from '../../../shared/ports/attachments.ts';
import { all, idOf, invoice, wire } from '../../support/cash-world.ts';
import { key, portalWorld, type PortalWorld } from './portal-world.ts';

let world: PortalWorld;
beforeEach(async () => {
  world = await portalWorld();
  await world.cash.post('a1', invoice('1', 100_00), invoice('2', 55_00));
  await world.cash.post('a2', invoice('3', 999_00));
});
const setUp = async () => {
  const sender = { name: 'Ann', email: 'ann@seller.example', phone: '+49 30 1', hours: '9-17' };
  const from = { from: 'ar@seller.example', replyDomain: 'r.seller.example', address: ['Street 1'] };
  await world.cash.set('mail', { ...from, sender, linkOrigin: 'https://pay.example.com' });
  const by = { askedBy: 'p1', askedAt: '2026-01-01T00:00:00Z', reason: 'first', releasedBy: 'p2' };
  const account = { version: 1, holder: 'Test', account: 'DE02120300000000202051' };
  await world.cash.set('ourBankDetails', {
    inForce: { ...account, ...by, releasedAt: '2026-01-01T01:00:00Z' },
  });
};
const call = (more: Partial<PaperCall> = {}): PaperCall => ({
  ...{ ...world.call(), language: undefined, seesAddress: true, mayRead: 'all' },
  ...more,
});
const textOf = (bytes: unknown): string => new TextDecoder().decode(bytes as Uint8Array);
const shownBy = async (asked: ReturnType<typeof downloadDocument>) => {
  const file = await asked;
  if (!file.ok) throw new Error(file.code);
  return { fileName: file.value.fileName, ...(JSON.parse(textOf(file.value.bytes)) as { data: object }) };
};

describe('the statement', () => {
  it('holds all that is open of this account, and nothing of another', async () => {
    await setUp();
    const file = await shownBy(downloadStatement(world.stores, call(), key, 'pdf'));
    expect(file).toMatchObject({ fileName: 'statement-a1-2026-03-10.pdf', is: 'statement', language: 'de' });
    expect(file.data).toMatchObject({ tables: [{ currency: 'EUR', asked: 155_00, rows: [{}, {}] }] });
    expect(JSON.stringify(file)).not.toContain('999');
    const sheet = await shownBy(downloadStatement(world.stores, call({ language: 'fr' }), key, 'xlsx'));
    expect(sheet).toMatchObject({ fileName: 'statement-a1-2026-03-10.xlsx', is: 'sheet', language: 'fr' });
  });

  it('is drawn from right to left, too', async () => {
    await setUp();
    const stores = { ...world.stores, draw: { ...world.stores.draw, statement: statementPdf } };
    const file = await downloadStatement(stores, call({ language: 'he' }), key, 'pdf');
    expect(textOf(file.ok ? file.value.bytes : '').slice(0, 5)).toBe('%PDF-');
  });

  it('of a settled account says nothing is open; before the seller is set up it says so', async () => {
    expect(await downloadStatement(world.stores, call(), key, 'pdf')).toMatchObject({
      code: 'paper-not-ready',
    });
    world = await portalWorld('dunwellLed');
    await world.cash.post('a1', invoice('1', 100_00));
    await setUp();
    await world.cash.receive([wire('1', 100_00)]);
    const file = await shownBy(downloadStatement(world.stores, call(), key, 'pdf'));
    expect(file.data).toMatchObject({ tables: [{ currency: 'EUR', asked: 0, rows: [] }] });
  });

  it('of more rows than paper holds is refused, the sheet is not', async () => {
    await setUp();
    for (let first = 0; first < 400; first += 80)
      await world.cash.post(
        'a1',
        ...Array.from({ length: 80 }, (_, n) => invoice(String(1_000 + first + n), 1_00)),
      );
    const asked = [call(), key] as const;
    expect(await downloadStatement(world.stores, ...asked, 'pdf')).toMatchObject({
      code: 'statement-too-long',
    });
    expect(await downloadStatement(world.stores, ...asked, 'xlsx')).toMatchObject({ ok: true });
  });
});

const paper = (id: string, more: Partial<Attachment> = {}): Attachment => ({
  ...{ id: `att-${id}`, companyId: 'c1', itemId: idOf('1'), number: '1', accountId: 'a1', paper: 'document' },
  ...{ name: `${id}.pdf`, contentType: 'application/pdf', bytes: 3, sha256: id, origin: { is: 'byKey' } },
  ...{ by: 'feed', at: '2026-03-01T00:00:00Z' },
  ...more,
});
const keep = (one: Attachment) =>
  keepAttachment(world.stores, all, one, new TextEncoder().encode(one.id), false);

describe('the document of an invoice', () => {
  it('is the original where it is kept, else a copy made of our records', async () => {
    await setUp();
    const place = { ...key, itemId: idOf('1') };
    const copy = await shownBy(downloadDocument(world.stores, call(), place));
    expect(copy).toMatchObject({ fileName: '1.pdf', is: 'copy', number: '1' });
    await keep(paper('original'));
    const file = await downloadDocument(world.stores, call(), place);
    expect(file).toMatchObject({ ok: true, value: { fileName: 'original.pdf' } });
  });

  it.each<[string, string, Partial<PaperCall>]>([
    ['of another account', idOf('3'), {}],
    ['nobody has', 'item:invoice:never', {}],
    ['the mail of the link did not name', idOf('2'), { mayRead: [idOf('1')] }],
  ])('%s is not there', async (_what, itemId, more) => {
    await setUp();
    const place = { ...key, itemId };
    expect(await downloadDocument(world.stores, call(more), place)).toMatchObject({ code: 'not-found' });
    expect(await listItemPapers(world.stores, call(more), place)).toMatchObject({ code: 'not-found' });
    const one = { ...place, paper: 'att-original' };
    expect(await downloadItemPaper(world.stores, call(more), one)).toMatchObject({ code: 'not-found' });
  });

  it('shows no address to the holder of a link', async () => {
    await setUp();
    const place = { ...key, itemId: idOf('1') };
    const known = { name: 'North', address: 'Secret Lane 1', city: 'Kiel' };
    await world.masterData(known);
    const [signedIn, byLink] = [
      await shownBy(downloadDocument(world.stores, call(), place)),
      await shownBy(downloadDocument(world.stores, call({ seesAddress: false }), place)),
    ];
    expect(JSON.stringify(signedIn)).toContain('Secret Lane 1');
    expect(JSON.stringify(byLink)).toContain('North');
    expect(JSON.stringify(byLink)).not.toContain('Secret Lane 1');
  });
});

describe('papers beside an invoice', () => {
  it('are those of this account that are meant for the customer', async () => {
    await keep(paper('delivery', { paper: 'proofOfDelivery' }));
    await keep(paper('foreign', { accountId: 'a2' }));
    await keep(paper('inner', { paper: 'other', origin: { is: 'upload' } }));
    const place = { ...key, itemId: idOf('1') };
    const listed = await listItemPapers(world.stores, call(), place);
    expect(listed).toMatchObject({
      ok: true,
      value: { papers: [{ paper: 'att-delivery', is: 'proofOfDelivery' }] },
    });
    for (const id of ['att-foreign', 'att-inner'])
      expect(await downloadItemPaper(world.stores, call(), { ...place, paper: id })).toMatchObject({
        ok: false,
      });
    const file = await downloadItemPaper(world.stores, call(), { ...place, paper: 'att-delivery' });
    expect(textOf(file.ok ? file.value.bytes : '')).toBe('att-delivery');
  });
});

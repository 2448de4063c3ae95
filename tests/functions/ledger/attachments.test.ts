/**
 * Papers beside items, from the upload to the download: attached, sent by key before or after their item, found
 * inside an e-invoice; seen by whoever sees the item, and by nobody else (R20).
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { registerAttachments } from '../../../functions/ledger/attachment-routes.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { scopeOf, scopeOver } from '../../../shared/domain/scope.ts';
import { factsOf, itemWith, noon } from '../../support/account-examples.ts';
import { httpRoutes } from '../../support/http-routes.ts';
import { pdfOf, pngOf } from '../../support/papers.ts';
import { everything } from '../../support/test-edge.ts';
import { createBooks } from '../whole-path/world.ts';

const item = 'item:invoice:4711';

const paperWorld = async () => {
  const books = await createBooks();
  const { documents, search } = books;
  const attachments = { accounts: books.parts.accounts, documents, numbers: search, hashText: sha256 };
  const routes = httpRoutes((edge) => registerAttachments({ edge, attachments }));
  const params = (account = 'north') => ({ company: 'acme', account, item });
  return {
    ...{ books, documents },
    ...routes,
    /** Posts invoice 4711 to an account; the index of numbers hears of it. To a second one as imports at once may. */
    post: async (account: string) => {
      const { accounts } = books.parts;
      const loaded = await accounts.load(everything, { companyId: 'acme', accountId: account });
      const facts = factsOf(postItem(loaded.account, itemWith({ id: item, number: '4711' })));
      const actor = { kind: 'job', id: 'import' } as const;
      const change = { at: noon, actor, cause: { kind: 'import', id: account }, facts };
      await accounts.append(everything, loaded, change);
      const texts = [{ field: 'number', text: '4711' }] as const;
      await search.put(everything, [
        { companyId: 'acme', accountId: account, itemId: item, texts, tokens: [] } as never,
      ]);
    },
    byKey: (bytes: Uint8Array, more: object = {}) =>
      books.send(bytes, { name: 'invoice_4711.pdf', kind: 'document', source: 'scan', ...more }),
    attach: (bytes: Uint8Array, query: Record<string, string> = {}, as = 'kim:CSR') =>
      routes.call('attach-paper', { params: params(), query: { name: 'pod.pdf', ...query }, bytes, as }),
    list: async (account = 'north', as = 'kim:CSR') => {
      const answer = await routes.call('list-attachments', { params: params(account), as });
      return (answer.json['attachments'] ?? answer.status) as { name: string; attachment: string }[];
    },
    waiting: async () =>
      (await routes.call('list-waiting-attachments', { params: { company: 'acme' } })).json['attachments'],
    params,
  };
};

describe('a paper attached to an item', () => {
  it('is listed with what it is, who sent it and when, and comes back byte by byte, never to be opened here', async () => {
    const world = await paperWorld();
    await world.post('north');
    const bytes = pdfOf('signed by dock 4');
    const kept = await world.attach(bytes, { name: '../pod\u202e.pdf', paper: 'proofOfDelivery' });
    expect(kept.status).toBe(201);
    expect(await world.list()).toEqual([
      expect.objectContaining({
        ...{ name: '.._pod_.pdf', paper: 'proofOfDelivery', contentType: 'application/pdf', by: 'kim' },
        ...{ origin: { is: 'upload' }, at: '2026-11-22T10:00:00Z', bytes: bytes.byteLength },
      }),
    ]);
    const params = { ...world.params(), attachment: String(kept.json['attachment']) };
    const back = await world.call('download-attachment', { params, as: 'kim:CSR' });
    expect(Buffer.from(back.bytes).equals(bytes)).toBe(true);
    expect(back.headers).toMatchObject({
      ...{ 'content-type': 'application/pdf', 'content-security-policy': 'sandbox' },
      'content-disposition': expect.stringMatching(/^attachment; filename=".._pod_.pdf"/) as string,
      'x-content-type-options': 'nosniff',
    });
  });

  it('twice is kept once, as it came first; other bytes are another', async () => {
    const world = await paperWorld();
    await world.post('north');
    const first = await world.attach(pdfOf('a'));
    expect((await world.attach(pdfOf('a'), { name: 'again.pdf' }, 'bo:ARC')).json).toEqual(first.json);
    await world.attach(pngOf(10, 10), { name: 'photo.png' });
    expect((await world.list()).map(({ name }) => name).toSorted()).toEqual(['photo.png', 'pod.pdf']);
  });

  it('is refused when it is none, has no item, or there are too many', async () => {
    const world = await paperWorld();
    await world.post('north');
    expect((await world.attach(Buffer.from('no pdf'))).json['code']).toBe('paper-not-readable');
    const elsewhere = { company: 'acme', account: 'north', item: 'item:invoice:never' };
    const call = { params: elsewhere, query: { name: 'x.pdf' }, bytes: pdfOf('x') };
    expect((await world.call('attach-paper', call)).status).toBe(404);
    for (let n = 0; n < 50; n += 1) expect((await world.attach(pdfOf(`n${n}`))).status).toBe(201);
    expect((await world.attach(pdfOf('one more'))).json['code']).toBe('too-many-attachments');
  });

  it('is not there for who does not see the account, its item alone for whom it was lent', async () => {
    const world = await paperWorld();
    await world.post('north');
    const { json } = await world.attach(pdfOf('a'));
    const params = { ...world.params(), attachment: String(json['attachment']) };
    const lent = (itemIds: readonly string[]) =>
      scopeOf([{ companies: ['acme'], accounts: { by: 'grant', accountId: 'north', itemIds } }]);
    world.reach(lent([item]));
    expect(await world.list('north', 'lex:INQ')).toEqual([expect.not.objectContaining({ by: 'kim' })]);
    for (const scope of [lent(['item:invoice:1']), scopeOver(['elsewhere'])]) {
      world.reach(scope);
      expect(await world.list('north', 'lex:INQ')).toBe(404);
      expect((await world.call('download-attachment', { params, as: 'lex:INQ' })).status).toBe(404);
    }
  });

  it('of one account is not seen on another one with the same number', async () => {
    const world = await paperWorld();
    await world.post('north');
    await world.post('south');
    const { json } = await world.attach(pdfOf('a'));
    const params = { ...world.params('south'), attachment: String(json['attachment']) };
    expect(await world.list('south')).toEqual([]);
    expect((await world.call('download-attachment', { params })).status).toBe(404);
  });
});

describe('a paper sent by the key of its document', () => {
  it('before its item waits, and is there as soon as the item is', async () => {
    const world = await paperWorld();
    const document = await world.byKey(pdfOf('x'));
    expect(await world.books.report(document)).toMatchObject({
      ...{ state: 'done', papers: { kept: 1, refused: [] }, rows: { accepted: 1 } },
    });
    expect(await world.waiting()).toMatchObject([{ item, number: '4711', accounts: [] }]);
    await world.post('north');
    expect(await world.waiting()).toEqual([]);
    expect(await world.list()).toMatchObject([
      { name: 'invoice_4711.pdf', paper: 'document', origin: { is: 'byKey', import: document.importId } },
    ]);
  });

  it('whose item two accounts have is shown on neither until a person says whose it is', async () => {
    const world = await paperWorld();
    await world.byKey(pdfOf('x'));
    await world.post('north');
    await world.post('south');
    expect([await world.list('north'), await world.list('south')]).toEqual([[], []]);
    const [one] = (await world.waiting()) as { attachment: string; accounts: string[] }[];
    expect(one?.accounts).toEqual(['north', 'south']);
    const params = { company: 'acme', attachment: one!.attachment };
    const assign = (account: string) => world.call('assign-attachment', { params, body: { account } });
    expect((await assign('nobody')).json['code']).toBe('item-not-found');
    expect((await assign('south')).status).toBe(200);
    expect([await world.list('north'), await world.waiting()]).toEqual([[], []]);
    expect(await world.list('south')).toHaveLength(1);
  });

  it('after its item belongs to its account at once, also when the account is said', async () => {
    const world = await paperWorld();
    await world.post('north');
    await world.byKey(pdfOf('x'));
    const paper = {
      type: 'invoice',
      number: '4711',
      part: '1',
      paper: 'delivery',
      account: 'north',
    } as const;
    await world.byKey(pdfOf('y'), { name: 'scan.pdf', paper });
    expect(await world.waiting()).toEqual([]);
    await world.post('south');
    expect((await world.list()).map(({ name }) => name).toSorted()).toEqual(['invoice_4711.pdf', 'scan.pdf']);
    expect(await world.list('south')).toEqual([]);
  });

  it('again is the first import, for another document another one', async () => {
    const world = await paperWorld();
    const first = await world.byKey(pdfOf('x'));
    const files = world.documents.files.size;
    expect((await world.byKey(pdfOf('x'))).importId).toBe(first.importId);
    expect(world.documents.files.size).toBe(files);
    expect((await world.byKey(pdfOf('x'), { name: 'invoice_4712.pdf' })).importId).not.toBe(first.importId);
    expect(world.documents.files.size).toBe(2 * files);
  });

  it.each([
    ['that is none', Buffer.from('not a pdf\n'), 'invoice_4711.pdf', 'paper-not-readable'],
    ['whose name says no document', pdfOf('x'), 'scan0001.pdf', 'paper-key-missing'],
    ['whose name says a type nobody knows', pdfOf('x'), 'letter_4711.pdf', 'paper-key-missing'],
  ])('%s is refused, and nothing is kept', async (_name, bytes, name, code) => {
    const world = await paperWorld();
    const document = await world.byKey(bytes, { name });
    expect([document.state, document.because?.code]).toEqual(['refused', code]);
    expect(world.documents.files.size).toBe(0);
  });
});

const folder = join(import.meta.dirname, '../../../../shared/corpora/own-ar');
describe.runIf(existsSync(folder))('own-ar', () => {
  const bytes = existsSync(folder)
    ? readFileSync(join(folder, 'attachment/text-named-pdf.pdf'))
    : Buffer.of();

  it('attachment/text-named-pdf.pdf is refused by every way in', async () => {
    const world = await paperWorld();
    await world.post('north');
    const before = world.documents.files.size;
    const attached = await world.attach(bytes, { name: 'text-named-pdf.pdf' });
    expect([attached.status, attached.json['code']]).toEqual([422, 'paper-not-readable']);
    expect((await world.byKey(bytes)).because?.code).toBe('paper-not-readable');
    expect(world.documents.files.size).toBe(before);
  });
});

/**
 * Papers inside e-invoices, and imports of papers that die at any of their effects.
 */
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import { attachmentsOfItem, bytesOfAttachment } from '../../../shared/ports/attachments.ts';
import { ciiText, ublText, type Intent } from '../../formats/xml/examples.ts';
import { crashAt, gateOf } from '../../support/faults.ts';
import { pdfOf } from '../../support/papers.ts';
import { everything } from '../../support/test-edge.ts';
import { createBooks } from '../whole-path/world.ts';
import { createWorld } from './world.ts';

const good: Intent = {
  ...{ number: 'E-1', typeCode: '380', currency: 'EUR', documentOn: '2026-10-01', dueOn: '2026-10-31' },
  ...{ customer: 'C-1', lines: [10_000], tax: 1_900 },
};
const inside = (name: string, bytes: Buffer): string =>
  '<cac:AdditionalDocumentReference><cbc:ID>A</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject' +
  ` mimeCode="application/pdf" filename="${name}">${bytes.toString('base64')}` +
  '</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>';
const withPapers = (...papers: string[]): string =>
  ublText(good).replace('<cac:AccountingCustomerParty>', `${papers.join('')}<cac:AccountingCustomerParty>`);
const file = { format: 'ubl', name: 'invoice.xml' } as const;
const item = 'item:invoice:E-1';

describe('a paper inside an e-invoice', () => {
  it('is kept beside its item, on its account, from the import that brought it; what is none is told', async () => {
    const books = await createBooks();
    const xml = withPapers(inside('times.pdf', pdfOf('hours')), inside('trick.pdf', Buffer.from('MZ')));
    const document = await books.send(xml, file);
    const report = await books.report(document);
    expect([report.state, report.papers]).toEqual([
      'done',
      { kept: 1, refused: [{ name: 'trick.pdf', code: 'paper-not-readable' }] },
    ]);
    expect((await books.item('C-1', 'E-1'))?.open).toBe(11_900);
    const store = { documents: books.documents, hashText: sha256 };
    const [kept, ...more] = await attachmentsOfItem(store, everything, 'acme', item);
    expect(kept).toMatchObject({
      ...{ accountId: 'C-1', name: 'times.pdf', contentType: 'application/pdf', number: 'E-1' },
      origin: { is: 'inside', importId: document.importId },
    });
    expect(more).toEqual([]);
    const bytes = await bytesOfAttachment(store, everything, kept!);
    expect(Buffer.from(bytes!).equals(pdfOf('hours'))).toBe(true);
  });

  it('is kept also where only the terms of the company say when its invoice is due', async () => {
    const books = await createBooks();
    const place = { scope: 'company:acme', name: 'company' };
    const { value, version } = (await books.settings.read(everything, place))!;
    const rules = { ...(value as object), invoices: { wanted: [], termsCode: 'net 30' } };
    const change = { by: 'tenant:admin', at: '2026-01-02T00:00:00Z', reason: 'terms' };
    await books.settings.save(everything, place, version, { value: rules, ...change });
    const { dueOn: _dueOn, ...withoutDue } = good;
    const xml = ublText(withoutDue).replace(
      '<cac:AccountingCustomerParty>',
      `${inside('a.pdf', pdfOf('a'))}<cac:AccountingCustomerParty>`,
    );
    const document = await books.send(xml, file);
    expect(document.because).toBeUndefined();
    expect((await books.report(document)).papers).toEqual({ kept: 1, refused: [] });
  });

  it('of one that is refused is not kept, nor is anything of one that has none', async () => {
    const books = await createBooks();
    const wrong = withPapers(inside('a.pdf', pdfOf('a'))).replace(/>19\.00</, '>18.00<');
    expect((await books.send(wrong, file)).state).toBe('refused');
    for (const xml of [ublText(good), ciiText({ ...good, number: 'E-2' })])
      expect(
        (
          await books.report(
            await books.send(xml, {
              name: 'invoice.xml',
              format: xml.includes('CrossIndustry') ? 'cii' : 'ubl',
            }),
          )
        ).papers,
      ).toBeUndefined();
    expect(books.documents.files.size).toBe(0);
  });
});

/** All that is left of an import: what the store says, and every paper. */
const live = async (gate = gateOf(), kind: 'byKey' | 'inside' = 'byKey') => {
  const world = createWorld(gate);
  const document =
    kind === 'byKey'
      ? await world.upload(pdfOf('x'), { name: 'invoice_E-1.pdf', kind: 'document' }, 2)
      : await world.upload(withPapers(inside('a.pdf', pdfOf('a')), inside('b.pdf', pdfOf('b'))), file, 2);
  const papers = [...world.documents.files].map(([name, bytes]) => [name, Buffer.from(bytes).toString()]);
  return { ...world.state(document), papers: papers.toSorted(([a], [b]) => (a! < b! ? -1 : 1)) };
};
const effectsOf = async (kind: 'byKey' | 'inside'): Promise<number> => {
  const gate = gateOf();
  await live(gate, kind);
  return gate.calls.length;
};

describe.each(['byKey', 'inside'] as const)('an import of papers (%s), each message twice', (kind) => {
  it('dying before or after any of its effects ends as if it had not', async () => {
    const whole = await live(gateOf(), kind);
    expect(whole.papers).toHaveLength(kind === 'byKey' ? 3 : 4);
    const effects = await effectsOf(kind);
    expect(effects).toBeGreaterThan(6);
    for (let number = 1; number <= effects; number += 1)
      for (const when of ['before', 'after'] as const)
        expect(await live(crashAt(number, when), kind), `${when} ${number}`).toEqual(whole);
  });
});

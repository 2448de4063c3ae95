/**
 * A remittance advice that came as a PDF: kept as it came, listed until a person has typed its lines, nothing guessed
 * (R159).
 */
import { describe, expect, it } from 'vitest';
import { registerAdvicePapers } from '../../../functions/invoice-ingestion/advice-paper-routes.ts';
import type { ImportDocument } from '../../../shared/domain/imports.ts';
import { scopeOver } from '../../../shared/domain/scope.ts';
import { httpRoutes } from '../../support/http-routes.ts';
import { createBooks } from './world.ts';

const pdf = new TextEncoder().encode('%PDF-1.4\n1 0 obj\n(ZV-9 RE-1001 1,000.00)\nendobj\n%%EOF\n');
const advice = { kind: 'remittance', name: 'advice.pdf', scope: { currency: 'EUR' } } as const;
const typed = {
  ...{ reference: 'ZV-9', currency: 'EUR', reason: 'read by eye' },
  lines: [
    { number: 'RE-1001', amount: '1000.00' },
    { number: 'RE-1002', amount: '300.50' },
  ],
};

const desk = async () => {
  const books = await createBooks();
  const routes = httpRoutes((edge) => registerAdvicePapers({ edge, stores: books.stores }));
  const params = ({ importId }: ImportDocument) => ({ company: 'acme', importId });
  return {
    ...{ books, routes },
    papers: async () =>
      (await routes.call('list-advice-papers', { params: { company: 'acme' } })).json['papers'],
    type: (document: ImportDocument, body: object = typed, as = 'ann:ARC') =>
      routes.call('type-advice', { params: params(document), body, as }),
    paper: (document: ImportDocument) => routes.call('download-advice-paper', { params: params(document) }),
  };
};

describe('a remittance advice on paper', () => {
  it('is kept as it came and listed, and nothing of it is guessed', async () => {
    const { books, papers, paper } = await desk();
    const document = await books.send(pdf, advice);
    expect(document).toMatchObject({ counts: { rows: 1, accepted: 0, rejected: 1 } });
    expect(await books.advices()).toEqual([]);
    expect(await papers()).toMatchObject([{ importId: document.importId, fileName: 'advice.pdf' }]);
    const kept = await paper(document);
    expect([kept.headers['content-type'], Buffer.from(kept.bytes).equals(Buffer.from(pdf))]).toEqual([
      ...['application/pdf', true],
    ]);
  });

  it('becomes an advice with the lines a clerk types, once, and leaves the list', async () => {
    const { books, papers, type } = await desk();
    const document = await books.send(pdf, advice);
    expect((await type(document)).status).toBe(200);
    await books.work();
    const expected = [
      { reference: 'ZV-9', total: 130_050, lines: [{ number: 'RE-1001' }, { number: 'RE-1002' }] },
    ];
    expect(await books.advices()).toMatchObject(expected);
    expect(await papers()).toEqual([]);
    const other = await type(document, { ...typed, lines: [{ number: 'RE-1', amount: '1.00' }] });
    expect([other.status, other.json['code']]).toEqual([409, 'row-not-open']);
    await books.send(pdf, advice);
    expect([await papers(), await books.advices()]).toMatchObject([[], expected]);
  });

  it.each([
    ['no lines', { ...typed, lines: [] }],
    ['no reference', { ...typed, reference: ' ' }],
    ['a field nobody knows', { ...typed, total: 1 }],
  ])('typed with %s is refused and waits on', async (_name, body) => {
    const { books, papers, type } = await desk();
    const document = await books.send(pdf, advice);
    expect((await type(document, body)).status).toBe(400);
    expect(await papers()).toHaveLength(1);
  });

  it('that is no whole PDF is refused as a file', async () => {
    const { books, papers } = await desk();
    const document = await books.send(new TextEncoder().encode('%PDF-1.4 cut sh'), advice);
    expect(document).toMatchObject({ state: 'refused', because: { code: 'paper-not-readable' } });
    expect(await papers()).toEqual([]);
  });

  it('is nobody else’s to see or type', async () => {
    const { books, routes, type } = await desk();
    const document = await books.send(pdf, advice);
    expect((await type(document, typed, 'col:COL')).status).toBe(403);
    routes.reach(scopeOver(['other']));
    expect((await type(document)).status).toBe(404);
  });
});

/**
 * Where an item comes from is never lost: its file as it was sent, by whom and when, and the row in it. What names a
 * document stays the text that stood there.
 * From: an invented file. Next: nothing.
 */
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { everything } from '../../support/test-edge.ts';
import { createBooks, csv } from './world.ts';

const header = 'invoice_number,customer_number,issue_date,due_date,currency,amount';
const file = csv(
  header,
  '000123,007,2026-10-01,2026-11-01,EUR,10.00',
  'abc,007,2026-10-01,2026-11-01,EUR,20.00',
  'ABC,007,2026-10-01,2026-11-01,EUR,30.00',
  '123,007,2026-10-01,2026-11-01,EUR,40.00',
);

it('the file is kept byte by byte with its SHA-256, who sent it and when; every item names it and its row', async () => {
  const books = await createBooks();
  const document = await books.send(file);
  const kept = await books.files.read(everything, { companyId: 'acme', name: `${document.importId}/source` });
  expect(Buffer.from(kept!).toString('utf8')).toBe(file);
  expect(document).toMatchObject({
    sha256: createHash('sha256').update(file).digest('hex'),
    by: 'tenant:person',
    receivedAt: '2026-11-22T10:00:00Z',
  });
  const { items } = await books.load('007');
  const rows = [...items.values()].map(({ number, readFrom }) => [number, readFrom]);
  expect(rows.toSorted()).toEqual(
    ['000123', 'abc', 'ABC', '123']
      .map((number, at) => [number, { importId: document.importId, row: at + 1 }])
      .toSorted(),
  );
});

it('zeros in front and capitals make another document and another account', async () => {
  const books = await createBooks();
  await books.send(file);
  await books.send(csv(header, '000123,7,2026-10-01,2026-11-01,EUR,10.00'), { asOf: '2026-11-22T11:00:00Z' });
  expect((await books.load('007')).items.size).toBe(4);
  const other = [...(await books.load('7')).items.values()].map(({ number }) => number);
  expect(other.every((number) => number === '000123')).toBe(true);
});

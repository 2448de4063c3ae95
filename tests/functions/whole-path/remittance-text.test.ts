/**
 * Advices of plain text through the upload: what is certain is kept, each doubtful line comes back and can be
 * corrected like any other row.
 */
import { expect, it } from 'vitest';
import { decideRow } from '../../../functions/invoice-ingestion/decide-row.ts';
import { dayFromText } from '../../../shared/domain/calendar.ts';
import { everything, tenOClock } from '../../support/test-edge.ts';
import { createBooks } from './world.ts';

type Books = Awaited<ReturnType<typeof createBooks>>;
const year = { fromOn: dayFromText('2026-01-01'), toOn: dayFromText('2026-12-31') };
const keptIn = async ({ references }: Books) =>
  (await references.newest(everything, 'acme', 'remittance', year)).map(
    ({ row }) =>
      'number' in row && 'fromId' in row && [row.fromId, row.number, 'amount' in row && row.amount],
  );
const advice = {
  kind: 'remittance',
  name: 'advice.txt',
  scope: { currency: 'EUR' },
  locale: 'de-DE',
} as const;
const mail = [
  'Guten Tag,',
  'Payment reference: ZV-9',
  'RE-1001   1.000,00',
  'RE-1002 und RE-1003   300,00',
  'RE-1004   1.234',
  'Viele Grüße',
].join('\r\n');

it('its certain lines are kept, its doubtful ones come back with the line and the reason', async () => {
  const books = await createBooks();
  const document = await books.send(mail, advice);
  expect(await keptIn(books)).toEqual([['ZV-9', 'RE-1001', 100_000]]);
  expect(document).toMatchObject({ format: 'text', counts: { rows: 3, accepted: 1, rejected: 2 } });
  const rejected = await books.rejected(document);
  expect(rejected.map(({ row, reasons }) => [row, reasons[0]?.column, reasons[0]?.code])).toEqual([
    [4, 'line', 'unread'],
    [5, 'line', 'unread'],
  ]);
  expect(rejected[0]?.cells).toMatchObject({
    from_id: 'ZV-9',
    currency: 'EUR',
    line: 'RE-1002 und RE-1003   300,00',
  });
});

it('a doubtful line that a person made certain is kept under the same payment', async () => {
  const books = await createBooks();
  const { importId } = await books.send(mail, advice);
  const decision = {
    decision: 'correct',
    cells: { number: 'RE-1004', amount: '1.234,00' },
    reason: 'asked',
  } as const;
  const place = { company: 'acme', importId, row: 5 };
  const who = { by: 'tenant:clerk', isFeed: false };
  const decided = await decideRow(books.stores, everything, place, decision, who, tenOClock);
  await books.drain();
  expect(decided.ok).toBe(true);
  expect(await keptIn(books)).toContainEqual(['ZV-9', 'RE-1004', 123_400]);
});

it.each([
  ['without a declared notation', mail, { locale: undefined }, 'locale-needed'],
  ['in a notation there is not', mail, { locale: 'xx-XX' }, 'unknown-locale'],
  ['without a currency', mail, { scope: {} }, 'file-kind-not-read'],
  ['that names no money', 'we paid RE-1001 today', {}, 'file-not-readable'],
  ['whose total is another', 'RE-1001 1,00\nTotal 2,00', {}, 'control-total-mismatch'],
])('%s it is refused whole, and nothing of it is kept', async (_what, text, more, code) => {
  const books = await createBooks();
  const document = await books.send(text, { ...advice, ...more });
  expect([document.state, document.because?.code]).toEqual(['refused', code]);
  expect(await keptIn(books)).toEqual([]);
});

it('the same text again is the same import', async () => {
  const books = await createBooks();
  const first = await books.send(mail, advice);
  expect((await books.send(mail, advice)).importId).toBe(first.importId);
  expect(await keptIn(books)).toHaveLength(1);
});

/**
 * Lists of a book: what came from the ERP and the banks, the check of the morning, money nobody posted or knows.
 * From: feeds, receipts. Next: the daily report of reconciliation, the cash of the day.
 */
import { partWordsOf, wordsOf } from '../../shared/formats/report-words.ts';
import { dayAt, instantFromText } from '../../shared/domain/calendar.ts';
import { judgeLine } from '../../shared/domain/morning-check.ts';
import { returnedOf, type Receipt } from '../../shared/domain/receipt.ts';
import type { ReportSection } from '../../shared/formats/report-mail.ts';
import type { ReceiptList } from '../../shared/ports/receipt-store.ts';
import {
  count,
  day,
  money,
  perPage,
  text,
  type ReadSection,
  type SectionCall,
  type SectionParts,
} from './section-cells.ts';
import { eachOf, rowList, wholeAt } from './section-rows.ts';

export const bookSections: ReadSection = async (parts, call) => [
  await standing(parts, call),
  await arrivals(parts, call),
  await checks(parts, call),
  await receipts(parts, call, ['Not posted', 'receipts/not-posted'], { standing: 'provisional' }),
  await receipts(parts, call, ['Unidentified', 'receipts?state=unidentified'], { state: 'unidentified' }),
  await receipts(parts, call, ['On account', 'receipts?state=onAccount'], { state: 'onAccount' }),
];

const standing = async (
  { bookOf }: SectionParts,
  { scope, company: { companyId } }: SectionCall,
): Promise<ReportSection> => {
  const book = await bookOf(scope, companyId);
  const control = Object.entries(book?.control?.differences ?? {});
  return {
    ...{ title: 'Book', columns: ['what', 'value', 'difference'] },
    rows: [
      [text('mode'), text(book && wordsOf(book.mode)), text('')],
      [text('feed as of'), text(book?.feedAsOf ?? 'none'), text('')],
      [text('bank as of'), text(book?.bankAsOf ?? 'none'), text('')],
      ...control.map(([currency, amount]) => [
        ...[text('book above the control account'), text(currency), money(amount, currency)],
      ]),
      ...(book?.silentBecause ?? []).map((one) => [text('nothing is sent'), text(one.text), text('')]),
    ],
  };
};

const arrivals = async (
  { feeds }: SectionParts,
  { scope, company: { companyId } }: SectionCall,
): Promise<ReportSection> => ({
  ...{ title: 'Files', columns: ['kind', 'source', 'received', 'as of', 'booked to', 'missing'] },
  rows: (await feeds.company(scope, companyId)).arrivals.map((one) => [
    ...[
      text(partWordsOf(one.kind)),
      text(one.source),
      text(one.receivedAt),
      text(one.asOf),
      day(one.bookedOn),
    ],
    text(one.missing.join(', ')),
  ]),
});

const checks = async (
  { feeds }: SectionParts,
  { scope, company: { companyId, zone } }: SectionCall,
): Promise<ReportSection> => {
  const known = await feeds.company(scope, companyId);
  const loaded = await Promise.all(
    Object.entries(known.scopes).map(([name, of]) => feeds.load(scope, companyId, { name, scope: of })),
  );
  const rows = loaded.flatMap(({ feed: { scopeName, scope: of, check } }) =>
    (check?.lines ?? []).map((line) => {
      const isThatDay = known.control?.on === dayAt(instantFromText(check!.asOf), zone);
      const control = isThatDay && Object.keys(of).length === 0 ? known.control?.balances : undefined;
      const { colour, reasons } = judgeLine(line, check!.isExplained, control);
      return [
        ...[text(scopeName), text(check!.asOf), text(line.currency), money(line.closing, line.currency)],
        ...[text(colour), text(reasons.join(', ')), count(check!.differenceCount)],
      ];
    }),
  );
  const columns = ['scope', 'as of', 'currency', 'closing', 'colour', 'because', 'differences'];
  return { title: 'Morning check', columns, rows };
};

const receipts = async (
  parts: SectionParts,
  { scope, company: { companyId, zone } }: SectionCall,
  [title, list]: readonly [title: string, list: string],
  which: ReceiptList,
): Promise<ReportSection> => {
  const columns = ['receipt', 'received', 'currency', 'amount', 'free', 'account'];
  const rows = rowList({ title, columns, wholeAt: wholeAt(companyId, list) });
  const all = eachOf<Receipt>(async (after) => {
    const asked = { limit: perPage, ...(after !== undefined && { after }) };
    const page = await parts.receipts.list(scope, companyId, which, asked);
    return { found: page.receipts, after: page.after };
  });
  for await (const one of all)
    if (returnedOf(one) < one.amount)
      rows.add([
        ...[text(one.id), day(dayAt(instantFromText(one.receivedAt), zone)), text(one.currency)],
        ...[money(one.amount, one.currency), money(one.free, one.currency), text(one.payer?.accountId)],
      ]);
  return rows.section();
};

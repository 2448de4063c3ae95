/**
 * Tiles as a table: one row each, with its formula; amounts with their decimals, rates as percent and days.
 * From: `read-kpis.ts`. Next: a CSV or a workbook for download, the workbook of a report mail. The file says as of when,
 * of which version of the ledger, how many rows.
 */
import type { KpisAnswer, KpisFileQuery } from '../../shared/contracts/reports.ts';
import { amountText } from '../../shared/domain/amount-text.ts';
import { plainAmountStyle } from '../../shared/domain/amount-style.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { decimalsOf } from '../../shared/domain/currencies.ts';
import { amountOf } from '../../shared/domain/money.ts';
import type { Download } from '../../shared/edge/http-files.ts';
import type { ExportCell } from '../../shared/formats/csv-neutral.ts';
import { csvHeader, csvLine, csvStart } from '../../shared/formats/csv-writer.ts';
import type { ReportSection } from '../../shared/formats/report-mail.ts';
import { xlsxOfSheets, type Sheet } from '../../shared/formats/xlsx-writer.ts';

export type Tile = KpisAnswer['tiles'][number];

const text = (value: string): ExportCell => (value === '' ? { is: 'blank' } : { is: 'text', text: value });

/** Decimal text of a value by its unit: money with its currency's decimals, rates with two. */
export const valueText = ({ unit, value, currency }: Pick<Tile, 'unit' | 'value' | 'currency'>): string => {
  if (value === null) return '';
  if (unit === 'count') return String(value);
  if (unit !== 'minor') return amountText(amountOf(value), plainAmountStyle, 2);
  const decimals = decimalsOf(currency ?? '');
  if (!decimals.ok) throw new RangeError(decimals.detail);
  return amountText(amountOf(value), plainAmountStyle, decimals.value);
};

const unitWords = { minor: '', percentHundredths: '%', daysHundredths: 'days', count: '' } as const;
const columns = ['figure', 'part', 'currency', 'value', 'unit', 'because', 'formula', 'includes'];

const cellsOf = ({ notes }: KpisAnswer, tile: Tile): ExportCell[] => {
  const value = valueText(tile);
  return [
    ...[text(tile.name), text(tile.part ?? ''), text(tile.currency ?? '')],
    value === '' ? { is: 'blank' } : { is: 'number', text: value },
    ...[text(unitWords[tile.unit]), text(tile.because ?? '')],
    ...[text(notes[tile.name]?.formula ?? ''), text(notes[tile.name]?.includes ?? '')],
  ];
};

type Line = readonly [name: string, cell: ExportCell];

const aboutOf = (kpis: KpisAnswer, madeAt: Instant): Line[] => [
  ['companyId', text(kpis.companyId)],
  ['asOf', { is: 'day', text: kpis.asOf }],
  ['firstOn', { is: 'day', text: kpis.firstOn }],
  ['statedAt', text(textOfInstant(madeAt))],
  ['ledgerVersion', { is: 'number', text: String(kpis.freshness.ledgerVersion) }],
  ['dataAt', text(kpis.freshness.dataAt ?? '')],
  ['rowCount', { is: 'number', text: String(kpis.tiles.length) }],
];

/** A workbook with lists on sheets of their own, and a last sheet that says what it is. */
export const kpiWorkbook = (
  kpis: KpisAnswer,
  madeAt: Instant,
  sections: readonly ReportSection[] = [],
): Promise<Uint8Array> =>
  xlsxOfSheets(
    [
      { sheet: 'figures', columns, rows: kpis.tiles.map((tile) => cellsOf(kpis, tile)) },
      ...sections.map(sheetOf),
    ],
    aboutOf(kpis, madeAt).map(([name, cell]) => [text(name), cell]),
  );

/** Of lists alone. */
export const sectionsWorkbook = (
  sections: readonly ReportSection[],
  about: readonly (readonly [name: string, value: string])[],
): Promise<Uint8Array> =>
  xlsxOfSheets(
    sections.map(sheetOf),
    about.map((line) => line.map(text)),
  );

/** A list that is not whole says so in its last row. */
const sheetOf = ({ title, columns: names, rows, note }: ReportSection): Sheet => ({
  ...{ sheet: title, columns: names },
  rows: note === undefined ? rows : [...rows, names.map((_, at) => text(at === 0 ? note : ''))],
});

const kpiCsv = (kpis: KpisAnswer, madeAt: Instant): Uint8Array => {
  const about = aboutOf(kpis, madeAt);
  const lines = kpis.tiles.map((tile) => csvLine([...cellsOf(kpis, tile), ...about.map(([, cell]) => cell)]));
  const header = csvHeader([...columns, ...about.map(([name]) => name)]);
  return new TextEncoder().encode([csvStart, header, ...lines].join(''));
};

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

export const kpiFile = async (
  kpis: KpisAnswer,
  format: KpisFileQuery['format'],
  now: Instant,
): Promise<Download> => ({
  fileName: `${kpis.companyId}-figures-${kpis.asOf}.${format}`,
  contentType: types[format],
  bytes: format === 'csv' ? kpiCsv(kpis, now) : await kpiWorkbook(kpis, now),
  headers: () => ({
    'x-as-of': kpis.asOf,
    'x-exported-at': textOfInstant(now),
    'x-ledger-version': String(kpis.freshness.ledgerVersion),
    'x-row-count': String(kpis.tiles.length),
  }),
});

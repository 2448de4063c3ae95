/**
 * A report as a mail: figures in a table with their formulas, alerts as a list; every text harmless in HTML.
 * From: `functions/reporting`. Next: the mail service. Charts stand inside it, the workbook goes with it.
 */
import type { ExportCell } from './csv-neutral.ts';
import { shownText } from './report-words.ts';

/** A list of a report: the first rows stand in the mail, all of them in the workbook. */
export type ReportSection = {
  /** Name of its sheet, at most 31 characters. */
  title: string;
  columns: readonly string[];
  rows: readonly (readonly ExportCell[])[];
  /** Where it does not tell all: how much there is, and where the whole of it is read. */
  note?: string;
};

/** Rows of a list that a mail shows. */
export const mostRowsShown = 25;

export type ReportLine = { label: string; value: string; note: string };
export type ReportLink = { label: string; address: string };
/** `alt` says its figures to who sees no pictures. */
export type ReportPicture = { contentId: string; alt: string };
export type ReportPage = {
  title: string;
  company: string;
  /** By whose clock instants are told. */
  zone: string;
  /** What it tells of, and how fresh it is. */
  about: readonly string[];
  lines: readonly ReportLine[];
  sections?: readonly ReportSection[];
  links?: readonly ReportLink[];
  notes: readonly string[];
  /** Charts that stand inside it. */
  pictures: readonly ReportPicture[];
};

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => signs[sign] ?? sign);

/** On one line: what stands in a subject. */
export const subjectOf = ({ title, company }: Pick<ReportPage, 'title' | 'company'>, day: string): string =>
  `${company}: ${title}, ${day}`.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 200);

const cell = 'style="padding:4px 12px 4px 0;border-bottom:1px solid #ddd;text-align:left;vertical-align:top"';
const number =
  'style="padding:4px 12px 4px 0;border-bottom:1px solid #ddd;text-align:right;white-space:nowrap;vertical-align:top"';
const short =
  'style="padding:4px 12px 4px 0;border-bottom:1px solid #ddd;text-align:left;white-space:nowrap;vertical-align:top"';
type Column = 'number' | 'short' | 'words';
const styles: Readonly<Record<Column, string>> = { number, short, words: cell };
const styleOf = (tag: 'td' | 'th', column: Column): string => {
  const style = styles[column];
  return tag === 'td' ? style : style.replace('style="', 'style="font-weight:normal;color:#555;');
};
const small = 'style="color:#555;font-size:12px"';

/** `-1234567.50` as people read it: `-1,234,567.50`. */
export const groupedText = (decimal: string): string => {
  const [whole = '', ...rest] = decimal.split('.');
  return [whole.replace(/\B(?=(\d{3})+$)/g, ','), ...rest].join('.');
};

const textOf =
  (zone: string) =>
  (value: ExportCell): string => {
    if (value.is === 'blank') return '';
    return value.is === 'number' ? groupedText(value.text) : shownText(value.text, zone);
  };

type Shown = { shown: readonly (readonly ExportCell[])[]; more: string | undefined };

const shownOf = ({ rows }: ReportSection): Shown => ({
  shown: rows.slice(0, mostRowsShown),
  more: rows.length > mostRowsShown ? `${rows.length - mostRowsShown} more in the workbook.` : undefined,
});

const staysTogether = /^(\d{4}-\d{2}-\d{2}(T|$)|dispute:|receipt:)/;

/** Days, instants and numbers of cases stay on one line, as amounts do. */
const columnOf = (rows: Shown['shown'], at: number): Column => {
  const told = rows.flatMap((row) => (row[at] === undefined || row[at].is === 'blank' ? [] : [row[at]]));
  if (told.some(({ is }) => is === 'number')) return 'number';
  const isShort = told.length > 0 && told.every(({ text }) => staysTogether.test(text));
  return isShort ? 'short' : 'words';
};

const sectionHtml = (section: ReportSection, zone: string): string[] => {
  const { shown, more } = shownOf(section);
  const row = (texts: readonly string[], tag: 'td' | 'th'): string =>
    `<tr>${texts.map((text, at) => `<${tag} ${styleOf(tag, columnOf(shown, at))}>${escaped(text)}</${tag}>`).join('')}</tr>`;
  return [
    `<h2 style="font-size:16px">${escaped(section.title)}</h2>`,
    ...(shown.length === 0
      ? ['<p>Nothing to tell.</p>']
      : [
          '<table style="border-collapse:collapse;width:100%">',
          row(section.columns, 'th'),
          ...shown.map((cells) => row(cells.map(textOf(zone)), 'td')),
        ]),
    ...(shown.length === 0 ? [] : ['</table>']),
    ...[more, section.note].flatMap((one) => (one === undefined ? [] : [`<p ${small}>${escaped(one)}</p>`])),
  ];
};

const sectionText = (section: ReportSection, zone: string): string[] => {
  const { shown, more } = shownOf(section);
  const rows = [section.columns, ...shown.map((cells) => cells.map(textOf(zone)))];
  const lines = shown.length === 0 ? ['Nothing to tell.'] : rows.map((texts) => texts.join(' | '));
  return ['', section.title, ...lines, ...[more, section.note].filter((one) => one !== undefined)];
};

export const reportHtml = ({
  title,
  company,
  zone,
  about,
  lines,
  sections = [],
  links = [],
  notes,
  pictures,
}: ReportPage): string =>
  [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>',
    '<body style="font-family:Arial,sans-serif;color:#1a1a1a;max-width:720px">',
    `<h1 style="font-size:20px">${escaped(title)}</h1><p>${escaped(company)}</p>`,
    ...about.map((line) => `<p ${small}>${escaped(line)}</p>`),
    ...(lines.length > 0 ? ['<table style="border-collapse:collapse;width:100%">'] : nothing(sections)),
    ...lines.map(
      ({ label, value, note }) =>
        `<tr><td ${cell}>${escaped(label)}</td><td ${number}>${escaped(value)}</td><td ${cell}><span ${small}>${escaped(note)}</span></td></tr>`,
    ),
    ...(lines.length === 0 ? [] : ['</table>']),
    ...sections.flatMap((section) => sectionHtml(section, zone)),
    ...links.map(({ label, address }) => `<p><a href="${escaped(address)}">${escaped(label)}</a></p>`),
    ...pictures.map(pictureHtml),
    ...notes.map((note) => `<p ${small}>${escaped(note)}</p>`),
    '</body></html>',
  ].join('');

const pictureHtml = ({ contentId, alt }: ReportPicture): string =>
  `<p><img src="cid:${escaped(contentId)}" alt="${escaped(alt)}" width="720" style="max-width:100%;height:auto"></p>`;

const nothing = (sections: readonly ReportSection[]): string[] =>
  sections.length === 0 ? ['<p>Nothing to tell.</p>'] : [];

export const reportText = ({
  title,
  company,
  zone,
  about,
  lines,
  sections = [],
  links = [],
  notes,
  pictures,
}: ReportPage): string =>
  [
    ...[title, company, ...about, ''],
    ...(lines.length === 0 && sections.length === 0
      ? ['Nothing to tell.']
      : lines.map(({ label, value, note }) => `${label}: ${value}${note === '' ? '' : ` (${note})`}`)),
    ...sections.flatMap((section) => sectionText(section, zone)),
    ...pictures.flatMap(({ alt }) => ['', alt]),
    ...links.flatMap(({ label, address }) => ['', `${label}:`, address]),
    ...['', ...notes, ''],
  ].join('\n');

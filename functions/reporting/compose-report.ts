/**
 * Writes one report: figures with their formulas, lists, charts, the workbook of all of it.
 * From: tiles and trend of the company. Next: `plan-reports.ts`, the preview. Whoever may get it is asked before.
 */
import type { KpisAnswer } from '../../shared/contracts/reports.ts';
import { textOfInstant, type Day, type Instant } from '../../shared/domain/calendar.ts';
import type { Company } from '../../shared/domain/company.ts';
import { kpiNotes } from '../../shared/domain/kpi-notes.ts';
import type { MailSetting } from '../../shared/domain/mail-setting.ts';
import type { Mail } from '../../shared/domain/mail.ts';
import { periodOf } from '../../shared/domain/report-days.ts';
import type { ReportSchedule } from '../../shared/domain/report-schedules.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import {
  groupedText,
  reportHtml,
  reportText,
  subjectOf,
  type ReportLine,
  type ReportPage,
} from '../../shared/formats/report-mail.ts';
import { clockText, partWordsOf, shownText, wordsOf } from '../../shared/formats/report-words.ts';
import { chartsOf } from './draw-charts.ts';
import { kpiWorkbook, sectionsWorkbook, valueText, type Tile } from './kpi-table.ts';
import { readKpis } from './read-kpis.ts';
import { sectionsOf } from './read-sections.ts';
import type { SectionParts } from './section-cells.ts';

export type ReportCall = { scope: Scope; now: Instant };
export type CompanyMail = { company: Company; setting: MailSetting };
/** `sight`: what its reader sees; nothing else is in it. */
export type Asked = {
  schedule: ReportSchedule;
  dueOn: Day;
  email: string;
  sight: Scope;
  reader?: string;
  isLook?: boolean;
};

/** Undefined where the company is none that reports are read of. */
export const composeReport = async (
  parts: SectionParts,
  { scope: system, now }: ReportCall,
  { company, setting }: CompanyMail,
  { schedule, dueOn, email, sight: scope, reader, isLook = false }: Asked,
): Promise<Mail | undefined> => {
  const { firstOn, lastOn } = periodOf(schedule.period, dueOn);
  const query = { page: 'all', asOf: lastOn, firstOn } as const;
  const hasTiles = schedule.tiles.length > 0;
  const kpis = hasTiles ? await readKpis(company.companyId, query, scope, now, parts) : undefined;
  if (kpis?.ok === false) return undefined;
  const call = { scope, system, now, company, dueOn, firstOn, lastOn, isLook, ...(reader && { reader }) };
  const sections = await sectionsOf(parts, call, schedule.sections);
  const pictures = await chartsOf(parts, schedule, call, kpis?.value);
  const tiles = kpis?.value.tiles ?? [];
  const page: ReportPage = {
    ...{ title: schedule.title, company: company.legalName, zone: company.zone, sections },
    about:
      kpis === undefined
        ? [`As of ${clockText(textOfInstant(now), company.zone)}.`]
        : aboutOf(kpis.value, company.zone),
    lines: [...new Set(schedule.tiles)].flatMap((name) =>
      linesOf(tiles.filter((tile) => tile.name === name)),
    ),
    notes: [hasTiles ? figuresNote : 'All rows: the workbook.'],
    pictures: pictures.map(({ picture }) => picture),
  };
  const bytes =
    kpis === undefined
      ? await sectionsWorkbook(sections, [['statedAt', textOfInstant(now)]])
      : await kpiWorkbook(kpis.value, now, sections);
  const workbook = {
    name: `${company.companyId}-${schedule.name}-${lastOn}.xlsx`,
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    base64: Buffer.from(bytes).toString('base64'),
  };
  return mailOf(setting, page, lastOn, email, [...pictures.map(({ file }) => file), workbook]);
};

const figuresNote =
  'All figures with what is in them: the workbook. Amounts of two currencies are never added.';

export const mailOf = (
  { from, sender }: MailSetting,
  page: ReportPage,
  day: string,
  email: string,
  files: Mail['files'],
): Mail => ({
  ...{ from, to: [{ address: email }], cc: [], replyTo: [{ address: sender.email, name: sender.name }] },
  ...{ subject: subjectOf(page, day), html: reportHtml(page), text: reportText(page) },
  ...{ headers: { 'Auto-Submitted': 'auto-generated' }, files },
});

const aboutOf = (
  { firstOn, asOf, freshness: { ledgerVersion, dataAt, book } }: KpisAnswer,
  zone: string,
): string[] => [
  firstOn === asOf ? `As of the end of ${asOf}.` : `As of the end of ${asOf}; sums of ${firstOn} to ${asOf}.`,
  `Ledger version ${ledgerVersion}, newest entry ${shownText(dataAt ?? 'none', zone)}.`,
  `Feed as of ${shownText(book.feedAsOf ?? 'none', zone)}, bank as of ${book.bankAsOf ?? 'none'}.`,
];

const unitWords = { minor: '', percentHundredths: ' %', daysHundredths: ' days', count: '' } as const;

const linesOf = (tiles: readonly Tile[]): ReportLine[] =>
  tiles.map((tile) => ({
    label: labelOf(tile),
    value:
      tile.value === null
        ? (tile.because ?? '').replaceAll('-', ' ')
        : `${tile.unit === 'minor' ? `${tile.currency} ` : ''}${groupedText(valueText(tile))}${unitWords[tile.unit]}`,
    note:
      tile.currency !== null && tile.unit !== 'minor'
        ? `${tile.currency}; ${formulaOf(tile)}`
        : formulaOf(tile),
  }));

/** Of the method a figure is by, where its formula names more than one. */
const formulaOf = ({ name, part }: Tile): string => {
  const { formula } = kpiNotes[name];
  const own = formula.split('; ').find((one) => part !== null && one.startsWith(`${part}: `));
  return own?.slice(own.indexOf(': ') + 2) ?? formula;
};

/** Which stage, method, month or way it is of stands behind it. */
const labelOf = ({ name, part }: Tile): string => {
  if (part === null) return wordsOf(name);
  if (name === 'sent') return `Reminders sent, stage ${part}`;
  return `${wordsOf(name)}, ${/^[a-z]+[A-Z]/.test(part) ? partWordsOf(part) : part}`;
};

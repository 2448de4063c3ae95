/**
 * Lists of reports: read to their end page by page, shown up to a limit, with a word on what is not shown.
 * From: pages of stores. Next: sections of a report, their workbook. Sums are made of every row, shown or not.
 */
import type { ReportSection } from '../../shared/formats/report-mail.ts';
import { mostRows } from './section-cells.ts';

type Page<One> = { found: readonly One[]; after?: string | undefined };

/** Every row of a list, a page at a time. */
export async function* eachOf<One>(read: (after: string | undefined) => Promise<Page<One>>) {
  let after: string | undefined;
  do {
    const page = await read(after);
    yield* page.found;
    after = page.after;
  } while (after !== undefined);
}

type Row = ReportSection['rows'][number];
type About = Pick<ReportSection, 'title' | 'columns'> & {
  /** Where the whole list is read. */
  wholeAt: string;
};

/** Keeps the first rows of a list and counts all of them. */
export const rowList = ({ title, columns, wholeAt }: About) => {
  const rows: Row[] = [];
  let count = 0;
  return {
    add: (...some: readonly Row[]): void => {
      count += some.length;
      rows.push(...some.slice(0, Math.max(0, mostRows - rows.length)));
    },
    section: (): ReportSection => ({
      ...{ title, columns, rows },
      ...(count > rows.length && { note: cutNote(rows.length, count, wholeAt) }),
    }),
  };
};

export const cutNote = (shown: number, count: number | undefined, wholeAt: string): string =>
  `The first ${shown}${count === undefined ? '' : ` of ${count}`}; the whole list: ${wholeAt}`;

/** As `{company}` of a route. */
export const wholeAt = (companyId: string, list: string): string =>
  `api/companies/${encodeURIComponent(companyId)}/${list}`;

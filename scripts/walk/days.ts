/**
 * The day a walk begins on: the latest day its file tells of, so that nothing in it lies ahead.
 * From: the bytes of a table. Next: the business clock of the walk. Files without such days begin today.
 */
import { parse } from 'csv-parse/sync';

const dayMs = 86_400_000;

export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);

/** Columns of what has happened; a due day lies ahead and says nothing about today. */
const happened = /posting|posted|clear|issue|document.*(date|create)|invoice.*date/i;
const isoDay = /^(\d{4}-\d{2}-\d{2})(?:[T ].*)?$/;

export const latestDayIn = (bytes: Uint8Array): string => {
  const today = new Date().toISOString().slice(0, 10);
  const [header, ...rows] = tableIn(bytes);
  const columns = (header ?? []).flatMap((name, index) => (happened.test(name) ? [index] : []));
  const days = rows.flatMap((row) => columns.flatMap((index) => isoDay.exec(row[index] ?? '')?.[1] ?? []));
  return days.reduce((latest, day) => (day > latest && day <= today ? day : latest), '') || today;
};

/** What is no table of text has no days we look for; the product says what is wrong with it. */
const tableIn = (bytes: Uint8Array): string[][] => {
  try {
    return parse(Buffer.from(bytes), { bom: true, relax_column_count: true, relax_quotes: true });
  } catch {
    return [];
  }
};

/**
 * Days from the cells of a row, in the notation of their column, of the profile, or of machines.
 * From: `rows-values.ts`. Next: `rows-dates.ts` and its neighbours.
 */
import { addDays, type Day } from '../domain/calendar.ts';
import { dayReader, type DayFormat } from '../domain/day-text.ts';
import type { MappingProfile } from '../domain/mapping-profile.ts';
import { fault, type Field, type Fields, type Line } from './rows-fields.ts';

/** Days repeat: what a text means is kept, up to so many. */
const mostKept = 5_000;

/** A reader of the days in each field, by its notation or the profile's. */
export const dayFields = (fields: Fields, profile: MappingProfile) => {
  const readers = new Map<Field, (text: string) => Day | undefined>();
  const readerOf = (field: Field) => {
    const known = readers.get(field) ?? keeping(daysReader(field.days ?? profile.notation?.days));
    readers.set(field, known);
    return known;
  };
  const machine = keeping(daysReader(undefined));
  return (line: Line, name: string): Day | undefined => {
    const field = fields(name);
    const cell = field.cell(line);
    if (cell.text === '') return undefined;
    const read = cell.type === 'number' ? countedFrom(line) : cell.type === 'day' ? machine : readerOf(field);
    const day = read(cell.text);
    if (day !== undefined) return day;
    const formats = field.days ?? profile.notation?.days;
    return formats === undefined && cell.type === 'text' && /\d/.test(cell.text)
      ? fault(line, cell, 'locale-needed', 'how the source writes days is not declared')
      : fault(line, cell, 'invalid-date', `not a day as ${(formats ?? ['YYYY-MM-DD']).join(' or ')}`);
  };
};

/** A day as a spreadsheet counts it. Before March 1900 that count has a day that never was. */
const countedFrom =
  ({ source }: Line) =>
  (text: string): Day | undefined => {
    if (source.daysFrom === undefined || !/^\d{2,6}$/.test(text) || Number(text) <= 60) return undefined;
    return addDays((source.daysFrom === 1904 ? '1904-01-01' : '1899-12-30') as Day, Number(text));
  };

const daysReader = (formats: readonly DayFormat[] = ['YYYY-MM-DD']) => {
  const readers = formats.map(dayReader);
  return (text: string): Day | undefined => {
    for (const read of readers) {
      const day = read(text);
      if (day.ok) return day.value;
    }
    return undefined;
  };
};

const keeping = (read: (text: string) => Day | undefined): ((text: string) => Day | undefined) => {
  const kept = new Map<string, Day | undefined>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined || kept.has(text)) return known;
    if (kept.size >= mostKept) kept.clear();
    const day = read(text);
    kept.set(text, day);
    return day;
  };
};

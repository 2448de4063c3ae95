/**
 * The cells of one row by the fields of a profile, and the list of what is wrong with them.
 * From: `rows-mapper.ts` prepares a profile and a header once, then line after line. Next: `rows-values.ts`.
 */
import type { DayFormat } from '../domain/day-text.ts';
import type { FieldMapping, MappingProfile } from '../domain/mapping-profile.ts';
import { columnKey } from '../domain/mapping-profile-choice.ts';
import type { CellRow, CellType } from './rows.ts';

/** Why a row is not taken: what stood where, and what is wrong with it. */
export type RowReason = { column: string; value: string; code: string; detail: string };

/** A row being read: reasons gather, so that a person sees all of them at once. */
export type Line = { row: number; source: CellRow; reasons: RowReason[] };

/** What stands in a field; `text` is trimmed and '' when nothing does. */
export type Cell = { text: string; type: CellType; column: string };

export type Field = {
  cell(line: Line): Cell;
  days: readonly DayFormat[] | undefined;
  isMapped: boolean;
  /** Nothing can ever stand in it: no column of the header is its, and nothing stands for a blank. */
  isAlwaysBlank: boolean;
};

/** Every field of a profile over one header. A field that is not mapped is always blank. */
export type Fields = (name: string) => Field;

export const fieldsOf = (profile: MappingProfile, header: readonly string[]): Fields => {
  const places = new Map(header.map((name, at) => [columnKey(name), at]));
  const made = new Map<string, Field>();
  return (name) => {
    const known = made.get(name);
    if (known !== undefined) return known;
    const field = fieldOf(name, profile.fields[name], places, header);
    made.set(name, field);
    return field;
  };
};

const fieldOf = (
  name: string,
  mapping: FieldMapping | undefined,
  places: ReadonlyMap<string, number>,
  header: readonly string[],
): Field => {
  const at = (mapping?.columns ?? []).flatMap((column) => places.get(columnKey(column)) ?? []);
  const blank: Cell = {
    text: mapping?.otherwise ?? '',
    type: 'text',
    column: header[at[0] ?? -1] ?? mapping?.columns[0] ?? name,
  };
  const strips = mapping?.stripLeadingZeros === true;
  return {
    cell: ({ source }) => {
      if (at.length === 0) return blank;
      for (const place of at) {
        const text = source.cells[place]?.trim() ?? '';
        if (text === '') continue;
        const type = source.types?.[place] ?? 'text';
        return { text: strips ? withoutZeros(text) : text, type, column: header[place] ?? name };
      }
      return blank;
    },
    days: mapping?.days,
    isMapped: mapping !== undefined,
    isAlwaysBlank: at.length === 0 && blank.text === '',
  };
};

const withoutZeros = (text: string): string => text.replace(/^0+(?=\d)/, '');

/** Columns the profile looks at that the header has twice: which of them is meant can not be told. */
export const doubledColumns = (profile: MappingProfile, header: readonly string[]): string[] => {
  const looked = new Set(
    [
      ...Object.values(profile.fields).flatMap((field) => field?.columns ?? []),
      ...profile.skips.map(({ column }) => column),
    ].map(columnKey),
  );
  const names = header.map(columnKey);
  return header.filter((_, at) => looked.has(names[at] ?? '') && names.indexOf(names[at] ?? '') !== at);
};

/** Adds a reason. Long values are cut: the cells are kept beside the reasons. */
export const fault = (line: Line, cell: Cell, code: string, detail: string): undefined => {
  line.reasons.push({ column: cell.column, value: cell.text.slice(0, 200), code, detail });
  return undefined;
};

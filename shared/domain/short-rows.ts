/**
 * A document in few characters: what most rows say alike is left out where rows lie between the two phases of
 * ingestion, and is there again when they are read back.
 * From: `lineOf` in phase 1 (`spread-rows.ts`). Next: `spreadOf` in phase 2.
 */
import type { DeltaNews, DeltaRow, DocumentRow } from './feed-rows.ts';

const usual = {
  part: '1',
  discountTiers: Object.freeze([]),
  parties: Object.freeze({}),
  references: Object.freeze({}),
  isInsured: false,
  isIntercompany: false,
  faults: Object.freeze([]),
} as const;

type Left = keyof typeof usual | 'postedOn' | 'open';

/** A row without what is usual: undefined is not written. */
export type ShortRow = Omit<DocumentRow, Left> & { [key in Left]?: DocumentRow[key] | undefined } & {
  news?: DeltaNews;
};

export const shortRow = (row: DocumentRow | DeltaRow): ShortRow => ({
  ...row,
  part: row.part === usual.part ? undefined : row.part,
  postedOn: row.postedOn === row.documentOn ? undefined : row.postedOn,
  open: row.open === row.original ? undefined : row.open,
  discountTiers: row.discountTiers.length === 0 ? undefined : row.discountTiers,
  parties: isEmpty(row.parties) ? undefined : row.parties,
  references: isEmpty(row.references) ? undefined : row.references,
  isInsured: row.isInsured || undefined,
  isIntercompany: row.isIntercompany || undefined,
  faults: row.faults.length === 0 ? undefined : row.faults,
});

const isEmpty = (object: object): boolean => {
  for (const _ in object) return false;
  return true;
};

/** The row as it was, with the news that every row of its file has, where there are such. */
export const fullRow = (short: ShortRow, news?: DeltaNews): DocumentRow | DeltaRow =>
  ({
    ...usual,
    postedOn: short.documentOn,
    open: short.original,
    ...(news !== undefined && { news }),
    ...short,
  }) as DocumentRow | DeltaRow;

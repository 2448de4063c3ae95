/**
 * From one row of a file to the item it stands for.
 * From: rows of snapshots, deltas, journals, history. Next: `post-item.ts` posts it, `amendmentOf` says what a later
 * row changes of it.
 */
import { sizeOf, type AccountItem } from './account.ts';
import { itemIdOf, type HashText } from './document-ids.ts';
import type { Amendment, EmptiedField } from './facts.ts';
import type { DocumentRow } from './feed-rows.ts';
import type { Item } from './item.ts';
import { isCreditKind } from './postings.ts';

/** The id of the item a row stands for. */
export const idOfRow = (row: DocumentRow, hashText: HashText): string =>
  itemIdOf({ type: row.kind, ...keyOf(row), part: row.part }, hashText);

const keyOf = ({ number, fiscalYear }: DocumentRow): { number: string; fiscalYear?: string } => ({
  number,
  ...(fiscalYear === undefined ? {} : { fiscalYear }),
});

/** Ids the document a row names may have, the likeliest first; none when it names nothing. */
export const originalIdsOf = (
  { originalNumber, fiscalYear }: DocumentRow,
  hashText: HashText,
): readonly string[] => {
  if (originalNumber === undefined) return [];
  const years = fiscalYear === undefined ? [{}] : [{ fiscalYear }, {}];
  return (['invoice', 'debitNote', 'downPaymentRequest'] as const).flatMap((type) =>
    years.map((year) => itemIdOf({ type, number: originalNumber, ...year, part: '1' }, hashText)),
  );
};

/** The item a row is posted as; `faults` hold it from delivery and chasing. */
export const itemOfRow = (
  row: DocumentRow,
  source: string,
  hashText: HashText,
  faults: readonly string[] = row.faults,
): Item => {
  const [originalId] = originalIdsOf(row, hashText);
  const { documentOn, postedOn, dueOn, currency, original, open, discountTiers, parties, references } = row;
  return {
    ...{ id: idOfRow(row, hashText), kind: row.kind, source, ...keyOf(row), part: row.part },
    ...(originalId === undefined ? {} : { originalId }),
    ...{ documentOn, postedOn, firstDueOn: dueOn, dueOn, currency, original: atLeast(original, open), open },
    ...(row.tax === undefined ? {} : { tax: row.tax }),
    ...{ discountTiers, parties, references },
    ...optionalOf(row),
    ...{ isInsured: row.isInsured, isIntercompany: row.isIntercompany, stage: 0 },
    ...(faults.length === 0 ? {} : { faults }),
  };
};

/** A file that gives only the open amount says nothing of what there was before. */
const atLeast = <Amount extends number>(original: Amount, open: Amount): Amount =>
  original === 0 ? open : original;

const optionalFields = ['method', 'assignedTo', 'retention', 'erpBlock', 'apStatus'] as const;

const optionalOf = (row: DocumentRow): Partial<Pick<Item, (typeof optionalFields)[number]>> =>
  Object.fromEntries(optionalFields.flatMap((name) => (row[name] === undefined ? [] : [[name, row[name]]])));

/** Fields a whole record empties by not having them; the state at an AP portal comes from its own file. */
const emptied = ['method', 'assignedTo', 'retention', 'erpBlock'] as const satisfies readonly EmptiedField[];

/**
 * What a later row says otherwise than the item has it, or undefined. A deduction keeps the due day it took over
 * from its original; free text is no part of it.
 */
export const amendmentOf = (
  item: AccountItem,
  row: DocumentRow,
  faults: readonly string[],
): Amendment | undefined => {
  const { text: _text, ...references } = row.references;
  const isHeir = item.kind === 'deduction' && item.originalId !== undefined;
  const said: Amendment = {
    ...(isHeir ? {} : { dueOn: row.dueOn }),
    ...{ discountTiers: row.discountTiers, isInsured: row.isInsured },
    ...optionalOf(row),
    ...(Object.keys(row.parties).length === 0 ? {} : { parties: { ...item.parties, ...row.parties } }),
    faults,
  };
  const changed = Object.entries(said).filter(([name, value]) => !isSame(item[name as keyof Item], value));
  const others = Object.entries(references).filter(
    ([name, value]) => value !== undefined && item.references[name as keyof typeof references] !== value,
  );
  const gone = emptied.filter((name) => item[name] !== undefined && row[name] === undefined);
  if (changed.length + others.length + gone.length === 0) return undefined;
  return {
    ...(Object.fromEntries(changed) as Amendment),
    ...(others.length === 0 ? {} : { references: Object.fromEntries(others) }),
    ...(gone.length === 0 ? {} : { emptied: gone }),
  };
};

/** Nothing and an empty list are one; fields of an object stand in any order. */
const isSame = (a: unknown, b: unknown): boolean => {
  const [plainA, plainB] = [a ?? [], b ?? []];
  if (typeof plainA !== 'object' || typeof plainB !== 'object') return plainA === plainB;
  return textOf(plainA) === textOf(plainB);
};

const textOf = (value: object): string => JSON.stringify(value, (_name, one: unknown) => sorted(one));

const sorted = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** Whether a row can stand for an item at all: its open amount is on the side of its kind. */
export const isOnItsSide = ({ kind, open }: Pick<DocumentRow, 'kind' | 'open'>): boolean =>
  Number.isSafeInteger(open) && (isCreditKind(kind) ? open <= 0 : open >= 0);

/** How much more a row shows open than there originally was: interest run up, a corrected amount. */
export const isBeyondOriginal = ({ original, open }: Pick<Item, 'original' | 'open'>): boolean =>
  sizeOf(open) > sizeOf(original);

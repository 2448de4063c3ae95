/**
 * What every mapping profile of the product begins from: UTF-8 with commas, debit positive, English type words.
 * From: the files beside this one. Next: `profile-list.ts`.
 */
import type { FieldMapping, MappingProfile } from '../domain/mapping-profile.ts';
import { itemKinds, type ItemKind } from '../domain/item.ts';

/** The kinds by their own names, in one word or with a space, hyphen or underscore. */
export const plainKinds: Readonly<Record<string, ItemKind>> = Object.fromEntries(
  itemKinds.flatMap((kind) =>
    ['', ' ', '-', '_'].map((mark) => [
      kind.replace(/[A-Z]/g, (letter) => `${mark}${letter}`).toLowerCase(),
      kind,
    ]),
  ),
);

export const template: Omit<
  MappingProfile,
  'name' | 'version' | 'file' | 'record' | 'recognisedBy' | 'fields'
> = {
  format: 'csv',
  dialect: { delimiter: ',', quote: '"', hasHeader: true, skippedLines: 0 },
  encoding: 'utf-8',
  required: [],
  wanted: [],
  sign: 'debitPositive',
  partPayments: 'net',
  kinds: { ...plainKinds, payment: 'paymentOnAccount' },
  kindBySign: { debit: 'invoice', credit: 'paymentOnAccount' },
  terms: {},
  numbersRepeatByYear: false,
  skips: [],
};

/** Fields whose column has their own name in small letters with underscores: `dueDate` in `due_date`. */
export const sameNamed = (...names: string[]): Record<string, FieldMapping> =>
  Object.fromEntries(
    names.map((name) => [
      name,
      { columns: [name.replace(/([A-Z]|\d+$)/g, (part) => `_${part.toLowerCase()}`)] },
    ]),
  );

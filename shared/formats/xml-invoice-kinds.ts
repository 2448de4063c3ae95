/**
 * Which kind of item a document is, by its type code (UNTDID 1001).
 * From: `ubl-invoice.ts`, `cii-invoice.ts`. Next: `xml-invoice.ts`. A code that is not here asks for no money or
 * is not known, and is refused by name.
 */
import type { ItemKind } from '../domain/item.ts';
import { stop } from './xml-refusal.ts';

const codesOf: readonly (readonly [ItemKind, string])[] = [
  [
    'invoice',
    `80 82 84 202 203 204 211 218 219 295 326 331 380 384 385 387 388 389 390 393 394 395 456 457 527 575 623
     633 780 875 876 877`,
  ],
  ['creditNote', '81 83 261 262 296 308 381 396 420 458 502 503 532'],
  ['debitNote', '383'],
  ['downPaymentRequest', '386'],
];

const kindByCode = new Map(
  codesOf.flatMap(([kind, codes]) => codes.split(/\s+/).map((code): [string, ItemKind] => [code, kind])),
);

/** Stops with `unsupported-type`, naming the code. 389 is a self-billed invoice, not a credit note. */
export const kindOfCode = (code: string): ItemKind =>
  kindByCode.get(code) ?? stop('unsupported-type', `document type "${code}" is not one that owes money`);

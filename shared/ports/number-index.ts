/**
 * Which items of a company bear a number, whatever account they are on.
 * From: the search index. Next: money whose payer is found by what it names.
 */
import type { Scope } from '../domain/scope.ts';

export type NumberedItem = { accountId: string; itemId: string; number: string };

export interface NumberIndex {
  /** Items whose number is one of these, written alike; at most 200. */
  findByNumber(scope: Scope, companyId: string, numbers: readonly string[]): Promise<NumberedItem[]>;
}

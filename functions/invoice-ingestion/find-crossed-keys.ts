/**
 * Finds documents that one file has under more than one account, where the accounts lie in different buckets: one
 * range of keys a step, so that neither time nor memory of a step grows with the file.
 * From: `keys/<range>/`, one step after the other. Next: `crossed/<bucket>/<range>.ndjson`, so that phase 2 holds
 * them all: nobody guesses whose they are.
 */
import { bucketOf, keyRangesOf } from '../../shared/domain/buckets.ts';
import type { ImportDocument } from '../../shared/domain/imports.ts';
import { done } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { crossedOf, keysOf, linesOf, readLines } from './import-files.ts';
import type { IngestionStores } from './stores.ts';
import type { StepDone } from './work-import.ts';

export type KeyLine = readonly [itemId: string, accountId: string];

export const findCrossedKeys = async (
  stores: IngestionStores,
  scope: Scope,
  document: ImportDocument,
): Promise<StepDone> => {
  const { step: range } = document.progress;
  const crossed = await crossedIn(stores, scope, document, range);
  for (const [bucket, itemIds] of byBucket(crossed, document.buckets))
    await stores.files.write(scope, crossedOf(document, bucket, range), linesOf(itemIds));
  const isLast = range + 1 >= keyRangesOf(document.buckets);
  const next = isLast ? { phase: 'check', step: 0 } : { step: range + 1 };
  return done({ ...document, progress: { ...document.progress, ...next } });
};

/** Documents with more than one account, with all of them. */
const crossedIn = async (
  { files }: IngestionStores,
  scope: Scope,
  document: ImportDocument,
  range: number,
): Promise<Map<string, Set<string>>> => {
  const first = new Map<string, string>();
  const crossed = new Map<string, Set<string>>();
  for (const name of await files.list(scope, keysOf(document, range)))
    for (const [itemId, accountId] of await readLines<KeyLine>(files, scope, {
      companyId: document.companyId,
      name,
    })) {
      const other = first.get(itemId);
      if (other === undefined) first.set(itemId, accountId);
      else if (other !== accountId)
        crossed.set(itemId, (crossed.get(itemId) ?? new Set([other])).add(accountId));
    }
  return crossed;
};

/** The buckets that have a row of a crossed document, each with the documents in order. */
const byBucket = (
  crossed: ReadonlyMap<string, ReadonlySet<string>>,
  buckets: number,
): Map<number, string[]> => {
  const found = new Map<number, Set<string>>();
  for (const [itemId, accounts] of crossed)
    for (const accountId of accounts) {
      const bucket = bucketOf(accountId, buckets);
      found.set(bucket, (found.get(bucket) ?? new Set()).add(itemId));
    }
  return new Map([...found].map(([bucket, itemIds]) => [bucket, [...itemIds].toSorted()]));
};

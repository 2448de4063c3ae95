/**
 * Finds documents that one file has under more than one account, where the accounts lie in different buckets.
 * From: `keys/<step>.ndjson`. Next: `crossed.json`, so that phase 2 holds them all: nobody guesses whose they are.
 */
import type { ImportDocument } from '../../shared/domain/imports.ts';
import { hash32 } from '../../shared/domain/buckets.ts';
import { done } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { crossedOf, keysOf, readLines } from './import-files.ts';
import type { IngestionStores } from './stores.ts';
import type { StepDone } from './work-import.ts';

type KeyLine = readonly [itemId: string, accountId: string];

export const findCrossedKeys = async (
  stores: IngestionStores,
  scope: Scope,
  document: ImportDocument,
): Promise<StepDone> => {
  const seen = await seenTwice(stores, scope, document);
  const accounts = new Map<string, string>();
  const crossed = new Set<string>();
  for await (const [itemId, accountId] of keyLines(stores, scope, document)) {
    if (!seen.has(hashOf(itemId))) continue;
    const other = accounts.get(itemId);
    if (other === undefined) accounts.set(itemId, accountId);
    else if (other !== accountId) crossed.add(itemId);
  }
  await stores.files.write(scope, crossedOf(document), JSON.stringify([...crossed].toSorted()));
  return done({ ...document, progress: { ...document.progress, phase: 'check', step: 0 } });
};

/** Hashes that occur more than once: few, so that only those keys are compared as text. */
const seenTwice = async (
  stores: IngestionStores,
  scope: Scope,
  document: ImportDocument,
): Promise<Set<number>> => {
  const hashes = new Float64Array(document.counts.accepted);
  let count = 0;
  for await (const [itemId] of keyLines(stores, scope, document)) {
    hashes[count] = hashOf(itemId);
    count += 1;
  }
  const sorted = hashes.subarray(0, count).toSorted();
  const twice = new Set<number>();
  for (let at = 1; at < sorted.length; at += 1) {
    const hash = sorted[at] ?? 0;
    if (hash === sorted[at - 1]) twice.add(hash);
  }
  return twice;
};

/** 53 bits, as exact as a number is. */
const hashOf = (text: string): number => hash32(text) * 0x200000 + (hash32(text, 0x1234567) & 0x1fffff);

async function* keyLines(
  { files }: IngestionStores,
  scope: Scope,
  document: ImportDocument,
): AsyncGenerator<KeyLine> {
  for (const name of await files.list(scope, keysOf(document)))
    yield* await readLines<KeyLine>(files, scope, { companyId: document.companyId, name });
}

/**
 * The files of a snapshot: its rows by account, the digests they leave, the parts the ledger works on.
 * From: ingestion wrote `accounts/`. Next: reconciliation reads and writes the rest; the ledger reads `parts/`.
 * A file is whole or not there, and what is written again has the same content.
 */
import type { AccountWork } from '../../shared/domain/account-work.ts';
import type { HashText } from '../../shared/domain/document-ids.ts';
import type { AccountDigest, SnapshotAccount } from '../../shared/domain/manifest.ts';
import type { Currency } from '../../shared/domain/money.ts';
import type { Difference } from '../../shared/domain/morning-check.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { FileStore } from '../../shared/ports/file-store.ts';

/** What comparing some buckets came to. */
export type ComparedBuckets = {
  /** The first bucket after them. */
  next: number;
  parts: string[];
  items: Record<Currency, number>;
  /** Accounts that were looked at. */
  accountIds: string[];
};

/** Accounts whose digests belong to no bucket of rows: they were not in the file. */
export const restBucket = 'rest';

export type SnapshotFiles = ReturnType<typeof snapshotFiles>;

/** `importId` is the snapshot's whose files these are. */
export const snapshotFiles = (
  files: FileStore,
  scope: Scope,
  { companyId, importId, scopeName }: { companyId: string; importId: string; scopeName: string },
) => {
  const pathOf = (name: string) => ({ companyId, name });
  const own = `feed/${scopeName}/${importId}`;
  const readLines = async <Line>(name: string): Promise<Line[] | undefined> => {
    const bytes = await files.read(scope, pathOf(name));
    return bytes === undefined ? undefined : linesOf<Line>(bytes);
  };
  const writeLines = (name: string, lines: readonly unknown[]) =>
    files.write(scope, pathOf(name), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const compared = async (bucket: number): Promise<ComparedBuckets | undefined> =>
    (await readLines<ComparedBuckets>(`${own}/compared/${numbered(bucket)}.ndjson`))?.[0];
  return {
    /** No file: no account fell into this bucket. */
    accounts: async (bucket: number) =>
      (await readLines<SnapshotAccount>(`${importId}/accounts/${numbered(bucket)}.ndjson`)) ?? [],
    /** @throws when they are not there: nothing may pass for an empty bucket that is not one. */
    digests: async (bucket: number | typeof restBucket): Promise<AccountDigest[]> => {
      const name = `${own}/digests/${digestName(bucket)}.ndjson`;
      const digests = await readLines<AccountDigest>(name);
      if (digests === undefined) throw new Error(`${name} is not there`);
      return digests;
    },
    keepDigests: (bucket: number | typeof restBucket, digests: readonly AccountDigest[]) =>
      writeLines(`${own}/digests/${digestName(bucket)}.ndjson`, digests),
    keepPart: (part: string, work: readonly AccountWork[]) =>
      writeLines(`${importId}/parts/${part}.ndjson`, work),
    compared,
    /** All steps before a bucket together; undefined while one of them is missing. */
    comparedUpTo: async (bucket: number): Promise<ComparedBuckets | undefined> => {
      const all: ComparedBuckets = { next: 0, parts: [], items: {}, accountIds: [] };
      while (all.next < bucket) {
        const some = await compared(all.next);
        if (some === undefined) return undefined;
        addTo(all, some);
      }
      return all;
    },
    keepCompared: (bucket: number, outcome: ComparedBuckets) =>
      writeLines(`${own}/compared/${numbered(bucket)}.ndjson`, [outcome]),
    differences: async () => (await readLines<Difference>(`${own}/differences.ndjson`)) ?? [],
    keepDifferences: (differences: readonly Difference[]) =>
      writeLines(`${own}/differences.ndjson`, differences),
    /** The name holds a digest of the ids, so that a list once read is the list for good. */
    keepTouched: async (accountIds: readonly string[], hashText: HashText): Promise<string> => {
      const name = `touched-${hashText(accountIds.join('\n')).slice(0, 32)}`;
      await writeLines(`${own}/${name}.ndjson`, accountIds);
      return name;
    },
    touched: async (name: string): Promise<string[]> => {
      const ids = await readLines<string>(`${own}/${name}.ndjson`);
      if (ids === undefined) throw new Error(`the touched accounts of ${importId} are not there`);
      return ids;
    },
    /** All that only the next snapshot would have asked. */
    forget: async () => {
      for (const name of await files.list(scope, pathOf(`${own}/`))) await files.remove(scope, pathOf(name));
    },
  };
};

const addTo = (all: ComparedBuckets, some: ComparedBuckets): void => {
  all.next = some.next;
  all.parts.push(...some.parts);
  for (const id of some.accountIds) all.accountIds.push(id);
  for (const [currency, count] of Object.entries(some.items))
    all.items[currency] = (all.items[currency] ?? 0) + count;
};

const numbered = (bucket: number): string => String(bucket).padStart(3, '0');

const digestName = (bucket: number | typeof restBucket): string =>
  typeof bucket === 'number' ? numbered(bucket) : bucket;

const linesOf = <Line>(bytes: Uint8Array): Line[] =>
  new TextDecoder()
    .decode(bytes)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);

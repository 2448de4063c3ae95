/**
 * Anchors and the independent verifier: whatever is done to a journal behind the ledger's back is found.
 */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anchorCompany, type AnchorParts } from '../../../functions/ledger/anchor-ledger.ts';
import { canonical, verifyAnchors, verifyEntries } from '../../../scripts/verify-chain.ts';
import { hashOfContent, sha256 } from '../../../shared/azure/entry-hash.ts';
import { merkleRoot } from '../../../shared/domain/anchor.ts';
import { noTail } from '../../../shared/domain/report-months.ts';
import { noTotal, shardOf } from '../../../shared/domain/report-shard.ts';
import { memoryFiles } from '../../support/memory/file-store.ts';
import { memoryReports } from '../../support/memory/report-store.ts';
import { memoryRuns } from '../../support/memory/run-store.ts';
import { everything } from '../../support/test-edge.ts';

type Entry = Parameters<typeof verifyEntries>[0][number];

const companyId = 'c1';
const hashBytes = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());

/** A chain of an account, as the writer makes it. */
const chainOf = (accountId: string, length: number): Entry[] => {
  const entries: Entry[] = [];
  for (let version = 1; version <= length; version += 1) {
    const previousHash = entries.at(-1)?.['hash'] ?? '';
    const content = { companyId, accountId, version, facts: [{ n: version, ü: 'é' }], previousHash };
    entries.push({ ...content, hash: hashOfContent(content) });
  }
  return entries;
};

const accounts = ['a0', 'a1', 'a2', 'a3', 'a4'];
const journal = (length = 6): Entry[] => accounts.flatMap((id) => chainOf(id, length));

const anchored = async (entries: readonly Entry[]) => {
  const parts: AnchorParts = {
    reports: memoryReports(),
    anchors: memoryFiles(),
    runs: memoryRuns(),
    hashText: sha256,
    hashBytes,
  };
  await contributeHeads(parts, entries);
  await anchorCompany(companyId, '2026-03-01T10:00:00Z', everything, parts);
  return parts;
};

const contributeHeads = async ({ reports }: AnchorParts, entries: readonly Entry[]): Promise<void> => {
  for (const accountId of accounts) {
    const head = entries.filter((one) => one['accountId'] === accountId).at(-1)!;
    const loaded = await reports.shard(everything, { companyId, shard: shardOf(accountId) });
    const total = { ...noTotal, entries: loaded.total.entries + 1 };
    const hash = head['hash'] as string;
    const contribution = { accountId, appliedVersion: Number(head['version']), hash, group: '', cells: {} };
    const contributions = [{ ...contribution, knownOn: '2026-03-01' as never }];
    await reports.apply(everything, loaded, { total, tail: noTail, contributions });
  }
};

const filesOf = async ({ anchors }: AnchorParts): Promise<Map<string, string>> => {
  const files = new Map<string, string>();
  for (const name of await anchors.list(everything, { companyId, name: '' }))
    files.set(name, new TextDecoder().decode(await anchors.read(everything, { companyId, name })));
  return files;
};

const rehash = (entry: Entry): Entry => {
  const { hash: _old, ...content } = entry;
  return { ...content, hash: hashOfContent(content) };
};

/** From a place on, a chain that is whole in itself and not the one that was written. */
const forked = (entries: Entry[], at: number): Entry[] => {
  const after = [...entries];
  const { accountId } = after[at]!;
  let previousHash = after[at]!['previousHash'] ?? '';
  for (let n = at; n < after.length && after[n]!['accountId'] === accountId; n += 1) {
    after[n] = rehash({ ...after[n]!, facts: [{ n: -1 }], previousHash });
    previousHash = after[n]!['hash'] ?? '';
  }
  return after;
};

const tampers: Record<string, (entries: Entry[], at: number) => Entry[]> = {
  edit: (entries, at) => entries.with(at, { ...entries[at]!, facts: [{ n: 999 }] }),
  delete: (entries, at) => entries.toSpliced(at, 1),
  insert: (entries, at) => entries.toSpliced(at, 0, rehash({ ...entries[at]!, facts: [{ n: 0.5 }] })),
  reorder: (entries, at) => {
    const other = at % 6 === 0 ? at + 1 : at - 1;
    return entries.with(at, entries[other]!).with(other, entries[at]!);
  },
  truncate: (entries, at) => entries.filter((_one, n) => n < at || Math.floor(n / 6) !== Math.floor(at / 6)),
  fork: forked,
};

describe('tampering at any place is found', () => {
  it.each(Object.keys(tampers))('%s', async (kind) => {
    const entries = journal();
    const files = await filesOf(await anchored(entries));
    expect([...verifyEntries(entries), ...verifyAnchors(entries, files)]).toEqual([]);
    fc.assert(
      fc.property(fc.nat(entries.length - 1), (at) => {
        const after = tampers[kind]!([...entries], at);
        const found = [...verifyEntries(after), ...verifyAnchors(after, files)];
        expect(found.map(({ account }) => account)).toContain(
          JSON.stringify([companyId, entries[at]!['accountId']]),
        );
      }),
      { numRuns: 1_000 },
    );
  });
});

const firstAnchor = '2026-03-01T100000Z/anchor.json';
const lastAnchor = '2026-03-01T120000Z/anchor.json';
/** Leaves of one shard of the first anchor. */
const leavesOf = (files: Map<string, string>): string =>
  [...files.keys()].find((name) => name.startsWith('2026-03-01T100000Z/leaves-'))!;
const change = (files: Map<string, string>, name: string, how: (text: string) => string): unknown =>
  files.set(name, how(files.get(name)!));

describe('an anchor', () => {
  it('is written once for a slot, and not at all where nothing is new', async () => {
    const parts = await anchored(journal());
    const before = await filesOf(parts);
    await anchorCompany(companyId, '2026-03-01T10:00:00Z', everything, parts);
    const again = await anchorCompany(companyId, '2026-03-01T11:00:00Z', everything, parts);
    expect(again?.slot).toBe('2026-03-01T10:00:00Z');
    expect(await filesOf(parts)).toEqual(before);
  });

  it('names the one before it, so that neither can be replaced', async () => {
    const parts = await anchored(journal());
    const more = journal(8);
    await contributeHeads(parts, more);
    const second = await anchorCompany(companyId, '2026-03-01T12:00:00Z', everything, parts);
    expect(second?.previous?.slot).toBe('2026-03-01T10:00:00Z');
    const files = await filesOf(parts);
    expect(verifyAnchors(more, files)).toEqual([]);
    const name = '2026-03-01T100000Z/anchor.json';
    const forged = new Map(files).set(name, files.get(name)!.replace('"v":1', '"v":2'));
    expect(verifyAnchors(more, forged).map(({ what }) => what)).toContain(
      'anchor 2026-03-01T12:00:00Z: the anchor before it is not what it was',
    );
  });

  it.each<[string, (files: Map<string, string>) => unknown, string]>([
    [
      'a leaf that names another hash',
      (files) => change(files, leavesOf(files), (text) => text.replace(/"[0-9a-f]{8}/, '"00000000')),
      'are not what they were',
    ],
    [
      'a leaf that names another version',
      (files) => change(files, leavesOf(files), (text) => text.replace(',6,', ',5,')),
      'are not what they were',
    ],
    ['leaves that are gone', (files) => files.delete(leavesOf(files)), 'are not what they were'],
    [
      'leaves without their last account',
      (files) => change(files, leavesOf(files), (text) => text.split('\n').slice(1).join('\n')),
      'are not what they were',
    ],
    [
      'another root of the whole',
      (files) =>
        change(files, lastAnchor, (text) => text.replace(/"root":"[0-9a-f]{4}(?=[^"]*"}$)/, '"root":"0000')),
      'its root is not that of its shards',
    ],
    [
      'another root of a shard',
      (files) => change(files, lastAnchor, (text) => text.replace(/"root":"[0-9a-f]{4}/, '"root":"0000')),
      'its root is not that of its shards',
    ],
    ['an earlier anchor that is gone', (files) => files.delete(firstAnchor), 'the anchor before it'],
  ])('%s is found, with nothing of the journal touched', async (_what, tamper, says) => {
    const parts = await anchored(journal());
    const more = journal(8);
    await contributeHeads(parts, more);
    await anchorCompany(companyId, '2026-03-01T12:00:00Z', everything, parts);
    const files = await filesOf(parts);
    expect(verifyAnchors(more, files)).toEqual([]);
    const before = new Map(files);
    tamper(files);
    expect(files).not.toEqual(before);
    expect(
      verifyAnchors(more, files)
        .map(({ what }) => what)
        .join('; '),
    ).toContain(says);
  });

  it('has the root RFC 6962 gives to its test leaves', () => {
    expect(merkleRoot([], hashBytes)).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
    expect(merkleRoot([''], hashBytes)).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    );
  });

  it('the verifier writes canonical JSON as RFC 8785 does', () => {
    expect(canonical({ b: [1e21, 0.000001, -0], 'a"': '\u20ac\n', A: null })).toBe(
      '{"A":null,"a\\"":"€\\n","b":[1e+21,0.000001,0]}',
    );
  });
});

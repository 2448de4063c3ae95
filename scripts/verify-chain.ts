/**
 * Checks a ledger's journal by itself: sharing no code with what wrote it, it recomputes every hash and root.
 * From: a file of entry documents (one JSON a line) and a folder of anchor files, both as exported.
 * Next: what it found, one line each; ends with 1 when anything was changed, removed, added, moved or forked.
 * Anchors are made every hour in which anything was written: an entry that none of them knows two hours later says that
 * the newest is missing, or was never made.
 *   npx node scripts/verify-chain.ts entries.ndjson anchors-folder [instant of the export, else now]
 */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export type Found = { account: string; version: number; what: string };
type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Entry = { [name: string]: Json };

const sha256 = (bytes: string | Buffer): Buffer => createHash('sha256').update(bytes).digest();

/** RFC 8785: names in the order of their UTF-16 units, numbers and texts as ECMAScript writes them. */
export const canonical = (value: Json): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const names = Object.keys(value).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name] as Json)}`).join(',')}}`;
};

const accountOf = (entry: Entry): string => JSON.stringify([entry['companyId'], entry['accountId']]);

/** Every account's entries in the order they are given. */
export const verifyEntries = (entries: readonly Entry[]): Found[] => {
  const found: Found[] = [];
  const last = new Map<string, { version: number; hash: Json }>();
  for (const { hash, ...content } of entries as (Entry & { hash: Json })[]) {
    const account = accountOf(content);
    const version = Number(content['version']);
    const before = last.get(account) ?? { version: 0, hash: '' };
    const say = (what: string) => found.push({ account, version, what });
    if (version !== before.version + 1) say(`follows version ${before.version}`);
    if (content['previousHash'] !== before.hash) say('does not continue the entry before it');
    if (sha256(canonical(content)).toString('hex') !== hash) say('is not what was written');
    last.set(account, { version, hash: hash ?? '' });
  }
  return found;
};

const rootOf = (leaves: readonly string[]): Buffer => {
  if (leaves.length === 0) return sha256('');
  if (leaves.length === 1) return sha256(Buffer.concat([Buffer.from([0]), Buffer.from(leaves[0]!)]));
  const cut = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
  const halves = [rootOf(leaves.slice(0, cut)), rootOf(leaves.slice(cut))];
  return sha256(Buffer.concat([Buffer.from([1]), ...halves]));
};

type Shard = { shard: string; listedIn: string; accounts: number; root: string };
type Anchor = {
  companyId: string;
  slot: string;
  previous: { slot: string; sha256: string } | null;
  shards: Shard[];
  root: string;
};

/** Files by their name below the company's folder. */
export type AnchorFiles = ReadonlyMap<string, string>;

const fileOf = (slot: string, name: string): string => `${slot.split(':').join('')}/${name}`;

/** The anchors among themselves, and every leaf of theirs against the entry it names. */
export const verifyAnchors = (entries: readonly Entry[], files: AnchorFiles): Found[] => {
  const found: Found[] = [];
  const hashes = new Map(entries.map((one) => [`${accountOf(one)} ${Number(one['version'])}`, one['hash']]));
  for (const [name, text] of files) {
    if (!name.endsWith('/anchor.json')) continue;
    const anchor = JSON.parse(text) as Anchor;
    const say = (what: string, account = '', version = 0) =>
      found.push({ account, version, what: `anchor ${anchor.slot}: ${what}` });
    if (anchor.previous !== null) {
      const before = files.get(fileOf(anchor.previous.slot, 'anchor.json'));
      if (before === undefined || sha256(before).toString('hex') !== anchor.previous.sha256)
        say('the anchor before it is not what it was');
    }
    const roots = anchor.shards.map((one) => JSON.stringify([one.shard, one.accounts, one.root]));
    if (rootOf(roots).toString('hex') !== anchor.root) say('its root is not that of its shards');
    for (const { shard, listedIn, root } of anchor.shards) {
      const leaves = files.get(fileOf(listedIn, `leaves-${shard}.ndjson`))?.split('\n') ?? [];
      if (rootOf(leaves).toString('hex') !== root) say(`the leaves of shard ${shard} are not what they were`);
      for (const leaf of leaves.filter((line) => line !== '')) {
        const [accountId, version, hash] = JSON.parse(leaf) as [string, number, string];
        const account = JSON.stringify([anchor.companyId, accountId]);
        if (hashes.get(`${account} ${version}`) !== hash) say('this entry is not there', account, version);
      }
    }
  }
  return found;
};

const hour = 3_600_000;
/** An hour until the next anchor, and one for whatever was late. */
const mostWithoutAnchorMs = 2 * hour;

/**
 * The first entry of each account that is older than two hours at `untilMs` and under no anchor; with no anchor at all,
 * of every account. Accounts whose newest anchored version is not in the journal are told by `verifyAnchors`.
 */
export const verifyNewest = (entries: readonly Entry[], files: AnchorFiles, untilMs: number): Found[] => {
  const anchored = new Map<string, number>();
  for (const [name, text] of files) {
    if (!name.endsWith('/anchor.json')) continue;
    const { companyId, shards } = JSON.parse(text) as Anchor;
    for (const { shard, listedIn } of shards)
      for (const leaf of files.get(fileOf(listedIn, `leaves-${shard}.ndjson`))?.split('\n') ?? []) {
        if (leaf === '') continue;
        const [accountId, version] = JSON.parse(leaf) as [string, number];
        const account = JSON.stringify([companyId, accountId]);
        anchored.set(account, Math.max(version, anchored.get(account) ?? 0));
      }
  }
  const first = new Map<string, Found>();
  for (const entry of entries) {
    const [account, version, at] = [accountOf(entry), Number(entry['version']), entry['at'] as string];
    const isOld = !(Date.parse(at) > untilMs - mostWithoutAnchorMs);
    if (isOld && version > (anchored.get(account) ?? 0) && !first.has(account))
      first.set(account, { account, version, what: `was written at ${at} and is under no anchor` });
  }
  return [...first.values()];
};

const filesBelow = (folder: string, prefix = ''): [string, string][] =>
  readdirSync(folder).flatMap((name): [string, string][] => {
    const path = join(folder, name);
    return statSync(path).isDirectory()
      ? filesBelow(path, `${prefix}${name}/`)
      : [[`${prefix}${name}`, readFileSync(path, 'utf8')]];
  });

const main = ([entriesFile, anchorsFolder, until]: string[]): number => {
  if (entriesFile === undefined) throw new Error('which file of entries?');
  const untilMs = until === undefined ? Date.now() : Date.parse(until);
  if (Number.isNaN(untilMs)) throw new Error(`${until} is no instant`);
  const lines = readFileSync(entriesFile, 'utf8').split('\n');
  const entries = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Entry);
  const files: AnchorFiles = new Map(anchorsFolder === undefined ? [] : filesBelow(anchorsFolder));
  const newest = anchorsFolder === undefined ? [] : verifyNewest(entries, files, untilMs);
  const found = [...verifyEntries(entries), ...verifyAnchors(entries, files), ...newest];
  for (const { account, version, what } of found) process.stdout.write(`${account} ${version}: ${what}\n`);
  process.stdout.write(`${entries.length} entries, ${files.size} anchor files, ${found.length} faults\n`);
  return found.length === 0 ? 0 : 1;
};

if (process.argv[1] === join(import.meta.dirname, 'verify-chain.ts'))
  process.exitCode = main(process.argv.slice(2));

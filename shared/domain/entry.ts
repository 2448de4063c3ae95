/**
 * The journal of an account: one entry per change, never changed, each naming the hash of the one before.
 * From: an append. Next: audit trail, outbox, timeline, reports and replay read it. No personal data.
 */
import { largestHeadBytes, newAccount, type Account, type AccountItem, type AccountKey } from './account.ts';
import { instantFromText, textOfInstant, type Instant } from './calendar.ts';
import { movesOf, type Moves } from './aging-moves.ts';
import { evolve, itemsLeaveHead } from './evolve.ts';
import type { Fact } from './facts.ts';
import { fitsAsJson } from './json-size.ts';

/** Who did it, by id: a user, a customer's membership, a job. */
export type Actor = { kind: 'staff' | 'customer' | 'guest' | 'job'; id: string };

/** What it was done for: the message, request or row that asked, by id. */
export type Cause = { kind: string; id: string };

export type Change = { at: Instant; actor: Actor; cause: Cause; facts: readonly Fact[] };

export type Entry = AccountKey & {
  version: number;
  /** ISO instant. */
  at: string;
  actor: Actor;
  cause: Cause;
  facts: readonly Fact[];
  previousHash: string;
  hash: string;
};

/** SHA-256 over the RFC 8785 text of plain content, as lower-case hex. */
export type HashOf = (content: object) => string;

/** One change, ready to be written as a whole. */
export type Append = {
  account: Account;
  entry: Entry;
  items: AppendedItem[];
  /** What follows from the facts for aging; kept beside the entry, not in its hash. */
  moves: Moves;
};
export type AppendedItem = { item: AccountItem; isNew: boolean };

/**
 * The next entry of an account and what the account is after it. @throws when there is nothing to append, or
 * an invariant would break.
 */
export const appendTo = (account: Account, { at, actor, cause, facts }: Change, hashOf: HashOf): Append => {
  if (facts.length === 0) throw new Error('an entry has at least one fact');
  const { companyId, accountId, version, lastHash } = account.head;
  const content = {
    ...{ companyId, accountId, version: version + 1, at: textOfInstant(at) },
    ...{ actor, cause, facts, previousHash: lastHash },
  };
  const entry = { ...content, hash: hashOf(content) };
  const after = applyEntry(account, entry);
  const items = changedItems(account, after);
  return {
    account: after,
    entry,
    items: items.map((item) => ({ item, isNew: !account.items.has(item.id) })),
    moves: movesOf(account, after, facts),
  };
};

const changedItems = ({ items: before }: Account, { items: after }: Account): AccountItem[] =>
  before === after ? [] : [...after.values()].filter((item) => item !== before.get(item.id));

/** The account after one more entry. @throws when the entry is not the next one. */
export const applyEntry = (account: Account, { version, facts, hash }: Entry): Account => {
  if (version !== account.head.version + 1)
    throw new Error(`entry ${version} does not follow version ${account.head.version}`);
  const after = evolve(account, facts);
  return fitting({ ...after, head: { ...after.head, version, lastHash: hash } });
};

/** Items leave a head that would grow too large, however few they are. */
const fitting = (account: Account): Account => {
  if (fitsAsJson(account.head, largestHeadBytes)) return account;
  const smaller = itemsLeaveHead(account);
  if (fitsAsJson(smaller.head, largestHeadBytes)) return smaller;
  throw new Error(`the head of ${account.head.accountId} would be larger than ${largestHeadBytes} bytes`);
};

/** The account that all entries from the first come to, with every item there ever was. */
export const replay = (key: AccountKey, entries: readonly Entry[]): Account =>
  entries.reduce(applyEntry, newAccount(key));

export type ChainBreak = { version: number; what: 'not-next' | 'other-account' | 'previous-hash' | 'hash' };

/** A place in a chain known before: the version and hash of its entry; version 0 before the first. */
export type ChainStart = { version: number; hash: string };

/**
 * The first place where a chain from version 1 is not what was written, or undefined when it is whole.
 * `head` also finds entries missing at the end.
 */
export const verifyChain = (
  head: Pick<Account['head'], 'companyId' | 'accountId' | 'version' | 'lastHash'>,
  entries: readonly Entry[],
  hashOf: HashOf,
): ChainBreak | undefined => verifyChainFrom({ version: 0, hash: '' }, head, entries, hashOf);

/** The same for the entries after a place known before. */
export const verifyChainFrom = (
  start: ChainStart,
  head: Pick<Account['head'], 'companyId' | 'accountId' | 'version' | 'lastHash'>,
  entries: readonly Entry[],
  hashOf: HashOf,
): ChainBreak | undefined => {
  let previousHash = start.hash;
  for (const [index, { hash, ...content }] of entries.entries()) {
    const version = start.version + index + 1;
    const { companyId, accountId } = content;
    if (content.version !== version) return { version, what: 'not-next' };
    if (companyId !== head.companyId || accountId !== head.accountId)
      return { version, what: 'other-account' };
    if (content.previousHash !== previousHash) return { version, what: 'previous-hash' };
    if (hash !== hashOf(content)) return { version, what: 'hash' };
    previousHash = hash;
  }
  const last = start.version + entries.length;
  if (last !== head.version) return { version: last + 1, what: 'not-next' };
  return previousHash === head.lastHash ? undefined : { version: head.version, what: 'previous-hash' };
};

/** The instant of an entry. */
export const instantOf = ({ at }: Entry): Instant => instantFromText(at);

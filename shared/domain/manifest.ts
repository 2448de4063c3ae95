/**
 * What an accepted snapshot said, in short: when, how much, and a digest of every account.
 * From: reconciliation writes it when a snapshot is accepted. Next: the guards of the next one, and which of its
 * accounts are looked at: those whose digest is another.
 */
import type { DocumentRow } from './feed-rows.ts';
import { escapeId, type HashText } from './document-ids.ts';
import type { AccountRows, FeedScope, Sums } from './imports.ts';
import type { Currency } from './money.ts';

export type Manifest = {
  importId: string;
  /** ISO instant of extraction. */
  asOf: string;
  /** Of the file; the same file again under a later instant tells nothing of the time between. */
  sha256?: string;
  /** ISO instant of extraction of the first file since which every one was the same to the byte. */
  sameSince?: string;
  sequence?: number;
  /** Rows taken, and open items by currency. */
  rows: number;
  items: Readonly<Record<Currency, number>>;
  sums: Sums;
  /** Files its digests are kept in. */
  buckets: number;
  /** ISO instants: when it passed its guards, when the ledger showed it. */
  guardedAt: string;
  acceptedAt: string;
};

/** Since when the files of a scope are the same to the byte: the instant of this one, unless it repeats the last. */
export const sameSince = (sha256: string, asOf: string, before: Manifest | undefined): string =>
  before?.sha256 === sha256 ? (before.sameSince ?? before.asOf) : asOf;

/** One account of a snapshot, as checking left it. */
export type SnapshotAccount = AccountRows<DocumentRow>;

/** An account as the last accepted snapshot had it. */
export type AccountDigest = {
  accountId: string;
  /** Of all that its rows say; the place in the file does not count. */
  digest: string;
  /** What could not be closed when it was last looked at: nothing, some keys (their digest), or any. */
  withheld: string;
};

export const nothingWithheld = '';

/** A name for a scope that is safe in ids and paths; two scopes are one when their names are. */
export const scopeNameOf = ({ currency, accounts }: FeedScope): string => {
  const parts = [
    ...(currency === undefined ? [] : [`currency-${currency}`]),
    ...(accounts === undefined
      ? []
      : [`accounts-${[accounts.name, accounts.from, accounts.to].map(escapeId).join('-')}`]),
  ];
  return parts.length === 0 ? 'company' : parts.join('-');
};

/** Whether a scope is everything the company has. */
export const isWholeCompany = ({ currency, accounts }: FeedScope): boolean =>
  currency === undefined && accounts === undefined;

/** The digest of an account's rows, the same in whatever order and place they stood. */
export const digestOfRows = (rows: readonly DocumentRow[], hashText: HashText): string =>
  rows.length === 0
    ? ''
    : hashText(
        rows
          .map(({ row: _place, ...said }) => stableText(said))
          .toSorted()
          .join('\n'),
      );

/** JSON with its keys in order, so that equal content is equal text. */
const stableText = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(stableText).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).filter(([, one]) => one !== undefined);
  return `{${fields
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, one]) => `${JSON.stringify(name)}:${stableText(one)}`)
    .join()}}`;
};

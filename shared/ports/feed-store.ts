/**
 * Feeds of an ERP: which snapshot of each scope is accepted, what came when, what the ERP is to post.
 * From: reconciliation, exports, whoever changes an account of an ERP-led company. Next:
 * `shared/azure/cosmos-feeds.ts` in container `imports` under `feed:…`, in memory `tests/support/memory`.
 */
import type { CheckedBook } from '../domain/book-standing.ts';
import type { Feed } from '../domain/feed.ts';
import type { Arrived, Arrival } from '../domain/freshness.ts';
import type { FeedScope } from '../domain/imports.ts';
import type { Control, MorningFigures } from '../domain/morning-check.ts';
import type { ListedLine, PostingExport } from '../domain/posting-export.ts';
import type { Day } from '../domain/calendar.ts';
import type { Scope } from '../domain/scope.ts';

export type LoadedFeed = { feed: Feed; mark: string | undefined };

/** What holds for the company as a whole. */
export type CompanyFeeds = {
  companyId: string;
  /** Scopes snapshots came for, by name. */
  scopes: Readonly<Record<string, FeedScope>>;
  arrivals: readonly Arrival[];
  /** What the book came to by the last accepted snapshot of each scope. */
  checked?: Readonly<Record<string, CheckedBook>>;
  /** What the ERP's control account said at the end of a day, who told us, when. */
  control?: { on: Day; balances: Control; by: string; at: string };
};

/** A snapshot a person decides about, and what they decided. */
export type HeldDecision = {
  importId: string;
  code: string;
  requested?: { by: string; at: string; reason: string };
  decided?: { is: 'released' | 'refused'; by: string; at: string; reason: string };
};

/** An account was changed, or is about to be, by something other than its snapshots. */
export type Touch = {
  /** Names the cause, so that touching twice is once: an import's part, an entry. */
  cause: string;
  accountIds: readonly string[];
  /** ISO instant. */
  at: string;
  /** The snapshot feed that caused it, which looks at the account anyway. */
  scopeName?: string;
};

export interface FeedStore {
  /** The feed of a scope; nothing in it before the first snapshot, or outside the caller's scope. */
  load(scope: Scope, companyId: string, feed: { name: string; scope: FeedScope }): Promise<LoadedFeed>;
  /** Only if it is as it was loaded. @throws outside the scope. */
  save(scope: Scope, loaded: LoadedFeed): Promise<LoadedFeed | 'version-conflict'>;
  company(scope: Scope, companyId: string): Promise<CompanyFeeds>;
  /** Changes what holds for the company, as often as it takes to be nobody's rival. */
  changeCompany(
    scope: Scope,
    companyId: string,
    change: (before: CompanyFeeds) => CompanyFeeds,
  ): Promise<CompanyFeeds>;
  /** A file came: notes it with its kind and source. */
  arrived(scope: Scope, companyId: string, file: Arrived): Promise<void>;
  /** Says beforehand that accounts change, so that the next snapshot looks at them. At most 2,000 at once. */
  touch(scope: Scope, companyId: string, touch: Touch): Promise<void>;
  /** What was touched at or after an instant (always, when absent), but for what the named feed touched itself. */
  touched(scope: Scope, companyId: string, since?: string, otherThan?: string): Promise<Touch[]>;
  /** Keeps a morning check of a scope; the same again replaces it. */
  keepCheck(scope: Scope, companyId: string, scopeName: string, check: MorningFigures): Promise<void>;
  held(scope: Scope, companyId: string, importId: string): Promise<HeldDecision | undefined>;
  /** Keeps it over `before` as it was read; `version-conflict` when somebody was first. */
  decide(
    scope: Scope,
    companyId: string,
    decision: HeldDecision,
    before: HeldDecision | undefined,
  ): Promise<'kept' | 'version-conflict'>;
  /** An export by its number. */
  export(scope: Scope, companyId: string, number: number): Promise<PostingExport | undefined>;
  /** Keeps an export and its lines together; `there` when its number is taken or a line was listed before. */
  keepExport(scope: Scope, posting: PostingExport): Promise<'kept' | 'there'>;
  /** Those of the lines that were listed before. */
  listed(scope: Scope, companyId: string, lineIds: readonly string[]): Promise<ListedLine[]>;
  /** Listed lines the feed has not shown, oldest first. */
  unconfirmed(scope: Scope, companyId: string, limit: number): Promise<ListedLine[]>;
  /** Replaces what is known of a listed line. */
  keepLine(scope: Scope, companyId: string, line: ListedLine): Promise<void>;
}

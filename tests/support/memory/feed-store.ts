/**
 * `FeedStore` in memory. From and next: workflows under test.
 */
import { newFeed, type Feed } from '../../../shared/domain/feed.ts';
import { arrive } from '../../../shared/domain/freshness.ts';
import type { MorningFigures } from '../../../shared/domain/morning-check.ts';
import type { ListedLine, PostingExport } from '../../../shared/domain/posting-export.ts';
import { asWritten } from './as-written.ts';
import { isInScope, reachInto, type Scope } from '../../../shared/domain/scope.ts';
import { noCompanyFeeds, withArrival } from '../../../shared/ports/feed-documents.ts';
import type { CompanyFeeds, FeedStore, HeldDecision, Touch } from '../../../shared/ports/feed-store.ts';

export type MemoryFeeds = FeedStore & { checks: Map<string, MorningFigures> };

export const memoryFeeds = (): MemoryFeeds => {
  const feeds = new Map<string, { feed: Feed; mark: string }>();
  const companies = new Map<string, CompanyFeeds>();
  const touches = new Map<string, Touch>();
  const checks = new Map<string, MorningFigures>();
  const decisions = new Map<string, HeldDecision>();
  const exports = new Map<string, PostingExport>();
  const lines = new Map<string, ListedLine>();
  let writes = 0;
  const assertIn = (scope: Scope, companyId: string) => {
    if (!isInScope(scope, companyId)) throw new Error(`feeds of ${companyId} are out of scope`);
  };
  const companyOf = (companyId: string) => companies.get(companyId) ?? noCompanyFeeds(companyId);
  const within = <Value extends object>(map: Map<string, Value>, companyId: string): Value[] =>
    [...map].filter(([key]) => key.startsWith(`${companyId} `)).map(([, value]) => asWritten(value));
  return {
    checks,
    load: async (scope, companyId, { name, scope: feedScope }) => {
      const found = isInScope(scope, companyId) ? feeds.get(`${companyId} ${name}`) : undefined;
      return found === undefined
        ? { feed: newFeed(companyId, name, feedScope), mark: undefined }
        : asWritten(found);
    },
    save: async (scope, { feed, mark }) => {
      assertIn(scope, feed.companyId);
      const key = `${feed.companyId} ${feed.scopeName}`;
      if (feeds.get(key)?.mark !== mark) return 'version-conflict';
      const saved = { feed: asWritten(feed), mark: String((writes += 1)) };
      feeds.set(key, saved);
      return asWritten(saved);
    },
    company: async (scope, companyId) =>
      isInScope(scope, companyId) ? asWritten(companyOf(companyId)) : noCompanyFeeds(companyId),
    changeCompany: async (scope, companyId, change) => {
      assertIn(scope, companyId);
      const changed = change(asWritten(companyOf(companyId)));
      companies.set(companyId, asWritten(changed));
      return changed;
    },
    arrived: async (scope, companyId, file) => {
      assertIn(scope, companyId);
      companies.set(companyId, withArrival(companyOf(companyId), file, arrive));
    },
    touch: async (scope, companyId, touch) => {
      if (reachInto(scope, companyId) === 'none') throw new Error(`feeds of ${companyId} are out of scope`);
      touches.set(`${companyId} ${touch.cause}`, touch);
    },
    touched: async (scope, companyId, since = '', otherThan) =>
      isInScope(scope, companyId)
        ? within(touches, companyId).filter(
            ({ at, scopeName }) => at >= since && (scopeName === undefined || scopeName !== otherThan),
          )
        : [],
    keepCheck: async (scope, companyId, scopeName, check) => {
      assertIn(scope, companyId);
      checks.set(`${companyId} ${scopeName} ${check.asOf}`, asWritten(check));
    },
    held: async (scope, companyId, importId) =>
      isInScope(scope, companyId) ? structuredClone(decisions.get(`${companyId} ${importId}`)) : undefined,
    decide: async (scope, companyId, decision, before) => {
      assertIn(scope, companyId);
      const key = `${companyId} ${decision.importId}`;
      if (JSON.stringify(decisions.get(key)) !== JSON.stringify(before)) return 'version-conflict';
      decisions.set(key, asWritten(decision));
      return 'kept';
    },
    export: async (scope, companyId, number) =>
      isInScope(scope, companyId) ? structuredClone(exports.get(`${companyId} ${number}`)) : undefined,
    keepExport: async (scope, posting) => {
      const { companyId, number, exportId, at } = posting;
      assertIn(scope, companyId);
      const isThere =
        exports.has(`${companyId} ${number}`) ||
        posting.lines.some(({ id }) => lines.has(`${companyId} ${id}`));
      if (isThere) return 'there';
      exports.set(`${companyId} ${number}`, asWritten(posting));
      for (const line of posting.lines)
        lines.set(`${companyId} ${line.id}`, { ...asWritten(line), exportId, exportedAt: at });
      return 'kept';
    },
    listed: async (scope, companyId, lineIds) =>
      isInScope(scope, companyId) ? within(lines, companyId).filter(({ id }) => lineIds.includes(id)) : [],
    unconfirmed: async (scope, companyId, limit) =>
      isInScope(scope, companyId)
        ? within(lines, companyId)
            .filter(({ confirmedAt }) => confirmedAt === undefined)
            .toSorted((a, b) => (a.exportedAt < b.exportedAt ? -1 : 1))
            .slice(0, limit)
        : [],
    keepLine: async (scope, companyId, line) => {
      assertIn(scope, companyId);
      lines.set(`${companyId} ${line.id}`, asWritten(line));
    },
  };
};

/**
 * `FeedStore` on Cosmos DB, container `imports`, key /companyId, /importId; `importId` is `feed:<what>`.
 * From: reconciliation, exports. Next: documents {id, kind, content}. Every call stays in one partition; what two
 * may change at once is written under its etag.
 */
import type { Container } from '@azure/cosmos';
import { escapeId } from '../domain/document-ids.ts';
import { newFeed } from '../domain/feed.ts';
import { arrive } from '../domain/freshness.ts';
import { isInScope, reachInto, type Scope } from '../domain/scope.ts';
import type { CompanyFeeds, FeedStore } from '../ports/feed-store.ts';
import { noCompanyFeeds, withArrival } from '../ports/feed-documents.ts';
import { cosmosPostingLines } from './cosmos-posting-lines.ts';
import type { Charged } from './cosmos-accounts.ts';
import { parseCompanyFeeds, parseFeed, parseHeld, parseTouch } from './feed-shapes.ts';
import { sha256 } from './entry-hash.ts';

/** Tries of a change to the company's document before the work comes back another time. */
const mostTries = 8;
/** Touches are looked at by the next snapshot; a company without one for so long has all accounts compared. */
const touchSeconds = 400 * 86_400;

export const cosmosFeeds = (container: () => Container, charged: Charged = () => undefined): FeedStore => {
  const documents = feedDocuments(container, charged);
  const readCompany = async (companyId: string) => {
    const found = await documents.read(companyId, 'company', 'company');
    return found === undefined
      ? { value: noCompanyFeeds(companyId), mark: undefined }
      : { value: parseCompanyFeeds(found.document), mark: found.mark };
  };
  const changeCompany = async (
    scope: Scope,
    companyId: string,
    change: (before: CompanyFeeds) => CompanyFeeds,
  ): Promise<CompanyFeeds> => {
    assertInScope(scope, companyId);
    for (let tries = 1; tries <= mostTries; tries += 1) {
      const { value, mark } = await readCompany(companyId);
      const changed = change(value);
      if (changed === value) return value;
      const written = await documents.write(companyId, 'company', 'company', 'company', changed, { mark });
      if (written !== 'version-conflict') return changed;
    }
    throw new Error(`feeds of ${companyId} changed during each of ${mostTries} tries`);
  };
  return {
    load: async (scope, companyId, { name, scope: feedScope }) => {
      const found = isInScope(scope, companyId) ? await documents.read(companyId, name, 'feed') : undefined;
      return found === undefined
        ? { feed: newFeed(companyId, name, feedScope), mark: undefined }
        : { feed: parseFeed(found.document), mark: found.mark };
    },
    save: async (scope, { feed, mark }) => {
      assertInScope(scope, feed.companyId);
      const written = await documents.write(feed.companyId, feed.scopeName, 'feed', 'feed', feed, { mark });
      return written === 'version-conflict' ? written : { feed, mark: written };
    },
    company: async (scope, companyId) =>
      isInScope(scope, companyId) ? (await readCompany(companyId)).value : noCompanyFeeds(companyId),
    changeCompany,
    arrived: async (scope, companyId, file) => {
      await changeCompany(scope, companyId, (before) => withArrival(before, file, arrive));
    },
    touch: async (scope, companyId, touch) => {
      assertReached(scope, companyId);
      const id = `touch:${sha256(touch.cause)}`;
      const more = { at: touch.at, feedName: touch.scopeName ?? '', ttl: touchSeconds };
      await documents.write(companyId, 'touched', id, 'touch', touch, { more });
    },
    touched: async (scope, companyId, since = '', otherThan = '-') =>
      isInScope(scope, companyId)
        ? (await documents.query(companyId, 'touched', touchedQuery, { since, otherThan })).map(parseTouch)
        : [],
    keepCheck: async (scope, companyId, scopeName, check) => {
      assertInScope(scope, companyId);
      await documents.write(companyId, scopeName, `check:${escapeId(check.asOf)}`, 'check', check, {});
    },
    held: async (scope, companyId, importId) => {
      if (!isInScope(scope, companyId)) return undefined;
      const found = await documents.read(companyId, 'held', `held:${escapeId(importId)}`);
      return found === undefined ? undefined : parseHeld(found.document);
    },
    decide: async (scope, companyId, decision, before) => {
      assertInScope(scope, companyId);
      const id = `held:${escapeId(decision.importId)}`;
      const found = await documents.read(companyId, 'held', id);
      const known = found === undefined ? undefined : parseHeld(found.document);
      if (JSON.stringify(known) !== JSON.stringify(before)) return 'version-conflict';
      const mark = { mark: found?.mark };
      const written = await documents.write(companyId, 'held', id, 'held', decision, mark);
      return written === 'version-conflict' ? written : 'kept';
    },
    ...cosmosPostingLines(container, documents),
  };
};

const touchedQuery = `SELECT * FROM c WHERE c.kind = 'touch' AND c.at >= @since AND c.feedName != @otherThan`;

export const assertInScope = (scope: Scope, companyId: string): void => {
  if (!isInScope(scope, companyId)) throw new Error(`feeds of ${companyId} are out of scope`);
};

/** Whoever changes one account alone touches it, too. */
const assertReached = (scope: Scope, companyId: string): void => {
  if (reachInto(scope, companyId) === 'none') throw new Error(`feeds of ${companyId} are out of scope`);
};

type Found = { document: unknown; mark: string };
/** With `mark` (also undefined: not there before) only over that version; without, whatever is there. */
type How = { mark?: string | undefined; more?: object };

export type FeedDocuments = {
  read(companyId: string, what: string, id: string): Promise<Found | undefined>;
  write(
    companyId: string,
    what: string,
    id: string,
    kind: string,
    content: object,
    how: How,
  ): Promise<string>;
  query(companyId: string, what: string, text: string, values: Record<string, Value>): Promise<unknown[]>;
};
type Value = string | number | string[];

const feedDocuments = (container: () => Container, charged: Charged): FeedDocuments => ({
  read: async (companyId, what, id) => {
    const answer = await container()
      .item(id, [companyId, `feed:${what}`])
      .read<object>();
    charged(`read ${what}`, answer.requestCharge);
    return answer.resource === undefined ? undefined : { document: answer.resource, mark: answer.etag };
  },
  write: async (companyId, what, id, kind, content, how) => {
    const document = { companyId, importId: `feed:${what}`, id, kind, ...how.more, content };
    try {
      const answer = await writing(container(), document, how);
      charged(`write ${kind}`, answer.requestCharge);
      return answer.etag;
    } catch (fault) {
      const { code } = fault as { code?: unknown };
      if (code === 409 || code === 412) return 'version-conflict';
      throw fault;
    }
  },
  query: async (companyId, what, text, values) => {
    const parameters = Object.entries(values).map(([name, value]) => ({ name: `@${name}`, value }));
    const answer = await container()
      .items.query<unknown>({ query: text, parameters }, { partitionKey: [companyId, `feed:${what}`] })
      .fetchAll();
    charged(`query ${what}`, answer.requestCharge);
    return answer.resources;
  },
});

const writing = (
  container: Container,
  document: { id: string; companyId: string; importId: string },
  how: How,
) => {
  if (!('mark' in how)) return container.items.upsert(document);
  if (how.mark === undefined) return container.items.create(document);
  return container
    .item(document.id, [document.companyId, document.importId])
    .replace(document, { accessCondition: { type: 'IfMatch', condition: how.mark } });
};

/**
 * A company with two accounts on in-memory ports, for tests of reading the ledger.
 * From: the tests beside this file. Next: the `read-…` workflows.
 */
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import type { AccountKey } from '../../../shared/domain/account.ts';
import { addDays, instantFromText } from '../../../shared/domain/calendar.ts';
import { rememberedBooks } from '../../../shared/edge/read-book.ts';
import { dunningFrames } from '../../../shared/edge/read-dunning-frame.ts';
import type { Fact } from '../../../shared/domain/facts.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { reduceItem } from '../../../shared/domain/reduce-item.ts';
import { scopeOf, scopeOver } from '../../../shared/domain/scope.ts';
import type { Item } from '../../../shared/domain/item.ts';
import { itemIdsIn } from '../../../shared/domain/timeline-words.ts';
import type { ReductionReason } from '../../../shared/domain/postings.ts';
import { day, factsOf, itemWith, money } from '../../support/account-examples.ts';
import { memoryAccounts } from '../../support/memory/account-store.ts';
import { memoryFeeds } from '../../support/memory/feed-store.ts';
import { memoryFiles } from '../../support/memory/file-store.ts';
import { memoryReports } from '../../support/memory/report-store.ts';
import { memorySettings } from '../../support/memory/settings-store.ts';
import { weekdays } from '../../support/weekdays.ts';

export const all = scopeOver('all');
export const now = instantFromText('2026-04-20T10:00:00Z');
export const north = { companyId: 'acme', accountId: 'north' };
export const south = { companyId: 'acme', accountId: 'south' };
export const ann = scopeOf([{ companies: ['acme'], accounts: { by: 'collector', ids: ['ann'] } }]);
export const idOf = (number: string): string => `item:invoice:${number}`;

export const readWorld = async () => {
  const settings = memorySettings();
  const value = {
    ...{ companyId: 'acme', legalName: 'Acme Ltd', mode: 'erpLed', zone: 'Europe/Berlin' },
    ...{ country: 'DE', currency: 'EUR' },
  };
  const change = { by: 'tenant:setup', at: '2026-01-01T00:00:00Z', reason: 'set up' };
  await settings.save(all, { scope: 'company:acme', name: 'company' }, 0, { value, ...change });
  const accounts = memoryAccounts();
  const feeds = memoryFeeds();
  const frameOf = dunningFrames({ feeds, settings, calendarOf: weekdays, hashText: sha256 });
  const parts = {
    ...{ accounts, settings, exports: memoryFiles(), reports: memoryReports(), hashText: sha256 },
    ...{ feeds, bookOf: rememberedBooks(feeds, settings, () => now, frameOf) },
  };
  const say = async (key: AccountKey, facts: readonly Fact[], on = '2026-03-02', paper?: object) => {
    const loaded = await accounts.load(all, key, facts.flatMap(itemIdsIn));
    const at = instantFromText(`${on}T12:00:00Z`);
    const cause = { kind: 'import', id: 'import-1 row 7' };
    const papers = paper === undefined ? [] : [{ id: 'contact:master:1', content: paper } as const];
    const actor = { kind: 'job', id: 'import' } as const;
    const said = await accounts.append(all, loaded, { at, actor, cause, facts }, new Map(), papers);
    if (said.outcome !== 'appended') throw new Error(said.outcome);
  };
  const post = async (key: AccountKey, number: string, more: Partial<Item> = {}, on = '2026-03-02') => {
    const { account } = await accounts.load(all, key);
    const dueOn = addDays(day(on), 30);
    const own = { documentOn: day(on), postedOn: day(on), dueOn, firstDueOn: dueOn };
    await say(key, factsOf(postItem(account, itemWith({ id: idOf(number), number, ...own, ...more }))), on);
  };
  const clear = async (
    key: AccountKey,
    number: string,
    how: { by: ReductionReason; amount: number; on: string; span?: [string, string]; knownOn?: string },
  ) => {
    const { account } = await accounts.load(all, key, [idOf(number)]);
    const [fromAt = '', toAt = ''] = how.span ?? [];
    const cleared = how.span === undefined ? {} : { clearedBetween: { fromAt, toAt } };
    const facts = factsOf(
      reduceItem(account, {
        ...{ itemId: idOf(number), changeId: `${how.by}-${how.on}`, by: how.by, amount: money(how.amount) },
        ...{ on: day(how.on), ...cleared },
      }),
    );
    await say(key, facts, how.knownOn ?? how.on);
  };
  return { parts, say, post, clear };
};
export type ReadWorld = Awaited<ReturnType<typeof readWorld>>;

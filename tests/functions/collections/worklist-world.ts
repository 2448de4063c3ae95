/**
 * A company with accounts on in-memory ports, its events, and its worklist, for tests of collections.
 * From: the tests beside this file. Next: rows, lists, calls.
 */
import { keepRows } from '../../../functions/collections/keep-rows.ts';
import { renewRows } from '../../../functions/collections/renew-rows.ts';
import { readWorklist } from '../../../functions/collections/read-worklist.ts';
import { worklistFrames } from '../../../functions/collections/worklist-frame.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import type { ArEvent } from '../../../shared/contracts/messages.ts';
import { worklistQuery, type WorklistAnswer } from '../../../shared/contracts/worklist.ts';
import type { Cells } from '../../../shared/domain/aging-cells.ts';
import type { AccountKey } from '../../../shared/domain/account.ts';
import { addDays, instantFromText, type Day, type Instant } from '../../../shared/domain/calendar.ts';
import type { Fact } from '../../../shared/domain/facts.ts';
import type { Item } from '../../../shared/domain/item.ts';
import type { MasterData } from '../../../shared/domain/master-data.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { scopeOf, scopeOver, type Scope } from '../../../shared/domain/scope.ts';
import { itemIdsIn } from '../../../shared/domain/timeline-words.ts';
import { day, factsOf, itemWith, money } from '../../support/account-examples.ts';
import { memoryAccounts } from '../../support/memory/account-store.ts';
import { memoryAlerts } from '../../support/memory/alert-store.ts';
import { memoryReferences } from '../../support/memory/reference-store.ts';
import { memorySettings } from '../../support/memory/settings-store.ts';
import { memoryWorklist } from '../../support/memory/worklist-store.ts';

export const all = scopeOver('all');
/** A Tuesday. */
export const today = day('2026-11-24');
export const noonOf = (on: Day): Instant => instantFromText(`${on}T11:00:00Z`);
export const keyOf = (accountId: string): AccountKey => ({ companyId: 'acme', accountId });
export const ofCollector = (...ids: string[]): Scope =>
  scopeOf([{ companies: ['acme'], accounts: { by: 'collector', ids } }]);
export const ofSeller = (...ids: string[]): Scope =>
  scopeOf([{ companies: ['acme'], accounts: { by: 'salesOwner', ids } }]);

export const worklistWorld = async () => {
  const settings = memorySettings();
  const value = {
    ...{ companyId: 'acme', legalName: 'Acme Ltd', mode: 'erpLed', zone: 'Europe/Berlin' },
    ...{ country: 'DE', currency: 'EUR' },
  };
  const change = { by: 'tenant:setup', at: '2026-01-01T00:00:00Z', reason: 'set up' };
  await settings.save(all, { scope: 'company:acme', name: 'company' }, 0, { value, ...change });
  await settings.save(all, { scope: 'deployment', name: 'company:acme' }, 0, { value: {}, ...change });
  const [accounts, worklist, references] = [memoryAccounts(), memoryWorklist(), memoryReferences()];
  const calendarOf = async () => ({ weekend: [6, 7], holidays: new Set<Day>() });
  const owed: Record<string, Cells> = {};
  const owedBy = async () => owed;
  const rowsOf = worklistFrames({ settings, references, calendarOf, owedBy });
  const alerts = memoryAlerts();
  const stores = { accounts, worklist, settings, references, alerts };
  const parts = { ...stores, rowsOf, calendarOf, owedBy, hashText: sha256 };
  const say = async (key: AccountKey, facts: readonly Fact[], master?: MasterData): Promise<void> => {
    const loaded = await accounts.load(all, key, facts.flatMap(itemIdsIn));
    const id = `contact:master:${loaded.account.head.version + 1}` as const;
    const told: Fact[] = master === undefined ? [] : [{ kind: 'masterDataNoted', masterData: id, on: today }];
    const said = await accounts.append(
      all,
      loaded,
      {
        ...{ at: noonOf(today), actor: { kind: 'job', id: 'import' }, cause: { kind: 'import', id: 'i-1' } },
        facts: [...facts, ...told],
      },
      new Map(),
      master === undefined ? [] : [{ id, content: master }],
    );
    if (said.outcome !== 'appended') throw new Error(said.outcome);
  };
  /** An invoice so many days late, in minor units. */
  const owe = async (key: AccountKey, lateDays: number, amount: number, more: Partial<Item> = {}) => {
    const dueOn = addDays(today, -lateDays);
    const number = more.number ?? `R-${lateDays}-${amount}`;
    const { account } = await accounts.load(all, key);
    const own = { documentOn: addDays(dueOn, -30), postedOn: addDays(dueOn, -30), dueOn, firstDueOn: dueOn };
    const sized = { original: money(amount), open: money(amount) };
    await say(
      key,
      factsOf(
        postItem(account, itemWith({ id: `item:invoice:${number}`, number, ...own, ...sized, ...more })),
      ),
    );
  };
  const eventsOf = async (key: AccountKey): Promise<ArEvent[]> =>
    (await accounts.entries(all, key, { afterVersion: 0, limit: 500 })).map((entry) => ({
      ...{ v: 1, ...key, version: entry.version, at: entry.at, kinds: entry.facts.map(({ kind }) => kind) },
    }));
  const hear = (events: readonly ArEvent[], on = today) =>
    keepRows(events, { scope: all, now: noonOf(on) }, parts);
  const tick = (on: Day) =>
    renewRows(
      { v: 1, job: 'renew-worklist', slot: `${on}T11:00:00Z` },
      { scope: all, now: noonOf(on) },
      parts,
    );
  const list = async (
    query: Record<string, unknown> = {},
    { scope = all, on = today, callerId = 'ann' }: { scope?: Scope; on?: Day; callerId?: string } = {},
  ): Promise<WorklistAnswer> => {
    const asked = worklistQuery.parse({ list: 'team', ...query });
    const answer = await readWorklist(parts, 'acme', asked, { scope, now: noonOf(on), callerId });
    if (!answer.ok) throw new Error(answer.code);
    return answer.value;
  };
  return { parts, alerts, owed, say, owe, eventsOf, hear, tick, list };
};
export type WorklistWorld = Awaited<ReturnType<typeof worklistWorld>>;
export const namesOf = (rows: WorklistAnswer['ranked']): string[] => rows.map(({ account }) => account);

/**
 * A company with accounts and open cases on in-memory ports: events are heard until nothing is new, days pass.
 * From: nothing. Next: tests of `functions/disputes`.
 */
import { hearEvents } from '../../functions/disputes/hear-events.ts';
import type { DisputeCall, DisputeParts } from '../../functions/disputes/dispute-parts.ts';
import { openCase } from '../../functions/disputes/open-case.ts';
import { wakeCases } from '../../functions/disputes/wake-cases.ts';
import { casePaper } from '../../shared/contracts/disputes.ts';
import type { ArEvent } from '../../shared/contracts/messages.ts';
import { instantFromText, textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import type { LedgerMode } from '../../shared/domain/company.ts';
import type { Dispute } from '../../shared/domain/dispute.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { isUnheld } from '../../shared/domain/disputes-position.ts';
import { casesOf, checkCases } from '../../shared/domain/invariants-journal.ts';
import { checkAccount } from '../../shared/domain/invariants.ts';
import { replay } from '../../shared/domain/entry.ts';
import type { Item } from '../../shared/domain/item.ts';
import { postItem } from '../../shared/domain/post-item.ts';
import type { Caller } from '../../shared/edge/access.ts';
import type { Principal } from '../../shared/contracts/access.ts';
import { sha256 } from '../../shared/azure/entry-hash.ts';
import { newSecret } from '../../shared/azure/secrets.ts';
import { factsOf, itemWith, money } from './account-examples.ts';
import { memoryAccounts } from './memory/account-store.ts';
import { memoryAlerts } from './memory/alert-store.ts';
import { memoryCases } from './memory/case-index.ts';
import { memoryFiles } from './memory/file-store.ts';
import { memoryProposals } from './memory/proposal-store.ts';
import { memorySettings } from './memory/settings-store.ts';
import { memoryTokens } from './memory/token-store.ts';
import { everything } from './test-edge.ts';
import { weekdays } from './weekdays.ts';

export const key = { companyId: 'c1', accountId: 'a1' };
/** A Tuesday. */
export const tuesday = '2026-11-24T09:00:00Z';

export const people = {
  departments: {
    pricing: { owner: 'u:pricing', deputy: 'u:deputy', head: 'u:head-pricing' },
    logistics: { owner: 'u:logistics', head: 'u:head-logistics' },
    arClerk: { owner: 'u:clerk' },
    credit: { owner: 'u:credit' },
  },
  ...{ creditManager: 'u:manager', cfo: 'u:cfo' },
};

export const callerOf = (id: string, ...principals: Principal[]): Caller => ({ id, principals });

export const disputeWorld = async (mode: LedgerMode = 'dunwellLed') => {
  const alerts = memoryAlerts();
  const tokens = memoryTokens();
  const parts: DisputeParts = {
    ...{ ownScope: everything, accounts: memoryAccounts(), cases: memoryCases(), alerts, tokens },
    ...{ proposals: memoryProposals(), settings: memorySettings(), documents: memoryFiles() },
    ...{ hashText: sha256, calendarOf: weekdays, newSecret },
  };
  let now: Instant = instantFromText(tuesday);
  let requests = 0;
  let heard = 0;
  const set = async (name: string, value: object): Promise<void> => {
    const place = { scope: 'company:c1', name };
    const by = { by: 'test', at: tuesday, reason: 'test' };
    const before = (await parts.settings.read(everything, place))?.version ?? 0;
    await parts.settings.save(everything, place, before, { value, ...by });
  };
  const legal = { companyId: 'c1', legalName: 'Test', mode, zone: 'UTC', country: 'DE', currency: 'EUR' };
  await set('company', legal);
  await set('disputes', people);
  const known = { value: {}, by: 'test', at: tuesday, reason: 'test' };
  await parts.settings.save(everything, { scope: 'deployment', name: 'company:c1' }, 0, known);

  const callBy = (id: string, request = `r${(requests += 1)}`): DisputeCall => ({
    ...{ scope: everything, now, actor: { kind: 'staff', id }, cause: { kind: 'request', id: request } },
  });
  const append = async (
    decide: (now: Parameters<typeof postItem>[0]) => readonly Fact[],
    ids: string[] = [],
  ) => {
    const loaded = await parts.accounts.load(everything, key, ids);
    const facts = decide(loaded.account);
    const actor = { kind: 'job', id: 'test' } as const;
    await parts.accounts.append(everything, loaded, {
      at: now,
      actor,
      cause: { kind: 'test', id: 't' },
      facts,
    });
  };
  const entries = () => parts.accounts.entries(everything, key, { afterVersion: 0, limit: 1_000 });
  /** Events of the journal so far, as the relay would send them. */
  const events = async (afterVersion: number): Promise<ArEvent[]> => {
    const all = await entries();
    return all.slice(afterVersion).map((entry) => ({
      ...{ v: 1, ...key, version: entry.version, at: entry.at },
      ...(isUnheld(replay(key, all.slice(0, entry.version)).head) && { isUnheld: true }),
      kinds: [...new Set(entry.facts.map(({ kind }) => kind))],
      facts: entry.facts as unknown as NonNullable<ArEvent['facts']>,
    }));
  };
  const hear = async (using: DisputeParts = parts): Promise<void> => {
    for (;;) {
      const news = await events(heard);
      if (news.length === 0) return;
      await hearEvents(news, { now, scope: everything }, using);
      heard = news.at(-1)!.version;
    }
  };
  const caseOf = async (id: string): Promise<Dispute> =>
    casePaper.parse(await parts.accounts.paper(everything, key, id)).dispute;
  return {
    ...{ parts, alerts, tokens, set, callBy, append, hear, events, entries, caseOf },
    now: () => now,
    moveTo: (text: string) => void (now = instantFromText(text)),
    tick: () => wakeCases(textOfInstant(now), { now, scope: everything }, parts),
    post: (...items: (Partial<Item> & { id: string })[]) =>
      append((account) => items.flatMap((item) => factsOf(postItem(account, itemWith(item))))),
    open: async (
      code: string,
      amounts: Readonly<Record<string, number>>,
      by = 'u:collector',
      request?: string,
    ) => {
      const items = Object.entries(amounts).map(([item, amount]) => ({ item, amount: money(amount) }));
      const opened = await openCase(parts, callBy(by, request), key, { code, items, papers: [] });
      if (!opened.ok) throw new Error(`${opened.code}: ${opened.detail}`);
      return { company: 'c1', case: opened.value.case };
    },
    account: async (...ids: string[]) => (await parts.accounts.load(everything, key, ids)).account,
    /** Everything that must hold between journal, papers, parts held and money. */
    violations: async (): Promise<unknown[]> => {
      const all = await entries();
      const account = replay(key, all);
      const cases = [...casesOf(all).values()];
      const papers = await Promise.all(cases.map(({ id }) => caseOf(id)));
      const differing = cases.filter((one, at) => JSON.stringify(one) !== JSON.stringify(papers[at]));
      const state = { head: account.head, items: account.items.values(), hasAllOpen: true };
      return [...checkCases({ account }, all), ...checkAccount(state), ...differing];
    },
  };
};
export type DisputeWorld = Awaited<ReturnType<typeof disputeWorld>>;

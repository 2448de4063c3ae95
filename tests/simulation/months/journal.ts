/**
 * The accounts of a month as they are written: every entry that was really kept, in order, and what its facts alone come
 * to. Stored heads are compared with it; what must hold is asked of it.
 * From: the store of accounts, wrapped beneath all faults. Next: the change feed of the bus, the checks.
 */
import {
  newAccount,
  type Account,
  type AccountHead,
  type AccountKey,
} from '../../../shared/domain/account.ts';
import type { PlannedMessage } from '../../../shared/domain/dunning-facts.ts';
import { applyEntry, type Entry } from '../../../shared/domain/entry.ts';
import type { Fact } from '../../../shared/domain/facts.ts';
import { headAfter } from '../../../shared/domain/head-after.ts';
import type { AccountStore } from '../../../shared/ports/account-store.ts';
import { asWritten } from '../../support/memory/as-written.ts';

export type Written = { entry: Entry; before: Account; after: Account };
export type Kept = {
  account: Account;
  entries: Entry[];
  /** Messages as they were planned last, by their ids. */
  planned: Map<string, PlannedMessage>;
  /** Items of the plan that runs, as its facts say. */
  inPlan: ReadonlySet<string>;
  isSeen: boolean;
};

export const journalOf = (accounts: AccountStore) => {
  const books = new Map<string, Kept>();
  const hearers: ((written: Written) => void)[] = [];
  const of = ({ companyId, accountId }: AccountKey): Kept => {
    const known = books.get(accountId) ?? {
      ...{
        account: newAccount({ companyId, accountId }),
        entries: [],
        planned: new Map(),
        inPlan: new Set<string>(),
        isSeen: true,
      },
    };
    books.set(accountId, known);
    return known;
  };
  const keep = (entry: Entry): void => {
    const kept = of(entry);
    const before = kept.account;
    // as it was written: JSON knows no undefined
    const written = asWritten(entry);
    kept.account = applyEntry(before, written);
    kept.entries.push(written);
    written.facts.forEach((fact) => note(kept, fact));
    kept.isSeen = false;
    for (const hear of hearers) hear({ entry: written, before, after: kept.account });
  };
  const store: AccountStore = {
    ...accounts,
    append: async (...asked) => {
      const appended = await accounts.append(...asked);
      if (appended.outcome === 'appended') keep(appended.entry);
      return appended;
    },
  };
  return {
    ...{ store, of, books },
    hear: (hearer: (written: Written) => void): void => void hearers.push(hearer),
    /** Accounts that were written to since they were asked for last. */
    changed: (): Kept[] => [...books.values()].filter((kept) => !kept.isSeen),
  };
};
const note = (kept: Kept, fact: Fact): void => {
  if (fact.kind === 'messagePlanned') kept.planned.set(fact.message.id, fact.message);
  if (fact.kind === 'planAgreed') kept.inPlan = new Set(fact.plan.items.map(({ itemId }) => itemId));
  if (fact.kind === 'planEnded') kept.inPlan = new Set();
};
export type Journal = ReturnType<typeof journalOf>;

/** Heads as each entry left them, which the documents of entries tell of; each account's asked in order first. */
export const headsAfterEntries = (): ((accountId: string, entry: Entry) => AccountHead) => {
  const heads = new Map<string, AccountHead[]>();
  return (accountId, { companyId, version, facts }) => {
    const known = heads.get(accountId) ?? [];
    heads.set(accountId, known);
    const before = known[version - 2] ?? newAccount({ companyId, accountId }).head;
    return (known[version - 1] ??= facts.reduce(headAfter, before));
  };
};

/**
 * Posts the work on one account: load, decide, append; another writer in between means all three again.
 * From: `post-part.ts`. Next: entries of the account. Any of the appends may be the last one before a crash: deciding
 * again finds what is left to do.
 */
import type { AccountWork } from '../../shared/domain/account-work.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import { dayAt } from '../../shared/domain/calendar.ts';
import type { Entry } from '../../shared/domain/entry.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { masterDataIdOf, type MasterData } from '../../shared/domain/master-data.ts';
import type { Elsewhere } from '../../shared/domain/number-elsewhere.ts';
import type { Step } from '../../shared/domain/posting-steps.ts';
import type { Appended, LoadedAccount, Paper } from '../../shared/ports/account-store.ts';
import { chunksOf } from './post-chunks.ts';
import { decideWork, type Decided } from './post-decide.ts';
import { loadForWork } from './post-load.ts';
import { causeOf, type PartCall } from './post-parts.ts';

/** Tries before the whole part comes back after a rest. */
const mostTries = 8;

export type ReadyAccount = {
  work: AccountWork;
  loaded: LoadedAccount;
  decided: Decided;
  /** Master data it was decided by. */
  known: MasterData;
  elsewhere?: Elsewhere;
};

/** Loads and decides, and writes nothing. */
export const readyAccount = async (work: AccountWork, call: PartCall): Promise<ReadyAccount> => {
  const { parts, scope, company } = call;
  const key: AccountKey = { companyId: company.companyId, accountId: work.accountId };
  const loaded = await loadForWork(parts.accounts, scope, key, work, parts.hashText);
  const { masterData } = loaded.account.head;
  const paper = masterData === undefined ? {} : await parts.accounts.paper(scope, key, masterData);
  const known = (paper ?? {}) as MasterData;
  return { work, loaded, known, decided: decideWork(loaded.account, work, known, call) };
};

/** Whether there is anything to append. */
export const isToAppend = ({ decided }: ReadyAccount): boolean =>
  decided.steps.length > 0 ||
  decided.mark !== undefined ||
  decided.master !== undefined ||
  decided.owners !== undefined ||
  decided.segment !== undefined;

/** @returns the entries it made, what was decided last and in how many tries. @throws when others were always faster. */
export const postAccount = async (
  ready: ReadyAccount,
  call: PartCall,
): Promise<{ entries: Entry[]; decided: Decided; tries: number }> => {
  const entries: Entry[] = [];
  let current = ready;
  for (let tries = 1; tries <= mostTries; tries += 1) {
    if (await appendAll(current, call, entries)) return { entries, decided: current.decided, tries };
    current = await readyAccount(ready.work, { ...call, elsewhere: ready.elsewhere });
  }
  throw new Error(`account ${ready.work.accountId} changed during each of ${mostTries} tries`);
};

/** False when somebody else was first. */
const appendAll = async (
  { loaded, decided }: ReadyAccount,
  call: PartCall,
  entries: Entry[],
): Promise<boolean> => {
  const { items } = loaded.account;
  const sizeOfItem = (id: string): number => JSON.stringify(items.get(id) ?? '').length;
  const chunks = chunksOf(decided.steps, sizeOfItem);
  const appends: Step[][] = chunks.length === 0 ? [[]] : chunks;
  let current = loaded;
  for (const [index, steps] of appends.entries()) {
    const first = index === 0 ? beforeAll(current, decided, call) : { facts: [], papers: [] };
    const facts = [...first.facts, ...steps.flatMap((step) => [...step.facts])];
    if (facts.length === 0) return true;
    const appended = await append(current, facts, decided, first.papers, call);
    if (appended.outcome !== 'appended') return false;
    entries.push(appended.entry);
    current = appended.loaded;
  }
  return true;
};

/**
 * What the first append carries beside its steps: the mark of the snapshot, so that an older one finds it from
 * the first change on, who sells to it, its segment, and master data.
 */
const beforeAll = (
  { account }: LoadedAccount,
  { mark, master, owners, segment }: Decided,
  { now, company }: PartCall,
): { facts: Fact[]; papers: Paper[] } => {
  const facts: Fact[] = [mark, owners, segment].filter((fact) => fact !== undefined);
  if (master === undefined) return { facts, papers: [] };
  const id = masterDataIdOf(account.head.version + 1);
  const on = mark?.on ?? dayAt(now, company.zone);
  return {
    facts: [...facts, { kind: 'masterDataNoted', masterData: id, on }],
    papers: [{ id, content: master }],
  };
};

const append = (
  loaded: LoadedAccount,
  facts: readonly Fact[],
  { texts }: Decided,
  papers: readonly Paper[],
  call: PartCall,
): Promise<Appended> =>
  call.parts.accounts.append(
    call.scope,
    loaded,
    {
      at: call.now,
      ...(call.asked ?? { actor: { kind: 'job', id: 'post-part' }, cause: causeOf(call) }),
      facts,
    },
    texts,
    papers,
  );

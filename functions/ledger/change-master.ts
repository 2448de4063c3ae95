/**
 * Changes master data of an account by a person's word: load, decide, append; again when somebody else was first.
 * From: `decide-customer.ts`, `take-back-customer.ts`. Next: a paper of the account and the entry that names it.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountHead, AccountKey } from '../../shared/domain/account.ts';
import { dayAt, type Day } from '../../shared/domain/calendar.ts';
import type { HeadFact } from '../../shared/domain/facts.ts';
import { masterDataIdOf, type MasterData } from '../../shared/domain/master-data.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { isSameJson } from '../../shared/domain/same-json.ts';
import { mostTries, type CashCall } from './cash-parts.ts';
import type { PostingParts } from './post-parts.ts';

export type MasterChange = { after: MasterData; facts: readonly HeadFact[] };
type Decide<Change> = (known: MasterData, head: AccountHead, on: Day) => Outcome<Change, ProblemCode>;
export type MasterPlace = AccountKey & { zone: string };

/** What it is already is not written again. @throws when the account changes under every try. */
export const changeMaster = async <Change extends MasterChange>(
  { accounts }: Pick<PostingParts, 'accounts'>,
  { scope, now: at, actor, cause }: CashCall,
  { zone, ...key }: MasterPlace,
  decide: Decide<Change>,
): Promise<Outcome<Change & { head: AccountHead }, ProblemCode>> => {
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const loaded = await accounts.load(scope, key);
    const { head } = loaded.account;
    if (head.version === 0) return refuse('not-found', 'There is no such account.');
    const known = ((head.masterData && (await accounts.paper(scope, key, head.masterData))) ??
      {}) as MasterData;
    const on = dayAt(at, zone);
    const change = decide(known, head, on);
    if (!change.ok) return change;
    const { after, facts } = change.value;
    if (isSameJson(after, known)) return done({ ...change.value, head });
    const id = masterDataIdOf(head.version + 1);
    const noted = { kind: 'masterDataNoted', masterData: id, on } as const;
    const entry = { at, actor, cause, facts: [...facts, noted] };
    const papers = [{ id, content: after }];
    const appended = await accounts.append(scope, loaded, entry, new Map(), papers);
    if (appended.outcome === 'appended') return done({ ...change.value, head: appended.loaded.account.head });
  }
  throw new Error(`account ${key.accountId} changed under each of ${mostTries} tries`);
};

/**
 * After customers were posted: who waited for such an account is looked at again, and accounts whose sources differ
 * are noted for a person. From: posting of files of customers. Next: accounts of those found; the queue of conflicts.
 * Done again after a crash it finds what is left to do.
 */
import type { AccountWork } from '../../shared/domain/account-work.ts';
import {
  disputeIdOf,
  keysOfAccount,
  numberKeyOf,
  type CustomerMatch,
} from '../../shared/domain/customer-match.ts';
import { conflictsOf } from '../../shared/domain/customer-sources.ts';
import { underKey } from './customer-keys.ts';
import { changeRecord } from './lead-customers.ts';
import { leaveWhereTakenBack } from './leave-wrong-account.ts';
import { leaveKeys, lineOf, lookFor, masterOf, type CustomersWork } from './match-customers.ts';
import { postAccount, readyAccount } from './post-account.ts';
import type { PartCall } from './post-parts.ts';

/** Accounts one line can lead to: each customer found brings the keys of its own source. */
export const lookAgain = async (
  lines: readonly AccountWork[],
  call: PartCall,
  newAccounts: readonly string[] = [],
): Promise<void> => {
  const open = [...new Set(lines.flatMap((work) => (work.do === 'customers' ? [work.accountId] : [])))];
  for (const work of lines) if (work.do === 'customers') await leaveWhereTakenBack(work, call);
  const waiting = [...new Set([...open, ...(await wantedByNumber(newAccounts, call))])];
  for (let accountId = waiting.shift(); accountId !== undefined; accountId = waiting.shift())
    for await (const match of waitingFor(accountId, call)) {
      const found = match.state === 'linked' ? match : await lookFor(match, call);
      if (found.state !== 'linked' || found.accountId === undefined) continue;
      await postMatch(lineOf(found, found.accountId), call, found.id);
      waiting.push(found.accountId);
      open.push(found.accountId);
    }
  for (const accountId of new Set(open)) await noteDispute(accountId, call);
};

/**
 * Accounts that documents alone made have a number that a customer may wait for. Asked after they are posted: whoever
 * begins to wait later finds them itself. Where nobody waits, one question is all it costs.
 */
const wantedByNumber = async (accountIds: readonly string[], call: PartCall): Promise<readonly string[]> => {
  if (accountIds.length === 0) return [];
  const { parts, scope, company } = call;
  const { records } = await parts.customers.list(scope, company.companyId, 'waiting', { limit: 1 });
  return records.length === 0 ? [] : accountIds;
};

/** Posts what a customer that has found its account says. Its cause is its own, not that of the part. */
export const postMatch = async (
  work: CustomersWork,
  call: PartCall,
  matchId: string,
  actor: NonNullable<PartCall['asked']>['actor'] = { kind: 'job', id: 'post-part' },
): Promise<void> => {
  const own = { ...call, asked: { actor, cause: { kind: 'customerMatch', id: matchId } } };
  await leaveKeys(work, own);
  await postAccount(await readyAccount(work, own), own);
  await leaveWhereTakenBack(work, call);
};

/** Those under a key of the account that have none yet, and those found whose account has not heard of them. */
async function* waitingFor(accountId: string, call: PartCall): AsyncGenerator<CustomerMatch> {
  const { parts, scope, company } = call;
  const known = await masterOf(accountId, call);
  const keys = [numberKeyOf(accountId, parts.hashText), ...keysOfAccount(known ?? {}, parts.hashText)];
  const seen = new Set<string>();
  for (const key of keys)
    for await (const id of underKey(key, 'match', call)) {
      if (seen.has(id)) continue;
      seen.add(id);
      const found = (await parts.customers.load(scope, company.companyId, id))?.record;
      if (found?.kind !== 'match') continue;
      const isUnheard =
        found.state === 'linked' &&
        found.accountId === accountId &&
        known?.sources?.[found.source] === undefined;
      if (found.state === 'waiting' || isUnheard) yield found;
    }
}

/** The queue says which account; what its sources say stays with its master data. */
export const noteDispute = async (
  accountId: string,
  call: Pick<PartCall, 'parts' | 'scope' | 'company'>,
): Promise<void> => {
  const { parts, scope, company } = call;
  const { companyId } = company;
  const isOpen = conflictsOf((await masterOf(accountId, call)) ?? {}).length > 0;
  const id = disputeIdOf(accountId, parts.hashText);
  await changeRecord(parts.customers, { scope, companyId, id }, (before) => {
    if (before === undefined && !isOpen) return undefined;
    return { kind: 'conflict', companyId, id, state: isOpen ? 'conflict' : 'settled', accountId };
  });
};

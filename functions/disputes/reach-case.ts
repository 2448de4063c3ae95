/**
 * The way from a case's id to its account, for who may see it: by the account, or because the case is theirs.
 * From: routes that name a case. Next: the scope to work under. What is not theirs is not there.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import type { Dispute } from '../../shared/domain/dispute.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { isAccountInScope, type Scope } from '../../shared/domain/scope.ts';
import type { Caller } from '../../shared/edge/access.ts';
import { readCase, type CaseId } from './change-case.ts';
import {
  disputeFrame,
  handOf,
  type DisputeCall,
  type DisputeFrame,
  type DisputeParts,
} from './dispute-parts.ts';

export type Reached = {
  key: AccountKey;
  id: CaseId;
  dispute: Dispute;
  frame: DisputeFrame;
  /** The caller's own, or the system's where the case itself is theirs. */
  scope: Scope;
};

const absent = refuse('not-found', 'There is no such case.');

export const reachCase = async (
  parts: DisputeParts,
  call: DisputeCall,
  caller: Caller,
  { company: companyId, case: id }: { company: string; case: string },
): Promise<Outcome<Reached, ProblemCode>> => {
  const row = await parts.cases.find(parts.ownScope, companyId, id);
  if (row === undefined || row.as === 'query') return absent;
  const key = { companyId, accountId: row.accountId };
  const { head } = (await parts.accounts.load(parts.ownScope, key)).account;
  const paper = await readCase(parts.accounts, parts.ownScope, key, id);
  const frame = await disputeFrame(parts, { ...call, scope: parts.ownScope }, companyId);
  if (paper === undefined || !frame.ok) return absent;
  const { dispute } = paper;
  const isTheirs =
    caller.principals.includes('DSO') && handOf(frame.value, dispute, caller.id ?? '') !== undefined;
  const scope = isAccountInScope(call.scope, head) ? call.scope : isTheirs ? parts.ownScope : undefined;
  if (scope === undefined) return absent;
  return done({ key, id: dispute.id as CaseId, dispute, frame: frame.value, scope });
};

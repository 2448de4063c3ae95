/**
 * Gives all accounts of one collector, or of the pool, to another: first told, then done, page by page (R39).
 * From: `POST api/companies/{company}/account-moves`. Next: an entry per account; the work moves with its events.
 * A page that dies is sent again: what changed hands already is not found with the old one any more.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { MoveAnswer, MoveBody } from '../../shared/contracts/teamwork.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { isInScope } from '../../shared/domain/scope.ts';
import { pool } from '../../shared/domain/worklist-row.ts';
import { assignAccount, type AssignCall, type AssignParts } from './assign-account.ts';
import { tellCollectors, type TellParts } from './tell-collectors.ts';

const pageSize = 100;

export const moveAccounts = async (
  parts: AssignParts & TellParts,
  companyId: string,
  { from, to, isPreview, after }: MoveBody,
  call: AssignCall,
): Promise<Outcome<MoveAnswer, ProblemCode>> => {
  if (!isInScope(call.scope, companyId)) return refuse('not-found', 'There is no such company.');
  const goOn = after === undefined ? {} : { after };
  const page = await parts.accounts.heads(call.scope, companyId, { limit: pageSize, ...goOn });
  const old = from === pool ? '' : from;
  const moved = page.heads.filter(({ assignedTo }) => (assignedTo ?? '') === old && from !== to);
  const next = to === pool ? '' : to;
  if (!isPreview) {
    const handings = moved.map(({ accountId }) => ({ accountId, from: old, to: next }));
    await tellCollectors(parts, companyId, handings, call);
    for (const { accountId } of moved) {
      const assigned = await assignAccount({ companyId, accountId }, { to: next }, call, parts);
      if (!assigned.ok) return assigned;
    }
  }
  const accounts = moved.map(({ accountId, openCount }) => ({ account: accountId, openCount }));
  return done({ accounts, isPreview, next: page.after ?? null });
};

/**
 * Gives accounts to collectors by rules: first told, then done, so many at a time (R39).
 * From: `POST api/companies/{company}/account-moves/by-rules`. Next: an entry per account; the work moves with its
 * events. Sent again it goes on: who is in the right place is not found any more.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { RulesMoveAnswer, RulesMoveBody } from '../../shared/contracts/teamwork.ts';
import type { AccountHead } from '../../shared/domain/account.ts';
import { movesByRule, type AssignableAccount } from '../../shared/domain/assignment.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { isInScope, type Scope } from '../../shared/domain/scope.ts';
import { masterDataOf } from '../../shared/ports/all-of-account.ts';
import { assignAccount, type AssignCall, type AssignParts } from './assign-account.ts';
import { tellCollectors, type TellParts } from './tell-collectors.ts';

const headsPerRead = 100;
const mostMoved = 200;

export const assignByRules = async (
  parts: AssignParts & TellParts,
  companyId: string,
  { rules, isPreview }: RulesMoveBody,
  call: AssignCall,
): Promise<Outcome<RulesMoveAnswer, ProblemCode>> => {
  if (!isInScope(call.scope, companyId)) return refuse('not-found', 'There is no such company.');
  const needsCountry = rules.some(({ countries }) => countries !== undefined);
  const accounts = await assignable(parts, call.scope, companyId, needsCountry);
  const all = movesByRule(accounts, rules);
  const moves = all.slice(0, mostMoved);
  if (!isPreview) {
    await tellCollectors(parts, companyId, moves, call);
    for (const { accountId, to = '' } of moves) {
      const assigned = await assignAccount({ companyId, accountId }, { to }, call, parts);
      if (!assigned.ok) return assigned;
    }
  }
  return done({
    ...{ isPreview, isCut: all.length > moves.length },
    moves: moves.map(({ accountId, from = null, to = null, because }) => ({
      ...{ account: accountId, from, to, because },
    })),
  });
};

/** All of the company: who has the fewest is known of all alone. */
const assignable = async (
  { accounts }: AssignParts,
  scope: Scope,
  companyId: string,
  needsCountry: boolean,
): Promise<AssignableAccount[]> => {
  const found: AssignableAccount[] = [];
  let after: string | undefined;
  do {
    const goOn = after === undefined ? {} : { after };
    const page = await accounts.heads(scope, companyId, { limit: headsPerRead, ...goOn });
    for (const head of page.heads) {
      const country = needsCountry ? (await masterDataOf(accounts, scope, head)).country : undefined;
      found.push({ ...ruledBy(head), ...(country !== undefined && { country }) });
    }
    after = page.after;
  } while (after !== undefined);
  return found;
};

/** An account of several currencies is in none of them. */
const ruledBy = ({
  accountId,
  assignedTo,
  segment,
  salesOwners,
  balances,
}: AccountHead): AssignableAccount => {
  const [currency, another] = Object.keys(balances);
  return {
    accountId,
    ...(assignedTo !== undefined && assignedTo !== '' && { assignedTo }),
    ...(segment !== undefined && segment !== '' && { segment }),
    ...(salesOwners !== undefined && { salesOwners }),
    ...(currency !== undefined && another === undefined && { currency }),
  };
};

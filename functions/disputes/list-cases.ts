/**
 * Lists of cases: by the day they are due, by money, by age; of one's own, a department, an account.
 * From: staff routes. Next: work lists. A dispute owner sees what is addressed to them and nothing else.
 */
import type { CasesAnswer, CasesQuery } from '../../shared/contracts/disputes.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { caseNumberOf } from '../../shared/domain/dispute-shown.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { reachInto } from '../../shared/domain/scope.ts';
import type { Caller } from '../../shared/edge/access.ts';
import type { CaseFilter, CaseRow } from '../../shared/ports/case-index.ts';
import { disputeFrame, type DisputeCall, type DisputeParts } from './dispute-parts.ts';

export const listCases = async (
  parts: DisputeParts,
  call: DisputeCall,
  caller: Caller,
  companyId: string,
  query: CasesQuery,
): Promise<Outcome<CasesAnswer, ProblemCode>> => {
  const me = caller.id ?? '';
  const reachesIn = reachInto(call.scope, companyId) !== 'none';
  const isOwner = caller.principals.includes('DSO');
  if (!reachesIn && !isOwner) return refuse('not-found', 'There is no such company.');
  const scope = reachesIn ? call.scope : parts.ownScope;
  const frame = await disputeFrame(parts, { ...call, scope }, companyId);
  if (!frame.ok) return frame;
  const asked = filterOf(query, me);
  const filter = reachesIn ? asked : addressedTo(asked, me, frame.value.settings.departments);
  const page = {
    order: query.order,
    limit: query.limit,
    ...(query.after !== undefined && { after: query.after }),
  };
  const { rows, after } = await parts.cases.list(scope, companyId, filter, page);
  return done({ cases: rows.map(shownRow), ...(after !== undefined && { after }) });
};

const filterOf = ({ open, mine, owner, department, code, account }: CasesQuery, me: string): CaseFilter => ({
  ...{ isOpen: open === 'yes', owner: mine === 'yes' ? me : owner, department, code, accountId: account },
});

/** Their own; those of a department where they own, stand in or are its head, when they ask for it. */
const addressedTo = (
  filter: CaseFilter,
  me: string,
  departments: Readonly<Record<string, { owner: string; deputy?: string; head?: string }>>,
): CaseFilter => {
  const named = departments[filter.department ?? ''];
  const isTheirs = named !== undefined && [named.owner, named.deputy, named.head].includes(me);
  return isTheirs ? filter : { ...filter, owner: me };
};

const shownRow = (row: CaseRow): CasesAnswer['cases'][number] => ({
  ...{ case: row.id, number: caseNumberOf(row.id), account: row.accountId, as: row.as, code: row.code },
  ...{ state: row.state, owner: row.owner, department: row.department, amount: row.amount },
  ...{ currency: row.currency, openedOn: row.openedOn, missing: [...row.missingPapers] },
  ...(row.dueOn !== undefined && { dueOn: row.dueOn }),
  ...(row.outcome !== undefined && { outcome: row.outcome }),
  ...(row.closedOn !== undefined && { closedOn: row.closedOn }),
});

/**
 * Shows what somebody sees in a role: actions, fields, companies, and which accounts and items, by the very scope their
 * own next request would have. It only looks; who looked is kept (R104).
 * From: `GET api/people/{personId}/view-as`. Next: whoever gives rights sees whether they came to what was meant.
 */
import { actionNames, cellOf, fieldNames, kindOf, type Principal } from '../../shared/contracts/access.ts';
import type { ViewAsAnswer, ViewAsQuery } from '../../shared/contracts/view-as.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { isInScope, itemsInScope, reachInto, type Scope } from '../../shared/domain/scope.ts';
import type { Access } from '../../shared/edge/access.ts';
import { sightOf } from '../../shared/edge/fields.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import type { PersonRecords } from './person-records.ts';
import { seenPerson } from './list-people.ts';

export type ViewParts = {
  access: Pick<Access, 'scopeFor'>;
  records: PersonRecords;
  accounts: Pick<AccountStore, 'heads'>;
};
type Asked = { personId: string; query: ViewAsQuery };

export const viewAs = async (
  { access, records, accounts }: ViewParts,
  { personId, query }: Asked,
  { scope, now }: { scope: Scope; now: Instant },
): Promise<Outcome<ViewAsAnswer, 'not-found'>> => {
  const person = await seenPerson(personId, scope, records);
  const who = query.as as Principal;
  if (person === undefined || (query.company !== undefined && !isInScope(scope, query.company)))
    return refuse('not-found', 'There is no such person.');
  const seen = await access.scopeFor({ id: personId, principals: [who] }, 'acct.read', now);
  const theirs = seen.ok ? seen.value : undefined;
  const { isDisabled: isEnded } = person.reach;
  const lent = person.reach.grants.map(({ companyId }) => companyId);
  const companies = [...new Set([...person.reach.companyIds, ...lent])].flatMap((companyId) => {
    const reach = theirs === undefined ? 'none' : reachInto(theirs, companyId);
    return reach === 'none' ? [] : [{ companyId, reach }];
  });
  const page = await accountsSeen(accounts, theirs, scope, query);
  return done({
    ...{ personId, as: who, isEnded, companies, ...page },
    actions: isEnded ? [] : actionsOf(who),
    fields: fieldNames.map((field) => ({ field, sight: isEnded ? 'none' : sightOf(field, [who]) })),
  });
};

const actionsOf = (who: Principal): ViewAsAnswer['actions'] =>
  actionNames.flatMap((action) => {
    const cell = cellOf(action, who);
    return cell.scope === '-' ? [] : [{ action, kind: kindOf(action), scope: cell.scope }];
  });

/** Of one company, none but those whoever looks sees themselves. */
const accountsSeen = async (
  accounts: ViewParts['accounts'],
  theirs: Scope | undefined,
  own: Scope,
  { company, limit, after }: ViewAsQuery,
): Promise<Pick<ViewAsAnswer, 'accounts' | 'after'>> => {
  if (company === undefined || reachInto(own, company) !== 'all') return { accounts: null, after: null };
  if (theirs === undefined) return { accounts: [], after: null };
  const page = await accounts.heads(theirs, company, { limit, ...(after !== undefined && { after }) });
  const shown = page.heads.flatMap((head) => {
    const items = itemsInScope(theirs, head);
    return items === 'none'
      ? []
      : [{ accountId: head.accountId, items: items === 'all' ? items : [...items] }];
  });
  return { accounts: shown, after: page.after ?? null };
};

/**
 * Scope: what a caller may touch. Every store call asks for one, so that a call without does not compile.
 * From: `shared/edge/access.ts` alone (a tidy test holds that). Next: the stores of `shared/azure`.
 * What lies outside answers as if it did not exist.
 */
declare const madeByAccess: unique symbol;

/** Which accounts of the companies of a part. */
export type AccountRule =
  | { by: 'all' }
  /** What belongs to a company as such, and none of its accounts. */
  | { by: 'none' }
  /** Accounts assigned to one of these collectors. */
  | { by: 'collector'; ids: readonly string[] }
  /** Accounts that one of these people or teams sells to. */
  | { by: 'salesOwner'; ids: readonly string[] }
  /** One account lent to somebody outside, with all its items or those named. */
  | { by: 'grant'; accountId: string; itemIds: 'all' | readonly string[] };

export type ScopePart = { companies: 'all' | readonly string[]; accounts: AccountRule };

/** The union of its parts. */
export type Scope = { readonly [madeByAccess]: true; readonly parts: readonly ScopePart[] };

/** For the access layer only. */
export const scopeOf = (parts: readonly ScopePart[]): Scope => ({ parts }) as Scope;

/** For the access layer only: whole companies, or all of the deployment. */
export const scopeOver = (companies: ScopePart['companies']): Scope =>
  scopeOf([{ companies, accounts: { by: 'all' } }]);

/** For the stores alone, which have judged by the caller's own scope already. */
export const wholeCompany = (companyId: string): Scope => scopeOver([companyId]);

/** What a scope needs to know of an account to tell whether it lies inside. */
export type ScopedAccount = {
  companyId: string;
  accountId: string;
  assignedTo?: string | undefined;
  salesOwners?: readonly string[] | undefined;
};

const covers = ({ companies }: ScopePart, companyId: string): boolean =>
  companies === 'all' || companies.includes(companyId);

/** Whether what belongs to the company as a whole lies inside: its settings, imports, receipts, totals. */
export const isInScope = (scope: Scope, companyId: string): boolean =>
  scope.parts.some(
    (part) => covers(part, companyId) && (part.accounts.by === 'all' || part.accounts.by === 'none'),
  );

/** How many of a company's accounts may lie inside; `some`: each has to be asked for. */
export const reachInto = (scope: Scope, companyId: string): 'all' | 'some' | 'none' => {
  let reach: 'some' | 'none' = 'none';
  for (const part of scope.parts) {
    const { by } = part.accounts;
    if (by === 'none' || !covers(part, companyId)) continue;
    if (by === 'all') return 'all';
    reach = 'some';
  }
  return reach;
};

/**
 * Whether what lies inside can be told by each account's own head alone: sums are kept by collector, and an account may
 * be sold by several people.
 */
export const isToldByHeads = (scope: Scope, companyId: string): boolean =>
  reachInto(scope, companyId) === 'some' &&
  scope.parts.some((part) => covers(part, companyId) && part.accounts.by === 'salesOwner');

/** Collectors whose accounts of a company lie inside. */
export const collectorsIn = (scope: Scope, companyId: string): readonly string[] => [
  ...new Set(
    scope.parts.flatMap((part) =>
      covers(part, companyId) && part.accounts.by === 'collector' ? part.accounts.ids : [],
    ),
  ),
];

/** Whose sales all of a company that lies inside is; undefined where something else lies inside, too. */
export const sellersIn = (scope: Scope, companyId: string): readonly string[] | undefined => {
  const rules = scope.parts.flatMap((part) =>
    covers(part, companyId) && part.accounts.by !== 'none' ? [part.accounts] : [],
  );
  const owners = rules.flatMap((rule) => (rule.by === 'salesOwner' ? rule.ids : []));
  return rules.every(({ by }) => by === 'salesOwner') ? [...new Set(owners)] : undefined;
};

/** Whether all of an account lies inside whatever its head says: all of its company does, or it is granted by name. */
export const isWholeByName = (
  scope: Scope,
  { companyId, accountId }: Pick<ScopedAccount, 'companyId' | 'accountId'>,
): boolean =>
  scope.parts.some((part) => {
    const { accounts } = part;
    if (!covers(part, companyId)) return false;
    const isGranted = accounts.by === 'grant' && accounts.accountId === accountId;
    return accounts.by === 'all' || (isGranted && accounts.itemIds === 'all');
  });

/** Which items of an account lie inside; `none` where the account itself does not. */
export const itemsInScope = (scope: Scope, account: ScopedAccount): 'all' | 'none' | readonly string[] => {
  const named: string[] = [];
  let isThere = false;
  for (const part of scope.parts) {
    if (!covers(part, account.companyId)) continue;
    const items = itemsByRule(part.accounts, account);
    if (items === 'all') return 'all';
    if (items === 'none') continue;
    isThere = true;
    named.push(...items);
  }
  return isThere ? [...new Set(named)] : 'none';
};

const itemsByRule = (rule: AccountRule, account: ScopedAccount): 'all' | 'none' | readonly string[] => {
  switch (rule.by) {
    case 'all':
      return 'all';
    case 'none':
      return 'none';
    case 'collector':
      return account.assignedTo !== undefined && rule.ids.includes(account.assignedTo) ? 'all' : 'none';
    case 'salesOwner':
      return account.salesOwners?.some((owner) => rule.ids.includes(owner)) === true ? 'all' : 'none';
    case 'grant':
      return rule.accountId === account.accountId ? rule.itemIds : 'none';
  }
};

/** Whether at least something of the account lies inside. */
export const isAccountInScope = (scope: Scope, account: ScopedAccount): boolean =>
  itemsInScope(scope, account) !== 'none';

/**
 * Scope: what a caller may touch. Every store call asks for one, so that a call without does not compile.
 * From: `shared/edge/access.ts` alone (a tidy test holds that). Next: the stores of `shared/azure`.
 */
declare const madeByAccess: unique symbol;

export type Scope = {
  readonly [madeByAccess]: true;
  /** Companies, or all of the deployment. */
  readonly companies: 'all' | readonly string[];
};

/** For the access layer only. */
export const scopeOver = (companies: Scope['companies']): Scope => ({ companies }) as Scope;

/** Whether this company lies inside; outside answers as if it did not exist. */
export const isInScope = (scope: Scope, companyId: string): boolean =>
  scope.companies === 'all' || scope.companies.includes(companyId);

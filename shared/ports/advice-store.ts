/**
 * Where remittance advices wait for their money, and stay when it has come.
 * From: the ledger's cash workflows. Next: `shared/azure/cosmos-advices.ts`, in memory `tests/support/memory`.
 */
import type { Advice, AdviceState } from '../domain/advice.ts';
import type { AmountMinor, Currency } from '../domain/money.ts';
import type { Scope } from '../domain/scope.ts';

/** With the mark it was read under; none: it is new. */
export type LoadedAdvice = { advice: Advice; mark?: string | undefined };

/** Most advices that one receipt is compared with. */
export const mostAlike = 50;

export interface AdviceStore {
  /** Undefined when there is none of this id, or it is outside the scope. */
  load(scope: Scope, companyId: string, id: string): Promise<LoadedAdvice | undefined>;
  /** Keeps it if nobody has changed it since it was loaded, or made it where it is new. @throws outside the scope. */
  save(scope: Scope, loaded: LoadedAdvice): Promise<'saved' | 'version-conflict'>;
  /** Those without money that bear one of these references, or come to this sum; at most `mostAlike`. */
  alike(
    scope: Scope,
    companyId: string,
    like: { references: readonly string[]; amount: AmountMinor; currency: Currency },
  ): Promise<Advice[]>;
  /** In the order of ids, page by page; `after` is absent at the end. */
  list(
    scope: Scope,
    companyId: string,
    state: AdviceState,
    page: { limit: number; after?: string },
  ): Promise<{ advices: Advice[]; after?: string }>;
}

/**
 * `CheckoutStore` in memory. From and next: workflows under test.
 */
import type { Checkout } from '../../../shared/domain/checkout.ts';
import { isAccountInScope } from '../../../shared/domain/scope.ts';
import type { CheckoutStore } from '../../../shared/ports/checkout-store.ts';

export const memoryCheckouts = (): CheckoutStore => {
  const kept = new Map<string, { checkout: Checkout; mark: string }>();
  let marks = 0;
  const idOf = (key: { companyId: string; accountId: string }, id: string) =>
    JSON.stringify([key.companyId, key.accountId, id]);
  return {
    read: async (scope, key, id) =>
      isAccountInScope(scope, key) ? structuredClone(kept.get(idOf(key, id))) : undefined,
    save: async (scope, { checkout, mark }) => {
      if (!isAccountInScope(scope, checkout))
        throw new Error(`checkouts of ${checkout.accountId} are out of scope`);
      const id = idOf(checkout, checkout.id);
      if (kept.get(id)?.mark !== mark) return 'version-conflict';
      const next = { checkout: structuredClone(checkout), mark: String((marks += 1)) };
      kept.set(id, next);
      return structuredClone(next);
    },
    list: async (scope, key, { limit }) =>
      [...kept.values()]
        .map(({ checkout }) => structuredClone(checkout))
        .filter((one) => one.companyId === key.companyId && one.accountId === key.accountId)
        .filter((one) => isAccountInScope(scope, one))
        .toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1))
        .slice(0, limit),
  };
};

/**
 * `PayerStore` in memory. From and next: workflows under test.
 */
import type { AccountRef } from '../../../shared/domain/receipt.ts';
import { isInScope } from '../../../shared/domain/scope.ts';
import type { PayerStore } from '../../../shared/ports/payer-store.ts';

export const memoryPayers = (): PayerStore => {
  const payers = new Map<string, AccountRef>();
  return {
    known: async (scope, companyId, hash) =>
      isInScope(scope, companyId) ? payers.get(`${companyId} ${hash}`) : undefined,
    remember: async (scope, companyId, hash, { account }) => {
      if (!isInScope(scope, companyId)) throw new Error(`a payer of ${companyId} is out of scope`);
      payers.set(`${companyId} ${hash}`, account);
    },
  };
};

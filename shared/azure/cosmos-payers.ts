/**
 * `PayerStore` on Cosmos DB, container `receipts`, key /companyId, `payer:<hash>`.
 * From: cash workflows. Next: one `payer` document for each bank account somebody confirmed.
 */
import type { Container } from '@azure/cosmos';
import { z } from 'zod';
import { isInScope } from '../domain/scope.ts';
import type { PayerStore } from '../ports/payer-store.ts';

const payerDocument = z.object({
  account: z.object({ companyId: z.string(), accountId: z.string() }),
});

export const cosmosPayers = (container: () => Container): PayerStore => ({
  known: async (scope, companyId, hash) => {
    if (!isInScope(scope, companyId)) return undefined;
    const { resource } = await container()
      .item('payer', [companyId, `payer:${hash}`])
      .read<object>();
    return resource === undefined ? undefined : payerDocument.parse(resource).account;
  },
  remember: async (scope, companyId, hash, { account, by, at }) => {
    if (!isInScope(scope, companyId)) throw new Error(`a payer of ${companyId} is out of scope`);
    const key = { companyId, receiptId: `payer:${hash}` };
    await container().items.upsert({ id: 'payer', kind: 'payer', ...key, account, by, at });
  },
});

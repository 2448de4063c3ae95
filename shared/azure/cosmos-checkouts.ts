/**
 * `CheckoutStore` on Cosmos DB, container `access`, key /bucket: one partition per account.
 * From: the portal. Next: one document per checkout, changed under its etag; it ends two years after its last change.
 */
import type { Container } from '@azure/cosmos';
import { z } from 'zod';
import type { Checkout } from '../domain/checkout.ts';
import { escapeId } from '../domain/document-ids.ts';
import type { AmountMinor } from '../domain/money.ts';
import { isAccountInScope, type Scope } from '../domain/scope.ts';
import type { CheckoutStore } from '../ports/checkout-store.ts';
import { readMarked, writeMarked } from './optimistic.ts';

const amount = z.int().transform((minor) => minor as AmountMinor);
const checkoutDocument: z.ZodType<{ checkout: Checkout }> = z.object({
  checkout: z.object({
    ...{ companyId: z.string(), accountId: z.string(), id: z.string(), provider: z.string() },
    ...{ currency: z.string(), amount },
    lines: z.array(z.object({ itemId: z.string(), number: z.string(), amount })),
    ...{ by: z.string(), startedAt: z.string(), attempt: z.int().min(1) },
    state: z.enum(['starting', 'open', 'processing', 'paid', 'failed', 'expired']),
    ...{ sessionId: z.string().exactOptional(), url: z.string().exactOptional() },
    ...{ expiresAt: z.string(), paymentId: z.string().exactOptional(), changedAt: z.string() },
  }),
});

const keptSeconds = 2 * 366 * 86_400;

type Key = { companyId: string; accountId: string };
const bucketOf = ({ companyId, accountId }: Key): string =>
  `checkouts:${escapeId(companyId)}:${escapeId(accountId)}`;

const parse = (document: unknown): Checkout => checkoutDocument.parse(document).checkout;
const assertInScope = (scope: Scope, key: Key): void => {
  if (!isAccountInScope(scope, key)) throw new Error(`checkouts of ${key.accountId} are out of scope`);
};

export const cosmosCheckouts = (container: () => Container): CheckoutStore => ({
  read: async (scope, key, id) => {
    if (!isAccountInScope(scope, key)) return undefined;
    const found = await readMarked(container(), id, bucketOf(key));
    return found === undefined ? undefined : { checkout: parse(found.document), mark: found.mark };
  },
  save: async (scope, { checkout, mark }) => {
    assertInScope(scope, checkout);
    const bucket = bucketOf(checkout);
    const document = { id: checkout.id, bucket, checkout, ttl: keptSeconds };
    if (!(await writeMarked(container(), document, bucket, mark))) return 'version-conflict';
    const found = await readMarked(container(), checkout.id, bucket);
    return { checkout, mark: found?.mark };
  },
  list: async (scope, key, { limit }) => {
    if (!isAccountInScope(scope, key)) return [];
    const { resources } = await container()
      .items.query<unknown>('SELECT TOP 200 * FROM c', { partitionKey: bucketOf(key) })
      .fetchAll();
    return resources
      .map(parse)
      .toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1))
      .slice(0, limit);
  },
});

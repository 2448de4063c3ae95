/**
 * `TokenStore` on Cosmos DB, container `access`, key /bucket; a token is forgotten a day after it ended.
 * From: links in mails. Next: one document per token by its hash; its etag decides who uses it.
 */
import type { Container } from '@azure/cosmos';
import { z } from 'zod';
import { instantFromText } from '../domain/calendar.ts';
import type { LinkToken, TokenAsked, TokenStore } from '../ports/token-store.ts';

const tokenDocument = z.object({
  ...{ purpose: z.string(), person: z.string(), madeAt: z.string(), endsAt: z.string() },
  ...{ subject: z.record(z.string(), z.string()), use: z.string().optional() },
});
type TokenDocument = z.infer<typeof tokenDocument>;

/** Called with the request units of each call to the service and the name of what it did. */
export type Charged = (operation: string, requestUnits: number) => void;

const keptSeconds = 86_400;

export const cosmosTokens = (container: () => Container, charged: Charged = () => undefined): TokenStore => ({
  keep: async (hash, token) => {
    const ttl = keptSeconds + Math.max(1, secondsBetween(token.madeAt, token.endsAt));
    const making = container().items.create({ ...placeOf(hash), ...token, ttl });
    return (await unlessCode(409, making, charged, 'keep token')) ? 'kept' : 'known';
  },
  look: async (hash, asked) => tokenIn((await read(container(), charged, hash))?.document, asked),
  use: async (hash, { use, ...asked }) => {
    const found = await read(container(), charged, hash);
    const token = tokenIn(found?.document, asked, use);
    if (found === undefined || token === undefined || found.document.use === use) return token;
    const options = { accessCondition: { type: 'IfMatch', condition: found.mark } };
    const { id, bucket } = placeOf(hash);
    const changed = { ...found.raw, use };
    const taken = container().item(id, bucket).replace(changed, options);
    if (await unlessCode(412, taken, charged, 'use token')) return token;
    // somebody was first; a try of ours whose answer was lost is the same use
    const now = (await read(container(), charged, hash))?.document;
    return now?.use === use ? token : undefined;
  },
});

const placeOf = (hash: string) => ({ id: hash, bucket: `token:${hash.slice(0, 2)}`, kind: 'token' });

const secondsBetween = (from: string, to: string): number =>
  Math.ceil((instantFromText(to).epochMilliseconds - instantFromText(from).epochMilliseconds) / 1_000);

/** Used by nobody, or by this use; in time; for this purpose. */
const tokenIn = (
  document: TokenDocument | undefined,
  { purpose, now }: TokenAsked,
  use?: string,
): LinkToken | undefined => {
  if (document === undefined || document.purpose !== purpose) return undefined;
  if (now.epochMilliseconds >= instantFromText(document.endsAt).epochMilliseconds) return undefined;
  const { use: usedBy, ...token } = document;
  return usedBy === undefined || usedBy === use ? token : undefined;
};

const read = async (container: Container, charged: Charged, hash: string) => {
  const { id, bucket } = placeOf(hash);
  const { resource, etag, requestCharge } = await container.item(id, bucket).read<object>();
  charged('read token', requestCharge);
  return resource === undefined
    ? undefined
    : { document: tokenDocument.parse(resource), raw: resource, mark: etag };
};

const unlessCode = async (
  code: number,
  writing: Promise<{ requestCharge: number }>,
  charged: Charged,
  operation: string,
): Promise<boolean> => {
  try {
    charged(operation, (await writing).requestCharge);
    return true;
  } catch (fault) {
    if ((fault as { code?: number }).code !== code) throw fault;
    return false;
  }
};

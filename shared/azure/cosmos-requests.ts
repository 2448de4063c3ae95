/**
 * `RequestStore` on Cosmos DB, container `requests`, key /callerId; the container forgets after 48 hours.
 * From: the edge. Next: one document per key, held by its etag while its request runs.
 */
import { createHash, randomUUID } from 'node:crypto';
import type { Container } from '@azure/cosmos';
import { z } from 'zod';
import type { Begun, RequestKey, RequestStore } from '../ports/request-store.ts';

const requestDocument = z.object({
  hash: z.string(),
  /** Of whoever works on it: tells our own write, whose answer was lost, from somebody else's. */
  holder: z.string(),
  holdUntilMs: z.int(),
  answer: z
    .union([
      z.object({ ok: z.literal(true), status: z.int(), json: z.string() }),
      z.object({ ok: z.literal(false), code: z.string(), detail: z.string() }),
    ])
    .optional(),
});
type RequestDocument = z.infer<typeof requestDocument>;

/** Tries to begin before the key counts as fought over. */
const mostTries = 4;

/** Called with the request units of each call to the service and the name of what it did. */
export type Charged = (operation: string, requestUnits: number) => void;

export const cosmosRequests = (
  container: () => Container,
  charged: Charged = () => undefined,
): RequestStore => ({
  begin: async (key, { hash, now, holdUntil }) => {
    const holder = randomUUID();
    const document = { ...placeOf(key), hash, holder, holdUntilMs: holdUntil.epochMilliseconds };
    for (let tries = 1; tries <= mostTries; tries += 1) {
      const created = await ifTaken(container().items.create(document), charged, 'begin request');
      if (created !== undefined) return { is: 'begun', mark: created };
      const there = await read(container(), charged, key);
      if (there === undefined) continue; // forgotten between the two
      if (there.document.holder === holder) return { is: 'begun', mark: there.mark };
      if (there.document.hash !== hash || !isLeft(there.document, now)) return saidBy(there.document);
      const options = { accessCondition: { type: 'IfMatch', condition: there.mark } };
      const item = container().item(document.id, document.callerId);
      const taken = await ifTaken(item.replace(document, options), charged, 'begin request again');
      if (taken !== undefined) return { is: 'begun', mark: taken };
    }
    return { is: 'running', hash };
  },
  end: async (key, { hash, mark }, answer) => {
    const document = { ...placeOf(key), hash, holder: 'nobody', holdUntilMs: 0, answer };
    const options = { accessCondition: { type: 'IfMatch', condition: mark } };
    const item = container().item(document.id, document.callerId);
    await ifTaken(item.replace(document, options), charged, 'end request');
  },
  forget: async (key, mark) => {
    const { id, callerId } = placeOf(key);
    const options = { accessCondition: { type: 'IfMatch', condition: mark } };
    await ifTaken(container().item(id, callerId).delete(options), charged, 'forget request');
  },
});

/** Keys hold any sign; an id does not. */
const placeOf = ({ callerId, key }: RequestKey): { id: string; callerId: string } => ({
  id: createHash('sha256').update(key).digest('hex'),
  callerId,
});

const isLeft = ({ answer, holdUntilMs }: RequestDocument, now: { epochMilliseconds: number }): boolean =>
  answer === undefined && holdUntilMs <= now.epochMilliseconds;

const saidBy = ({ hash, answer }: RequestDocument): Begun =>
  answer === undefined ? { is: 'running', hash } : { is: 'answered', hash, answer: answer };

const read = async (
  container: Container,
  charged: Charged,
  key: RequestKey,
): Promise<{ document: RequestDocument; mark: string } | undefined> => {
  const { id, callerId } = placeOf(key);
  const { resource, etag, requestCharge } = await container.item(id, callerId).read<object>();
  charged('read request', requestCharge);
  return resource === undefined ? undefined : { document: requestDocument.parse(resource), mark: etag };
};

/** The mark of what was written; undefined when somebody was first, or what should change is gone. */
const ifTaken = async (
  writing: Promise<{ etag: string; requestCharge: number }>,
  charged: Charged,
  operation: string,
): Promise<string | undefined> => {
  try {
    const { etag, requestCharge } = await writing;
    charged(operation, requestCharge);
    return etag;
  } catch (fault) {
    if (![404, 409, 412].includes((fault as { code?: number }).code ?? 0)) throw fault;
    return undefined;
  }
};

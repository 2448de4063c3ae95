/**
 * `CallCounter` on Cosmos DB, container `requests`, key /callerId; the container forgets after 48 hours.
 * From: the edge. Next: one document per person, kind and span, changed under its etag alone.
 */
import { createHash } from 'node:crypto';
import type { Container } from '@azure/cosmos';
import { z } from 'zod';
import type { CallCounter, Counted } from '../ports/call-counter.ts';

const countDocument = z.object({ things: z.array(z.string()) });

/** Tries to be the one who changes the document; each lost one means that somebody else was counted. */
const mostTries = 20;

/** Called with the request units of each call to the service and the name of what it did. */
export type Charged = (operation: string, requestUnits: number) => void;

export const cosmosCallCounter = (
  container: () => Container,
  charged: Charged = () => undefined,
): CallCounter => ({
  count: async (counted) => {
    const { most, callerId } = counted;
    const [id, thing] = [idOf(counted), shortOf(counted.thing)];
    for (let tries = 0; tries < mostTries; tries += 1) {
      const { resource, etag, requestCharge } = await container().item(id, callerId).read<object>();
      charged('read count', requestCharge);
      const things = resource === undefined ? [] : countDocument.parse(resource).things;
      if (things.includes(thing)) return 'counted';
      if (things.length >= most) return 'too-many';
      const document = { id, callerId, things: [...things, thing] };
      const writing =
        resource === undefined
          ? container().items.create(document)
          : container()
              .item(id, callerId)
              .replace(document, { accessCondition: { type: 'IfMatch', condition: etag } });
      if (await isFirst(writing, charged)) return 'counted';
    }
    throw Object.assign(new Error('a count is fought over'), { code: 429 });
  },
});

/** Names hold any sign; an id does not. */
const idOf = ({ what, span }: Counted): string => `count:${what}:${shortOf(span)}`;

/** Long enough that two things of one person's day are not one. */
const shortOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

const isFirst = async (writing: Promise<{ requestCharge: number }>, charged: Charged): Promise<boolean> => {
  try {
    charged('count', (await writing).requestCharge);
    return true;
  } catch (fault) {
    // gone with its span, made or changed meanwhile: looked at again
    if (![404, 409, 412].includes((fault as { code?: number }).code ?? 0)) throw fault;
    return false;
  }
};

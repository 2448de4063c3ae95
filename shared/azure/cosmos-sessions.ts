/**
 * `SessionStore` on Cosmos DB, container `access`, key /bucket: one partition per address, each document ends by itself.
 * From: the portal. Next: documents `session:<hash>`.
 */
import type { Container } from '@azure/cosmos';
import { z } from 'zod';
import type { Session, SessionStore } from '../ports/session-store.ts';
import { readMarked, removeDocument, writeMarked } from './optimistic.ts';

const sessionDocument = z.object({
  session: z.object({
    ...{ emailHash: z.string(), secretHash: z.string(), openedAt: z.string(), lastSeenAt: z.string() },
  }),
});

/** A session is refused after two hours; the document goes soon after. */
const sessionSeconds = 3 * 3_600;

const bucketOf = (emailHash: string): string => `session:${emailHash}`;
const idOf = (secretHash: string): string => `session:${secretHash}`;
const documentOf = (session: Session) => ({
  ...{ id: idOf(session.secretHash), bucket: bucketOf(session.emailHash), session, ttl: sessionSeconds },
});

export const cosmosSessions = (container: () => Container): SessionStore => ({
  open: async (session) => {
    await container().items.upsert(documentOf(session));
  },
  read: async (emailHash, secretHash) => {
    const found = await readMarked(container(), idOf(secretHash), bucketOf(emailHash));
    return found === undefined ? undefined : sessionDocument.parse(found.document).session;
  },
  seen: async (session, at) => {
    const { emailHash, secretHash } = session;
    const found = await readMarked(container(), idOf(secretHash), bucketOf(emailHash));
    // ended, or seen by another call in between: either way it is as it should be
    if (found !== undefined)
      await writeMarked(
        ...([container(), documentOf({ ...session, lastSeenAt: at })] as const),
        ...([bucketOf(emailHash), found.mark] as const),
      );
  },
  end: (emailHash, secretHash) => removeDocument(container(), idOf(secretHash), bucketOf(emailHash)),
  endAll: async (emailHash) => {
    const query = 'SELECT TOP 1000 VALUE c.id FROM c';
    const options = { partitionKey: bucketOf(emailHash) };
    const { resources } = await container().items.query<string>(query, options).fetchAll();
    for (const id of resources) await removeDocument(container(), id, bucketOf(emailHash));
  },
});

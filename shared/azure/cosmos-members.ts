/**
 * `MemberStore` on Cosmos DB, container `people`, key /emailHash.
 * From: the portal. Next: document `memberships` of each address.
 */
import type { Container } from '@azure/cosmos';
import { z } from 'zod';
import type { MemberStore } from '../ports/member-store.ts';
import { readMarked, writeMarked } from './optimistic.ts';

const memberDocument = z.object({
  memberships: z.array(
    z.object({
      ...{ companyId: z.string(), accountId: z.string(), from: z.enum(['contact', 'invited']) },
      ...{ by: z.string(), since: z.string() },
    }),
  ),
});

const id = 'memberships';

export const cosmosMembers = (container: () => Container): MemberStore => ({
  read: async (emailHash) => {
    const found = await readMarked(container(), id, emailHash);
    return found === undefined
      ? { memberships: [], mark: undefined }
      : { memberships: memberDocument.parse(found.document).memberships, mark: found.mark };
  },
  save: async (emailHash, { memberships, mark }) => {
    const document = Object.assign({ id }, { emailHash, memberships });
    return (await writeMarked(container(), document, emailHash, mark)) ? 'saved' : 'version-conflict';
  },
});

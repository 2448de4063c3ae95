/**
 * Posting: parts of imports become entries of accounts.
 * From: queue `account-postings`. Next: `post-part.ts`.
 */
import { accountPostingsMessage } from '../../shared/contracts/messages.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { onQueue } from '../../shared/edge/queue.ts';
import { postPart } from './post-part.ts';
import type { PostingParts } from './post-parts.ts';

export type PostingTriggerParts = { edge: Edge; posting: PostingParts };

export const registerPosting = ({ edge, posting }: PostingTriggerParts): void =>
  onQueue(edge, {
    name: 'post-part',
    queue: 'account-postings',
    action: 'inv.import',
    schema: accountPostingsMessage,
    run: (message, call) => postPart(message, call, posting),
  });

/**
 * Packs the steps of an account into appends, as few as hold them; a step is never torn apart.
 * From: `post-account.ts`. Next: one append each.
 */
import type { Step } from '../../shared/domain/posting-steps.ts';
import { mostItemsPerAppend } from '../../shared/ports/account-store.ts';

/** One place is kept for a paper beside the items. */
const mostItems = mostItemsPerAppend - 1;
/** A fact stands in the entry and grows its item; beside both there are head, moves and envelopes. */
const mostBytes = 1_500_000;

const bytesOf = (value: object): number => new TextEncoder().encode(JSON.stringify(value)).length;

/** @param sizeOfItem bytes of an item as it is kept now, 0 when it is new. */
export const chunksOf = (steps: readonly Step[], sizeOfItem: (id: string) => number): Step[][] => {
  const chunks: Step[][] = [];
  let chunk: Step[] = [];
  let items = new Set<string>();
  let bytes = 0;
  for (const step of steps) {
    const fresh = step.itemIds.filter((id) => !items.has(id));
    const size = 3 * bytesOf(step.facts) + fresh.reduce((total, id) => total + sizeOfItem(id), 0);
    const isFull = items.size + fresh.length > mostItems || bytes + size > mostBytes;
    if (isFull && chunk.length > 0) {
      chunks.push(chunk);
      [chunk, items, bytes] = [[], new Set<string>(), 0];
    }
    chunk.push(step);
    for (const id of step.itemIds) items.add(id);
    bytes += size;
  }
  return chunk.length === 0 ? chunks : [...chunks, chunk];
};

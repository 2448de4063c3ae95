/**
 * Things that become due at a business instant, with one alarm of the clock for all of them.
 * From: scheduled messages and times to live. Next: `run` gets each when its instant has come.
 * What is no longer wanted stays in and is recognised by `run`: taking out would cost a search.
 */
import type { Cancel, Clock } from '../../clock.ts';

export type DueList<T> = { add(atMs: number, item: T): void; close(): void };

type Entry<T> = { atMs: number; item: T };

export const createDueList = <T>(clock: Clock, run: (item: T) => void): DueList<T> => {
  const heap: Entry<T>[] = [];
  let cancel: Cancel | undefined;
  let armedAtMs = Infinity;

  const arm = () => {
    const next = heap[0];
    if (!next || next.atMs >= armedAtMs) return;
    cancel?.();
    armedAtMs = next.atMs;
    cancel = clock.at(next.atMs, ring);
  };

  const ring = () => {
    cancel = undefined;
    armedAtMs = Infinity;
    for (let next = heap[0]; next && next.atMs <= clock.now(); next = heap[0]) run(takeFirst(heap)!.item);
    arm();
  };

  return {
    add: (atMs, item) => {
      put(heap, { atMs, item });
      arm();
    },
    close: () => cancel?.(),
  };
};

const put = <T>(heap: Entry<T>[], entry: Entry<T>): void => {
  let index = heap.push(entry) - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (heap[parent]!.atMs <= entry.atMs) break;
    heap[index] = heap[parent]!;
    index = parent;
  }
  heap[index] = entry;
};

const takeFirst = <T>(heap: Entry<T>[]): Entry<T> | undefined => {
  const first = heap[0];
  const last = heap.pop();
  if (!first || !last || heap.length === 0) return first;
  let index = 0;
  for (;;) {
    let child = 2 * index + 1;
    if (child + 1 < heap.length && heap[child + 1]!.atMs < heap[child]!.atMs) child += 1;
    if (child >= heap.length || heap[child]!.atMs >= last.atMs) break;
    heap[index] = heap[child]!;
    index = child;
  }
  heap[index] = last;
  return first;
};

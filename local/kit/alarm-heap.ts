/**
 * Alarms in the order they ring: a binary heap in an array, earliest first, first come first at the same time.
 * From and next: `local/clock.ts`.
 */

export type Alarm = { atMs: number; order: number; run: () => void | Promise<void> };

const isBefore = (a: Alarm, b: Alarm) => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

/** Adds an alarm. */
export const insert = (heap: Alarm[], alarm: Alarm): void => {
  heap.push(alarm);
  rise(heap, heap.length - 1);
};

/** Takes the earliest away. */
export const removeFirst = (heap: Alarm[]): void => {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  heap[0] = last;
  sink(heap, 0);
};

/** Takes this one away, if it is there. */
export const remove = (heap: Alarm[], alarm: Alarm): void => {
  const index = heap.indexOf(alarm);
  const last = index < 0 ? undefined : heap.pop();
  if (!last || last === alarm) return;
  heap[index] = last;
  rise(heap, index);
  sink(heap, index);
};

const rise = (heap: Alarm[], from: number): void => {
  let index = from;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (!isBefore(heap[index]!, heap[parent]!)) return;
    swap(heap, index, parent);
    index = parent;
  }
};

const sink = (heap: Alarm[], from: number): void => {
  let index = from;
  for (;;) {
    const left = 2 * index + 1;
    const right = left + 1;
    let first = index;
    if (left < heap.length && isBefore(heap[left]!, heap[first]!)) first = left;
    if (right < heap.length && isBefore(heap[right]!, heap[first]!)) first = right;
    if (first === index) return;
    swap(heap, index, first);
    index = first;
  }
};

const swap = (heap: Alarm[], a: number, b: number): void => {
  [heap[a], heap[b]] = [heap[b]!, heap[a]!];
};

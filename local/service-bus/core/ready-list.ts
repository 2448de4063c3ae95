/**
 * Messages that may be taken, by sequence number.
 * From: `core/lanes.ts`. Next: the same. New messages go to the end and taken ones leave at the front,
 * both at constant cost; one that comes back finds its old place.
 */
import type { Message } from './state.ts';

type Numbered = { sequence: number };

export type ReadyList<M extends Numbered = Message> = {
  size(): number;
  first(): M | undefined;
  /** The `index`-th from the front. */
  at(index: number): M | undefined;
  insert(message: M): void;
  /** Takes this one out; whether it was there. */
  remove(message: M): boolean;
  all(): M[];
};

export const createReadyList = <M extends Numbered>(): ReadyList<M> => {
  let items: (M | undefined)[] = [];
  let head = 0;

  const indexOf = (sequence: number): number => {
    let [low, high] = [head, items.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (items[middle]!.sequence < sequence) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const dropFront = () => {
    items[head++] = undefined;
    if (head < 1_024 || head * 2 < items.length) return;
    items = items.slice(head);
    head = 0;
  };

  return {
    size: () => items.length - head,
    first: () => items[head],
    at: (index) => items[head + index],
    insert: (message) => {
      const index = indexOf(message.sequence);
      if (index === items.length) items.push(message);
      else if (index === head && head > 0) items[--head] = message;
      else items.splice(index, 0, message);
    },
    remove: (message) => {
      const index = indexOf(message.sequence);
      if (items[index] !== message) return false;
      if (index === head) dropFront();
      else items.splice(index, 1);
      return true;
    },
    all: () => items.slice(head) as M[],
  };
};

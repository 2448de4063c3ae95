/**
 * How much of something a person has had in a span of time, counted for all instances together.
 * From: the edge, for what is few and matters: exports, and what people of other firms open.
 * Next: `shared/azure/cosmos-call-counter.ts`, `tests/support/memory`. It asks for no scope: the person is the caller.
 */
export type Counted = {
  callerId: string;
  /** What is counted, such as `export`. */
  what: string;
  /** The span, such as `2026-11-22T10`: the next one begins at nothing. */
  span: string;
  /** What was had: the same thing again counts once. */
  thing: string;
  /** How many things of a span are let through. */
  most: number;
};

export interface CallCounter {
  /** Counts the thing unless the span is full; however many ask at once, no more than `most` get through. */
  count(counted: Counted): Promise<'counted' | 'too-many'>;
}

/**
 * Money that came, as facts tell of it: what is asked for becomes less, promises and plans are judged by it.
 * From: nothing, a list. Next: who is looked at for it; why a replay differs.
 */
import type { Fact } from './facts.ts';

export const payingKinds: readonly Fact['kind'][] = [
  ...(['paymentReceived', 'paymentApplied', 'itemReduced', 'creditAllocated', 'provisionalNoted'] as const),
];

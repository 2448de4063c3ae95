/**
 * The fault switch every stand-in takes: what may go wrong, how often, drawn from a seed.
 * From: `POST /admin/faults` and the environment (`DUNWELL_LOCAL_FAULTS`). Next: the HTTP kit and
 * the message broker ask it before and after each operation. Off until rules are set.
 */
import { z } from 'zod';

export const faultKinds = [
  'latency',
  '429',
  '503',
  'reset-before',
  'reset-after',
  'lost-answer',
  'duplicate',
  'reorder',
] as const;
export type FaultKind = (typeof faultKinds)[number];

const faultRule = z.strictObject({
  kind: z.enum(faultKinds),
  /** Share of matching operations that meet it, 0 to 1. */
  probability: z.number().min(0).max(1).default(1),
  /** Only operations whose name starts with this, such as `POST /dbs` or `send messages-to-send`. */
  operation: z.string().default(''),
  /** How often at most; unlimited when absent. */
  times: z.int().min(1).optional(),
  /** Milliseconds: the wait of `latency`, the Retry-After of `429` and `503`, the hold of `reorder`. */
  delayMs: z.int().min(0).max(60_000).default(20),
});

export const faultPlan = z.strictObject({
  seed: z.int().default(1),
  rules: z.array(faultRule).default([]),
});

export type FaultPlan = z.input<typeof faultPlan>;
export type Fault = { kind: FaultKind; delayMs: number };

export type FaultSwitch = {
  /** Replaces all rules; an empty list switches faults off. @throws ZodError */
  set(plan: FaultPlan): void;
  /** What befalls this operation: at most one fault besides latency, in the order of the rules. */
  draw(operation: string): Fault[];
  /** How often each kind has struck since the last `set`. */
  counts(): Record<string, number>;
  plan(): z.output<typeof faultPlan>;
};

export const createFaultSwitch = (initial: FaultPlan = {}): FaultSwitch => {
  let plan = faultPlan.parse(initial);
  let random = seededRandom(plan.seed);
  let used = plan.rules.map(() => 0);
  let counts: Record<string, number> = {};

  const strikes = (index: number, operation: string): boolean => {
    const rule = plan.rules[index]!;
    if (!operation.startsWith(rule.operation)) return false;
    if (rule.times !== undefined && used[index]! >= rule.times) return false;
    return random() < rule.probability;
  };

  return {
    set: (next) => {
      plan = faultPlan.parse(next);
      random = seededRandom(plan.seed);
      used = plan.rules.map(() => 0);
      counts = {};
    },
    draw: (operation) => {
      if (plan.rules.length === 0) return none;
      const drawn: Fault[] = [];
      for (const [index, rule] of plan.rules.entries()) {
        const taken = rule.kind !== 'latency' && drawn.some((fault) => fault.kind !== 'latency');
        if (taken || !strikes(index, operation)) continue;
        used[index]! += 1;
        counts[rule.kind] = (counts[rule.kind] ?? 0) + 1;
        drawn.push({ kind: rule.kind, delayMs: rule.delayMs });
      }
      return drawn;
    },
    counts: () => ({ ...counts }),
    plan: () => plan,
  };
};

const none: Fault[] = [];

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export const seededRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/**
 * Ports that fail on command: every call passes a gate that numbers it, and may end the process there, hold
 * the call back, or make it twice.
 * From: in-memory ports (`tests/support/memory`). Next: crash and simulation tests hand the wrapped ports to
 * workflows. "The process" is a gate: after its crash nothing it holds does anything until `restart`.
 */

/** What a call under a dead process, or one that dies in it, throws. Workflows never catch it on purpose. */
export class Crash extends Error {
  constructor(at: string) {
    super(`crashed ${at}`);
    this.name = 'Crash';
  }
}

export type Passing = { number: number; operation: string };

/** What is to happen to one call; nothing when absent. */
export type Fault = 'crash-before' | 'crash-after' | 'twice';

export type Gate = {
  /** Calls that passed so far, in order; reads are not counted unless the gate counts them. */
  readonly calls: readonly string[];
  readonly isDead: boolean;
  pass<Answer>(operation: string, call: () => Promise<Answer>): Promise<Answer>;
  /** The process starts again; the numbers go on. */
  restart(): void;
};

export type GateOptions = {
  /** Decides per call, numbered from 1. */
  fault?: (passing: Passing) => Fault | undefined;
  /** Turns of the event loop a call waits before it is made: other work goes first. */
  turns?: (passing: Passing) => number;
  /** Which operations count as effects; by default all that are not reads by their name. */
  counts?: (operation: string) => boolean;
};

const reads =
  /\.(load|read|list|alike|entries|moves|shard|contributions|contributionPage|totals|tail|month|openItems|items|heads|due|holders|writtenOff|paper|rejected|result|results|latest|completed|summary|count|version)$/;

/** Names of operations are few. */
const remembered = (is: (operation: string) => boolean): ((operation: string) => boolean) => {
  const known = new Map<string, boolean>();
  return (operation) => {
    const before = known.get(operation) ?? is(operation);
    known.set(operation, before);
    return before;
  };
};

export const gateOf = ({
  fault,
  turns,
  counts = remembered((operation) => !reads.test(operation)),
}: GateOptions = {}): Gate => {
  const calls: string[] = [];
  let isDead = false;
  const die = (at: string): never => {
    isDead = true;
    throw new Crash(at);
  };
  return {
    calls,
    get isDead() {
      return isDead;
    },
    restart: () => void (isDead = false),
    pass: async (operation, call) => {
      if (isDead) throw new Crash(`earlier; ${operation} was never made`);
      if (!counts(operation)) return call();
      const passing = { number: calls.push(operation), operation };
      for (let turn = turns?.(passing) ?? 0; turn > 0; turn -= 1)
        await new Promise<void>((resolve) => setImmediate(resolve));
      const at = `at call ${passing.number} ${operation}`;
      const decided = fault?.(passing);
      if (decided === 'crash-before') die(`before, ${at}`);
      const answer = await call();
      if (decided === 'crash-after') die(`after, ${at}`);
      return decided === 'twice' ? call() : answer;
    },
  };
};

/** Crashes once, before or after effect call `number`; of a gate that has fewer calls it never does. */
export const crashAt = (number: number, when: 'before' | 'after'): Gate =>
  gateOf({ fault: (passing) => (passing.number === number ? `crash-${when}` : undefined) });

/** The same port, each call of each method through the gate as `<name>.<method>`. */
export const withFaults = <Port extends object>(port: Port, gate: Gate, name = 'port'): Port => {
  const gated = new Map<string, { found: unknown; gate: (...args: unknown[]) => unknown }>();
  return new Proxy(port, {
    get: (target, method) => {
      const found: unknown = Reflect.get(target, method);
      if (typeof found !== 'function' || typeof method !== 'string') return found;
      const known = gated.get(method);
      if (known?.found === found) return known.gate;
      const operation = `${name}.${method}`;
      const through = (...args: unknown[]) =>
        gate.pass(operation, async () => (await Reflect.apply(found, target, args)) as unknown);
      gated.set(method, { found, gate: through });
      return through;
    },
  });
};

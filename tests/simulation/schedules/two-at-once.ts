/**
 * Two workflows at once, in an order that is chosen: each call of a port waits until it is its turn, so that every way in
 * which two processes can come between each other is a list of turns.
 * From: a schedule. Next: races of a send against what a customer does.
 */
import { gateOf, withFaults, type Gate } from '../../support/faults.ts';

export type Turns = (waiting: number) => number;

/** Where workflows wait at each of their calls. */
export const turnstile = () => {
  const waiting: { who: number; go: () => void }[] = [];
  const taken: number[] = [];
  let running = 0;
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const gateOfOne = (who: number): Gate => {
    const plain = gateOf({ counts: () => true });
    return {
      ...plain,
      pass: async (operation, call) => {
        running -= 1;
        await new Promise<void>((go) => waiting.push({ who, go }));
        return plain.pass(operation, call);
      },
    };
  };
  return {
    /** Whose call came when: one schedule is another than the next where this differs. */
    schedule: (): string => taken.join(''),
    /** The same ports, whose calls wait for their turn. */
    ports: <Ports extends object>(ports: Ports, who: number): Ports => {
      const gate = gateOfOne(who);
      const held = Object.entries(ports).map(([name, port]): [string, unknown] => [
        name,
        typeof port === 'object' && port !== null && !Array.isArray(port)
          ? withFaults(port as object, gate, name)
          : port,
      ]);
      return Object.fromEntries(held) as Ports;
    },
    /** Runs all, one call after the other, as `turns` says who of those that wait is next. */
    run: async <Result>(works: readonly (() => Promise<Result>)[], turns: Turns): Promise<Result[]> => {
      const results: Promise<Result>[] = [];
      let left = works.length;
      running = works.length;
      for (const work of works)
        results.push(
          work().finally(() => {
            left -= 1;
            running -= 1;
          }),
        );
      const all = Promise.all(results);
      all.catch(() => undefined);
      while (left > 0) {
        while (running > 0) await settle();
        if (waiting.length === 0) continue;
        waiting.sort((a, b) => a.who - b.who);
        const [next] = waiting.splice(turns(waiting.length), 1);
        running += 1;
        taken.push(next!.who);
        next!.go();
      }
      return all;
    },
  };
};

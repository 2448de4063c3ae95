/**
 * Every place at which a process can die while a story is lived: before and after each effect of each delivery. A story
 * is lived again until the process died at all of them; between two deaths it has time to recover.
 * From: a story on the stores of a month. Next: tests compare each end with the end of the story in which nothing died.
 */
import { gateOf, type Fault, type Gate } from '../../support/faults.ts';

export type Process = { gate: Gate; delivering: (queue: string, body: object) => void };
type About = { accountId?: string; messageId?: string; version?: number; because?: string; find?: string };

/** Reads, and what only looks. */
const isEffect = (operation: string): boolean =>
  !/\.(load|read|readAll|list|entries|moves|openItems|items|heads|due|paper|papers|holders|placeOf|status|find|waking|company|result|results|latest|completed|version|session|payment|events)$/.test(
    operation,
  );

/** Names each effect by the delivery it belongs to, and lets `decide` kill the process there. */
const processOf = (decide: (place: string) => Fault | undefined): Process => {
  let [delivery, effects] = ['', 0];
  const seen = new Map<string, number>();
  const gate = gateOf({
    counts: isEffect,
    fault: ({ operation }) => decide(`${delivery} ${(effects += 1)} ${operation}`),
  });
  return {
    gate,
    delivering: (queue, body) => {
      const { accountId = '', messageId = '', version = '', because = '', find = '' } = body as About;
      const name = [queue, accountId, messageId, version, because, find].join(' ');
      const times = (seen.get(name) ?? 0) + 1;
      seen.set(name, times);
      [delivery, effects] = [times > 1 ? `${name} again` : name, 0];
    },
  };
};

/** The places of a story in which nothing fails, in order. */
const placesOf = async (story: (process: Process) => Promise<unknown>): Promise<Set<string>> => {
  const places = new Set<string>();
  await story(
    processOf((place) => {
      places.add(place);
      return undefined;
    }),
  );
  return places;
};

type Looked = { places: number; lives: number; deaths: number };

/**
 * @param apart how many effects the process lives at least between two deaths; without end: it dies once in each life.
 * @param compare throws where an end is not as it should be.
 * @param mostLives a sample: so many lives, each with other deaths.
 */
export const dieEverywhere = async <End>(
  story: (process: Process) => Promise<End>,
  when: 'before' | 'after',
  apart: number,
  compare: (end: End, died: readonly string[]) => void,
  mostLives = Infinity,
): Promise<Looked> => {
  const places = await placesOf(story);
  const left = new Set(places);
  let [lives, deaths] = [0, 0];
  while (left.size > 0 && lives < mostLives) {
    const died: string[] = [];
    let alive = apart;
    const end = await story(
      processOf((place) => {
        alive += 1;
        if (alive < apart || (apart === Infinity && died.length > 0) || !left.delete(place)) return undefined;
        alive = 0;
        died.push(place);
        return `crash-${when}`;
      }),
    );
    lives += 1;
    deaths += died.length;
    compare(end, died);
    // a place that another life never comes to, since a death before it led around it
    if (died.length === 0) throw new Error(`never reached: ${[...left].slice(0, 3).join('; ')}`);
  }
  return { places: places.size, lives, deaths };
};

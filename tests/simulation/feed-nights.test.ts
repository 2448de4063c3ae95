/**
 * Random nights of an ERP-led company: files dropped, cut short, repeated, out of order, with refused rows, shrunk
 * beyond belief; deltas between them; messages in any order and twice; crashes anywhere. After each night the book is
 * the last accepted file to the cent (B1), nothing is closed by a refused row (B2), and what a guard holds waits.
 */
import { expect, it } from 'vitest';
import { instantFromText } from '../../shared/domain/calendar.ts';
import { amountOf } from '../../shared/domain/money.ts';
import {
  arrive,
  bookOf,
  feedOf,
  queues,
  rowOf,
  send,
  snapshotWorld,
  stateOf,
  workOne,
  type Open,
  type World,
} from '../functions/erp-exchange/snapshot-world.ts';
import { deltaOf } from '../support/posting-examples.ts';
import { numbersFrom } from '../support/series.ts';
import { gateOf, type Fault } from '../support/faults.ts';

const accounts = ['acme', 'bolt', 'core', 'bulk'];
const nights = 7;
const seeds = 120;
type Random = (below: number) => number;
/** Open cents by number; a number's account is told by its first letter. */
type Book = Record<string, number>;

const at = (night: number, hour: string): string =>
  `2026-11-${String(night + 10).padStart(2, '0')}T${hour}:00:00Z`;
const accountOf = (number: string): string => accounts.find((id) => id.startsWith(number[0]!))!;
const bulk: Book = Object.fromEntries(Array.from({ length: 70 }, (_, n) => [`bu${n}`, 20_000 + n]));
const openOf = (book: Book): Open[] =>
  Object.entries(book).map(([number, open]): Open => [accountOf(number), number, open]);

/** What the ERP says the next morning: items go, shrink, grow, come back, come new. */
const nextFile = (random: Random, before: Book, night: number): Book => {
  const kept = Object.entries(before).flatMap(([number, open]): [string, number][] => {
    const what = number.startsWith('bu') ? random(60) : random(9);
    if (what === 0) return [];
    return [[number, what === 1 ? Math.ceil(open / 2) : what === 2 ? open + 500 : open]];
  });
  const fresh = Array.from({ length: random(4) }, (_, n): [string, number] => [
    `${['a', 'b', 'c'][random(3)]}${random(3) === 0 ? random(night + 1) : night}-${n}`,
    100 * (1 + random(90)),
  ]);
  return Object.fromEntries([
    ...fresh.map(([n, open]): [string, number] => [n.replace('b', 'bo'), open]),
    ...kept,
  ]);
};

/** Delivers what waits in any order, some of it twice, dying on the way, until nothing is left. */
const workAnyhow = async (world: World, random: Random, seen: Set<string>, now: string): Promise<void> => {
  for (let turns = 0; turns < 4_000; turns += 1) {
    const waiting = queues.flatMap((queue) =>
      (world.sender.sent.get(queue) ?? [])
        .filter(({ id }) => !seen.has(`${queue} ${id}`))
        .map((one) => ({ queue, one })),
    );
    if (waiting.length === 0) return;
    const { queue, one } = waiting[random(waiting.length)]!;
    try {
      const outcome = await workOne(world, queue, one, instantFromText(now));
      if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.detail}`);
      if (random(8) > 0) seen.add(`${queue} ${one.id}`);
    } catch (fault) {
      if (turns > 3_900) throw fault;
      world.gate.restart(); // it comes again
    }
  }
  throw new Error('the bus is never quiet');
};

const live = async (seed: number): Promise<void> => {
  const random = numbersFrom(seed);
  let isCalm = true;
  const fault = (): Fault | undefined =>
    isCalm || random(40) > 0 ? undefined : (['crash-before', 'crash-after', 'twice'] as const)[random(3)];
  const world = snapshotWorld(gateOf({ fault }));
  await world.setUp();
  isCalm = false;
  const seen = new Set<string>();
  const work = (night: number, hour: string) => workAnyhow(world, random, seen, at(night, hour));
  let [erp, book]: [Book, Book] = [{ ...bulk }, {}];
  for (let night = 0; night < nights; night += 1) {
    erp = nextFile(random, erp, night);
    const what = night === 0 ? 9 : random(10);
    if (what > 0) book = await nightOf(world, random, night, what, erp, book, work);
    if (random(3) === 0) book = await change(world, random, night, book, work);
    expect({ seed, night, book: await bookOf(world, ...accounts) }).toEqual({ seed, night, book });
  }
};

type Work = (night: number, hour: string) => Promise<void>;

/** One file and what the book is after it. */
const nightOf = async (
  world: World,
  random: Random,
  night: number,
  what: number,
  erp: Book,
  book: Book,
  work: Work,
): Promise<Book> => {
  const id = `s${night}`;
  if (what === 1) return shortened(world, id, night, erp, book, work);
  if (what === 2) return shrunk(world, id, night, erp, book, work);
  const refused = Object.keys(erp).filter(() => random(100) === 0);
  const rows = Object.fromEntries(Object.entries(erp).filter(([number]) => !refused.includes(number)));
  const byAccount = Object.groupBy(refused, accountOf) as Record<string, string[]>;
  await arrive(world, id, { asOf: at(night, '05'), open: openOf(rows), refused: byAccount });
  if (what === 3)
    await arrive(world, `${id}-old`, { asOf: at(night, '04'), open: openOf({ a9: 1 }).slice(0, 0) });
  await work(night, '07');
  expect((await stateOf(world, id)).state).toBe('done');
  expect((await feedOf(world)).accepted?.importId).toBe(id);
  if (what === 4) {
    await arrive(world, `${id}-again`, { asOf: at(night, '05'), open: openOf(rows), refused: byAccount });
    await work(night, '08');
    expect((await stateOf(world, `${id}-again`)).because?.code).toBe('snapshot-older');
  }
  const withheld = refused.flatMap((number): [string, number][] =>
    book[number] === undefined ? [] : [[number, book[number]]],
  );
  return { ...rows, ...Object.fromEntries(withheld) };
};

const shortened = async (
  world: World,
  id: string,
  night: number,
  erp: Book,
  book: Book,
  work: Work,
): Promise<Book> => {
  const all = openOf(erp);
  await arrive(world, id, { asOf: at(night, '05'), open: all.slice(0, -2), declared: { rows: all.length } });
  await work(night, '07');
  expect((await stateOf(world, id)).because?.code).toBe('control-total-mismatch');
  return book;
};

/** Held, until a person decides: here nobody does. */
const shrunk = async (
  world: World,
  id: string,
  night: number,
  erp: Book,
  book: Book,
  work: Work,
): Promise<Book> => {
  await arrive(world, id, { asOf: at(night, '05'), open: openOf(erp).slice(0, 2) });
  await work(night, '07');
  expect(await stateOf(world, id)).toMatchObject({ state: 'held', because: { code: 'snapshot-shrank' } });
  return book;
};

/** A delta after the night: an item it knows now has another amount, a new one is there. */
const change = async (world: World, random: Random, night: number, book: Book, work: Work): Promise<Book> => {
  const number = Object.keys(book)[random(Object.keys(book).length)]!;
  const changed: Book = { [number]: 100 + random(5_000), [`cod${night}`]: 700 };
  const lines = Object.entries(changed).map(([one, open]) => ({
    ...{ accountId: accountOf(one), do: 'update' as const, source: 'books' },
    rows: [
      deltaOf(rowOf([accountOf(one), one, open, { original: amountOf(9_000_000) }], 0), at(night, '09')),
    ],
  }));
  await send(world, `d${night}`, 'delta', lines, at(night, '09'));
  await work(night, '10');
  return { ...book, ...changed };
};

it(`${seeds} companies of ${nights} nights: the book is the last accepted file, whatever happened`, async () => {
  for (let seed = 1; seed <= seeds; seed += 1) await live(seed);
}, 120_000);

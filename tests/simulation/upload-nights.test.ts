/**
 * Random nights of files that are uploaded: snapshots with rows that can not be read or cut short, deltas, statements
 * of a bank; each maybe twice, and into a process that dies anywhere. After each night the book is the last accepted
 * snapshot with the deltas after it (B1, B2), money of the bank stands beside it (B3), and reports are what changed.
 * At the end every file is sent again, and nothing changes (I1); a life without a fault ends the same (I3).
 */
import { expect, it } from 'vitest';
import { bai2Text, camtText, mt940Text } from '../formats/bank/examples.ts';
import { bookOf, companyId } from '../functions/erp-exchange/snapshot-world.ts';
import { numbersFrom } from '../support/series.ts';
import { everything } from '../support/test-edge.ts';
import { accountIds, uploadWorld, type Sent, type UploadWorld } from './upload-world.ts';

const nights = 4;
const seeds = process.env['DUNWELL_LONG'] ? 400 : 30;
const first = Number(process.env['DUNWELL_SEED'] ?? 1);
type Random = (below: number) => number;
type Book = Record<string, number>;

const dayOf = (night: number): string => `2026-11-${String(night + 10).padStart(2, '0')}`;
const accountOf = (number: string): string => accountIds.find((id) => id.startsWith(number.slice(0, 2)))!;
const euros = (cents: number): string => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
const bulk: Book = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`bu${n}`, 20_000 + n]));

const nextBook = (random: Random, before: Book, night: number): Book => {
  const kept = Object.entries(before).flatMap(([number, open]): [string, number][] => {
    const what = number.startsWith('bu') ? random(60) : random(8);
    return what === 0 ? [] : [[number, what === 1 ? Math.ceil(open / 2) : open]];
  });
  const fresh = Array.from({ length: 1 + random(4) }, (_, n): [string, number] => [
    `${['ac', 'bo', 'co'][random(3)]}${night}-${n}`,
    100 * (1 + random(90)),
  ]);
  return Object.fromEntries([...kept, ...fresh]);
};

/** What a night sends, what of it is no snapshot of the book, and what the book is when all is done. */
type Night = { files: Sent[]; book: Book; isRefused: boolean };

const snapshotOf = (random: Random, night: number, erp: Book, before: Book): Night => {
  const isShort = night > 0 && random(5) === 0;
  const unread = new Set(Object.keys(erp).filter(() => random(40) === 0));
  const lines = Object.entries(erp).map(([number, open]) => {
    const [account, due] = [accountOf(number), '2026-12-01'];
    return `${number},1,invoice,${account},${account} Ltd,2026-11-01,${due},EUR,${unread.has(number) ? 'some' : euros(open)}`;
  });
  const header = 'number,part,type,account,account_name,document_date,due_date,currency,open_amount';
  const text = [header, ...(isShort ? lines.slice(0, -2) : lines), ''].join('\n');
  const body = {
    kind: 'snapshot',
    name: 'night.csv',
    asOf: `${dayOf(night)}T05:00:00Z`,
    rows: lines.length,
  } as const;
  const withheld = [...unread].flatMap((number) =>
    before[number] === undefined ? [] : [[number, before[number]]],
  );
  const read = Object.entries(erp).filter(([number]) => !unread.has(number));
  return {
    files: [{ text, body, at: `${dayOf(night)}T06:00:00Z` }],
    book: isShort ? before : (Object.fromEntries([...read, ...withheld]) as Book),
    isRefused: isShort,
  };
};

const deltaOf = (random: Random, night: number, book: Book): Night => {
  const number = Object.keys(book)[random(Object.keys(book).length)] ?? 'bu0';
  const changed: Book = { [number]: Math.max(1, Math.floor((book[number] ?? 2) / 2)), [`co${night}-d`]: 700 };
  const header =
    'number,part,type,account,document_date,due_date,currency,original_amount,open_amount,change,changed_at';
  const lines = Object.entries(changed).map(
    ([one, open]) =>
      `${one},1,invoice,${accountOf(one)},2026-11-01,2026-12-01,EUR,90000.00,${euros(open)},upsert,${dayOf(night)}T09:00:00Z`,
  );
  const text = [header, ...lines, ''].join('\n');
  const body = { kind: 'delta', name: 'changes.csv', asOf: `${dayOf(night)}T09:00:00Z` } as const;
  return {
    files: [{ text, body, at: `${dayOf(night)}T10:00:00Z` }],
    book: { ...book, ...changed },
    isRefused: false,
  };
};

/** One line pays an item, one is of nobody known. */
const statementOf = (random: Random, night: number, book: Book): Sent => {
  const [number = 'bu0', open = 100] = Object.entries(book)[random(Object.keys(book).length)] ?? [];
  const bookings = [
    { amount: open, reference: `W${night}A`, text: `Invoice ${number}` },
    { amount: 100 + random(900), reference: `W${night}B`, text: 'thank you' },
  ];
  const intent = { account: 'DE89370400440532013000', day: dayOf(night), opening: 10_000, bookings };
  const [format, write] = (
    [
      ['camt053', camtText],
      ['mt940', mt940Text],
      ['bai2', bai2Text],
    ] as const
  )[random(3)]!;
  const body = { kind: 'bankStatement', name: `bank.${format}`, format, source: 'bank' } as const;
  return { text: write(intent), body, at: `${dayOf(night)}T11:00:00Z` };
};

/** The files of a life are drawn apart from its faults, so that it can be lived without them. */
const planOf = (seed: number): { nights: Night[][] } => {
  const random = numbersFrom(seed);
  let [erp, book]: [Book, Book] = [{ ...bulk }, {}];
  return {
    nights: Array.from({ length: nights }, (_, night) => {
      erp = nextBook(random, erp, night);
      const snapshot = snapshotOf(random, night, erp, book);
      const delta = random(2) === 0 ? [deltaOf(random, night, snapshot.book)] : [];
      const { book: after } = delta[0] ?? snapshot;
      const bank = { files: [statementOf(random, night, after)], book: after, isRefused: false };
      book = after;
      erp = Object.fromEntries(Object.entries({ ...erp, ...(delta[0] ? after : {}) }));
      return [snapshot, ...delta, bank];
    }),
  };
};

const endOf = async ({ world, receipts }: UploadWorld, ids: readonly string[]) => ({
  book: await bookOf(world, ...accountIds),
  imports: await Promise.all(
    ids.map(async (importId) => {
      const key = { companyId, importId };
      const { document } = (await world.imports.load(everything, key))!;
      const { state, because, counts, rejectedBy, sums, sha256, by } = document;
      const results = (await world.imports.results(everything, key)).toSorted((a, b) =>
        a.part < b.part ? -1 : 1,
      );
      const { rows } = await world.imports.rejected(everything, key, { limit: 100 });
      return { state, because, counts, rejectedBy, sums, sha256, by, rows, results };
    }),
  ),
  money: (await receipts()).map(({ amount, free, standing }) => ({ amount, free, standing })),
});

const live = async (seed: number, chance: number) => {
  const random = numbersFrom(seed + 1_000_000);
  const uploads = uploadWorld(random, chance);
  await uploads.begin();
  const [sent, ids]: [Sent[], string[]] = [[], []];
  for (const [night, parts] of planOf(seed).nights.entries())
    for (const { files, book, isRefused } of parts) {
      for (const file of files) {
        const importId = await uploads.send(file);
        ids.push(importId);
        sent.push(file);
        await uploads.settle(`${dayOf(night)}T12:00:00Z`, chance === 0 ? [] : [file]);
        const { document } = (await uploads.world.imports.load(everything, { companyId, importId }))!;
        expect([seed, night, document.kind, document.state === 'refused']).toEqual([
          seed,
          night,
          document.kind,
          isRefused,
        ]);
      }
      expect({ seed, night, book: await bookOf(uploads.world, ...accountIds) }).toEqual({
        seed,
        night,
        book,
      });
    }
  const end = await endOf(uploads, ids);
  uploads.calm();
  for (const file of sent) await uploads.send(file);
  await uploads.settle(`${dayOf(nights)}T12:00:00Z`, []);
  expect(await endOf(uploads, ids), `seed ${seed}: all files sent again`).toEqual(end);
  return { end, steps: uploads.steps() };
};

it(`${seeds} lives from seed ${first}: uploads end as if nothing had failed, and nothing is broken on the way`, async () => {
  let steps = 0;
  for (let seed = first; seed < first + seeds; seed += 1) {
    const [troubled, calm] = [await live(seed, 25), await live(seed, 0)];
    expect(troubled.end, `seed ${seed}`).toEqual(calm.end);
    steps += troubled.steps;
  }
  expect(steps).toBeGreaterThan(seeds * nights * 4);
}, 600_000);

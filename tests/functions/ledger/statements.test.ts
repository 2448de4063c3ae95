/**
 * Statements (R162) of an account, a site and a group, open-item and balance-forward, in two currencies, as it was
 * known then and as corrected since: the numbers are worked out by hand from the story below, and agree with the items
 * of the ledger at that day.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { readExport } from '../../../functions/ledger/read-export.ts';
import { readGroupStatement } from '../../../functions/ledger/read-group-statement.ts';
import { readStatement } from '../../../functions/ledger/read-statement.ts';
import { readOwnAccount } from '../../../functions/portal/read-own.ts';
import { groupStatementQuery, statementQuery } from '../../../shared/contracts/statements.ts';
import { exportQuery } from '../../../shared/contracts/exports.ts';
import { textOfInstant } from '../../../shared/domain/calendar.ts';
import { day, money } from '../../support/account-examples.ts';
import { memoryGroups } from '../../support/memory/group-store.ts';
import { readXlsx } from './read-sheet.ts';
import { all, north, now, readWorld, south, type ReadWorld } from './read-world.ts';

let world: ReadWorld;
let groups: ReturnType<typeof memoryGroups>;

/**
 * north: A 100.00, B 250.00 and credit C -30.00 EUR, U 80.00 USD; 50.00 of B paid on the 10th, 20.00 of U on the 12th.
 * Booked late: L 40.00 EUR for the 9th (told on the 18th), V 15.00 USD for the 11th (told on the 19th), 2.00 discount
 * of A for the 11th (told on the 20th). south: D 500.00 EUR, E 10.00 USD; 100.00 of D paid on the 14th, 5.00 discount
 * of D for the 13th told on the 21st.
 */
beforeEach(async () => {
  world = await readWorld();
  const { post, clear, parts } = world;
  const sized = (size: number, site: string, currency = 'EUR') => ({
    ...{ original: money(size), open: money(size), currency, parties: { site } },
  });
  await post(north, 'A', sized(10_000, 'Bremen'));
  await post(north, 'B', sized(25_000, 'Kiel'));
  await post(north, 'U', sized(8_000, 'Bremen', 'USD'));
  await post(north, 'C', { ...sized(-3_000, 'Bremen'), kind: 'creditNote' }, '2026-03-05');
  await clear(north, 'B', { by: 'payment', amount: 5_000, on: '2026-03-10' });
  await clear(north, 'U', { by: 'payment', amount: 2_000, on: '2026-03-12' });
  await post(north, 'L', { ...sized(4_000, 'Kiel'), postedOn: day('2026-03-09') }, '2026-03-18');
  await post(north, 'V', { ...sized(1_500, 'Bremen', 'USD'), postedOn: day('2026-03-11') }, '2026-03-19');
  await clear(north, 'A', { by: 'discount', amount: 200, on: '2026-03-11', knownOn: '2026-03-20' });
  await post(south, 'D', sized(50_000, 'Lund'));
  await post(south, 'E', sized(1_000, 'Lund', 'USD'));
  await clear(south, 'D', { by: 'payment', amount: 10_000, on: '2026-03-14' });
  await clear(south, 'D', { by: 'discount', amount: 500, on: '2026-03-13', knownOn: '2026-03-21' });
  groups = memoryGroups(parts.accounts);
  const change = { by: 'tenant:setup', at: '2026-01-01T00:00:00Z', reason: 'set up' };
  await groups.save(all, 0, { groupId: 'g', name: 'North Group', members: [north, south], ...change });
});

const days = { from: '2026-03-10', to: '2026-03-15' };
type Of = 'account' | 'site' | 'group';

const file = async (of: Of, query: object) => {
  const parts = { ...world.parts, groups };
  const call = { scope: all, now };
  const asked = { ...days, ...query, ...(of === 'site' ? { site: 'Bremen' } : {}) };
  const answer =
    of === 'group'
      ? await readGroupStatement(parts, 'g', groupStatementQuery.parse(asked), call)
      : await readStatement(parts, north, statementQuery.parse(asked), call);
  if (!answer.ok) throw new Error(answer.code);
  const { bytes, fileName, headers = () => ({}) } = answer.value;
  return { bytes: bytes as Uint8Array, fileName, headers: headers() as Record<string, string> };
};

type Own = { lines?: { on: string; amount: number }[]; items?: { number: string; open: number }[] };
type Part = Own & { currency: string; opening?: number; closing: number; accounts?: Own[] };

/** One currency in a line: opening, what moved, closing; or what is open, closing. */
const told = ({ currency, opening, closing, lines, items, accounts }: Part): string => {
  const own = accounts ?? [{ lines, items }];
  const open = own.flatMap((one) => one.items ?? []).map((item) => `${item.number} ${item.open}`);
  const moved = own.flatMap((one) => one.lines ?? []).map((line) => `${line.on.slice(8)} ${line.amount}`);
  const middle = opening === undefined ? open : moved;
  return [currency, ...(opening === undefined ? [] : [`from ${opening}`]), ...middle, `to ${closing}`].join(
    ' | ',
  );
};

const statement = async (of: Of, query: object): Promise<string[]> => {
  const body = JSON.parse(new TextDecoder().decode((await file(of, query)).bytes)) as Record<string, unknown>;
  return ((body['currencies'] ?? body['parts']) as Part[]).map(told);
};

describe('what was open at the end of 15 March', () => {
  it.each<[Of, 'known' | 'corrected', string[]]>([
    ['account', 'known', ['EUR | A 10000 | B 20000 | C -3000 | to 27000', 'USD | U 6000 | to 6000']],
    [
      'account',
      'corrected',
      ['EUR | A 9800 | B 20000 | C -3000 | L 4000 | to 30800', 'USD | U 6000 | V 1500 | to 7500'],
    ],
    ['site', 'known', ['EUR | A 10000 | C -3000 | to 7000', 'USD | U 6000 | to 6000']],
    ['site', 'corrected', ['EUR | A 9800 | C -3000 | to 6800', 'USD | U 6000 | V 1500 | to 7500']],
    [
      'group',
      'known',
      ['EUR | A 10000 | B 20000 | C -3000 | D 40000 | to 67000', 'USD | U 6000 | E 1000 | to 7000'],
    ],
    [
      'group',
      'corrected',
      [
        'EUR | A 9800 | B 20000 | C -3000 | L 4000 | D 39500 | to 70300',
        'USD | U 6000 | V 1500 | E 1000 | to 8500',
      ],
    ],
  ])('of %s, %s', async (of, view, expected) => {
    expect(await statement(of, { style: 'open-item', view })).toEqual(expected);
  });
});

describe('what moved from 10 to 15 March', () => {
  it.each<[Of, 'known' | 'corrected', string[]]>([
    ['account', 'known', ['EUR | from 32000 | 10 -5000 | to 27000', 'USD | from 8000 | 12 -2000 | to 6000']],
    [
      'account',
      'corrected',
      ['EUR | from 36000 | 10 -5000 | 11 -200 | to 30800', 'USD | from 8000 | 11 1500 | 12 -2000 | to 7500'],
    ],
    ['site', 'known', ['EUR | from 7000 | to 7000', 'USD | from 8000 | 12 -2000 | to 6000']],
    [
      'site',
      'corrected',
      ['EUR | from 7000 | 11 -200 | to 6800', 'USD | from 8000 | 11 1500 | 12 -2000 | to 7500'],
    ],
    [
      'group',
      'known',
      ['EUR | from 82000 | 10 -5000 | 14 -10000 | to 67000', 'USD | from 9000 | 12 -2000 | to 7000'],
    ],
    [
      'group',
      'corrected',
      [
        'EUR | from 86000 | 10 -5000 | 11 -200 | 13 -500 | 14 -10000 | to 70300',
        'USD | from 9000 | 11 1500 | 12 -2000 | to 8500',
      ],
    ],
  ])('of %s, %s', async (of, view, expected) => {
    expect(await statement(of, { style: 'balance-forward', view })).toEqual(expected);
  });
});

/** Open amounts of the items of the ledger as of 15 March, by currency. */
const ledgerOn = async (of: Of, view: string): Promise<string[]> => {
  const call = { scope: all, keepScope: all, callerId: 'tenant:cm', now, sees: () => 'plain' as const };
  const asked = exportQuery.parse({ company: 'acme', asOf: days.to, view });
  const answer = await readExport(world.parts, 'items', asked, call);
  if (!answer.ok) throw new Error(answer.code);
  const [columns = [], ...rows] = new TextDecoder()
    .decode(answer.value.bytes as Uint8Array)
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
  const sums = new Map<string, number>();
  for (const row of rows) {
    const value = (name: string) => row[columns.indexOf(name)] ?? '';
    if (of !== 'group' && value('account') !== 'north') continue;
    if (of === 'site' && value('site') !== 'Bremen') continue;
    sums.set(value('currency'), (sums.get(value('currency')) ?? 0) + Number(value('open')));
  }
  return [...sums].toSorted().map(([currency, sum]) => `${currency} to ${sum}`);
};

describe('to the cent', () => {
  it.each<[Of, 'known' | 'corrected']>([
    ['account', 'known'],
    ['account', 'corrected'],
    ['site', 'known'],
    ['site', 'corrected'],
    ['group', 'known'],
    ['group', 'corrected'],
  ])('both styles of %s, %s, close with what the ledger has open that day', async (of, view) => {
    const closings = async (style: string): Promise<string[]> =>
      (await statement(of, { style, view })).map((one) => `${one.slice(0, 3)} ${one.split(' | ').at(-1)}`);
    const ledger = await ledgerOn(of, view);
    expect(ledger).toHaveLength(2);
    expect(await closings('open-item')).toEqual(ledger);
    expect(await closings('balance-forward')).toEqual(ledger);
  });
});

it('the customer reads the same balance in the portal, to the cent', async () => {
  const today = { to: textOfInstant(now).slice(0, 10), style: 'open-item', view: 'corrected' };
  const stated = (await statement('account', today)).map(
    (one) => `${one.slice(0, 3)} ${one.split(' | ').at(-1)}`,
  );
  const asked = { scope: all, systemScope: all, now };
  const provider = { accounts: () => [] };
  const page = await readOwnAccount({ ...world.parts, provider } as never, asked, north);
  if (!page.ok) throw new Error(page.code);
  const shown = page.value.balances.map(({ currency, open }) => `${currency} to ${open}`);
  expect(shown.toSorted()).toEqual(stated.toSorted());
  expect(shown).toHaveLength(2);
});

describe('as of when, of which ledger, how many rows', () => {
  it.each<[Of, 'open-item' | 'balance-forward', number, number]>([
    ['account', 'open-item', 9, 6],
    ['account', 'balance-forward', 9, 6],
    ['site', 'open-item', 9, 4],
    ['site', 'balance-forward', 9, 5],
    ['group', 'open-item', 13, 8],
    ['group', 'balance-forward', 13, 10],
  ])('a statement of %s, %s, says so beside the file and in it', async (of, style, version, rows) => {
    const json = await file(of, { style });
    const exportId = json.headers['x-export-id']!;
    expect(exportId).toMatch(/^[0-9a-f]{32}$/);
    const says = {
      ...{ asOf: '2026-03-15', statedAt: '2026-04-20T10:00:00Z', view: 'corrected' },
      ...{ ledgerVersion: version, rowCount: rows, exportId },
    };
    expect(JSON.parse(new TextDecoder().decode(json.bytes))).toMatchObject(says);
    const csv = await file(of, { style, format: 'csv' });
    const lines = new TextDecoder().decode(csv.bytes).trimEnd().split('\r\n');
    expect(lines).toHaveLength(rows + 1);
    expect(lines[0]?.split(',').slice(-6)).toEqual(Object.keys(says));
    for (const line of lines.slice(1))
      expect(line.split(',').slice(-6)).toEqual(Object.values(says).map(String));
    const xlsx = await file(of, { style, format: 'xlsx' });
    expect(await readXlsx(xlsx.bytes)).toHaveLength(rows + 1);
    expect(await readXlsx(xlsx.bytes, 'about')).toEqual(
      Object.entries(says).map(([name, value]) => [name, String(value)]),
    );
    for (const { headers } of [json, csv, xlsx])
      expect(headers).toEqual({
        ...{ 'x-as-of': says.asOf, 'x-exported-at': says.statedAt },
        ...{ 'x-ledger-version': String(version), 'x-row-count': String(rows) },
        'x-export-id': exportId,
      });
    for (const { fileName } of [csv, xlsx]) expect(fileName).toContain(`v${version}-${rows}-rows`);
  });

  it.each<Of>(['account', 'site', 'group'])(
    'the export id of a statement of %s names its content: the same again has it, another day, style or view has not',
    async (of) => {
      const idOf = async (query: Parameters<typeof file>[1]) =>
        (await file(of, query)).headers['x-export-id'];
      const first = await idOf({ style: 'open-item' });
      expect(await idOf({ style: 'open-item', format: 'csv' })).toBe(first);
      const others = [
        await idOf({ style: 'balance-forward' }),
        await idOf({ style: 'open-item', view: 'known' }),
        await idOf({ style: 'open-item', to: '2026-03-14' }),
      ];
      expect(new Set([first, ...others]).size).toBe(4);
    },
  );
});

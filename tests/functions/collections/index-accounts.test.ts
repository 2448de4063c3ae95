/**
 * The search index follows the ledger: twice, out of order, renamed, amended, given away; and who finds what.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { indexAccounts } from '../../../functions/collections/index-accounts.ts';
import { runSearch } from '../../../functions/collections/run-search.ts';
import type { ArEvent } from '../../../shared/contracts/messages.ts';
import type { AccountKey } from '../../../shared/domain/account.ts';
import type { Fact } from '../../../shared/domain/facts.ts';
import { amendItem } from '../../../shared/domain/post-item.ts';
import type { Scope } from '../../../shared/domain/scope.ts';
import { scopeOver } from '../../../shared/domain/scope.ts';
import { day, factsOf, money } from '../../support/account-examples.ts';
import { memorySearch } from '../../support/memory/search-index.ts';
import { Crash, gateOf, withFaults } from '../../support/faults.ts';
import { all, ann, idOf, north, readWorld, south, type ReadWorld } from '../ledger/read-world.ts';

let world: ReadWorld;
let search: ReturnType<typeof memorySearch>;
beforeEach(async () => {
  [world, search] = [await readWorld(), memorySearch()];
});

const eventsOf = async (key: AccountKey, isLarge = false): Promise<ArEvent[]> =>
  (await world.parts.accounts.entries(all, key, { afterVersion: 0, limit: 100 })).map((entry) => ({
    ...{ v: 1, ...key, version: entry.version, at: entry.at },
    kinds: entry.facts.map(({ kind }) => kind),
    ...(isLarge ? {} : { facts: entry.facts as never }),
  }));
const index = (events: ArEvent[]) => indexAccounts(events, all, { accounts: world.parts.accounts, search });
const find = async (q: string, scope: Scope = all): Promise<string[] | string> => {
  const outcome = await runSearch({ search, settings: world.parts.settings }, { company: 'acme', q }, scope);
  return outcome.ok
    ? outcome.value.hits.map(({ account, item, field }) => `${account} ${item ?? '-'} ${field}`)
    : outcome.code;
};
const all3 = async () => {
  const references = { purchaseOrder: 'PO-77', order: '5000123', delivery: 'L-9' };
  await world.post(north, 'RE-0012/26', { references, original: money(123_456), open: money(123_456) });
  await world.post(south, 'RE-0013/26');
  await world.say(north, [{ kind: 'accountAssigned', to: 'ann', on: day('2026-03-02') }]);
};
const named = (masterData: string): Fact => ({ kind: 'masterDataNoted', masterData, on: day('2026-03-02') });

describe('search finds', () => {
  it.each([
    ['a number as anybody writes it', 're 12 26', ['north item:invoice:RE-0012/26 number']],
    [
      'how a number begins',
      're-1',
      ['north item:invoice:RE-0012/26 number', 'south item:invoice:RE-0013/26 number'],
    ],
    ['a purchase order', 'po77', ['north item:invoice:RE-0012/26 purchaseOrder']],
    ['an order', '5000123', ['north item:invoice:RE-0012/26 order']],
    ['a delivery', 'L-9', ['north item:invoice:RE-0012/26 delivery']],
    ['an amount', '1,234.56', ['north item:invoice:RE-0012/26 amount']],
    ['an amount with a comma', '1.234,56', ['north item:invoice:RE-0012/26 amount']],
    ['an amount in a currency', '1234.56 EUR', ['north item:invoice:RE-0012/26 amount']],
    ['no amount of another currency', '1234.56 USD', []],
    ['an account', 'north', ['north - account']],
    ['nothing', 'zzz', []],
  ])('%s', async (_what, query, expected) => {
    await all3();
    await index([...(await eventsOf(north)), ...(await eventsOf(south))]);
    expect(await find(query)).toEqual(expected);
  });

  it('customers by any word of their name', async () => {
    await world.post(north, 'A1');
    await world.say(north, [named('contact:master:1')], '2026-03-02', { name: 'Nordwind Handels GmbH' });
    await index(await eventsOf(north));
    for (const query of ['nordwind', 'Handels', 'handels gm'])
      expect(await find(query)).toEqual(['north - name']);
  });
});

describe('the index', () => {
  it.each<[string, (events: ArEvent[]) => ArEvent[]]>([
    ['twice', (events) => [...events, ...events]],
    ['backwards', (events) => events.toReversed()],
  ])('is the same for events that come %s, one by one', async (_how, order) => {
    await all3();
    await world.say(north, [named('contact:master:1')], '2026-03-02', { name: 'Nordwind' });
    const events = await eventsOf(north);
    await index(events);
    const expected = await search.ofAccount(all, north);
    search = memorySearch();
    for (const event of order(events)) await index([event]);
    const documents = await search.ofAccount(all, north);
    const sorted = (list: object[]) => list.map((one) => JSON.stringify(one)).toSorted();
    expect(sorted(documents)).toEqual(sorted(expected));
  });

  it('reads entries whose facts were too large to be sent', async () => {
    await all3();
    await index(await eventsOf(north, true));
    expect(await find('re12')).toEqual(['north item:invoice:RE-0012/26 number']);
  });

  it('forgets an old purchase order and an old name', async () => {
    await all3();
    await world.say(north, [named('contact:master:1')], '2026-03-02', { name: 'Nordwind' });
    await index(await eventsOf(north));
    const { account } = await world.parts.accounts.load(all, north, [idOf('RE-0012/26')]);
    const references = { purchaseOrder: 'PO-88' };
    await world.say(
      north,
      factsOf(amendItem(account, idOf('RE-0012/26'), { references }, day('2026-03-03'))),
    );
    await world.say(north, [named('contact:master:1')], '2026-03-03', { name: 'Suedwind' });
    const events = await eventsOf(north);
    await index(events);
    for (const event of events) await index([event]);
    expect([await find('po77'), await find('nordwind')]).toEqual([[], []]);
    expect(await find('po88')).toEqual(['north item:invoice:RE-0012/26 purchaseOrder']);
    expect(await find('suedwind')).toEqual(['north - name']);
  });

  it('shows a collector what is assigned to them, from the event on that says so', async () => {
    await all3();
    await index([...(await eventsOf(north)), ...(await eventsOf(south))]);
    expect(await find('re-1', ann)).toEqual(['north item:invoice:RE-0012/26 number']);
    await world.say(north, [{ kind: 'accountAssigned', to: 'bob', on: day('2026-03-04') }]);
    await world.say(south, [{ kind: 'accountAssigned', to: 'ann', on: day('2026-03-04') }]);
    await index([...(await eventsOf(north)), ...(await eventsOf(south))]);
    expect(await find('re-1', ann)).toEqual(['south item:invoice:RE-0013/26 number']);
    expect(await find('north', ann)).toEqual([]);
  });

  it('finds the account of a number for money, and nothing outside the scope', async () => {
    await all3();
    await index([...(await eventsOf(north)), ...(await eventsOf(south))]);
    const found = await search.findByNumber(all, 'acme', ['RE 13 26', 'x1']);
    expect(found).toEqual([{ accountId: 'south', itemId: idOf('RE-0013/26'), number: 'RE-0013/26' }]);
    expect(await search.findByNumber(ann, 'acme', ['RE 13 26'])).toEqual([]);
  });

  it('touches no store for events that change nothing searchable', async () => {
    await all3();
    await world.clear(north, 'RE-0012/26', { by: 'payment', amount: 1_000, on: '2026-03-05' });
    const isCalm = ({ kinds }: ArEvent) => kinds.every((kind) => kind === 'itemReduced');
    for (const isLarge of [false, true]) {
      const calm = (await eventsOf(north, isLarge)).filter(isCalm);
      expect(calm).toHaveLength(1);
      const gate = gateOf({ counts: () => true });
      const accounts = withFaults(world.parts.accounts, gate, 'accounts');
      await indexAccounts(calm, all, { accounts, search: withFaults(search, gate, 'search') });
      expect(gate.calls).toEqual([]);
    }
  });

  it('reads no account for new items of one it knows', async () => {
    await all3();
    await index(await eventsOf(north));
    await world.post(north, 'RE-0014/26');
    const [newest] = (await eventsOf(north)).slice(-1);
    const gate = gateOf({ counts: () => true });
    const accounts = withFaults(world.parts.accounts, gate, 'accounts');
    await indexAccounts([newest!], all, { accounts, search: withFaults(search, gate, 'search') });
    expect(gate.calls).toEqual(['search.accounts', 'search.create', 'search.accounts']);
    expect(await find('re14', ann)).toEqual(['north item:invoice:RE-0014/26 number']);
  });

  it('mends items of an account that was given away while they were written', async () => {
    await all3();
    await index(await eventsOf(north));
    await world.post(north, 'RE-0014/26');
    await world.say(north, [{ kind: 'accountAssigned', to: 'bob', on: day('2026-03-04') }]);
    const [posted, given] = (await eventsOf(north)).slice(-2);
    const slow: typeof search = {
      ...search,
      create: async (...call) => {
        await index([given!]);
        return search.create(...call);
      },
    };
    await indexAccounts([posted!], all, { accounts: world.parts.accounts, search: slow });
    expect(await find('re14', ann)).toEqual([]);
  });

  it.each(Array.from({ length: 8 }, (_, n) => n + 1))(
    'is whole when it died after effect %i and the events came again',
    async (number) => {
      await all3();
      const first = await eventsOf(north);
      await index(first.slice(0, 1));
      await world.say(north, [{ kind: 'accountAssigned', to: 'bob', on: day('2026-03-04') }]);
      const events = await eventsOf(north);
      const gate = gateOf({
        counts: (operation) => operation.startsWith('search.'),
        fault: (passing) => (passing.number === number ? 'crash-after' : undefined),
      });
      const failing = withFaults(search, gate, 'search');
      const run = indexAccounts(events, all, { accounts: world.parts.accounts, search: failing });
      await run.catch((fault: unknown) => expect(fault).toBeInstanceOf(Crash));
      await index(events);
      const owners = (await search.ofAccount(all, north)).map(({ assignedTo }) => assignedTo);
      expect(owners).toEqual(['bob', 'bob']);
    },
  );

  it('is not there for whoever does not reach the company', async () => {
    expect(await find('north', scopeOver(['other']))).toBe('not-found');
    expect(await find('north', scopeOver([]))).toBe('not-found');
  });
});

/**
 * What every `SearchIndex` promises of items that one entry posted together; part of `search-index.suite.ts`.
 */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { scopeOf, scopeOver, type AccountRule } from '../../shared/domain/scope.ts';
import type { SearchDocument } from '../../shared/domain/search-tokens.ts';
import type { SearchIndex } from '../../shared/ports/search-index.ts';
import { foundIn, numberOf } from './search-index.suite.ts';

const all = scopeOver('all');
const fresh = () => `c-${randomUUID()}`;

export const packsSuite = (index: () => SearchIndex): void => {
  const found = foundIn(index);
  /** What one entry posted to an account. */
  const postedBy = (entry: number, ...documents: SearchDocument[]) =>
    documents.map((one) => ({ ...one, entry }));

  it('finds of what came together each by its own, and nothing beside', async () => {
    const companyId = fresh();
    const texts = (number: string, order: string) => [
      { field: 'number' as const, text: number },
      { field: 'order' as const, text: order },
    ];
    const documents = [
      numberOf(companyId, 'a', '4711', { texts: texts('4711', 'B-500') }),
      numberOf(companyId, 'a', '4712', { texts: texts('4712', 'B-600') }),
      numberOf(companyId, 'a', '4800', { texts: texts('4800', 'B-600') }),
    ];
    expect(await index().create(all, postedBy(7, ...documents))).toEqual([]);
    const numbers = async (query: string) =>
      (await found(companyId, query)).map(({ texts: [one] }) => one?.text);
    expect(await numbers('4800')).toEqual(['4800']);
    expect((await numbers('471')).toSorted()).toEqual(['4711', '4712']);
    expect((await numbers('b600')).toSorted()).toEqual(['4712', '4800']);
    expect(await index().findByNumber(all, companyId, ['4712'])).toEqual([
      { accountId: 'a', itemId: 'item:invoice:4712', number: '4712' },
    ]);
    expect(await index().ofAccount(all, { companyId, accountId: 'a' })).toEqual(documents);
  });

  it('creates once what comes again with others, and says so', async () => {
    const companyId = fresh();
    const [first, more] = [
      ['1', '2'],
      ['3', '4', '5'],
    ].map((some) => some.map((number) => numberOf(companyId, 'a', `100${number}`))) as [
      SearchDocument[],
      SearchDocument[],
    ];
    await index().create(all, postedBy(5, ...first));
    const there = await index().create(all, [...postedBy(5, ...first), ...postedBy(6, ...more)]);
    expect(there.map(({ itemId }) => itemId)).toEqual(first.map(({ itemId }) => itemId));
    expect(await found(companyId, '100')).toHaveLength(5);
  });

  it.each([
    ['of one page', [10]],
    ['of another size', [3]],
    ['of sizes that change', [10, 3, 1, 7]],
  ])('pages what came together without losing or doubling any, with limits %s', async (_what, limits) => {
    const companyId = fresh();
    const documents = Array.from({ length: 66 }, (_, n) => numberOf(companyId, `a${n % 2}`, `${70_000 + n}`));
    await index().create(
      all,
      documents.map((one, n) => ({ ...one, entry: n < 50 ? 1 : 2 + (n % 3) })),
    );
    const seen: string[] = [];
    let [after, turn]: [string | undefined, number] = [undefined, 0];
    do {
      const limit = limits[turn++ % limits.length]!;
      const goOn = after === undefined ? {} : { after };
      const page = await index().find(all, companyId, { token: '70', isExact: false }, { limit, ...goOn });
      expect(page.documents.length).toBeLessThanOrEqual(limit);
      seen.push(...page.documents.map(({ itemId = '' }) => itemId));
      after = page.after;
    } while (after !== undefined);
    expect(seen.toSorted()).toEqual(documents.map(({ itemId = '' }) => itemId).toSorted());
  });

  it.each<[string, 'after' | 'before']>([
    ['after', 'after'],
    ['before', 'before'],
  ])('shows what is put as it was put, also %s it came with others', async (_when, when) => {
    const companyId = fresh();
    const came = ['81001', '81002', '81003'].map((number) => numberOf(companyId, 'a', number));
    const amended = { ...came[1]!, texts: [{ field: 'number' as const, text: '99002' }] };
    if (when === 'before') await index().put(all, [amended]);
    const there = await index().create(all, postedBy(3, ...came));
    expect(there).toHaveLength(when === 'before' ? 1 : 0);
    if (when === 'after') await index().put(all, [amended]);
    expect(await found(companyId, '81002')).toEqual([]);
    expect(await found(companyId, '99002')).toEqual([amended]);
    await index().create(all, postedBy(3, ...came));
    expect(await found(companyId, '81002')).toEqual([]);
    expect(await index().ofAccount(all, { companyId, accountId: 'a' })).toHaveLength(3);
  });

  it('gives what came together other owners, and shows an agency of it what it was lent', async () => {
    const companyId = fresh();
    const came = ['55001', '55002'].map((number) => numberOf(companyId, 'a', number, { assignedTo: 'ann' }));
    await index().create(all, [...postedBy(3, ...came), numberOf(companyId, 'a', '55003')]);
    const scope = (accounts: AccountRule) => scopeOf([{ companies: [companyId], accounts }]);
    const numbersFor = async (rule: AccountRule) =>
      (await found(companyId, '550', 2, scope(rule)))
        .flatMap(({ texts: [one] }) => one?.text ?? [])
        .toSorted();
    expect(await numbersFor({ by: 'collector', ids: ['ann'] })).toEqual(['55001', '55002']);
    await index().own(all, await index().ofAccount(all, { companyId, accountId: 'a' }), {
      assignedTo: 'bob',
    });
    expect(await numbersFor({ by: 'collector', ids: ['ann'] })).toEqual([]);
    expect(await numbersFor({ by: 'collector', ids: ['bob'] })).toEqual(['55001', '55002', '55003']);
    const lent: AccountRule = { by: 'grant', accountId: 'a', itemIds: ['item:invoice:55002'] };
    expect(await numbersFor(lent)).toEqual(['55002']);
  });
};

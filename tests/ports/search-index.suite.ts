/**
 * What every `SearchIndex` promises, run on memory and on the real adapter alike.
 */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { scopeOf, scopeOver, type AccountRule } from '../../shared/domain/scope.ts';
import { lookupsOf, type SearchDocument } from '../../shared/domain/search-tokens.ts';
import type { SearchIndex } from '../../shared/ports/search-index.ts';
import { packsSuite } from './search-packs.suite.ts';

const all = scopeOver('all');

export const numberOf = (
  companyId: string,
  accountId: string,
  number: string,
  more: Partial<SearchDocument> = {},
): SearchDocument => ({
  ...{ companyId, accountId, itemId: `item:invoice:${number}`, texts: [{ field: 'number', text: number }] },
  ...more,
});
const accountOf = (companyId: string, accountId: string, owners: Partial<SearchDocument> = {}) => ({
  ...{ companyId, accountId, texts: [{ field: 'account' as const, text: accountId }] },
  ...owners,
});

/** All pages of all a query may mean. */
export const foundIn =
  (index: () => SearchIndex) =>
  async (companyId: string, query: string, limit = 10, scope = all) => {
    const documents: SearchDocument[] = [];
    for (const lookup of lookupsOf(query)) {
      let after: string | undefined;
      do {
        const mark = after === undefined ? {} : { after };
        const page = await index().find(scope, companyId, lookup, { limit, ...mark });
        expect(page.documents.length).toBeLessThanOrEqual(limit);
        documents.push(...page.documents);
        after = page.after;
      } while (after !== undefined);
    }
    return documents;
  };

export const searchIndexSuite = (index: () => SearchIndex): void => {
  packsSuite(index);
  const fresh = () => `c-${randomUUID()}`;
  const found = foundIn(index);
  const accountsOf = (documents: readonly SearchDocument[]) =>
    documents.map(({ accountId }) => accountId).toSorted();

  it('finds what is just so or begins so', async () => {
    const companyId = fresh();
    await index().create(
      all,
      ['4711', '4712', '4800'].map((number) => numberOf(companyId, `a${number}`, number)),
    );
    expect(accountsOf(await found(companyId, '471'))).toEqual(['a4711', 'a4712']);
    expect(accountsOf(await found(companyId, '4800'))).toEqual(['a4800']);
    expect(await found(companyId, '999')).toEqual([]);
  });

  it('finds a document by each of its fields, and why', async () => {
    const companyId = fresh();
    const texts = [
      { field: 'number' as const, text: 'RE-1' },
      { field: 'delivery' as const, text: 'LS 0042' },
      { field: 'amount' as const, text: '-123456 EUR' },
    ];
    await index().create(all, [numberOf(companyId, 'a', 'RE-1', { texts })]);
    for (const query of ['RE-1', 'ls 42', '1,234.56', '1234.56 eur'])
      expect(accountsOf(await found(companyId, query))).toEqual(['a']);
    for (const query of ['1234.56 usd', '42', 'RE']) expect(await found(companyId, query)).toEqual([]);
  });

  it('creates what is not there, leaves what is, and says which', async () => {
    const companyId = fresh();
    const first = ['1001', '1002'].map((number) => numberOf(companyId, 'a', number));
    expect(await index().create(all, first)).toEqual([]);
    const again = ['1002', '1003'].map((number) => numberOf(companyId, 'a', number, { assignedTo: 'ann' }));
    expect(await index().create(all, again)).toEqual([again[0]]);
    const kept = await index().ofAccount(all, { companyId, accountId: 'a' });
    expect(kept.map(({ itemId, assignedTo }) => [itemId, assignedTo]).toSorted()).toEqual([
      ['item:invoice:1001', undefined],
      ['item:invoice:1002', undefined],
      ['item:invoice:1003', 'ann'],
    ]);
  });

  it('takes more documents than one batch holds, of many accounts', async () => {
    const companyId = fresh();
    const documents = Array.from({ length: 250 }, (_, n) =>
      numberOf(companyId, `a${n % 3}`, `RE-${1000 + n}`),
    );
    await index().create(all, documents);
    expect(await found(companyId, 're1', 100)).toHaveLength(250);
  });

  it('keeps the same thing once, with what was put last', async () => {
    const companyId = fresh();
    await index().put(all, [numberOf(companyId, 'a', 'RE-77123')]);
    const texts = [{ field: 'number' as const, text: 'RE-77123' }];
    await index().put(all, [numberOf(companyId, 'a', 'RE-77123', { texts, assignedTo: 'ann' })]);
    expect(await found(companyId, 're77')).toMatchObject([{ texts, assignedTo: 'ann' }]);
  });

  it('gives documents other owners and changes nothing else', async () => {
    const companyId = fresh();
    const owners = { assignedTo: 'ann', salesOwners: ['sue'] };
    const documents = ['1', '2'].map((number) => numberOf(companyId, 'a', `900${number}`, owners));
    await index().create(all, documents);
    await index().own(all, [documents[0]!], { assignedTo: 'bob' });
    const { salesOwners: _, ...rest } = documents[0]!;
    const kept = await found(companyId, '900');
    expect(kept).toHaveLength(2);
    expect(kept).toEqual(expect.arrayContaining([{ ...rest, assignedTo: 'bob' }, documents[1]]));
  });

  it('hands back the documents of accounts themselves', async () => {
    const companyId = fresh();
    const accounts = ['a', 'b', 'c'].map((id) => accountOf(companyId, id, { assignedTo: `of ${id}` }));
    await index().put(all, [...accounts, numberOf(companyId, 'a', '1')]);
    const there = await index().accounts(all, companyId, ['b', 'a', 'x']);
    expect(there.toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1))).toEqual(accounts.slice(0, 2));
    expect(await index().accounts(all, companyId, [])).toEqual([]);
  });

  it('pages without losing or doubling one of many of the same token', async () => {
    const companyId = fresh();
    const texts = [{ field: 'purchaseOrder' as const, text: 'PO-1000' }];
    const documents = Array.from({ length: 25 }, (_, n) =>
      numberOf(companyId, `a${n % 3}`, `${n}`, { texts }),
    );
    await index().create(all, documents);
    const seen = (await found(companyId, 'PO1000')).map(({ itemId = '' }) => itemId);
    expect(seen.toSorted()).toEqual(documents.map(({ itemId = '' }) => itemId).toSorted());
  });

  it('begins where a mark is none of its own', async () => {
    const companyId = fresh();
    await index().create(all, [numberOf(companyId, 'a', '4711')]);
    const page = await index().find(all, companyId, lookupsOf('4711').at(-2)!, { limit: 5, after: '!' });
    expect(accountsOf(page.documents)).toEqual(['a']);
  });

  it('keeps companies apart', async () => {
    const [companyId, other] = [fresh(), fresh()];
    await index().create(all, [numberOf(companyId, 'a', '66001')]);
    expect(await found(other, '66001')).toEqual([]);
    expect(await index().findByNumber(all, other, ['66001'])).toEqual([]);
    const foreign = scopeOver([other]);
    expect(await found(companyId, '66001', 5, foreign)).toEqual([]);
    const document = numberOf(companyId, 'a', '1');
    for (const refused of [
      index().create(foreign, [document]),
      index().put(foreign, [document]),
      index().own(foreign, [document], {}),
      index().accounts(foreign, companyId, ['a']),
      index().ofAccount(foreign, document),
    ])
      await expect(refused).rejects.toThrow('out of scope');
  });

  it.each<[string, AccountRule, string[]]>([
    ['a collector', { by: 'collector', ids: ['ann'] }, ['a1', 'a3']],
    [
      'a collector with somebody they stand in for',
      { by: 'collector', ids: ['ann', 'bob'] },
      ['a1', 'a2', 'a3'],
    ],
    ['a seller', { by: 'salesOwner', ids: ['team'] }, ['a2']],
    ['an agency', { by: 'grant', accountId: 'a3', itemIds: ['item:invoice:8803'] }, ['a3']],
    ['an agency for another item', { by: 'grant', accountId: 'a3', itemIds: ['item:invoice:1'] }, []],
    ['whoever sees no accounts', { by: 'none' }, []],
  ])('shows %s their own, whatever else there is, before a page is filled', async (_who, rule, expected) => {
    const companyId = fresh();
    await index().put(all, [
      numberOf(companyId, 'a0', '8800'),
      numberOf(companyId, 'a1', '8801', { assignedTo: 'ann' }),
      numberOf(companyId, 'a2', '8802', { assignedTo: 'bob', salesOwners: ['sue', 'team'] }),
      numberOf(companyId, 'a3', '8803', { assignedTo: 'ann' }),
    ]);
    const scope = scopeOf([{ companies: [companyId], accounts: rule }]);
    expect(accountsOf(await found(companyId, '880', 3, scope))).toEqual(expected);
    const numbered = await index().findByNumber(scope, companyId, ['8800', '8801', '8802', '8803']);
    expect(numbered.map(({ accountId }) => accountId).toSorted()).toEqual(expected);
  });

  it.each([
    ['RE-0012/26', 're 12 26'],
    ['0000471100', '471100'],
    ['RE-1-0026', 'RE10026'],
    ['RE10026', 'RE-1-0026'],
    ['INV2026-7', 'inv 2026 7'],
  ])('finds the document %s by the number %s', async (number, written) => {
    const companyId = fresh();
    await index().create(all, [numberOf(companyId, 'a', number), numberOf(companyId, 'b', '99999')]);
    expect(await index().findByNumber(all, companyId, [written, 'nothing'])).toEqual([
      { accountId: 'a', itemId: `item:invoice:${number}`, number },
    ]);
  });
};

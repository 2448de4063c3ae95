/**
 * What every `SearchIndex` promises, run on memory and on the real adapter alike.
 */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { scopeOf, scopeOver, type AccountRule } from '../../shared/domain/scope.ts';
import { lookupsOf, numberTokens, type SearchDocument } from '../../shared/domain/search-tokens.ts';
import type { SearchIndex } from '../../shared/ports/search-index.ts';

const all = scopeOver('all');

const numberOf = (companyId: string, accountId: string, number: string, more: Partial<SearchDocument> = {}) =>
  numberTokens(number).map((token): SearchDocument => ({
    ...{ companyId, accountId, token, field: 'number', itemId: `item:invoice:${number}`, text: number },
    ...more,
  }));
const textOf = (query: string) => lookupsOf(query).at(-1)!;
const accountsOf = ({ documents }: { documents: SearchDocument[] }) =>
  documents.map(({ accountId }) => accountId);

export const searchIndexSuite = (index: () => SearchIndex): void => {
  const fresh = () => `c-${randomUUID()}`;

  it('finds what begins so, in the order of tokens', async () => {
    const companyId = fresh();
    const documents = ['4711', '4712', '4800'].flatMap((number) => numberOf(companyId, `a${number}`, number));
    await index().put(all, documents);
    expect(accountsOf(await index().find(all, companyId, textOf('471'), { limit: 10 }))).toEqual([
      'a4711',
      'a4712',
    ]);
    expect(accountsOf(await index().find(all, companyId, textOf('4800'), { limit: 10 }))).toEqual(['a4800']);
    expect(await index().find(all, companyId, textOf('999'), { limit: 10 })).toEqual({ documents: [] });
  });

  it('keeps the same token of the same thing once, with what was said last', async () => {
    const companyId = fresh();
    await index().put(all, numberOf(companyId, 'a', 'RE-77123'));
    await index().put(all, numberOf(companyId, 'a', 'RE-77123', { assignedTo: 'ann' }));
    const { documents } = await index().find(all, companyId, textOf('re77'), { limit: 10 });
    expect(documents).toMatchObject([{ text: 'RE-77123', assignedTo: 'ann' }]);
  });

  it('pages without losing or doubling one of many of the same token', async () => {
    const companyId = fresh();
    const documents = Array.from({ length: 25 }, (_, n): SearchDocument[] =>
      numberOf(companyId, `a${n % 3}`, 'PO-1000', { field: 'purchaseOrder', itemId: `item:invoice:${n}` }),
    ).flat();
    await index().put(all, documents);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const mark = after === undefined ? {} : { after };
      const page = await index().find(all, companyId, textOf('PO1000'), { limit: 10, ...mark });
      seen.push(...page.documents.map(({ itemId = '' }) => itemId));
      after = page.after;
    } while (after !== undefined);
    expect(seen.toSorted()).toEqual(documents.map(({ itemId = '' }) => itemId).toSorted());
  });

  it('does not find what was removed, and removing it again is fine', async () => {
    const companyId = fresh();
    const documents = numberOf(companyId, 'a', '55501');
    await index().put(all, documents);
    await index().remove(all, documents);
    await index().remove(all, documents);
    expect(await index().find(all, companyId, textOf('55501'), { limit: 5 })).toEqual({ documents: [] });
    expect(await index().ofAccount(all, { companyId, accountId: 'a' })).toEqual([]);
  });

  it('keeps companies apart', async () => {
    const [companyId, other] = [fresh(), fresh()];
    await index().put(all, numberOf(companyId, 'a', '66001'));
    expect(await index().find(all, other, textOf('66001'), { limit: 5 })).toEqual({ documents: [] });
    expect(await index().findByNumber(all, other, ['66001'])).toEqual([]);
    expect(await index().find(scopeOver([other]), companyId, textOf('66001'), { limit: 5 })).toEqual({
      documents: [],
    });
    await expect(index().put(scopeOver([other]), numberOf(companyId, 'a', '1'))).rejects.toThrow(
      'out of scope',
    );
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
      ...numberOf(companyId, 'a0', '8800'),
      ...numberOf(companyId, 'a1', '8801', { assignedTo: 'ann' }),
      ...numberOf(companyId, 'a2', '8802', { assignedTo: 'bob', salesOwners: ['sue', 'team'] }),
      ...numberOf(companyId, 'a3', '8803', { assignedTo: 'ann' }),
    ]);
    const scope = scopeOf([{ companies: [companyId], accounts: rule }]);
    const page = await index().find(scope, companyId, textOf('880'), { limit: 3 });
    expect(accountsOf(page)).toEqual(expected);
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
    await index().put(all, [...numberOf(companyId, 'a', number), ...numberOf(companyId, 'b', '99999')]);
    expect(await index().findByNumber(all, companyId, [written, 'nothing'])).toEqual([
      { accountId: 'a', itemId: `item:invoice:${number}`, number },
    ]);
  });
};

/** Manifests: digests that only content changes, and which accounts a night looks at. */
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../shared/azure/entry-hash.ts';
import { compareAccounts } from '../../shared/domain/manifest-compare.ts';
import { digestOfRows, scopeNameOf, type AccountDigest } from '../../shared/domain/manifest.ts';
import { rowOf } from '../support/posting-examples.ts';

const frame = { source: 'erp', scope: {}, asOf: '2026-11-21T05:00:00Z' };
const account = (accountId: string, cents: number, refusedKeys: string[] = []) => ({
  ...{ accountId, rows: cents === 0 ? [] : [rowOf('1', cents)], refusedKeys, hasUnreadableKey: false },
});
type Now = ReturnType<typeof account>[];
const compare = (now: Now, before: AccountDigest[], touched: string[] = [], isUnsure = false) =>
  compareAccounts(now, before, (id) => touched.includes(id), frame, isUnsure, sha256);
const looked = (...given: Parameters<typeof compare>): string[] =>
  compare(...given).work.map(({ accountId }) => accountId);
const night = (...now: Now) => compare(now, []).digests;

describe('a digest', () => {
  it('does not mind order, place in the file, or the order of fields', () => {
    const [one, two] = [rowOf('1', 100), rowOf('2', 200)];
    const turned = Object.fromEntries(Object.entries(one).toReversed()) as typeof one;
    expect(digestOfRows([one, two], sha256)).toBe(digestOfRows([{ ...two, row: 9 }, turned], sha256));
  });

  it('changes with every field a row has', () => {
    const row = rowOf('1', 100);
    const digest = digestOfRows([row], sha256);
    for (const field of Object.keys(row).filter((name) => name !== 'row'))
      expect([field, digestOfRows([{ ...row, [field]: 'other' }], sha256)]).not.toEqual([field, digest]);
  });
});

describe('a night looks at', () => {
  it('nobody when nothing changed', () => {
    expect(
      looked([account('a', 100), account('b', 200)], night(account('a', 100), account('b', 200))),
    ).toEqual([]);
  });

  it('those who changed, came, vanished or were touched', () => {
    const before = night(account('a', 100), account('b', 200), account('c', 300), account('d', 400));
    const now = [account('a', 100), account('b', 201), account('d', 400), account('e', 1)];
    expect(looked(now, before, ['d'])).toEqual(['b', 'c', 'd', 'e']);
  });

  it('one whose row was refused, when it no longer is; not again while the same row is', () => {
    const first = compare([account('a', 0, ['x'])], night(account('a', 100))).digests;
    expect(first).toMatchObject([{ accountId: 'a', digest: '' }]);
    expect(looked([account('a', 0, ['x'])], first)).toEqual([]);
    expect(looked([account('a', 0)], first)).toEqual(['a']);
    expect(looked([account('a', 0, ['y'])], first)).toEqual(['a']);
  });

  it('one withheld because no key could be read, every night until all can', () => {
    const first = compare([], night(account('a', 100)), [], true).digests;
    expect(first).toMatchObject([{ withheld: 'all' }]);
    expect(looked([], first, [], true)).toEqual(['a']);
    const last = compare([], first);
    expect(last.work).toHaveLength(1);
    expect(last.digests).toEqual([]);
  });
});

it('scopes have names of their own: the company, a currency, a range; nothing in a name leaves its place', () => {
  const range = { name: 'north/../x', from: '1', to: '9' };
  const names = [{}, { currency: 'EUR' }, { accounts: range }, { currency: 'EUR', accounts: range }].map(
    scopeNameOf,
  );
  expect(names[0]).toBe('company');
  expect(new Set(names).size).toBe(4);
  expect(names.join('')).not.toContain('/');
});

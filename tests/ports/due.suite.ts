/**
 * What every `AccountStore` promises about accounts that are to be looked at, and lists of those that bear a mark; run
 * on memory and on the real adapter alike.
 */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Fact } from '../../shared/domain/facts.ts';
import { scopeOf, scopeOver } from '../../shared/domain/scope.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import { day } from '../support/account-examples.ts';
import { append } from './account-store.suite.ts';

const all = scopeOver('all');
const on = day('2026-03-10');
const review = (nextReviewAt?: string): Fact => ({
  ...{ kind: 'reviewPlanned', on },
  ...(nextReviewAt === undefined ? {} : { nextReviewAt }),
});

export const dueSuite = (store: () => AccountStore): void => {
  const note = async (companyId: string, accountId: string, ...facts: Fact[]): Promise<void> => {
    await append(store(), await store().load(all, { companyId, accountId }), facts);
  };
  const dueUntil = async (companyId: string, until: string, limit = 2): Promise<string[]> => {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const mark = after === undefined ? {} : { after };
      const page = await store().due(all, companyId, { until, limit, ...mark });
      seen.push(...page.accounts.map(({ accountId, version }) => `${accountId} ${version}`));
      after = page.after;
    } while (after !== undefined);
    return seen.toSorted();
  };

  it('lists who is to be looked at by an instant, many at the same one, page by page', async () => {
    const companyId = `c-${randomUUID()}`;
    for (const n of [1, 2, 3, 4, 5]) await note(companyId, `a${n}`, review('2026-03-10T07:30:00Z'));
    await note(companyId, 'later', review('2026-03-10T07:30:01Z'));
    await note(companyId, 'never', review());
    await note(`${companyId}x`, 'foreign', review('2026-03-09T07:30:00Z'));
    await note(companyId, 'a5', review('2026-04-01T07:30:00Z'));
    expect(await dueUntil(companyId, '2026-03-10T07:30:00Z')).toEqual(['a1 1', 'a2 1', 'a3 1', 'a4 1']);
    expect(await dueUntil(companyId, '2026-03-10T07:29:59Z')).toEqual([]);
  });

  it('lists nobody to whom the company is foreign, or who reaches a part of it', async () => {
    const companyId = `c-${randomUUID()}`;
    await note(companyId, 'a1', review('2026-03-10T07:30:00Z'));
    const wanted = { until: '2026-12-31T00:00:00Z', limit: 5 };
    const part = scopeOf([{ companies: [companyId], accounts: { by: 'collector', ids: ['x'] } }]);
    for (const scope of [scopeOver(['other']), part])
      expect(await store().due(scope, companyId, wanted)).toEqual({ accounts: [] });
  });

  it('finds heads by what they are marked with, and no longer once it is over', async () => {
    const companyId = `c-${randomUUID()}`;
    const items = [{ itemId: 'item:invoice:1', reason: 'disputed' as const }];
    for (const n of [1, 2, 3])
      await note(companyId, `a${n}`, {
        kind: 'reminderWithheld',
        account: ['stop-all'],
        items,
        digest: 'd',
        on,
      });
    await note(companyId, 'a2', { kind: 'reminderFree', on });
    const found = async (mark: 'withheld:disputed' | 'withheld:stop-all' | 'awaiting') =>
      (await store().heads(all, companyId, { limit: 10, mark })).heads.map(({ accountId }) => accountId);
    expect((await found('withheld:disputed')).toSorted()).toEqual(['a1', 'a3']);
    expect((await found('withheld:stop-all')).toSorted()).toEqual(['a1', 'a3']);
    expect(await found('awaiting')).toEqual([]);
  });
};

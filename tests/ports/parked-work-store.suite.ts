/**
 * What every `ParkedWorkStore` promises, run on memory and on the real adapter alike.
 */
import { expect, it } from 'vitest';
import type { ParkedWork } from '../../shared/domain/parked-work.ts';
import { scopeOver } from '../../shared/domain/scope.ts';
import type { ParkedWorkStore } from '../../shared/ports/parked-work-store.ts';

const all = scopeOver('all');
let companies = 0;

export const parkedWorkStoreSuite = (store: () => ParkedWorkStore): void => {
  const freshCompany = () => `company-${process.pid}-${companies++}`;
  const workOf = (companyId: string, workId: string, more: Partial<ParkedWork> = {}): ParkedWork => ({
    companyId,
    source: 'ticks',
    workId: `${companyId}/${workId}`,
    code: 'kept-failing',
    detail: 'the store was away',
    body: '{}',
    attempts: 8,
    parkedAt: '2026-11-22T10:00:00Z',
    ...more,
  });

  it('keeps the first reason when the same work is parked again', async () => {
    const company = freshCompany();
    await store().park(all, workOf(company, 'a', { detail: 'first' }));
    await store().park(all, workOf(company, 'a', { detail: 'second' }));
    const { work } = await store().list(all, company, { limit: 10 });
    expect(work.map(({ detail }) => detail)).toEqual(['first']);
  });

  it('tells what all companies in scope have waiting together, oldest first told, and nothing of others', async () => {
    const [mine, too, other] = [freshCompany(), freshCompany(), freshCompany()];
    const code = `code-${mine}`;
    const count = (oldestAt: string) => [{ code, count: 2, oldestAt }];
    await store().saveSummary(all, mine, count('2026-11-22T10:00:00Z'));
    await store().saveSummary(all, too, count('2026-11-21T10:00:00Z'));
    await store().saveSummary(all, other, count('2026-11-01T10:00:00Z'));
    expect(await store().allCounts(scopeOver([mine, too]))).toEqual([
      { code, count: 4, oldestAt: '2026-11-21T10:00:00Z' },
    ]);
    expect(await store().allCounts(scopeOver([]))).toEqual([]);
    expect(await store().allCounts(all)).toContainEqual({ code, count: 6, oldestAt: '2026-11-01T10:00:00Z' });
  });

  it('parks work whose ids hold slashes, hashes, spaces and umlauts', async () => {
    const company = freshCompany();
    const workId = 'inv/ä #1?\\';
    await store().park(all, workOf(company, 'x', { workId }));
    expect((await store().list(all, company, { limit: 10 })).work.map((one) => one.workId)).toEqual([workId]);
  });

  it('counts by reason with the oldest of each', async () => {
    const company = freshCompany();
    await store().park(all, workOf(company, 'a', { parkedAt: '2026-11-22T12:00:00Z' }));
    await store().park(all, workOf(company, 'b', { parkedAt: '2026-11-22T11:00:00Z' }));
    await store().park(all, workOf(company, 'c', { code: 'message-not-readable' }));
    const counts = await store().count(all, company);
    expect(counts.toSorted((a, b) => a.code.localeCompare(b.code))).toEqual([
      { code: 'kept-failing', count: 2, oldestAt: '2026-11-22T11:00:00Z' },
      { code: 'message-not-readable', count: 1, oldestAt: '2026-11-22T10:00:00Z' },
    ]);
  });

  it('pages oldest first, each once, even when many were parked in the same second', async () => {
    const company = freshCompany();
    for (const id of ['e', 'd', 'c', 'b', 'a']) await store().park(all, workOf(company, id));
    const seen: string[] = [];
    for (let after: string | undefined, more = true; more; more = after !== undefined) {
      const page = await store().list(all, company, after === undefined ? { limit: 2 } : { limit: 2, after });
      seen.push(...page.work.map(({ workId }) => workId.slice(-1)));
      after = page.after;
    }
    expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('keeps a summary per company, the last one saved', async () => {
    const company = freshCompany();
    const counts = [{ code: 'kept-failing', count: 2, oldestAt: '2026-11-22T11:00:00Z' }];
    expect(await store().summary(all, company)).toEqual([]);
    await store().saveSummary(all, company, []);
    await store().saveSummary(all, company, counts);
    expect(await store().summary(all, company)).toEqual(counts);
  });

  it('does not count or list the summary itself', async () => {
    const company = freshCompany();
    await store().saveSummary(all, company, []);
    expect(await store().count(all, company)).toEqual([]);
    expect((await store().list(all, company, { limit: 10 })).work).toEqual([]);
  });

  it('shows another company nothing, and parks nothing for it', async () => {
    const company = freshCompany();
    const other = scopeOver(['somebody-else']);
    await store().park(all, workOf(company, 'a'));
    await store().saveSummary(all, company, await store().count(all, company));
    expect(await store().count(other, company)).toEqual([]);
    expect(await store().summary(other, company)).toEqual([]);
    expect(await store().list(other, company, { limit: 10 })).toEqual({ work: [] });
    await expect(store().park(other, workOf(company, 'b'))).rejects.toThrow('out of scope');
    await expect(store().saveSummary(other, company, [])).rejects.toThrow('out of scope');
  });

  it('keeps its state and who asked, once for those who read the same, and lists it no more', async () => {
    const company = freshCompany();
    await store().park(all, workOf(company, 'a', { sessionId: 's' }));
    const { id } = (await store().list(all, company, { limit: 1 })).work[0]!;
    const loaded = (await store().read(all, company, id))!;
    expect(loaded.work).toMatchObject({ id, state: 'parked', sessionId: 's', body: '{}' });
    const replay = { requestedBy: 'ann', requestedAt: '2026-11-22T11:00:00Z', reason: 'mended' };
    const asked = { ...loaded, work: { ...loaded.work, replay } };
    expect(await store().saveState(all, asked)).toBe('saved');
    expect(await store().saveState(all, asked)).toBe('version-conflict');
    expect((await store().list(all, company, { limit: 1 })).work).toMatchObject([{ id, replay }]);
    const again = (await store().read(all, company, id))!;
    await store().saveState(all, { ...again, work: { ...again.work, state: 'replayed' } });
    expect(await store().list(all, company, { limit: 1 })).toEqual({ work: [] });
    expect(await store().count(all, company)).toEqual([]);
    const other = scopeOver(['somebody-else']);
    expect(await store().read(other, company, id)).toBeUndefined();
    await expect(store().saveState(other, again)).rejects.toThrow('out of scope');
  });

  it('keeps with what failed again how often it was tried, and who had wanted it', async () => {
    const company = freshCompany();
    await store().park(all, workOf(company, 'a'));
    const { id } = (await store().list(all, company, { limit: 1 })).work[0]!;
    const loaded = (await store().read(all, company, id))!;
    const failed = { requestedBy: 'ann', requestedAt: '2026-11-22T11:00:00Z', reason: 'mended' };
    const failedReplays = [{ ...failed, failedAt: '2026-11-22T12:00:00Z', fault: 'away' }];
    await store().saveState(all, { ...loaded, work: { ...loaded.work, attempts: 9, failedReplays } });
    expect((await store().read(all, company, id))!.work).toMatchObject({ attempts: 9, failedReplays });
    expect((await store().list(all, company, { limit: 1 })).work).toMatchObject([{ attempts: 9 }]);
  });
};

/**
 * The failed-work page: counts that are right however often the feed repeats itself, and no business data.
 */
import { describe, expect, it } from 'vitest';
import { countParkedWork } from '../../../functions/operations/count-parked-work.ts';
import { listParkedWork } from '../../../functions/operations/list-parked-work.ts';
import { memoryParkedWork } from '../../support/memory/parked-work-store.ts';
import { parkedWorkAnswer } from '../../../shared/contracts/operations.ts';
import { everything } from '../../support/test-edge.ts';

const parkedAt = '2026-11-22T10:00:00Z';
const work = (companyId: string, workId: string) => ({
  companyId,
  source: 'ticks',
  workId,
  code: 'kept-failing',
  detail: 'Acme Ltd owes 12,000.00',
  body: '{"name":"Acme Ltd"}',
  attempts: 8,
  parkedAt,
});

const storeWith = async (...parked: ReturnType<typeof work>[]) => {
  const store = memoryParkedWork();
  for (const one of parked) await store.park(everything, one);
  return store;
};

describe('counting', () => {
  it('replaces each company’s summary by what is parked now', async () => {
    const parked = [work('acme', 'a'), work('acme', 'b'), work('bolt', 'c')];
    const store = await storeWith(...parked);
    await countParkedWork(parked, everything, store);
    expect(await store.summary(everything, 'acme')).toEqual([
      { code: 'kept-failing', count: 2, oldestAt: parkedAt },
    ]);
    expect(await store.summary(everything, 'bolt')).toMatchObject([{ count: 1 }]);
  });

  it('counts a batch that comes twice once', async () => {
    const store = await storeWith(work('acme', 'a'));
    await countParkedWork([work('acme', 'a')], everything, store);
    await countParkedWork([work('acme', 'a'), work('acme', 'a')], everything, store);
    expect(await store.summary(everything, 'acme')).toMatchObject([{ count: 1 }]);
  });
});

describe('the list', () => {
  it('says what failed and what to do, and nothing of whose it was', async () => {
    const store = await storeWith(work('acme', 'a'));
    const { value } = await listParkedWork({ company: 'acme', limit: 10 }, everything, store);
    expect(value.work).toMatchObject([{ source: 'ticks', code: 'kept-failing', attempts: 8, parkedAt }]);
    expect(value.work[0]?.whatToDo).not.toBe('');
    expect(JSON.stringify(value)).not.toContain('Acme Ltd');
  });

  it('shows work parked under a code that no longer exists', async () => {
    const store = await storeWith({ ...work('acme', 'a'), code: 'retired-code' });
    const { value } = await listParkedWork({ company: 'acme', limit: 10 }, everything, store);
    expect(parkedWorkAnswer.parse(value).work).toMatchObject([{ code: 'retired-code' }]);
  });

  it('goes on where the page before ended', async () => {
    const store = await storeWith(work('acme', 'a'), work('acme', 'b'), work('acme', 'c'));
    const first = await listParkedWork({ company: 'acme', limit: 2 }, everything, store);
    const rest = await listParkedWork(
      { company: 'acme', limit: 2, after: first.value.after },
      everything,
      store,
    );
    expect([...first.value.work, ...rest.value.work].map(({ id }) => id)).toHaveLength(3);
    expect(rest.value.after).toBeUndefined();
  });
});

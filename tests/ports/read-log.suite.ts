/**
 * What every `ReadLog` promises, run on memory and on the real adapter alike.
 */
import { expect, it } from 'vitest';
import { scopeOver } from '../../shared/domain/scope.ts';
import type { ReadLog, SensitiveRead } from '../../shared/ports/read-log.ts';

const all = scopeOver('all');
let days = 0;

export const readLogSuite = (log: () => ReadLog): void => {
  const freshDay = () => `${2000 + (days += 1)}-01-01`;
  const look = (day: string, clock: string, more: Partial<SensitiveRead> = {}): SensitiveRead => ({
    ...{ id: `${day}T${clock}Z:a`, day, at: `${day}T${clock}Z`, who: 'tenant:ann', as: ['CRM'] },
    ...{ action: 'acct.bank.read', route: 'read-bank-details', about: { companyId: 'acme' }, fields: [] },
    ...more,
  });

  it('gives back looks of a day as they were noted, in order of time', async () => {
    const day = freshDay();
    const [late, early] = [look(day, '10:00:00', { purpose: 'a refund' }), look(day, '09:00:00')];
    for (const one of [late, early]) await log().note(one);
    expect(await log().page(all, { day, limit: 10 })).toEqual({ reads: [early, late] });
  });

  it('keeps the first of one id', async () => {
    const day = freshDay();
    await log().note(look(day, '09:00:00'));
    await log().note({ ...look(day, '09:00:00'), who: 'tenant:bob' });
    expect((await log().page(all, { day, limit: 10 })).reads.map(({ who }) => who)).toEqual(['tenant:ann']);
  });

  it('knows a look of another day as another', async () => {
    const [day, other] = [freshDay(), freshDay()];
    await log().note(look(day, '09:00:00'));
    expect(await log().page(all, { day: other, limit: 10 })).toEqual({ reads: [] });
  });

  it('pages without leaving one out or showing one twice', async () => {
    const day = freshDay();
    const clocks = ['09:00:00', '09:00:01', '09:00:02', '09:00:03', '09:00:04'];
    for (const clock of clocks) await log().note(look(day, clock));
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await log().page(all, { day, limit: 2, after });
      seen.push(...page.reads.map(({ at }) => at));
      after = page.after;
    } while (after !== undefined);
    expect(seen).toEqual(clocks.map((clock) => `${day}T${clock}Z`));
  });

  it('shows one person’s, or one action’s', async () => {
    const day = freshDay();
    await log().note(look(day, '09:00:00'));
    await log().note(look(day, '09:00:01', { who: 'tenant:bob' }));
    await log().note(look(day, '09:00:02', { who: 'tenant:bob', action: 'rep.export' }));
    const bobs = await log().page(all, { day, limit: 10, who: 'tenant:bob' });
    expect(bobs.reads).toHaveLength(2);
    const both = await log().page(all, { day, limit: 10, who: 'tenant:bob', action: 'rep.export' });
    expect(both.reads.map(({ action }) => action)).toEqual(['rep.export']);
  });

  it('is not for a scope of single companies', async () => {
    await expect(log().page(scopeOver(['acme']), { day: freshDay(), limit: 1 })).rejects.toThrow('scope');
  });
};

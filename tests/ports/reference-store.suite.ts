/**
 * What every `ReferenceStore` promises, run on memory and on the real adapter alike.
 */
import { expect, it } from 'vitest';
import { dayFromText } from '../../shared/domain/calendar.ts';
import { amountOf } from '../../shared/domain/money.ts';
import { referenceKeyOf, type Reference } from '../../shared/domain/reference.ts';
import { scopeOver } from '../../shared/domain/scope.ts';
import type { ReferenceStore } from '../../shared/ports/reference-store.ts';

const all = scopeOver('all');
const day = dayFromText;
let companies = 0;

const rate = (on: string, toMinor: number, asOf: string, importId = `imp-${asOf}`): Reference => {
  const row = {
    row: 1,
    from: 'EUR',
    to: 'USD',
    on: day(on),
    fromMinor: amountOf(100),
    toMinor: amountOf(toMinor),
  };
  const told = { kind: 'exchangeRate' as const, row };
  return { ...told, key: referenceKeyOf(told), on: row.on, source: 'bank', importId, asOf };
};

export const referenceStoreSuite = (store: () => ReferenceStore): void => {
  const fresh = () => `references-${process.pid}-${companies++}`;
  const november = { fromOn: day('2026-11-01'), toOn: day('2026-11-30') };

  it('gives of each figure what was told last, whichever came first', async () => {
    const company = fresh();
    await store().keep(all, company, [rate('2026-11-02', 108, '2026-11-03T10:00:00Z')]);
    await store().keep(all, company, [rate('2026-11-02', 107, '2026-11-02T10:00:00Z')]);
    await store().keep(all, company, [rate('2026-11-01', 105, '2026-11-01T10:00:00Z')]);
    const found = await store().newest(all, company, 'exchangeRate', november);
    expect(found.map(({ on, row }) => [on, 'toMinor' in row && row.toMinor])).toEqual([
      ['2026-11-01', 105],
      ['2026-11-02', 108],
    ]);
  });

  it('keeps every version, the one told last first', async () => {
    const company = fresh();
    const [early, late] = [
      rate('2026-11-02', 107, '2026-11-02T10:00:00Z'),
      rate('2026-11-02', 108, '2026-11-03T10:00:00Z'),
    ];
    await store().keep(all, company, [late, early]);
    await store().keep(all, company, [late]);
    expect(await store().versions(all, company, early)).toEqual([late, early]);
  });

  it('gives only days asked for, and only the kind', async () => {
    const company = fresh();
    await store().keep(all, company, [
      rate('2026-10-31', 101, '2026-11-01T10:00:00Z'),
      rate('2026-12-01', 102, '2026-11-01T10:00:00Z'),
    ]);
    expect(await store().newest(all, company, 'exchangeRate', november)).toEqual([]);
    const year = { fromOn: day('2026-01-01'), toOn: day('2026-12-31') };
    expect(await store().newest(all, company, 'sales', year)).toEqual([]);
    expect(await store().newest(all, company, 'exchangeRate', year)).toHaveLength(2);
  });

  it('shows nothing and keeps nothing outside the scope', async () => {
    const company = fresh();
    const other = scopeOver(['somebody-else']);
    const one = rate('2026-11-02', 108, '2026-11-03T10:00:00Z');
    await store().keep(all, company, [one]);
    expect(await store().newest(other, company, 'exchangeRate', november)).toEqual([]);
    expect(await store().versions(other, company, one)).toEqual([]);
    await expect(store().keep(other, company, [one])).rejects.toThrow('out of scope');
  });
};

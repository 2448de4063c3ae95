/**
 * `npm run walk -- --snapshots` over troubled nights: files dropped, cut short, sent again, with rows nobody can read.
 * From: `tests/support/series.ts`. The end is that of calm nights, and nothing was closed before its time.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WalkResults } from '../../scripts/walk/results.ts';
import { walkSnapshots } from '../../scripts/walk/snapshot-walk.ts';
import { openOn, type Closed } from '../support/series.ts';
import { closed, itemOf, nights, silent, writeSeries } from './walk-support.ts';

describe('troubled nights', () => {
  const dropped = [3, 8, 9, 15];
  const cut = [6, 12];
  const repeated = [11, 17];
  const spoiled = [4, 7, 10, 13, 16];
  /** Line 0 is the header. */
  const lineSpoiled = (index: number) => 5 + index;
  const isReadable = (one: Closed, index: number): boolean => {
    const rows = openOn(closed, nights[index]!);
    return rows.includes(one) && !(spoiled.includes(index) && rows[lineSpoiled(index) - 1] === one);
  };
  let results: WalkResults;
  const directory = writeSeries();
  afterAll(() => rmSync(directory, { recursive: true }));

  beforeAll(async () => {
    const path = (index: number, ending: string) => join(directory, `${nights[index]}.${ending}`);
    for (const index of dropped) for (const ending of ['csv', 'json']) rmSync(path(index, ending));
    for (const index of cut) shorten(path(index, 'csv'), 2);
    for (const index of spoiled) spoil(path(index, 'csv'), lineSpoiled(index));
    for (const index of repeated)
      for (const ending of ['csv', 'json'])
        writeFileSync(path(index, ending), readFileSync(path(index - 1, ending)));
    results = await walkSnapshots(directory, silent);
  }, 400_000);

  /** Loses its last lines. */
  const shorten = (path: string, lines: number) =>
    writeFileSync(path, `${readFileSync(path, 'utf8').trimEnd().split('\n').slice(0, -lines).join('\n')}\n`);
  /** One row whose amount nobody can read. */
  const spoil = (path: string, line: number) => {
    const lines = readFileSync(path, 'utf8').split('\n');
    lines[line] = lines[line]!.replace(/[^,]*$/, '12.3.4');
    writeFileSync(path, lines.join('\n'));
  };

  it('refuse the files that are not what was declared, and take the others', () => {
    expect(results.nights).toMatchObject({
      files: nights.length - dropped.length,
      accepted: nights.length - dropped.length - cut.length,
    });
    expect(results.nights!.notTaken).toEqual({ 'control-total-mismatch': cut.length });
    expect(results.rows.rejectedBy).toMatchObject({ 'invalid-amount': 7 });
  });

  it('end as the calm ones: every invoice once, nothing open', () => {
    const taken = nights.flatMap((_, index) =>
      dropped.includes(index) || cut.includes(index) ? [] : [index],
    );
    const shown = closed.filter((one) =>
      taken.some((index) => isReadable(one, repeated.includes(index) ? index - 1 : index)),
    );
    expect(shown.length).toBeGreaterThan(300);
    for (const one of shown) expect([one.number, itemOf(results, one).length]).toEqual([one.number, 1]);
    expect(results.items).toHaveLength(shown.length);
    expect(Object.values(results.openByCurrency).every((open) => open === 0)).toBe(true);
    for (const item of results.items) expect(item.open).toBe('0');
  });

  it('say of each invoice a span of days in which it was paid, also after a file that only repeats the last', () => {
    for (const one of closed)
      for (const { clearedFrom, clearedTo } of itemOf(results, one))
        expect([one.number, clearedFrom < one.clearedOn && one.clearedOn <= clearedTo]).toEqual([
          one.number,
          true,
        ]);
  });
});

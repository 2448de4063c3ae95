/**
 * What every `ImportStore` promises, run on memory and on the real adapter alike.
 */
import { expect, it } from 'vitest';
import type { PartResult } from '../../shared/domain/imports.ts';
import { scopeOver } from '../../shared/domain/scope.ts';
import type { ImportStore, LoadedImport } from '../../shared/ports/import-store.ts';
import { importThat, rejectedThat } from '../support/import-examples.ts';

const all = scopeOver('all');
const none = scopeOver(['somebody-else']);
let companies = 0;

export const importStoreSuite = (store: () => ImportStore): void => {
  const freshCompany = () => `imports-${process.pid}-${companies++}`;
  const fresh = async (more: Parameters<typeof importThat>[0] = {}) => {
    const document = importThat({ companyId: freshCompany(), ...more });
    await store().create(all, document);
    return document;
  };
  const loaded = async (key: { companyId: string; importId: string }): Promise<LoadedImport> =>
    (await store().load(all, key))!;
  const resultOf = (part: string, entries: number): PartResult => ({
    ...{ part, accounts: 1, entries, rows: 3, posted: 2, unchanged: 1 },
    refusedBy: {},
    change: { EUR: 100 as never },
  });

  it('creates an import once and answers with what is there', async () => {
    const document = await fresh();
    const again = await store().create(all, { ...document, fileName: 'other.csv' });
    expect(again).toMatchObject({ document: { fileName: 'invoices.csv' } });
    expect((await loaded(document)).document).toEqual(document);
  });

  it('saves only what is as it was loaded', async () => {
    const document = await fresh();
    const first = await loaded(document);
    const saved = await store().save(all, { ...first, document: { ...document, state: 'reading' } });
    expect(saved).toMatchObject({ document: { state: 'reading' } });
    expect(await store().save(all, { ...first, document: { ...document, state: 'refused' } })).toBe(
      'version-conflict',
    );
    const next = await store().save(all, saved as LoadedImport);
    expect(next).toMatchObject({ document: { state: 'reading' } });
  });

  it('knows no import that was never created', async () => {
    expect(await store().load(all, { companyId: freshCompany(), importId: 'x' })).toBeUndefined();
  });

  it('lists newest first, page by page, each once, even of the same instant', async () => {
    const companyId = freshCompany();
    const hours = ['08', '09', '09', '09', '11'];
    for (const [n, hour] of hours.entries())
      await store().create(
        all,
        importThat({ companyId, importId: `i${n}`, receivedAt: `2026-11-22T${hour}:00:00Z` }),
      );
    const seen: string[] = [];
    for (let after: string | undefined, more = true; more; more = after !== undefined) {
      const page = await store().list(
        all,
        companyId,
        after === undefined ? { limit: 2 } : { limit: 2, after },
      );
      seen.push(...page.imports.map(({ importId }) => importId));
      after = page.after;
    }
    expect(seen).toEqual(['i4', 'i1', 'i2', 'i3', 'i0']);
  });

  it('lists an import once however often it is created', async () => {
    const document = await fresh();
    await store().create(all, { ...document, receivedAt: '2026-11-22T12:00:00Z' });
    expect((await store().list(all, document.companyId, { limit: 10 })).imports).toEqual([document]);
  });

  it('keeps rejected rows, a row again replacing itself, and pages them by row', async () => {
    const document = await fresh();
    await store().reject(all, document, [rejectedThat(7), rejectedThat(100), rejectedThat(20)]);
    await store().reject(all, document, [rejectedThat(20, { state: 'dropped' })]);
    const first = await store().rejected(all, document, { limit: 2 });
    expect(first.rows.map(({ row, state }) => [row, state])).toEqual([
      [7, 'open'],
      [20, 'dropped'],
    ]);
    const rest = await store().rejected(all, document, { limit: 2, afterRow: first.afterRow! });
    expect(rest.rows.map(({ row }) => row)).toEqual([100]);
    expect(await store().rejectedRow(all, document, 100)).toEqual(rejectedThat(100));
    expect(await store().rejectedRow(all, document, 101)).toBeUndefined();
  });

  it('keeps 90 rejected rows with long cells at once', async () => {
    const document = await fresh();
    const cells = { text: 'x'.repeat(30_000) };
    const rows = Array.from({ length: 90 }, (_, n) => rejectedThat(n + 1, { cells }));
    await store().reject(all, document, rows);
    expect((await store().rejected(all, document, { limit: 100 })).rows).toHaveLength(90);
  });

  it('keeps the first result of each part', async () => {
    const document = await fresh();
    await store().record(all, document, resultOf('000-00000', 5));
    await store().record(all, document, resultOf('000-00000', 9));
    await store().record(all, document, resultOf('000-00001', 1));
    const results = await store().results(all, document);
    expect(results.toSorted((a, b) => a.part.localeCompare(b.part))).toEqual([
      resultOf('000-00000', 5),
      resultOf('000-00001', 1),
    ]);
    expect(await store().result(all, document, '000-00000')).toEqual(resultOf('000-00000', 5));
    expect(await store().result(all, document, '000-00002')).toBeUndefined();
  });

  it('counts what one sender sends on a day, a file once, up to the most allowed', async () => {
    const sender = { by: `t:${freshCompany()}`, day: '2026-11-22' };
    const most = { files: 2, bytes: 100 };
    const send = (importId: string, bytes: number, day = sender.day) =>
      store().countUpload(all, { ...sender, day }, { importId, bytes }, most);
    expect(await send('a', 60)).toBe('counted');
    expect(await send('a', 60)).toBe('counted');
    expect(await send('b', 50)).toBe('too-many');
    expect(await send('b', 40)).toBe('counted');
    expect(await send('c', 0)).toBe('too-many');
    expect(await send('c', 100, '2026-11-23')).toBe('counted');
  });

  it('shows another company nothing, and changes nothing for it', async () => {
    const document = await fresh();
    await store().reject(all, document, [rejectedThat(1)]);
    await store().record(all, document, resultOf('p', 1));
    expect(await store().load(none, document)).toBeUndefined();
    expect(await store().list(none, document.companyId, { limit: 9 })).toEqual({ imports: [] });
    expect(await store().rejected(none, document, { limit: 9 })).toEqual({ rows: [] });
    expect(await store().rejectedRow(none, document, 1)).toBeUndefined();
    expect(await store().results(none, document)).toEqual([]);
    expect(await store().result(none, document, 'p')).toBeUndefined();
    const mine = await loaded(document);
    await expect(store().create(none, { ...document, importId: 'x' })).rejects.toThrow('out of scope');
    await expect(store().save(none, mine)).rejects.toThrow('out of scope');
    await expect(store().reject(none, document, [rejectedThat(2)])).rejects.toThrow('out of scope');
    await expect(store().record(none, document, resultOf('q', 1))).rejects.toThrow('out of scope');
  });

  it('a rejected row is decided once: whoever read it before the other decided is refused', async () => {
    const document = await fresh();
    const open = rejectedThat(3);
    await store().reject(all, document, [open]);
    const corrected = rejectedThat(3, { state: 'corrected', correctedBy: 'imp-2' });
    expect(await store().changeRejected(all, document, open, corrected)).toBe('kept');
    const dropped = rejectedThat(3, { state: 'dropped' });
    expect(await store().changeRejected(all, document, open, dropped)).toBe('version-conflict');
    expect(await store().rejectedRow(all, document, 3)).toEqual(corrected);
  });
};

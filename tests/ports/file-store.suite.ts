/**
 * What every `FileStore` promises, run on memory and on the real adapter alike.
 */
import { expect, it } from 'vitest';
import { scopeOver } from '../../shared/domain/scope.ts';
import type { FileStore } from '../../shared/ports/file-store.ts';

const all = scopeOver('all');
let companies = 0;

export const fileStoreSuite = (store: () => FileStore): void => {
  const pathOf = (name: string, companyId = `files-${process.pid}-${companies++}`) => ({ companyId, name });
  const textOf = async (path: { companyId: string; name: string }, range?: { from: number; to?: number }) => {
    const bytes = await store().read(all, path, range);
    return bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8');
  };
  const bytes = (text: string) => Buffer.from(text, 'utf8');

  it('reads what was written, as it is, and what replaced it', async () => {
    const path = pathOf('imp/source');
    await store().write(all, path, 'é first');
    await store().write(all, path, bytes('second\0'));
    expect(await textOf(path)).toBe('second\0');
  });

  it('knows no file that was never written', async () => {
    expect(await textOf(pathOf('imp/none'))).toBeUndefined();
  });

  it('reads a range, its end, and nothing behind the end', async () => {
    const path = pathOf('imp/source');
    await store().write(all, path, '0123456789');
    expect(await textOf(path, { from: 2, to: 5 })).toBe('234');
    expect(await textOf(path, { from: 8 })).toBe('89');
    expect(await textOf(path, { from: 8, to: 50 })).toBe('89');
    expect(await textOf(path, { from: 10, to: 20 })).toBe('');
    expect(await textOf(path, { from: 4, to: 4 })).toBe('');
  });

  it('reads a file without a byte', async () => {
    const path = pathOf('imp/empty');
    await store().write(all, path, '');
    expect(await textOf(path)).toBe('');
    expect(await textOf(path, { from: 0, to: 8 })).toBe('');
  });

  it('makes a file of its blocks in their order, each as it came last', async () => {
    const path = pathOf('imp/source');
    await store().stageBlock(all, path, 1, bytes('world'));
    await store().stageBlock(all, path, 0, bytes('bye '));
    await store().stageBlock(all, path, 0, bytes('hello '));
    expect(await store().commitBlocks(all, path, 2)).toEqual({ size: 11 });
    expect(await textOf(path)).toBe('hello world');
  });

  it('commits again without harm', async () => {
    const path = pathOf('imp/source');
    await store().stageBlock(all, path, 0, bytes('once'));
    await store().commitBlocks(all, path, 1);
    expect(await store().commitBlocks(all, path, 1)).toEqual({ size: 4 });
    expect(await textOf(path)).toBe('once');
  });

  it('names the blocks that are missing and makes nothing of the rest', async () => {
    const path = pathOf('imp/source');
    await store().stageBlock(all, path, 1, bytes('b'));
    expect(await store().commitBlocks(all, path, 3)).toEqual({ missing: [0, 2] });
    expect(await textOf(path)).toBeUndefined();
  });

  it('lists names of one company that begin so, in order', async () => {
    const { companyId } = pathOf('');
    for (const name of ['a/rows/002', 'a/rows/001', 'a/parts/1', 'b/rows/001'])
      await store().write(all, { companyId, name }, name);
    await store().write(all, pathOf('a/rows/003'), 'of another company');
    expect(await store().list(all, { companyId, name: 'a/rows/' })).toEqual(['a/rows/001', 'a/rows/002']);
  });

  it('removes a file, and one that never was', async () => {
    const path = pathOf('imp/source');
    await store().write(all, path, 'x');
    await store().remove(all, path);
    await store().remove(all, path);
    expect(await textOf(path)).toBeUndefined();
  });

  it('keeps companies apart whatever their names look like', async () => {
    await store().write(all, { companyId: 'north/west', name: 'x' }, 'one');
    await store().write(all, { companyId: 'north', name: 'west/x' }, 'two');
    expect(await textOf({ companyId: 'north/west', name: 'x' })).toBe('one');
  });

  it('shows another company nothing, and changes nothing for it', async () => {
    const path = pathOf('imp/source');
    await store().write(all, path, 'mine');
    const other = scopeOver(['somebody-else']);
    expect(await store().read(other, path)).toBeUndefined();
    expect(await store().list(other, path)).toEqual([]);
    await expect(store().write(other, path, 'theirs')).rejects.toThrow('out of scope');
    await expect(store().stageBlock(other, path, 0, bytes('x'))).rejects.toThrow('out of scope');
    await expect(store().commitBlocks(other, path, 1)).rejects.toThrow('out of scope');
    await expect(store().remove(other, path)).rejects.toThrow('out of scope');
    expect(await textOf(path)).toBe('mine');
  });
};

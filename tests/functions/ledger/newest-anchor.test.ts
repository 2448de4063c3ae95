/**
 * The newest anchor that is missing: the verifier sees it by the clock, where no later anchor names it.
 */
import { describe, expect, it } from 'vitest';
import { verifyAnchors, verifyNewest } from '../../../scripts/verify-chain.ts';
import { companyId } from '../reporting/projection-support.ts';
import { everything } from '../../support/test-edge.ts';
import { anchorAt, checkWorld, invoice } from './check-support.ts';

type Entries = Parameters<typeof verifyAnchors>[0];

/** Two accounts; anchors at 13:00 and 15:00; entries as they are exported. */
const exported = async () => {
  const world = checkWorld();
  await invoice(world, 'a1', '1', 1_000);
  await anchorAt(world, '2026-03-01T13:00:00Z');
  await invoice(world, 'a1', '2', 500);
  await invoice(world, 'a2', '3', 700);
  await anchorAt(world, '2026-03-01T15:00:00Z');
  const { anchors, accounts } = world.parts;
  const files = new Map<string, string>();
  for (const name of await anchors.list(everything, { companyId, name: '' }))
    files.set(name, new TextDecoder().decode(await anchors.read(everything, { companyId, name })));
  const journals = await Promise.all(
    ['a1', 'a2'].map((accountId) =>
      accounts.entries(everything, { companyId, accountId }, { afterVersion: 0, limit: 100 }),
    ),
  );
  const entries = journals.flat();
  return { files, entries: JSON.parse(JSON.stringify(entries)) as Entries };
};

const lastOf = (entries: Entries): number =>
  Math.max(...entries.map((one) => Date.parse(one['at'] as string)));
const hour = 3_600_000;

describe('entries and their newest anchor', () => {
  it('are without fault while it is there, however much later', async () => {
    const { files, entries } = await exported();
    expect(verifyNewest(entries, files, lastOf(entries) + 1_000 * hour)).toEqual([]);
  });

  it('tell that it is missing, two hours after they were written, which nothing else does', async () => {
    const { files, entries } = await exported();
    for (const name of [...files.keys()]) if (name.startsWith('2026-03-01T150000Z')) files.delete(name);
    expect(entries).toHaveLength(3);
    expect(verifyAnchors(entries, files)).toEqual([]);
    const found = verifyNewest(entries, files, lastOf(entries) + 2 * hour);
    expect(found.map(({ account, version }) => [account, version])).toEqual([
      [JSON.stringify([companyId, 'a1']), 2],
      [JSON.stringify([companyId, 'a2']), 1],
    ]);
    expect(found[0]?.what).toContain('is under no anchor');
  });

  it('of less than two hours ago need none yet', async () => {
    const { files, entries } = await exported();
    for (const name of [...files.keys()]) if (name.startsWith('2026-03-01T150000Z')) files.delete(name);
    const first = Math.min(...entries.map((one) => Date.parse(one['at'] as string)));
    expect(verifyNewest(entries, files, first + 2 * hour - 1)).toEqual([]);
  });

  it('without any anchor at all are each told', async () => {
    const { entries } = await exported();
    const found = verifyNewest(entries, new Map(), lastOf(entries) + 2 * hour);
    expect(found.map(({ version }) => version)).toEqual([1, 1]);
  });

  it('that do not say when they were written are old', async () => {
    const { entries } = await exported();
    const without = entries.map(({ at: _at, ...one }) => one);
    expect(verifyNewest(without, new Map(), 0)).toHaveLength(2);
  });
});

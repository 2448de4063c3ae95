/**
 * What every `RelayProbeStore` promises, run on memory and on the real adapter alike. `shown` is what a feed of the
 * container would show: the slot of each mark, by its place.
 */
import { expect, it } from 'vitest';
import { scopeOver } from '../../shared/domain/scope.ts';
import type { RelayProbeStore } from '../../shared/ports/relay-probe.ts';

const all = scopeOver('all');
const [early, late] = ['2026-11-22T10:00:00Z', '2026-11-22T10:05:00Z'];

export const relayProbeSuite = (
  store: () => { probes: RelayProbeStore; shown: () => Promise<Map<string, string>> },
): void => {
  it('lays a mark where the feed shows it', async () => {
    await store().probes.lay(all, { probe: 'one', slot: early });
    expect((await store().shown()).get('one')).toBe(early);
  });

  it('lays the next over it, and leaves the other places alone', async () => {
    await store().probes.lay(all, { probe: 'two', slot: early });
    await store().probes.lay(all, { probe: 'three', slot: early });
    await store().probes.lay(all, { probe: 'two', slot: late });
    const shown = await store().shown();
    expect([shown.get('two'), shown.get('three')]).toEqual([late, early]);
  });

  it('lays the same again without another place', async () => {
    await store().probes.lay(all, { probe: 'four', slot: early });
    const { size } = await store().shown();
    await store().probes.lay(all, { probe: 'four', slot: early });
    expect((await store().shown()).size).toBe(size);
  });

  it('lays none for a scope of single companies', async () => {
    await expect(store().probes.lay(scopeOver(['acme']), { probe: 'five', slot: early })).rejects.toThrow(
      'scope',
    );
    expect((await store().shown()).has('five')).toBe(false);
  });
};

/**
 * The topology: what it names exists, and each surface has the rights its wrappers need.
 */
import { describe, expect, it } from 'vitest';
import { grantsOf, parseTopology, topology, type Topology } from '../../shared/contracts/topology.ts';

const surfaces = Object.entries(topology.pieces).flatMap(([piece, kinds]) =>
  Object.entries(kinds).flatMap(([kind, grants]) => (grants ? [{ name: `${piece}.${kind}`, grants }] : [])),
);

const changed = (change: (copy: Topology) => void): unknown => {
  const copy = structuredClone(topology);
  change(copy);
  return copy;
};

describe('the topology refuses', () => {
  it.each<[string, (copy: Topology) => void, RegExp]>([
    [
      'an app with a surface no piece has',
      (copy) => copy.apps['staff']!.surfaces.push('ghost.work'),
      /staff: ghost\.work/,
    ],
    [
      'a right on a container that is not listed',
      (copy) => copy.pieces['ledger']!.work!.reads.push('ghost'),
      /ledger: ghost/,
    ],
    [
      'a sender to a queue that is not listed',
      (copy) => copy.pieces['ledger']!.work!.sends.push('ghost'),
      /ledger: ghost/,
    ],
    [
      'a listener on a subscription that is not listed',
      (copy) => copy.pieces['ledger']!.work!.listens.push('ar-events/ghost'),
      /ghost/,
    ],
    [
      'a job for a queue that is not listed',
      (copy) => void (copy.jobs['nap'] = { everyMinutes: 5, queue: 'ghost' }),
      /nap: ghost/,
    ],
    [
      'a lock that is no duration',
      (copy) => void (copy.queues['ticks']!.lockDuration = 'a minute'),
      /lockDuration/,
    ],
    ['a container without a key', (copy) => void (copy.containers['ledger']!.keys = []), /keys/],
    ['a word it does not know', (copy) => Object.assign(copy.queues['ticks']!, { colour: 'red' }), /colour/],
  ])('%s', (_what, change, why) => {
    expect(() => parseTopology(changed(change))).toThrow(why);
  });
});

describe('each surface', () => {
  it.each(surfaces)('$name may bring back work to every queue it listens on', ({ grants }) => {
    const queues = grants.listens.filter((name) => name in topology.queues);
    expect(grants.sends).toEqual(expect.arrayContaining(queues));
  });

  it.each(surfaces)('$name may park what it cannot do, if it handles messages or changes', ({ grants }) => {
    if (grants.listens.length + grants.feeds.length > 0) expect(grants.writes).toContain('parked');
  });

  it.each(surfaces)('$name may keep leases if it follows a change feed, and only then', ({ grants }) => {
    expect(grants.writes.includes('leases')).toBe(grants.feeds.length > 0);
  });
});

describe('the rights of an app', () => {
  it('are those of its surfaces and no more', () => {
    expect(grantsOf('portal', topology)).toEqual({
      ...{
        reads: ['settings', 'runs'],
        feeds: [],
        listens: [],
        blobs: ['documents'],
        email: false,
      },
      writes: ['ledger', 'people', 'cases', 'access', 'inbox', 'requests'],
      sends: ['payment-events', 'sign-ins', 'inbound-mails'],
    });
    expect(grantsOf('mail', topology)).toMatchObject({ feeds: [], email: true });
    expect(grantsOf('mail', topology).writes).not.toContain('settings');
  });

  it('let the mail app alone talk to the mail service', () => {
    const mayMail = surfaces.filter(({ grants }) => grants.email).map(({ name }) => name);
    expect(mayMail).toEqual(['email.work']);
    expect(topology.apps['mail']?.surfaces).toEqual(['email.work']);
  });

  it('follow each change feed and each queue once', () => {
    for (const kind of ['listens', 'feeds'] as const) {
      const names = surfaces.flatMap(({ grants }) => grants[kind]);
      expect(names).toHaveLength(new Set(names).size);
    }
  });
});

/**
 * The containers and apps of the conformance suites: one container per kind of key.
 * From: invented names. Next: the stand-in under test; a real account needs the same containers.
 */
import { parseTopology } from '../../../shared/contracts/topology.ts';

/** One container per kind of key; everything sortable is indexed, `note` never is. */
export const fixtureTopology = parseTopology({
  database: 'conformance',
  apps: {
    desk: { surfaces: ['filing.staffHttp'], localPort: 1, memoryMB: 512, maximumInstances: 1 },
    relay: { surfaces: ['filing.work'], localPort: 2, memoryMB: 512, maximumInstances: 1 },
    idle: { surfaces: [], localPort: 3, memoryMB: 512, maximumInstances: 1 },
  },
  pieces: {
    filing: {
      staffHttp: { reads: ['notes'], writes: ['accounts'] },
      work: { feeds: ['notes'] },
    },
  },
  queues: {},
  topics: {},
  containers: {
    notes: {
      keys: ['/owner'],
      indexed: ['/kind/?', '/rank/?', '/day/?', '/tags/*', '/flag/?'],
      composite: [
        ['/kind', '/rank'],
        ['/kind', '/day', '/id'],
      ],
    },
    accounts: {
      keys: ['/companyId', '/accountId'],
      indexed: ['/kind/?', '/rank/?'],
      composite: [['/kind', '/rank']],
    },
    levels: { keys: ['/a', '/b', '/c'], indexed: ['/rank/?'] },
    passes: { keys: ['/bucket'], indexed: [], defaultTtlSeconds: -1 },
    fading: { keys: ['/bucket'], indexed: [], defaultTtlSeconds: 60 },
    seats: { keys: ['/hall'], indexed: [], uniqueKeys: [['/seat'], ['/holder/first', '/holder/last']] },
    leases: { keys: ['/id'], indexed: [] },
  },
  jobs: {},
  blobContainers: {},
  limits: {},
});

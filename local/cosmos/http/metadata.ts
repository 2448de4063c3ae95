/**
 * The account, the database, its containers and their ranges, as documents of the service.
 * From: the topology. Next: the SDK reads them before its first item call and caches them.
 */
import type { HttpCall } from '../../kit/http-service.ts';
import { Refusal } from '../refusal.ts';
import type { Container } from '../store/container.ts';
import { databaseRid } from '../store/rid.ts';
import type { OpenDatabase, Reply } from './open-database.ts';

const reply = (document: unknown, headers: Record<string, string> = {}): Reply => ({
  status: 200,
  body: JSON.stringify(document),
  headers,
  charge: 1,
  operation: 'metadata',
});

/** The id is not "localhost": the SDK would read the account again before every call. */
export const readAccount = ({ origin }: HttpCall): Reply => {
  const here = [{ name: 'Local', databaseAccountEndpoint: `${origin}/` }];
  return reply({
    id: 'dunwell-local',
    _rid: 'dunwell-local',
    _self: '',
    _dbs: '//dbs/',
    media: '//media/',
    addresses: '//addresses/',
    writableLocations: here,
    readableLocations: here,
    enableMultipleWriteLocations: false,
    userReplicationPolicy: { asyncReplication: false, minReplicaSetSize: 1, maxReplicasetSize: 1 },
    userConsistencyPolicy: { defaultConsistencyLevel: 'Session' },
    systemReplicationPolicy: { minReplicaSetSize: 1, maxReplicasetSize: 1 },
    readPolicy: { primaryReadCoefficient: 1, secondaryReadCoefficient: 1 },
  });
};

const databaseDocument = (id: string) => {
  const rid = databaseRid(id);
  return {
    id,
    _rid: rid,
    _self: `dbs/${rid}/`,
    _etag: `"${rid}"`,
    _colls: 'colls/',
    _users: 'users/',
    _ts: 0,
  };
};

export const readDatabase = ({ topology }: OpenDatabase): Reply => reply(databaseDocument(topology.database));

export const listDatabases = ({ topology }: OpenDatabase): Reply =>
  reply({ _rid: '', Databases: [databaseDocument(topology.database)], _count: 1 });

export const readContainer = (container: Container): Reply =>
  reply(containerDocument(container), { etag: `"${container.ids.rid}"` });

export const listContainers = ({ topology, containers }: OpenDatabase): Reply => {
  const documents = [...containers.values()].map(({ container }) => containerDocument(container));
  return reply({
    _rid: databaseRid(topology.database),
    DocumentCollections: documents,
    _count: documents.length,
  });
};

const containerDocument = ({ name, definition, ids }: Container) => {
  const { keys, indexed, composite, uniqueKeys, defaultTtlSeconds } = definition;
  return {
    id: name,
    indexingPolicy: {
      indexingMode: 'consistent',
      automatic: true,
      includedPaths: indexed.map((path) => ({ path })),
      excludedPaths: [{ path: indexed.includes('/*') ? '/"_etag"/?' : '/*' }],
      compositeIndexes: composite.map((paths) => paths.map((path) => ({ path, order: 'ascending' }))),
    },
    partitionKey: { paths: keys, kind: keys.length > 1 ? 'MultiHash' : 'Hash', version: 2 },
    uniqueKeyPolicy: { uniqueKeys: uniqueKeys.map((paths) => ({ paths })) },
    conflictResolutionPolicy: { mode: 'LastWriterWins', conflictResolutionPath: '/_ts' },
    ...(defaultTtlSeconds === undefined ? {} : { defaultTtl: defaultTtlSeconds }),
    _rid: ids.rid,
    _self: ids.self,
    _etag: `"${ids.rid}"`,
    _docs: 'docs/',
    _sprocs: 'sprocs/',
    _triggers: 'triggers/',
    _udfs: 'udfs/',
    _conflicts: 'conflicts/',
    _ts: 0,
  };
};

export const listRanges = ({ ranges }: OpenDatabase, { ids }: Container): Reply => {
  const documents = ranges.map(({ id, min, max }) => ({
    id,
    _rid: `${ids.rid.slice(0, -1)}${id}`,
    _self: `${ids.self}pkranges/${id}/`,
    _etag: `"${id}"`,
    _ts: 0,
    minInclusive: min,
    maxExclusive: max,
    ridPrefix: Number(id),
    throughputFraction: 1 / ranges.length,
    status: 'online',
    parents: [],
  }));
  return reply({ _rid: ids.rid, PartitionKeyRanges: documents, _count: documents.length });
};

/** What only Bicep may change: keys cannot change databases and containers, here as in the cloud. */
export const refuseManagement = (what: string): never => {
  throw new Refusal(
    403,
    `${what} is not done with a key: databases and containers come from infra/topology.json`,
    5300,
  );
};

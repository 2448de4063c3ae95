/**
 * `SettingsStore` on Cosmos DB, container `settings`, key /scope.
 * From: administration, mapping profiles. Next: per name one `<name>` that is current and one `<name>:v…` per
 * version that never changes, written in one batch: no version without its history, no gap between versions.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Container, JSONObject, OperationInput } from '@azure/cosmos';
import { z } from 'zod';
import { escapeId } from '../domain/document-ids.ts';
import { isSettingReadable, isSettingWritable } from '../domain/setting-scope.ts';
import type { SettingPlace, SettingsStore, SettingVersion } from '../ports/settings-store.ts';

const settingVersion = z.object({
  version: z.int().min(1),
  value: z.unknown(),
  by: z.string(),
  at: z.string(),
  reason: z.string(),
});
const namedVersion = settingVersion.extend({ name: z.string() });

const listQuery = `SELECT * FROM c WHERE c.kind = 'current' AND STARTSWITH(c.name, @prefix) ORDER BY c.name`;

/** Called with the request units of each call to the service and the name of what it did. */
export type Charged = (operation: string, requestUnits: number) => void;

export const cosmosSettings = (
  container: () => Container,
  charged: Charged = () => undefined,
): SettingsStore => {
  const read = async (scope: string, id: string) => {
    const answer = await container().item(id, scope).read<object>();
    charged('setting', answer.requestCharge);
    if (answer.resource === undefined) return undefined;
    return { version: settingVersion.parse(answer.resource), mark: answer.etag };
  };
  return {
    read: async (scope, place) =>
      isSettingReadable(scope, place.scope)
        ? (await read(place.scope, escapeId(place.name)))?.version
        : undefined,
    version: async (scope, place, version) =>
      isSettingReadable(scope, place.scope)
        ? (await read(place.scope, versionId(place, version)))?.version
        : undefined,
    list: async (scope, settingScope, prefix) => {
      if (!isSettingReadable(scope, settingScope)) return [];
      const query = { query: listQuery, parameters: [{ name: '@prefix', value: prefix }] };
      const answer = await container().items.query<unknown>(query, { partitionKey: settingScope }).fetchAll();
      charged('settings', answer.requestCharge);
      return z.array(namedVersion).parse(answer.resources);
    },
    save: async (scope, place, after, value) => {
      if (!isSettingWritable(scope, place.scope))
        throw new Error(`setting ${place.scope}/${place.name} is out of scope`);
      const next: SettingVersion = { version: after + 1, ...value };
      const before = await read(place.scope, escapeId(place.name));
      if ((before?.version.version ?? 0) === after) {
        const answer = await container().items.batch(batchOf(place, next, before?.mark), place.scope);
        charged('save setting', Number(answer.headers['x-ms-request-charge']));
        if (answer.code === 200) return 'saved';
        if (answer.result?.every(({ statusCode }) => ![409, 412].includes(statusCode)) !== false)
          throw new Error(`setting ${place.scope}/${place.name} was not kept: ${answer.code}`);
      }
      // somebody was first, or it was this very call whose answer was lost
      const there = await read(place.scope, versionId(place, next.version));
      return isDeepStrictEqual(there?.version, plain(next)) ? 'saved' : 'version-conflict';
    },
  };
};

/** `escapeId` writes no colon, so that no name is the version of another. */
const versionId = ({ name }: SettingPlace, version: number): string =>
  `${escapeId(name)}:v${String(version).padStart(10, '0')}`;

/** As it comes back from the store. */
const plain = (version: SettingVersion): JSONObject => JSON.parse(JSON.stringify(version)) as JSONObject;

const batchOf = (
  place: SettingPlace,
  version: SettingVersion,
  mark: string | undefined,
): OperationInput[] => {
  const resourceBody = { ...place, ...plain(version) };
  const id = escapeId(place.name);
  const current = { ...resourceBody, id, kind: 'current' };
  return [
    {
      operationType: 'Create',
      resourceBody: { ...resourceBody, id: versionId(place, version.version), kind: 'version' },
    },
    mark === undefined
      ? { operationType: 'Create', resourceBody: current }
      : { operationType: 'Replace', id, ifMatch: mark, resourceBody: current },
  ];
};

/**
 * `SettingsStore` in memory; values are kept as JSON, so that only what survives writing comes back.
 * From and next: workflows under test.
 */
import { isSettingReadable, isSettingWritable } from '../../../shared/domain/setting-scope.ts';
import type { SettingPlace, SettingsStore, SettingVersion } from '../../../shared/ports/settings-store.ts';

export const memorySettings = (): SettingsStore => {
  /** By scope, then name: every version as JSON, the newest last. */
  const kept = new Map<string, Map<string, string[]>>();
  const versionsOf = ({ scope, name }: SettingPlace): string[] => kept.get(scope)?.get(name) ?? [];
  const parse = (text: string | undefined): SettingVersion | undefined =>
    text === undefined ? undefined : (JSON.parse(text) as SettingVersion);
  return {
    read: async (scope, place) =>
      isSettingReadable(scope, place.scope) ? parse(versionsOf(place).at(-1)) : undefined,
    version: async (scope, place, version) =>
      isSettingReadable(scope, place.scope) ? parse(versionsOf(place)[version - 1]) : undefined,
    list: async (scope, settingScope, prefix) =>
      isSettingReadable(scope, settingScope)
        ? [...(kept.get(settingScope) ?? [])]
            .filter(([name]) => name.startsWith(prefix))
            .map(([name, versions]) => ({ ...(JSON.parse(versions.at(-1)!) as SettingVersion), name }))
            .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        : [],
    save: async (scope, place, after, value) => {
      if (!isSettingWritable(scope, place.scope)) throw new Error(`setting ${place.name} is out of scope`);
      const versions = versionsOf(place);
      const next = JSON.stringify({ version: after + 1, ...value });
      if (versions.length !== after) return versions[after] === next ? 'saved' : 'version-conflict';
      const ofScope = kept.get(place.scope) ?? new Map<string, string[]>();
      kept.set(place.scope, ofScope.set(place.name, [...versions, next]));
      return 'saved';
    },
  };
};

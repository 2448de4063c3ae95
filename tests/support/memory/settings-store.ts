/**
 * `SettingsStore` in memory; values are kept as JSON would bring them back, so that only what survives writing does. What is read
 * is the kept copy itself: nobody changes what they read.
 * From and next: workflows under test.
 */
import { isSameJson } from '../../../shared/domain/same-json.ts';
import { isSettingReadable, isSettingWritable } from '../../../shared/domain/setting-scope.ts';
import { asWritten } from './as-written.ts';
import type { SettingPlace, SettingsStore, SettingVersion } from '../../../shared/ports/settings-store.ts';

export const memorySettings = (): SettingsStore => {
  /** By scope, then name: every version as it was written, the newest last. */
  const kept = new Map<string, Map<string, SettingVersion[]>>();
  const versionsOf = ({ scope, name }: SettingPlace): SettingVersion[] => kept.get(scope)?.get(name) ?? [];
  return {
    read: async (scope, place) =>
      isSettingReadable(scope, place.scope) ? versionsOf(place).at(-1) : undefined,
    version: async (scope, place, version) =>
      isSettingReadable(scope, place.scope) ? versionsOf(place)[version - 1] : undefined,
    list: async (scope, settingScope, prefix) =>
      isSettingReadable(scope, settingScope)
        ? [...(kept.get(settingScope) ?? [])]
            .filter(([name]) => name.startsWith(prefix))
            .map(([name, versions]) => ({ ...versions.at(-1)!, name }))
            .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        : [],
    save: async (scope, place, after, value) => {
      if (!isSettingWritable(scope, place.scope)) throw new Error(`setting ${place.name} is out of scope`);
      const versions = versionsOf(place);
      const next = asWritten({ version: after + 1, ...value });
      if (versions.length !== after) return isSameJson(versions[after], next) ? 'saved' : 'version-conflict';
      const ofScope = kept.get(place.scope) ?? new Map<string, SettingVersion[]>();
      kept.set(place.scope, ofScope.set(place.name, [...versions, next]));
      return 'saved';
    },
  };
};

/**
 * Versioned data that decides how a company works: nothing of it is code, every version is kept.
 * From: administration and mapping profiles. Next: `shared/azure/cosmos-settings.ts`, `tests/support/memory`.
 * A place is a scope (`deployment`, `company:<id>`, `user:<id>`) and a name in it (`company`, `profile:<name>`).
 */
import type { Scope } from '../domain/scope.ts';

export type SettingPlace = { scope: string; name: string };

export type SettingVersion = {
  version: number;
  value: unknown;
  /** Who, by id, when (ISO instant) and why. */
  by: string;
  at: string;
  reason: string;
};

export interface SettingsStore {
  /** The newest version; undefined when there is none. */
  read(scope: Scope, place: SettingPlace): Promise<SettingVersion | undefined>;
  /** One version by its number. */
  version(scope: Scope, place: SettingPlace, version: number): Promise<SettingVersion | undefined>;
  /** The newest of each name that begins with `prefix`, in order of names. */
  list(scope: Scope, settingScope: string, prefix: string): Promise<(SettingVersion & { name: string })[]>;
  /** Keeps version `after + 1`; `version-conflict` when somebody was first. `after` 0: the first. */
  save(
    scope: Scope,
    place: SettingPlace,
    after: number,
    value: { value: unknown; by: string; at: string; reason: string },
  ): Promise<'saved' | 'version-conflict'>;
}

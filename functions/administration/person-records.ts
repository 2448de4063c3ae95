/**
 * One person's reach and requests, as they lie in settings.
 * From and next: the workflows beside this file. They are read and written with the system's own scope, since
 * nobody's role spans the people of a deployment; what a caller may see or change of them is decided before.
 */
import { reachRequest, type ReachRequest } from '../../shared/contracts/administration.ts';
import { noReach, reach, reachPlace, type Reach } from '../../shared/contracts/reach.ts';
import { refuse, done, type Outcome } from '../../shared/domain/outcome.ts';
import { isSameJson } from '../../shared/domain/same-json.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { SettingPlace, SettingsStore } from '../../shared/ports/settings-store.ts';

export type Kept<Value> = { version: number; value: Value };
export type By = { by: string; at: string; reason: string };

export type PersonRecords = {
  reach(personId: string): Promise<Kept<Reach>>;
  request(personId: string, kind: ReachRequest['kind']): Promise<Kept<ReachRequest | undefined>>;
  saveReach(personId: string, before: Kept<Reach>, value: Reach, by: By): Promise<Saved>;
  saveRequest(personId: string, after: number, value: ReachRequest, by: By): Promise<Saved>;
  /** Ids of people anything was ever said about, in order, after one of them. */
  ids(after?: string): Promise<string[]>;
};
type Saved = Outcome<true, 'setting-changed'>;

export const personRecords = (settings: SettingsStore, system: Scope): PersonRecords => {
  const save = async (place: SettingPlace, after: number, value: unknown, by: By): Promise<Saved> => {
    const saved = await settings.save(system, place, after, { value, ...by });
    return saved === 'saved' ? done(true) : refuse('setting-changed', 'Somebody else was first.');
  };
  return {
    reach: async (personId) => {
      const kept = await settings.read(system, reachPlace(personId));
      return { version: kept?.version ?? 0, value: kept ? reach.parse(kept.value) : noReach };
    },
    request: async (personId, kind) => {
      const kept = await settings.read(system, requestPlace(personId, kind));
      return { version: kept?.version ?? 0, value: kept && reachRequest.parse(kept.value) };
    },
    // what is as it should be is not written again
    saveReach: async (personId, before, value, by) =>
      isSameJson(before.value, value) ? done(true) : save(reachPlace(personId), before.version, value, by),
    saveRequest: async (personId, after, value, by) => {
      const listed = { scope: 'deployment', name: `person:${personId}` };
      if (!(await settings.read(system, listed)))
        await settings.save(system, listed, 0, { value: { personId }, ...by });
      return save(requestPlace(personId, value.kind), after, value, by);
    },
    ids: async (after = '') =>
      (await settings.list(system, 'deployment', 'person:'))
        .map(({ name }) => name.slice('person:'.length))
        .filter((id) => id > after),
  };
};

const requestPlace = (personId: string, kind: ReachRequest['kind']): SettingPlace => ({
  scope: `user:${personId}`,
  name: `request:${kind}`,
});

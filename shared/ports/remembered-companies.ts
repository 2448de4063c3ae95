/**
 * Settings of companies, remembered for half a minute: pages and batches of events ask for them again and again.
 * From: the settings store. Next: `shared/edge/read-company.ts` for what shows; never for what moves money.
 * A save through this process is forgotten at once; one of another process is seen when the time is over.
 */
import type { Instant } from '../domain/calendar.ts';
import type { Scope } from '../domain/scope.ts';
import { isSettingReadable } from '../domain/setting-scope.ts';
import type { SettingPlace, SettingsStore, SettingVersion } from './settings-store.ts';

const rememberedSeconds = 30;
/** More companies than any deployment has; then all are forgotten. */
const mostRemembered = 1_000;

export type RememberedCompanies = {
  /** Reads companies from memory; all else, and what is not set up, from the store. */
  remembered: Pick<SettingsStore, 'read'>;
  /** The store itself; what is saved through it is remembered no more. */
  settings: SettingsStore;
};

export const rememberCompanies = (inner: SettingsStore, now: () => Instant): RememberedCompanies => {
  const known = new Map<string, { version: SettingVersion; until: Instant }>();
  /** Saves begun so far: a read that overlaps one may be of before it, and is not remembered. */
  let saves = 0;
  const isCompany = ({ scope, name }: SettingPlace): boolean =>
    name === 'company' && scope.startsWith('company:');
  const forget = ({ scope }: SettingPlace): void => {
    saves += 1;
    known.delete(scope);
  };
  const read = async (scope: Scope, place: SettingPlace): Promise<SettingVersion | undefined> => {
    if (!isCompany(place)) return inner.read(scope, place);
    if (!isSettingReadable(scope, place.scope)) return undefined;
    const found = known.get(place.scope);
    if (found !== undefined && now().epochMilliseconds < found.until.epochMilliseconds)
      return structuredClone(found.version);
    const savesBefore = saves;
    const version = await inner.read(scope, place);
    if (version === undefined || saves !== savesBefore) return version;
    if (known.size >= mostRemembered) known.clear();
    known.set(place.scope, { version, until: now().add({ seconds: rememberedSeconds }) });
    return structuredClone(version);
  };
  const save: SettingsStore['save'] = async (scope, place, after, value) => {
    if (!isCompany(place)) return inner.save(scope, place, after, value);
    forget(place);
    try {
      return await inner.save(scope, place, after, value);
    } finally {
      forget(place);
    }
  };
  return {
    remembered: { read },
    settings: {
      read: (...call) => inner.read(...call),
      version: (...call) => inner.version(...call),
      list: (...call) => inner.list(...call),
      save,
    },
  };
};

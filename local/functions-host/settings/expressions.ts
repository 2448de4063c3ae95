/**
 * Settings of one app: `%NAME%` inside bindings, connection strings, switches.
 * From: the settings given for that app, never the environment of the process. Next: `triggers.ts`.
 */
import { HostRefusal } from '../refusal.ts';
import { connectionFields } from './loopback.ts';

export type Settings = Record<string, string>;

const settingOf = (settings: Settings, name: string): string | undefined =>
  Object.hasOwn(settings, name) ? settings[name] : undefined;

const expression = /%([^%]+)%/g;

/** Replaces every `%NAME%`. @throws HostRefusal naming the setting that is missing. */
export const resolveSettings = (text: string, settings: Settings, where: string): string =>
  text.replaceAll(expression, (_all, name: string) => {
    const value = settingOf(settings, name);
    if (value === undefined)
      throw new HostRefusal(`${where}: setting '${name}' is missing (used as %${name}%)`);
    return value;
  });

/** Resolves all texts of a binding; lists and nested values are left as they are. */
export const resolveBinding = <T extends Record<string, unknown>>(
  binding: T,
  settings: Settings,
  where: string,
): T =>
  Object.fromEntries(
    Object.entries(binding).map(([key, value]) => [
      key,
      typeof value === 'string' ? resolveSettings(value, settings, where) : value,
    ]),
  ) as T;

/** The connection string a binding names. @throws HostRefusal when it is missing or of the identity kind. */
export const connectionString = (name: string, settings: Settings, where: string): string => {
  const value = settingOf(settings, name);
  if (value !== undefined && connectionFields(value).size > 0) return value;
  if (value !== undefined) throw new HostRefusal(`${where}: setting '${name}' is not a connection string`);
  const identity = Object.keys(settings).find((key) => key.startsWith(`${name}__`));
  if (identity !== undefined)
    throw new HostRefusal(
      `${where}: ${identity} needs an identity; the local host takes a connection string '${name}'`,
    );
  throw new HostRefusal(`${where}: setting '${name}' with the connection string is missing`);
};

/** `AzureWebJobs.<name>.Disabled` is `true` or `1`. */
export const isDisabled = (functionName: string, settings: Settings): boolean =>
  /^(true|1)$/i.test(settings[`AzureWebJobs.${functionName}.Disabled`] ?? '');

/**
 * Keys are for this machine only: a key that opens something elsewhere does not belong in local settings.
 * From: every setting of an app at start-up. Next: `HostRefusal`, or nothing.
 * In the cloud identities replace keys; here a forgotten real key would make tests touch real money.
 */
import { HostRefusal } from '../refusal.ts';

const loopbackHosts = new Set(['127.0.0.1', 'localhost', '[::1]']);
const keyFields = new Set(['accountkey', 'sharedaccesskey', 'sharedaccesssignature', 'accesskey']);

/** Whether an address such as `sb://localhost:5672` or `https://[::1]/` lies on this machine. */
export const isLoopback = (address: string): boolean => {
  const authority = address.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').split(/[/?#]/)[0] ?? '';
  const host = authority.replace(/^.*@/, '').replace(/:\d*$/, '');
  return loopbackHosts.has(host.toLowerCase());
};

/** The address outside this machine that this setting holds a key for, or undefined when there is none. */
export const foreignKeyHolder = (value: string): string | undefined => {
  const fields = connectionFields(value);
  if (fields.size === 0) return foreignSignedUrl(value);
  if (![...fields.keys()].some((name) => keyFields.has(name))) return undefined;
  const addresses = [...fields].filter(([name]) => name.endsWith('endpoint')).map(([, address]) => address);
  if (addresses.length === 0) return fields.get('accountname') ?? 'an address that is not given';
  return addresses.find((address) => !isLoopback(address));
};

/** `a=b;c=d` by lower-case name; empty when the value is something else. */
export const connectionFields = (value: string): Map<string, string> => {
  const fields = new Map<string, string>();
  for (const part of value.split(';')) {
    if (part.trim() === '') continue;
    const [, name, content] = part.trim().match(/^([A-Za-z]+)=(.*)$/) ?? [];
    if (name === undefined || content === undefined) return new Map();
    fields.set(name.toLowerCase(), content);
  }
  return fields;
};

const foreignSignedUrl = (value: string): string | undefined => {
  if (!/^https?:\/\//i.test(value) || !/[?&]sig=/i.test(value)) return undefined;
  return isLoopback(value) ? undefined : (value.split(/[?#]/)[0] ?? value);
};

/** @throws HostRefusal naming the app and the setting, never the key. */
export const requireLoopbackKeys = (app: string, settings: Record<string, string>): void => {
  for (const [name, value] of Object.entries(settings)) {
    const holder = foreignKeyHolder(value);
    if (holder !== undefined)
      throw new HostRefusal(
        `${app}: setting ${name} holds a key for ${holder}; keys are accepted for this machine only`,
      );
  }
};

/**
 * Settings of one app, from environment-like names to typed values.
 * From: the platform's app settings, `local.settings.json`, the local Azure. Next: `functions/parts.ts`.
 * A bad setting stops the start with one line that names it. Keys are for loopback hosts only: in the
 * cloud every service is reached by the app's identity.
 */
import { z } from 'zod';
import { paymentAccountsIn, type PaymentAccounts } from './payment-settings.ts';
import { topology } from './topology.ts';

/** A service reached by a key (loopback only) or by the app's managed identity. */
export type Connection = { by: 'key'; connectionString: string } | { by: 'identity'; endpoint: string };

export type AppSettings = {
  app: string;
  /** Shown by health, so that a deployment can be told from the one before. */
  build: string;
  serviceBus: Connection;
  cosmos: Connection;
  blob: Connection;
  email: Connection;
  /** Domains the mail service may send from; none: nobody said, and only the mail service knows. */
  mailDomains: readonly string[];
  /** The same in all apps; base64, the first signs and each verifies, so that a key can be changed. */
  secrets: { linkKeys: readonly string[]; mailWebhookKeys: readonly string[]; peopleSalt: string };
  identity: { issuer: string; audience: string; keysUrl: string };
  /** Where customers reach the portal. */
  portalOrigin: string;
  /** Accounts at the payment provider; `origin` where it is a stand-in. */
  payments: { origin: string | undefined; accounts: PaymentAccounts };
  /** Managed identity of this app; undefined where keys are used. */
  clientId: string | undefined;
  telemetry: string | undefined;
  /** Of one person, in one instance. */
  callsPerMinute: number;
};

/** A setting that cannot be used; its message is the one line a person sees. */
export class BadSetting extends Error {
  constructor(name: string, reason: string) {
    super(`setting ${name}: ${reason}`);
    this.name = 'BadSetting';
  }
}

export type RawSettings = Readonly<Record<string, string | undefined>>;

/** @throws BadSetting naming the first setting that is missing or cannot be used. */
export const parseSettings = (raw: RawSettings): AppSettings => ({
  app: appName(raw),
  build: raw['DUNWELL_BUILD'] ?? 'local',
  serviceBus: connection(raw, 'SERVICEBUS', 'fullyQualifiedNamespace', 'Endpoint'),
  cosmos: connection(raw, 'COSMOS', 'accountEndpoint', 'AccountEndpoint'),
  blob: connection(raw, 'BLOB', 'serviceUri', 'BlobEndpoint'),
  email: connection(raw, 'EMAIL', 'endpoint', 'endpoint'),
  mailDomains: domainsIn(raw, 'MAIL_FROM_DOMAIN'),
  secrets: {
    linkKeys: keysIn(raw, 'LINK_KEYS'),
    mailWebhookKeys: keysIn(raw, 'MAIL_WEBHOOK_KEYS'),
    peopleSalt: saltIn(raw, 'PEOPLE_SALT'),
  },
  identity: {
    issuer: webAddress(raw, 'IDENTITY_ISSUER'),
    audience: required(raw, 'IDENTITY_AUDIENCE'),
    keysUrl: webAddress(raw, 'IDENTITY_KEYS_URL'),
  },
  portalOrigin: new URL(webAddress(raw, 'PORTAL_ORIGIN')).origin,
  payments: paymentsIn(raw),
  clientId: raw['AZURE_CLIENT_ID'],
  telemetry: raw['APPLICATIONINSIGHTS_CONNECTION_STRING'],
  callsPerMinute: wholeNumber(raw, 'DUNWELL_CALLS_PER_MINUTE', 300),
});

const required = (raw: RawSettings, name: string): string => {
  const value = raw[name];
  if (!value) throw new BadSetting(name, 'is missing');
  return value;
};

const wholeNumber = (raw: RawSettings, name: string, otherwise: number): number => {
  const value = raw[name] ?? String(otherwise);
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new BadSetting(name, `"${value}" is not a whole number above 0`);
  return Number(value);
};

/** Domains with a comma between them; absent or empty: none is named. */
const domainsIn = (raw: RawSettings, name: string): string[] => {
  const domains = (raw[name] ?? '').split(',').map((one) => one.trim().toLowerCase());
  const named = domains.filter((one) => one !== '');
  const wrong = named.find((one) => !/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]+$/.test(one));
  if (wrong !== undefined) throw new BadSetting(name, `"${wrong}" is no domain such as mail.example.com`);
  return named;
};

/** What is wrong with it is not said: it holds keys. */
const paymentsIn = (raw: RawSettings): AppSettings['payments'] => {
  const accounts = paymentAccountsIn(raw['PAYMENTS_ACCOUNTS']);
  if (accounts === undefined) throw new BadSetting('PAYMENTS_ACCOUNTS', 'is not as it should be');
  const origin = raw['PAYMENTS_ORIGIN'] === undefined ? undefined : webAddress(raw, 'PAYMENTS_ORIGIN');
  return { origin, accounts };
};

const leastKeyBytes = 32;

/** One key, or two while one takes the other's place. */
const keysIn = (raw: RawSettings, name: string): string[] => {
  const keys = required(raw, name).split(',');
  if (keys.length > 2) throw new BadSetting(name, 'holds more than two keys');
  if (keys.some((key) => Buffer.from(key, 'base64').byteLength < leastKeyBytes))
    throw new BadSetting(name, `holds a key of less than ${leastKeyBytes} bytes in base64`);
  return keys;
};

const saltIn = (raw: RawSettings, name: string): string => {
  const salt = required(raw, name);
  if (salt.length < 16) throw new BadSetting(name, 'is shorter than 16 characters');
  return salt;
};

const appName = (raw: RawSettings): string => {
  const name = required(raw, 'DUNWELL_APP');
  if (!Object.hasOwn(topology.apps, name))
    throw new BadSetting('DUNWELL_APP', `"${name}" is none of ${Object.keys(topology.apps).join(', ')}`);
  return name;
};

const connection = (raw: RawSettings, name: string, identityPart: string, keyPart: string): Connection => {
  const identityName = `${name}__${identityPart}`;
  const endpoint = raw[identityName];
  const connectionString = raw[name];
  if (endpoint && connectionString) throw new BadSetting(name, `is set beside ${identityName}; keep one`);
  if (endpoint) return { by: 'identity', endpoint };
  if (!connectionString) throw new BadSetting(identityName, 'is missing');
  const host = hostIn(connectionString, keyPart);
  if (host === undefined) throw new BadSetting(name, `has no readable ${keyPart}`);
  if (!isLoopback(host))
    throw new BadSetting(name, `holds a key for ${host}; keys are for loopback hosts only`);
  return { by: 'key', connectionString };
};

const hostIn = (connectionString: string, part: string): string | undefined => {
  const value = connectionString
    .split(';')
    .find((one) => one.startsWith(`${part}=`))
    ?.slice(part.length + 1);
  return value === undefined || !URL.canParse(value) ? undefined : new URL(value).hostname;
};

/** 127.0.0.1, localhost and ::1 are this machine. */
const isLoopback = (host: string): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(host);

const webAddress = (raw: RawSettings, name: string): string => {
  const value = required(raw, name);
  const parsed = z.url({ protocol: /^https?$/ }).safeParse(value);
  if (!parsed.success) throw new BadSetting(name, `"${value}" is not a web address`);
  const { protocol, hostname } = new URL(value);
  if (protocol === 'http:' && !isLoopback(hostname)) throw new BadSetting(name, 'must begin with https');
  return value;
};

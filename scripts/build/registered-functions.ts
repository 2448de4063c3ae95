/**
 * Asks a bundle what it registers for one app.
 * From: `npm run build` and `tests/build`. Next: `load-bundle.ts`, in a process of its own.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

export type RegisteredFunction = { name: string; bindings: Record<string, unknown>[] };
export type Registered = {
  functions: RegisteredFunction[];
  /** Milliseconds to load and register. */ loadMs: number;
  /** Names of the files read until then. */
  filesAtStart: string[];
  /** Names of the files read in the end. */
  files: string[];
};

/** A `GET`, with what the platform finds in the places of the route. */
export type FirstCall = { name: string; path: string; params: Record<string, string> };

export type Answered = Registered & {
  answer: { status: number; headers: Record<string, string>; afterMs: number };
};

const secret = 'MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=';

/** Settings as the cloud gives them: names of services, and made-up secrets of the lengths that are asked for. */
export const settingsOf = (app: string): Record<string, string> => ({
  DUNWELL_APP: app,
  SERVICEBUS__fullyQualifiedNamespace: 'example.servicebus.windows.net',
  COSMOS__accountEndpoint: 'https://example.documents.azure.com:443/',
  BLOB__serviceUri: 'https://example.blob.core.windows.net',
  EMAIL__endpoint: 'https://example.communication.azure.com',
  IDENTITY_ISSUER: 'https://login.example.com/v2.0',
  IDENTITY_AUDIENCE: 'api://dunwell',
  IDENTITY_KEYS_URL: 'https://login.example.com/keys',
  LINK_KEYS: secret,
  MAIL_WEBHOOK_KEYS: secret,
  PEOPLE_SALT: secret,
  PORTAL_ORIGIN: 'https://portal.example.com',
  PAYMENTS_ACCOUNTS: '{}',
  AZURE_CLIENT_ID: '00000000-0000-0000-0000-000000000000',
});

const run = promisify(execFile);

/** @throws when the bundle does not load; the message holds what it printed. */
export const registeredFunctions = (
  bundleFile: string,
  app: string,
  moreSettings: Record<string, string> = {},
): Promise<Registered> => loaded([bundleFile], { ...settingsOf(app), ...moreSettings });

/** The same, and stays until the code of all its pieces is read. @throws when some cannot be read. */
export const wholeApp = (bundleFile: string, app: string): Promise<Registered> =>
  loaded([bundleFile, 'all'], settingsOf(app));

/** The same, and calls one function at once, without a credential. @throws when it is not answered. */
export const firstCall = async (bundleFile: string, app: string, call: FirstCall): Promise<Answered> =>
  (await loaded([bundleFile, 'call', JSON.stringify(call)], settingsOf(app))) as Answered;

const loaded = async (how: string[], env: Record<string, string>): Promise<Registered> => {
  const file = join(import.meta.dirname, 'load-bundle.ts');
  const { stdout } = await run(process.execPath, [file, ...how], { env, timeout: 60_000 });
  return JSON.parse(stdout) as Registered;
};

/**
 * Where the local Azure listens, as a file in its state directory.
 * From: the process that starts the stand-ins. Next: further processes that share them, settings of apps.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { isProcessAlive } from './kit/process-alive.ts';

const endpoints = z.strictObject({
  processId: z.int(),
  admin: z.url(),
  cosmos: z.url(),
  /** `sb://host:port` */
  serviceBus: z.string(),
  /** Ends in the account's name. */
  blob: z.url(),
  email: z.url(),
  identity: z.strictObject({ issuer: z.url(), audience: z.string(), keysUrl: z.url() }),
  payments: z.url(),
});

export type Endpoints = z.infer<typeof endpoints>;

const fileIn = (stateDir: string): string => join(stateDir, 'endpoints.json');

export const saveEndpoints = (stateDir: string, value: Endpoints): void => {
  mkdirSync(stateDir, { recursive: true });
  writeFileSync(`${fileIn(stateDir)}.new`, JSON.stringify(value, null, 2));
  renameSync(`${fileIn(stateDir)}.new`, fileIn(stateDir));
};

export const removeEndpoints = (stateDir: string): void => rmSync(fileIn(stateDir), { force: true });

/** Those of a process that still runs, else undefined. */
export const runningEndpoints = async (stateDir: string): Promise<Endpoints | undefined> => {
  const found = readSaved(stateDir);
  if (!found || found.processId === process.pid || !isProcessAlive(found.processId)) return undefined;
  return (await isListening(found.admin)) ? found : undefined;
};

const readSaved = (stateDir: string): Endpoints | undefined => {
  let text: string;
  try {
    text = readFileSync(fileIn(stateDir), 'utf8');
  } catch {
    return undefined; // none was ever started here
  }
  return endpoints.parse(JSON.parse(text));
};

/** After a kill or a restart of the machine the number may be another program's: then nobody listens there. */
const isListening = (adminUrl: string): Promise<boolean> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(adminUrl);
    const socket = connect(Number(port), hostname);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

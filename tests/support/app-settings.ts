/**
 * The settings an app starts with where only some services of the local Azure run; nobody listens at the others.
 * From: tests. Next: the app's clients, with its own keys, or all of its parts.
 */
import type { Endpoints } from '../../local/endpoints.ts';
import { settingsFor } from '../../local/settings.ts';
import { createClients, type AzureClients } from '../../shared/azure/clients.ts';
import { parseSettings, type AppSettings } from '../../shared/contracts/settings.ts';

const unused = 'http://127.0.0.1:1/unused';

/** @param at what listens where, of those the test needs. */
export const appSettings = (app: string, at: Partial<Endpoints> = {}): AppSettings =>
  parseSettings(
    settingsFor(app, {
      ...{ processId: 1, admin: unused, cosmos: unused, blob: unused, email: unused, payments: unused },
      serviceBus: 'sb://127.0.0.1:1',
      identity: { issuer: unused, audience: 'api://dunwell', keysUrl: unused },
      ...at,
    }),
  );

export const appClients = (app: string, at: Partial<Endpoints>): AzureClients =>
  createClients(appSettings(app, at));

/**
 * Starts the local mail service: ACS Email for the official SDK, and the mailbox page beside it.
 * From: `local/main.ts` and the tests. Next: callers get a connection string per app; delivery reports go
 * to `deliver`, replies that a person writes on the page to `reply`.
 */
import { serveHttp } from '../kit/http-service.ts';
import { localKey } from '../kit/keys.ts';
import type { LocalService, ServiceOptions } from '../kit/service.ts';
import type { FaultSwitch } from '../kit/faults.ts';
import { createActionsJson } from './actions-json.ts';
import { createAdmin } from './admin.ts';
import { createApi } from './api.ts';
import { createAuthentication } from './auth.ts';
import { answerMailJson } from './mail-json.ts';
import { maxRequestBytes } from './message.ts';
import { createPages } from './pages/pages.ts';
import type { SendReply } from './pages/actions.ts';
import { createQuota } from './quota.ts';
import { refuse } from './refusal.ts';
import { createReporting, type Deliver } from './reports.ts';
import { createRoutes, isApiPath } from './routes.ts';
import { createSending } from './sending.ts';
import { createSettings, type EmailSettingsInput } from './settings.ts';
import { openStore } from './store.ts';

export type EmailOptions = ServiceOptions &
  EmailSettingsInput & {
    /** Takes delivery reports; while it throws, they wait and are handed over again. */
    deliver?: Deliver;
    /** Takes a reply written on the mailbox page, as raw MIME; without it the page shows no reply form. */
    reply?: SendReply;
  };

export type LocalEmail = LocalService & {
  /** What an app (or the owner) puts into `new EmailClient(...)`. */
  connectionString(holder: string): string;
};

/** @throws PortTaken @throws DamagedState @throws ZodError for a setting that does not fit */
export const startEmail = async (options: EmailOptions): Promise<LocalEmail> => {
  const { port, stateDir, topology, clock, faults, log, deliver, reply, ...initial } = options;
  const settings = createSettings(initial);
  const store = openStore(stateDir);
  const reporting = createReporting({ store, clock, deliver, log });
  const counted: Record<string, number> = {};
  const count = (name: string) => void (counted[name] = (counted[name] ?? 0) + 1);
  const sendQuota = createQuota(() => settings.current());
  const statusQuota = createQuota(() => {
    const { statusPerMinute, statusPerHour } = settings.current();
    return { perMinute: statusPerMinute, perHour: statusPerHour };
  });
  const send = createSending({ store, settings, clock, reporting });
  const authenticate = createAuthentication(topology);
  const http = await serveHttp({
    name: 'email',
    port,
    maxBodyBytes: maxRequestBytes,
    faults: onApiOnly(faults),
    refuse,
    onCrash: (error, call) => log(`email: ${call.method} ${call.path} failed: ${String(error)}`),
    answer: createRoutes({
      api: createApi({ store, settings, clock, sendQuota, statusQuota, authenticate, send, count }),
      admin: createAdmin({ settings, faults, store, clock }),
      mailJson: (call) => answerMailJson(store, call),
      actionsJson: createActionsJson({ store, clock, reporting, reply }),
      pages: createPages({ store, clock, reporting, reply }),
    }),
  }).catch((error: unknown) => {
    reporting.close();
    store.close();
    throw error;
  });
  for (const { acceptedAtMs } of store.mails.values())
    if (acceptedAtMs <= clock.now()) sendQuota.restore(acceptedAtMs);
  for (const report of store.pending.values()) reporting.schedule(report);

  const { perMinute, perHour } = settings.current();
  return {
    url: http.url,
    port: http.port,
    summary: `${store.mails.size} mails, quota ${perMinute}/min ${perHour}/h`,
    counts: () => ({ ...counted, mails: store.mails.size, reports: reporting.handedOver() }),
    connectionString: (holder) => `endpoint=${http.url}/;accesskey=${localKey('email', holder)}`,
    close: async () => {
      reporting.close();
      await http.close();
      store.close();
    },
  };
};

/** Faults are for callers of the API; a person looking at the mailbox meets none. */
const onApiOnly = (faults: FaultSwitch): FaultSwitch => ({
  ...faults,
  draw: (operation) => (isApiPath(operation.split(' ')[1] ?? '') ? faults.draw(operation) : []),
});

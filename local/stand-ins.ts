/**
 * Starts the stand-ins of the local Azure and their admin address.
 * From: `local/main.ts`. Next: the endpoints apps are given; one line each for a person.
 */
import type { Clock } from './clock.ts';
import { createAdmin, type Admin } from './admin.ts';
import { startBlob } from './blob/start.ts';
import { leadClock } from './clock-link.ts';
import { startCosmos } from './cosmos/start.ts';
import { reportsToQueue } from './delivery-reports.ts';
import { startEmail } from './email/start.ts';
import type { Endpoints } from './endpoints.ts';
import type { LocalEnvironment, ServiceName } from './environment.ts';
import { startIdentity } from './identity/start.ts';
import { createFaultSwitch, type FaultSwitch } from './kit/faults.ts';
import { serveHttp } from './kit/http-service.ts';
import { ownerName } from './kit/keys.ts';
import type { LocalService, ServiceOptions } from './kit/service.ts';
import { createMailGateway, type MailGateway } from './inbound-mail.ts';
import { webhookAt } from './payment-webhook.ts';
import { startPayments } from './payments/start.ts';
import { startServiceBus } from './service-bus/start.ts';
import { topology } from '../shared/contracts/topology.ts';

export type StandIns = {
  endpoints: Endpoints;
  faults: Record<ServiceName | 'functions-host', FaultSwitch>;
  /** Answers the admin routes, wherever they are asked. */
  admin: Admin;
  /** Events of the payment provider go to the portal from then on. */
  tellPortal(url: string): Promise<void>;
  close(): Promise<void>;
};

export type Started = (name: string, url: string, summary: string) => void;

/** Starts all of them side by side. @throws PortTaken, DamagedState; whatever had started is closed again. */
export const startStandIns = async (
  environment: LocalEnvironment,
  clock: Clock,
  log: (line: string) => void,
  started: Started,
): Promise<StandIns> => {
  const faults = faultSwitches(environment);
  const open: { close(): Promise<void> }[] = [];
  const close = async () => {
    await Promise.all(open.map((one) => one.close()));
  };
  try {
    const gateway = createMailGateway(clock);
    const services = await startServices(environment, clock, faults, gateway, log, (name, service) => {
      open.push(service);
      started(name, service.url, service.summary);
    });
    const answer = createAdmin({ clock, leader: leadClock(clock), faults, status: () => statusOf(services) });
    const admin = await serveAdmin(environment.ports['admin'] ?? 0, answer);
    open.push(admin);
    started('admin', admin.url, 'clock, faults and counts under /admin');
    const tellPortal = async (url: string) => {
      gateway.tellPortal(url);
      await services.payments.addWebhook(webhookAt(url));
    };
    return { endpoints: endpointsOf(services, admin.url), faults, admin: answer, tellPortal, close };
  } catch (error) {
    await close();
    throw error;
  }
};

const faultSwitches = ({
  faults,
}: LocalEnvironment): Record<ServiceName | 'functions-host', FaultSwitch> => ({
  cosmos: createFaultSwitch(faults.cosmos),
  'service-bus': createFaultSwitch(faults['service-bus']),
  blob: createFaultSwitch(faults.blob),
  email: createFaultSwitch(faults.email),
  identity: createFaultSwitch(faults.identity),
  payments: createFaultSwitch(faults.payments),
  'functions-host': createFaultSwitch(faults['functions-host']),
});

type Services = Awaited<ReturnType<typeof startServices>>;

/** Waits for every one even when another fails, so that nothing is left running behind the error. */
const startServices = async (
  { ports, stateDir }: LocalEnvironment,
  clock: Clock,
  faults: Record<ServiceName, FaultSwitch>,
  gateway: MailGateway,
  log: (line: string) => void,
  onStarted: (name: ServiceName, service: LocalService) => void,
) => {
  const start = async <One extends LocalService>(
    name: ServiceName,
    begin: (options: ServiceOptions) => Promise<One>,
  ): Promise<One> => {
    const service = await begin({
      port: ports[name] ?? 0,
      stateDir,
      topology,
      clock,
      faults: faults[name],
      log: (line) => log(`${name}: ${line}`),
    });
    onStarted(name, service);
    return service;
  };
  const serviceBus = start('service-bus', startServiceBus);
  const startEmailBehind = async (options: ServiceOptions) => {
    const bus = await serviceBus;
    const deliver = reportsToQueue(bus.connectionString(ownerName));
    return startEmail({ ...options, deliver, reply: (...mail) => gateway.deliver(...mail) });
  };
  return allOrThrow({
    serviceBus,
    cosmos: start('cosmos', startCosmos),
    blob: start('blob', startBlob),
    email: start('email', startEmailBehind),
    identity: start('identity', startIdentity),
    payments: start('payments', startPayments),
  });
};

type Settled<Of> = { [Name in keyof Of]: Awaited<Of[Name]> };

const allOrThrow = async <Of extends Record<string, Promise<unknown>>>(
  promises: Of,
): Promise<Settled<Of>> => {
  const results = await Promise.allSettled(Object.values(promises));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  const values = results.map((result) => (result as PromiseFulfilledResult<unknown>).value);
  return Object.fromEntries(Object.keys(promises).map((name, index) => [name, values[index]])) as Settled<Of>;
};

const endpointsOf = (services: Services, admin: string): Endpoints => ({
  processId: process.pid,
  admin,
  cosmos: services.cosmos.url,
  serviceBus: `sb://127.0.0.1:${services.serviceBus.port}`,
  blob: services.blob.url,
  email: services.email.url,
  identity: {
    issuer: services.identity.issuer,
    audience: services.identity.audience,
    keysUrl: services.identity.jwksUri,
  },
  payments: services.payments.url,
});

const statusOf = (services: Services) =>
  Object.fromEntries(
    Object.entries(services).map(([name, service]) => [
      name === 'serviceBus' ? 'service-bus' : name,
      { url: service.url, ...service.counts() },
    ]),
  );

const serveAdmin = (port: number, answer: Admin) =>
  serveHttp({
    name: 'admin',
    port,
    maxBodyBytes: 65_536,
    faults: createFaultSwitch(),
    answer,
    refuse: (kind) => ({ status: kind === 'too-large' ? 413 : 500, body: JSON.stringify({ detail: kind }) }),
  });

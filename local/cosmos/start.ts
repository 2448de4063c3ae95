/**
 * The local Cosmos DB: the containers of the topology behind the NoSQL API over HTTP.
 * From: `local/main.ts`, tests and benches. Next: `@azure/cosmos` connects to `url` with `key(app)`.
 * Besides the API there is `/local/changes/{container}`, see `http/local-changes.ts`.
 */
import { join } from 'node:path';
import { serveHttp, type HttpAnswer, type HttpCall } from '../kit/http-service.ts';
import { localKey } from '../kit/keys.ts';
import type { LocalService, ServiceOptions } from '../kit/service.ts';
import { missCharge } from './charges.ts';
import { kitRefusal, refusalAnswer, throttledAnswer, toAnswer } from './http/answers.ts';
import { createAuthenticator } from './http/auth.ts';
import { dispatch, type Service } from './http/dispatch.ts';
import { changesPath, createChangeWaits } from './http/local-changes.ts';
import type { OpenContainer } from './http/open-database.ts';
import { createPageStore } from './http/query-pages.ts';
import { createRights } from './http/rights.ts';
import { parseRoute } from './http/route.ts';
import { createMeter } from './meter.ts';
import { Refusal } from './refusal.ts';
import { openContainerJournal } from './store/container-journal.ts';
import { createContainer } from './store/container.ts';
import { sweepEveryMs, sweepExpired } from './store/expiry.ts';
import { tileRanges } from './store/ranges.ts';
import { containerIds } from './store/rid.ts';

export type CosmosOptions = ServiceOptions & {
  /** Physical partitions each container pretends to have; 1 when absent. */
  ranges?: number;
  /** Leaves cross-partition sorting and aggregates to the SDK, as the service does; true when absent. */
  planPipeline?: boolean;
  /** Request units a second each container allows before it answers 429; no limit when absent. */
  throughputRUs?: number;
  /** Lines of history a journal may have beside its live items before a start compacts it. */
  compactionSlackLines?: number;
};

export type LocalCosmos = LocalService & {
  /** The key of an app, or of `owner`. */
  key(holder: string): string;
  /** Takes expired items out now instead of within seconds. */
  sweep(): void;
};

/** The longest item and a little for the envelope; batches are measured on their own. */
const maxBodyBytes = 2 * 1024 * 1024 + 64 * 1024;

/** Refusals that come after looking the item up; all others cost nothing. */
const lookedFor = [404, 409, 412];

/** Reads its state back and listens. @throws DamagedState @throws PortTaken */
export const startCosmos = async (options: CosmosOptions): Promise<LocalCosmos> => {
  const { topology, clock, faults, log } = options;
  const containers = openContainers(options);
  const meter = createMeter(options.throughputRUs);
  const planPipeline = options.planPipeline ?? true;
  const database = { topology, containers, meter, planPipeline, ranges: tileRanges(options.ranges ?? 1) };
  const service: Service = { database, pages: createPageStore(), rights: createRights(topology) };
  const authenticate = createAuthenticator(topology);
  const waits = createChangeWaits(database);

  const answerSigned = async (call: HttpCall): Promise<HttpAnswer> => {
    const route = parseRoute(call.path);
    const open = containers.get(route.container ?? '');
    const name = open?.container.name ?? '';
    try {
      const app = authenticate(call, route);
      const waitMs = route.segments[4] === 'docs' ? meter.waitMs(name) : 0;
      if (waitMs > 0) {
        meter.note(`429 ${name}`);
        return throttledAnswer(waitMs, open?.container);
      }
      const reply = dispatch(service, call, route, app);
      meter.add(reply.operation, name, reply.charge);
      await open?.journal.flush(); // nothing is acknowledged or shown that a crash could take back
      return toAnswer(reply, open?.container);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const charge = lookedFor.includes(error.status) ? missCharge : 0;
      meter.add(String(error.status), name, charge);
      await open?.journal.flush(); // nor is a refusal given for what a crash could take back
      return refusalAnswer(error, charge, open?.container);
    }
  };

  const answer = async (call: HttpCall): Promise<HttpAnswer> => {
    try {
      return await (call.path.startsWith(changesPath) ? waits.answer(call) : answerSigned(call));
    } catch (error) {
      if (error instanceof Refusal) return refusalAnswer(error, 0);
      throw error;
    }
  };

  const sweep = () => {
    for (const { container, journal } of containers.values()) {
      sweepExpired(container, journal);
      journal.flush()?.catch((error: unknown) => log(`Cosmos DB: ${container.name}: ${String(error)}`));
    }
  };

  const http = await serveHttp({
    name: 'Cosmos DB',
    port: options.port,
    maxBodyBytes,
    faults,
    answer,
    refuse: (kind, { path }, retryAfterMs) => {
      const name = path.split('/')[4] ?? '';
      if (kind === 'throttled') meter.note(containers.has(name) ? `429 ${name}` : '429');
      return kitRefusal(kind, retryAfterMs);
    },
    onCrash: (error, { method, path }) => log(`Cosmos DB: ${method} ${path} failed: ${String(error)}`),
  });
  const sweeping = setInterval(sweep, sweepEveryMs).unref();
  const forgetClock = clock.onMove(sweep);

  return {
    url: http.url,
    port: http.port,
    summary: summaryOf(containers),
    counts: () => meter.counts(),
    key: (holder) => localKey('cosmos', holder),
    sweep,
    close: async () => {
      clearInterval(sweeping);
      forgetClock();
      waits.close();
      await http.close();
      for (const { journal } of containers.values()) journal.close();
    },
  };
};

const openContainers = (options: CosmosOptions): Map<string, OpenContainer> => {
  const { topology, stateDir, clock, compactionSlackLines } = options;
  const opened = Object.entries(topology.containers).map(([name, definition]): [string, OpenContainer] => {
    const ids = containerIds(topology.database, name);
    const container = createContainer({
      name,
      database: topology.database,
      definition,
      ids,
      nowMs: () => clock.now(),
    });
    const file = stateDir === undefined ? undefined : join(stateDir, 'cosmos', `${name}.jsonl`);
    return [name, { container, journal: openContainerJournal(container, file, compactionSlackLines) }];
  });
  return new Map(opened);
};

const summaryOf = (containers: Map<string, OpenContainer>): string => {
  let items = 0;
  for (const { container } of containers.values()) items += container.liveItems;
  return `${containers.size} containers, ${items.toLocaleString('en')} documents`;
};

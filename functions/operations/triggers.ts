/**
 * Operations: keeps the beat, shows health, and keeps count of work that could not be done.
 * From: a timer, the queue `ticks`, the change feed of `parked`, people who look.
 * Next: ticks for every recurring job of `infra/topology.json`; summaries the failed-work page reads.
 */
import {
  anyQuery,
  healthAnswer,
  noQuery,
  parkedChange,
  parkedWorkAnswer,
  parkedWorkQuery,
  replayAnswer,
  replayApprovalBody,
  replayRequestBody,
  statusAnswer,
  unknownParams,
} from '../../shared/contracts/operations.ts';
import type { HashText } from '../../shared/domain/document-ids.ts';
import { tickMessage } from '../../shared/contracts/messages.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import { onChanges, workDocumentAgain } from '../../shared/edge/change-feed.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { onUnknown } from '../../shared/edge/http-unknown.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import { onQueue } from '../../shared/edge/queue.ts';
import { onTimer } from '../../shared/edge/timer.ts';
import type { DeadLetterStore } from '../../shared/ports/dead-letter-store.ts';
import type { RelayProbeStore } from '../../shared/ports/relay-probe.ts';
import type { RunStore } from '../../shared/ports/run-store.ts';
import { collectDeadLetters } from './collect-dead-letters.ts';
import { countParkedWork } from './count-parked-work.ts';
import { listParkedWork } from './list-parked-work.ts';
import { noteWaiting } from './note-waiting.ts';
import { probeRelay } from './probe-relay.ts';
import { readHealth } from './read-health.ts';
import { readStatus } from './read-status.ts';
import { agreeToReplay, askForReplay, sendApproved, type ReplayParts } from './replay-work.ts';
import { runTick } from './run-tick.ts';
import { sendTicks } from './send-ticks.ts';

export type OperationsParts = {
  edge: Edge;
  build: string;
  runs: RunStore;
  probes: RelayProbeStore;
  deadLetters: DeadLetterStore;
  hashText: HashText;
};

/** `GET api/health`: is it alive, which functions does it have, does its beat go on. */
const registerHealth = ({ edge, build, runs }: OperationsParts): void =>
  onRead(edge, {
    name: 'health',
    route: 'api/health',
    action: 'sys.health.read',
    query: noQuery,
    answer: healthAnswer,
    run: ({ now }) =>
      readHealth({ app: edge.app, build }, edge.access.systemScope('sys.job.tick'), now, runs),
  });

export const registerOperationsPortalHttp = (parts: OperationsParts): void => {
  registerHealth(parts);
  onUnknown(parts.edge, { params: unknownParams, query: anyQuery });
};

export const registerOperationsStaffHttp = (parts: OperationsParts): void => {
  registerOperationsPortalHttp(parts);
  onRead(parts.edge, {
    name: 'list-parked-work',
    route: 'api/parked-work',
    action: 'ops.queue.read',
    query: parkedWorkQuery,
    answer: parkedWorkAnswer,
    run: ({ query, scope }) => listParkedWork(query, scope, parts.edge.parked),
  });
  registerStatus(parts);
  registerReplays(parts.edge);
};

/** Figures and ages of whatever may be late. */
const registerStatus = ({ edge, runs }: OperationsParts): void => {
  const platform = edge.access.systemScope('sys.job.tick');
  onRead(edge, {
    name: 'read-operations-status',
    route: 'api/operations/status',
    action: 'ops.queue.read',
    query: noQuery,
    answer: statusAnswer,
    run: ({ scope, now }) => readStatus({ now, scope, platform }, { parked: edge.parked, runs }),
  });
};

/** One person asks, another agrees. */
const registerReplays = (edge: Edge): void => {
  onWrite(edge, {
    name: 'request-replay',
    method: 'POST',
    route: 'api/parked-work/replay-requests',
    action: 'ops.deadletter.replay',
    query: noQuery,
    body: replayRequestBody,
    answer: replayAnswer,
    run: ({ body, scope, caller, now }) =>
      askForReplay(body, { scope, by: caller.id ?? '', at: now.toString() }, edge.parked),
  });
  onWrite(edge, {
    name: 'approve-replay',
    method: 'POST',
    route: 'api/parked-work/replay-approvals',
    action: 'ops.deadletter.replay.approve',
    query: noQuery,
    body: replayApprovalBody,
    answer: replayAnswer,
    run: ({ body, scope, caller, now }) =>
      agreeToReplay(body, { scope, by: caller.id ?? '', at: now.toString() }, edge.parked),
  });
};

export const registerOperationsWork = (parts: OperationsParts): void => {
  const { edge, runs } = parts;
  onTimer(edge, {
    name: 'send-ticks',
    schedule: '0 */5 * * * *',
    action: 'sys.job.tick',
    run: (now) => sendTicks(now, edge.sender),
  });
  onQueue(edge, {
    name: 'run-tick',
    queue: 'ticks',
    action: 'sys.job.tick',
    schema: tickMessage,
    run: async (tick, { now, scope }) => {
      if (tick.job === 'collect-dead-letters')
        await collectDeadLetters(edge.app, { now, scope }, { ...parts, parked: edge.parked });
      const outcome = await runTick(tick, now, scope, runs, edge.sender);
      if (tick.job === 'heartbeat') {
        await noteWaiting(tick.slot, { now, scope }, { parked: edge.parked, runs });
        await probeRelay(tick.slot, { now, scope }, parts);
      }
      return outcome;
    },
  });
  onChanges(edge, {
    name: 'count-parked-work',
    container: 'parked',
    action: 'sys.parked.count',
    concerns: (document) => document['kind'] === 'work',
    schema: parkedChange,
    run: async (changed, { scope, now }) => {
      const { parked, sender } = edge;
      const workAgain: ReplayParts['workAgain'] = (source, document) =>
        workDocumentAgain(edge.app, source, document);
      const replaying = { parked, sender, hashText: parts.hashText, workAgain };
      await sendApproved(changed, { scope, at: textOfInstant(now) }, replaying);
      await countParkedWork(changed, scope, edge.parked);
    },
  });
};

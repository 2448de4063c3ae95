/**
 * Dunning: who is to be reminded of what, by which policy, now; or every reason why not.
 * From: queues `dunning-ticks` and `account-evaluations`, subscription `ar-events/dunning`, staff.
 * Next: entries of accounts; the relay passes planned messages on to the mail piece.
 */
import { dunningTick, evaluationMessage } from '../../shared/contracts/dunning-messages.ts';
import { arEvent } from '../../shared/contracts/messages.ts';
import { done, refuse } from '../../shared/domain/outcome.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { onQueue } from '../../shared/edge/queue.ts';
import { onTopic } from '../../shared/edge/topic.ts';
import { registerAccountRoutes } from './account-routes.ts';
import { beginFinding, findAccounts } from './find-due.ts';
import { hearEvents } from './hear-events.ts';
import { lookAtAccount } from './look-at-account.ts';
import { registerCompanyRoutes } from './staff-routes.ts';
import { evaluations, ticks, type DunningParts } from './parts.ts';

export type DunningTriggerParts = { edge: Edge; dunning: DunningParts };

const findJob = 'find-due';

export const registerDunningStaffHttp = (parts: DunningTriggerParts): void => {
  registerCompanyRoutes(parts);
  registerAccountRoutes(parts);
};

export const registerDunningWork = ({ edge, dunning }: DunningTriggerParts): void => {
  onQueue(edge, {
    name: 'find-due-accounts',
    queue: ticks,
    action: 'dun.run.start',
    schema: dunningTick,
    run: async (tick, call) => {
      if ('find' in tick) return done(await findAccounts(dunning, tick, call));
      if (tick.job !== findJob) return refuse('message-not-readable', `There is no job "${tick.job}" here.`);
      return done(await beginFinding(dunning, tick.slot, call));
    },
  });
  onQueue(edge, {
    name: 'look-at-account',
    queue: evaluations,
    action: 'dun.run.start',
    schema: evaluationMessage,
    run: (message, call) => lookAtAccount(dunning, message, call),
  });
  onTopic(edge, {
    name: 'hear-account-events',
    topic: 'ar-events',
    subscription: 'dunning',
    action: 'dun.run.start',
    schema: arEvent,
    runBatch: (events) => hearEvents(events, dunning),
  });
};

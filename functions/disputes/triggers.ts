/**
 * Disputes: cases from opening to closure, queries, deductions, decision links, deadlines.
 * From: staff, holders of a decision link, events of the ledger, a tick every five minutes. Next: the journal of the
 * account, the list of cases, alerts.
 */
import { arEvent, tickMessage } from '../../shared/contracts/messages.ts';
import { onQueue } from '../../shared/edge/queue.ts';
import { onTopic } from '../../shared/edge/topic.ts';
import { registerCases } from './case-routes.ts';
import { hearEvents } from './hear-events.ts';
import { registerDecisionLinks } from './link-routes.ts';
import { registerQueries } from './query-routes.ts';
import { registerDisputeSettings } from './settings-routes.ts';
import type { DisputeTriggerParts } from './staff-calls.ts';
import { wakeCases } from './wake-cases.ts';

export const registerDisputesStaffHttp = (parts: DisputeTriggerParts): void => {
  registerCases(parts);
  registerQueries(parts);
  registerDisputeSettings(parts);
};

export const registerDisputesPortalHttp = (parts: DisputeTriggerParts): void => registerDecisionLinks(parts);

export const registerDisputesWork = ({ edge, disputes }: DisputeTriggerParts): void => {
  onTopic(edge, {
    ...{ name: 'hear-disputes', topic: 'ar-events', subscription: 'disputes', action: 'inv.dispute.open' },
    schema: arEvent,
    runBatch: (events, call) => hearEvents(events, call, disputes),
  });
  onQueue(edge, {
    ...{ name: 'wake-disputes', queue: 'dispute-ticks', action: 'inv.dispute.open', schema: tickMessage },
    run: ({ slot }, call) => wakeCases(slot, call, disputes),
  });
};

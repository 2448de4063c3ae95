/**
 * Reporting: figures that are ready when somebody looks, as of any day.
 * From: subscription `ar-events/reporting`, people who look. Next: `reports`; answers in sums.
 */
import { arEvent, tickMessage } from '../../shared/contracts/messages.ts';
import { agingAnswer, agingQuery, balancesAnswer, balancesQuery } from '../../shared/contracts/reporting.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { onRead } from '../../shared/edge/http.ts';
import { onQueue } from '../../shared/edge/queue.ts';
import { onTopic } from '../../shared/edge/topic.ts';
import type { FoldParts } from './fold-quiet-tails.ts';
import { registerDueSoon } from './due-soon-routes.ts';
import { registerHomes } from './home-routes.ts';
import { registerKpis, type TileParts } from './kpi-routes.ts';
import type { EvaluateParts } from './evaluate-alerts.ts';
import { registerReportMails } from './mail-routes.ts';
import { projectEvents, type ProjectParts } from './project-events.ts';
import { readAging, type ReadParts } from './read-aging.ts';
import { readBalances } from './read-balances.ts';
import { workTick } from './work-tick.ts';

export type ReportingParts = {
  edge: Edge;
  read: ReadParts & TileParts;
  project: ProjectParts & FoldParts;
  mails: EvaluateParts;
};

export const registerReportingStaffHttp = ({
  edge,
  read,
  mails,
}: Pick<ReportingParts, 'edge' | 'read' | 'mails'>): void => {
  onRead(edge, {
    name: 'read-aging',
    route: 'api/aging',
    action: 'rep.aging.read',
    query: agingQuery,
    answer: agingAnswer,
    run: ({ query, scope, now }) => readAging(query, scope, now, read),
  });
  onRead(edge, {
    name: 'read-balances',
    route: 'api/balances',
    action: 'rep.aging.read',
    query: balancesQuery,
    answer: balancesAnswer,
    run: ({ query, scope }) => readBalances(query, scope, read),
  });
  registerKpis({ edge, read });
  registerReportMails({ edge, mails });
  registerDueSoon({ edge, mails });
  registerHomes({ edge, mails });
};

export const registerReportingWork = ({
  edge,
  project,
  mails,
}: Pick<ReportingParts, 'edge' | 'project' | 'mails'>): void => {
  onTopic(edge, {
    name: 'project-events',
    topic: 'ar-events',
    subscription: 'reporting',
    action: 'sys.report.project',
    schema: arEvent,
    runBatch: (events, { scope }) => projectEvents(events, scope, project),
  });
  onQueue(edge, {
    name: 'fold-tails',
    queue: 'report-ticks',
    action: 'sys.report.project',
    schema: tickMessage,
    run: (tick, { scope, now }) => workTick(tick, { scope, now }, project, mails),
  });
};

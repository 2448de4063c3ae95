/**
 * The routes of tiles: figures of a day, how months went, the rows behind a figure, invoice to inbox,
 * bad debt by month, all of it as a file.
 * From: executives and credit managers, who see whole companies. Next: `read-kpis.ts` and its neighbours.
 */
import {
  kpisAnswer,
  kpisFileQuery,
  kpisQuery,
  reportsPlace,
  rowsAnswer,
  rowsQuery,
  trendAnswer,
} from '../../shared/contracts/reports.ts';
import { noQuery } from '../../shared/contracts/operations.ts';
import { badDebtAnswer, badDebtQuery } from '../../shared/contracts/report-bad-debt.ts';
import { stepVersionsAnswer, stepVersionsQuery } from '../../shared/contracts/report-steps.ts';
import { deliveriesAnswer, deliveriesQuery } from '../../shared/contracts/report-deliveries.ts';
import { done } from '../../shared/domain/outcome.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { onDownload } from '../../shared/edge/http-files.ts';
import { onRead } from '../../shared/edge/http.ts';
import { kpiFile } from './kpi-table.ts';
import { readBadDebt, type BadDebtParts } from './read-bad-debt.ts';
import { readStepVersions, type StepParts } from './read-step-versions.ts';
import { readDeliveries, type DeliveryParts } from './read-deliveries.ts';
import { readKpis, type KpiParts } from './read-kpis.ts';
import { readRows, type RowParts } from './read-rows.ts';
import { readTrend } from './read-trend.ts';

const route = 'api/reports/{company}';

export type TileParts = KpiParts & RowParts & DeliveryParts & BadDebtParts & StepParts;

export const registerKpis = ({ edge, read }: { edge: Edge; read: TileParts }): void => {
  const common = { action: 'rep.exec.read', params: reportsPlace } as const;
  onRead(edge, {
    ...{ name: 'read-kpis', route: `${route}/kpis`, ...common },
    ...{ query: kpisQuery, answer: kpisAnswer },
    run: ({ params, query, scope, now }) => readKpis(params.company, query, scope, now, read),
  });
  onRead(edge, {
    ...{ name: 'read-trend', route: `${route}/trend`, ...common },
    ...{ query: noQuery, answer: trendAnswer },
    run: ({ params, scope, now }) => readTrend(params.company, scope, now, read),
  });
  onRead(edge, {
    ...{ name: 'read-figure-rows', route: `${route}/rows`, ...common },
    ...{ query: rowsQuery, answer: rowsAnswer },
    run: ({ params, query, scope }) => readRows(params.company, query, scope, read),
  });
  onRead(edge, {
    ...{ name: 'read-invoice-deliveries', route: `${route}/invoice-deliveries`, ...common },
    ...{ query: deliveriesQuery, answer: deliveriesAnswer },
    run: ({ params, query, scope, now }) => readDeliveries(params.company, query, { scope, now }, read),
  });
  onRead(edge, {
    ...{ name: 'read-policy-steps', route: `${route}/policy-steps`, ...common },
    ...{ query: stepVersionsQuery, answer: stepVersionsAnswer },
    run: ({ params, query, scope }) => readStepVersions(params.company, query, scope, read),
  });
  onRead(edge, {
    ...{ name: 'read-bad-debt', route: `${route}/bad-debt`, ...common },
    ...{ query: badDebtQuery, answer: badDebtAnswer },
    run: ({ params, query, scope }) => readBadDebt(params.company, query, scope, read),
  });
  onDownload(edge, {
    ...{ name: 'export-kpis', route: `${route}/kpis/file`, action: 'rep.export', countedAs: 'export' },
    ...{ params: reportsPlace, query: kpisFileQuery },
    run: async ({ params, query: { format, ...asked }, scope, now }) => {
      const kpis = await readKpis(params.company, { ...asked, page: 'all' }, scope, now, read);
      return kpis.ok ? done(await kpiFile(kpis.value, format, now)) : kpis;
    },
  });
};

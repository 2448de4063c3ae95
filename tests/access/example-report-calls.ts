/**
 * One example call for each route of reports.
 * From: whoever adds a route adds a line. Next: `example-calls.ts`.
 */
import type { Example } from './example-calls.ts';

const report = (path: string): Example => ({
  send: ({ companyId }) => ({ path: `api/reports/${companyId}/${path}` }),
  ...{ allowed: 200, foreign: 404 },
});

export const reportExamples: Record<string, Example> = {
  'read-kpis': report('kpis'),
  'read-trend': report('trend'),
  'read-figure-rows': report('rows?figure=booked&firstOn=2026-11-01&lastOn=2026-11-30'),
  'export-kpis': report('kpis/file?format=csv'),
};

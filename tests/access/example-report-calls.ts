/**
 * One example call for each route of reports.
 * From: whoever adds a route adds a line. Next: `example-calls.ts`.
 */
import type { Example } from './example-calls.ts';

const report = (path: string): Example => ({
  send: ({ companyId }) => ({ path: `api/reports/${companyId}/${path}` }),
  ...{ allowed: 200, foreign: 404 },
});
const home = (role: string): Example => ({
  send: ({ companyId }) => ({ path: `api/home/${companyId}/${role}` }),
  ...{ allowed: 200, foreign: 404 },
});

const buckets = { notDue: 0, '1-30': 100, '31-60': 400, '61-90': 1_000, '91+': 4_000 };

export const reportExamples: Record<string, Example> = {
  'read-kpis': report('kpis'),
  'read-trend': report('trend'),
  'read-figure-rows': report('rows?figure=booked&firstOn=2026-11-01&lastOn=2026-11-30'),
  'read-invoice-deliveries': report('invoice-deliveries'),
  'read-policy-steps': report('policy-steps?policy=standard&stage=2'),
  'read-bad-debt': report('bad-debt?firstMonth=2026-01&lastMonth=2026-11'),
  'export-kpis': report('kpis/file?format=csv'),
  'read-report-mails': report('mails/recipients'),
  'save-report-mails': {
    send: ({ companyId }) => ({
      path: `api/reports/${companyId}/mails/recipients`,
      body: { recipients: [], times: [], after: 7, reason: 'because' },
    }),
    ...{ allowed: 409, foreign: 404 },
  },
  'list-report-mails': report('mails'),
  'preview-report': { ...report('mails/onePage/preview'), allowed: 404 },
  'send-me-report': {
    send: ({ companyId }) => ({ path: `api/reports/${companyId}/mails/onePage`, body: {} }),
    ...{ allowed: 404, foreign: 404 },
  },
  'preview-own-report': { ...report('own/collectorDay'), allowed: 404 },
  'send-me-own-report': {
    send: ({ companyId }) => ({ path: `api/reports/${companyId}/own/collectorDay`, body: {} }),
    ...{ allowed: 404, foreign: 404 },
  },
  'read-due-soon': report('due-soon'),
  'save-due-soon': {
    send: ({ companyId }) => ({
      path: `api/reports/${companyId}/due-soon`,
      body: { daysAhead: 5, after: 7 },
    }),
    ...{ allowed: 409, foreign: 404 },
  },
  'read-report-rates': report('rates'),
  'save-report-rates': {
    send: ({ companyId }) => ({
      path: `api/reports/${companyId}/rates`,
      body: {
        ...{ provision: { buckets, insolvent: 8_000, insured: 0 }, after: 7, reason: 'because' },
        forecast: {
          ...{ usualDaysLate: 5, disputed: 300, promised: 8_000 },
          shares: [{ fromDaysPast: 0, percentHundredths: 5_000 }],
        },
      },
    }),
    ...{ allowed: 409, foreign: 404 },
  },
  'home-ceo': home('ceo'),
  'home-cfo': home('cfo'),
  'home-credit-manager': home('credit-manager'),
  'home-collector': home('collector'),
  'home-ar-clerk': home('ar-clerk'),
  'home-dispute-owner': home('dispute-owner'),
  'home-customer-service': home('customer-service'),
  'home-sales': home('sales'),
  'home-bookkeeper': home('bookkeeper'),
  'home-placed': home('placed'),
  'home-it': home('it'),
  'list-alerts': report('alerts'),
  'read-alert-settings': report('alerts/settings'),
  'save-alert-settings': {
    send: ({ companyId }) => ({
      path: `api/reports/${companyId}/alerts/settings`,
      body: { rules: [{ rule: 'largeReceipt', limits: { amount: 1 } }], after: 7, reason: 'because' },
    }),
    ...{ allowed: 409, foreign: 404 },
  },
  'test-alert': {
    send: ({ companyId }) => ({
      path: `api/reports/${companyId}/alerts/tests`,
      body: { rule: 'largeReceipt' },
    }),
    ...{ allowed: 404, foreign: 404 },
  },
  'acknowledge-alert': {
    send: ({ companyId }) => ({ path: `api/reports/${companyId}/alerts/never/acknowledgement`, body: {} }),
    ...{ allowed: 404, foreign: 404 },
  },
};

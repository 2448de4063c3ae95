/**
 * The routes of report mails and alerts: who gets what, what went out, a look at a report before it goes, one to oneself;
 * the alerts there are, and saying that somebody has one in hand; rates of provisions and forecasts.
 * From: executives and credit managers; whoever has reports of their own looks at those. Next: settings, `staff mails`, the alert store.
 */
import {
  acknowledgeBody,
  alertPlace,
  alertsAnswer,
  alertsQuery,
  oneAlertAnswer,
} from '../../shared/contracts/alerts.ts';
import {
  alertSettingsAnswer,
  alertSettingsBody,
  testAlertBody,
} from '../../shared/contracts/alert-settings.ts';
import { noQuery } from '../../shared/contracts/operations.ts';
import {
  previewAnswer,
  reportMailsAnswer,
  reportMailsBody,
  reportPlace,
  sendMeAnswer,
  sendMeBody,
  sentMailsAnswer,
  sentMailsQuery,
} from '../../shared/contracts/report-mails.ts';
import { reportRatesAnswer, reportRatesBody } from '../../shared/contracts/report-rates.ts';
import { reportsPlace } from '../../shared/contracts/reports.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { onRead } from '../../shared/edge/http.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { acknowledgeAlert, listAlerts } from './list-alerts.ts';
import { keepAlertSettings, readAlertSettings } from './keep-alert-settings.ts';
import {
  fireTestAlert,
  keepMails,
  listSent,
  previewOwn,
  previewReport,
  readMails,
  sendMe,
  sendMeOwn,
} from './keep-mails.ts';
import { keepRates, readRates } from './keep-rates.ts';
import type { SectionParts } from './section-cells.ts';

const route = 'api/reports/{company}';

export type MailRouteParts = { edge: Edge; mails: SectionParts };

export const registerReportMails = (parts: MailRouteParts): void => {
  registerSettings(parts);
  registerSending(parts);
  registerOwn(parts);
  registerRates(parts);
  registerAlerts(parts);
  registerAlertSettings(parts);
};

const registerSettings = ({ edge, mails }: MailRouteParts): void => {
  onRead(edge, {
    ...{ name: 'read-report-mails', route: `${route}/mails/recipients`, action: 'rep.exec.read' },
    ...{ params: reportsPlace, query: noQuery, answer: reportMailsAnswer },
    run: ({ params, scope }) => readMails(mails, scope, params.company),
  });
  onWrite(edge, {
    ...{ name: 'save-report-mails', method: 'PUT', route: `${route}/mails/recipients` },
    ...{
      action: 'rep.schedule.manage',
      params: reportsPlace,
      body: reportMailsBody,
      answer: reportMailsAnswer,
    },
    run: ({ params, body, scope, caller, now }) =>
      keepMails(mails, { scope, now, by: caller.id ?? '' }, params.company, body),
  });
};

const registerSending = ({ edge, mails }: MailRouteParts): void => {
  // whoever may read it may have it sent, to their own address of the list alone
  const sendScope = edge.access.systemScope('rep.schedule.run');
  onRead(edge, {
    ...{ name: 'list-report-mails', route: `${route}/mails`, action: 'rep.exec.read' },
    ...{ params: reportsPlace, query: sentMailsQuery, answer: sentMailsAnswer },
    run: ({ params, query, scope }) => listSent(mails, scope, params.company, query),
  });
  onRead(edge, {
    ...{ name: 'preview-report', route: `${route}/mails/{report}/preview`, action: 'rep.exec.read' },
    ...{ params: reportPlace, query: noQuery, answer: previewAnswer },
    run: ({ params, scope, now, caller }) =>
      previewReport(mails, { scope, now }, { ...params, reader: caller }, sendScope),
  });
  onWrite(edge, {
    ...{ name: 'send-me-report', method: 'POST', route: `${route}/mails/{report}` },
    ...{ action: 'rep.schedule.manage', params: reportPlace, body: sendMeBody, answer: sendMeAnswer },
    run: ({ params, scope, caller, now, requestId }) =>
      sendMe(mails, { scope, now }, { ...params, personId: caller.id ?? '', requestId }, sendScope),
  });
};

/** Whoever a report is for has it shown and sent, as far as they see: collectors, clerks, sellers, owners of cases. */
const registerOwn = ({ edge, mails }: MailRouteParts): void => {
  const system = edge.access.systemScope('rep.schedule.run');
  const place = { route: `${route}/own/{report}`, params: reportPlace };
  onRead(edge, {
    ...{
      name: 'preview-own-report',
      ...place,
      action: 'rep.own.read',
      query: noQuery,
      answer: previewAnswer,
    },
    run: ({ params, now, caller }) =>
      previewOwn(mails, { scope: system, now }, { ...params, reader: caller }),
  });
  onWrite(edge, {
    ...{ name: 'send-me-own-report', method: 'POST', ...place },
    ...{ action: 'rep.own.send', body: sendMeBody, answer: sendMeAnswer },
    run: ({ params, caller, now, requestId }) =>
      sendMeOwn(mails, { scope: system, now }, { ...params, personId: caller.id ?? '', requestId }),
  });
};

const registerRates = ({ edge, mails }: MailRouteParts): void => {
  const place = { params: reportsPlace, route: `${route}/rates`, answer: reportRatesAnswer };
  onRead(edge, {
    ...{ name: 'read-report-rates', action: 'rep.exec.read', ...place, query: noQuery },
    run: ({ params, scope }) => readRates(mails, scope, params.company),
  });
  onWrite(edge, {
    ...{ name: 'save-report-rates', method: 'PUT', action: 'rep.schedule.manage', ...place },
    body: reportRatesBody,
    run: ({ params, body, scope, caller, now }) =>
      keepRates(mails, { scope, now, by: caller.id ?? '' }, params.company, body),
  });
};

const registerAlerts = ({ edge, mails }: MailRouteParts): void => {
  onRead(edge, {
    ...{ name: 'list-alerts', route: `${route}/alerts`, action: 'rep.exec.read' },
    ...{ params: reportsPlace, query: alertsQuery, answer: alertsAnswer },
    run: ({ params, query, scope }) => listAlerts(mails, scope, params.company, query),
  });
  onWrite(edge, {
    ...{ name: 'acknowledge-alert', method: 'POST', route: `${route}/alerts/{alertId}/acknowledgement` },
    ...{ action: 'rep.alert.configure', params: alertPlace, body: acknowledgeBody, answer: oneAlertAnswer },
    run: ({ params, scope, caller, now }) =>
      acknowledgeAlert(mails, { scope, now, by: caller.id ?? '' }, params),
  });
};

const registerAlertSettings = ({ edge, mails }: MailRouteParts): void => {
  const place = { params: reportsPlace, route: `${route}/alerts/settings` };
  const sendScope = edge.access.systemScope('rep.schedule.run');
  onRead(edge, {
    ...{ name: 'read-alert-settings', action: 'rep.exec.read', ...place },
    ...{ query: noQuery, answer: alertSettingsAnswer },
    run: ({ params, scope }) => readAlertSettings(mails, scope, params.company),
  });
  onWrite(edge, {
    ...{ name: 'save-alert-settings', method: 'PUT', action: 'rep.alert.configure', ...place },
    ...{ body: alertSettingsBody, answer: alertSettingsAnswer },
    run: ({ params, body, scope, caller, now }) =>
      keepAlertSettings(mails, { scope, now, by: caller.id ?? '' }, params.company, body),
  });
  onWrite(edge, {
    ...{ name: 'test-alert', method: 'POST', route: `${route}/alerts/tests`, action: 'rep.alert.configure' },
    ...{ params: reportsPlace, body: testAlertBody, answer: sendMeAnswer },
    run: ({ params, body, scope, caller, now, requestId }) =>
      fireTestAlert(
        mails,
        { scope, now },
        { ...params, ...body, personId: caller.id ?? '', requestId },
        sendScope,
      ),
  });
};

/**
 * Keeps who gets which report, shows what went out, and makes a report on demand: to look at, or sent to oneself.
 * From: routes. Next: setting `reportMails`, kept mails.
 */
import {
  reportMailsPlace,
  type PreviewAnswer,
  type ReportMailsAnswer,
  type ReportMailsBody,
  type SentMailsAnswer,
} from '../../shared/contracts/report-mails.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { testAlert } from '../../shared/domain/alerts.ts';
import { dayAt, textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { reportSchedules } from '../../shared/domain/report-schedules.ts';
import { reachInto, type Scope } from '../../shared/domain/scope.ts';
import type { Caller } from '../../shared/edge/access.ts';
import { composeReport, type ReportCall } from './compose-report.ts';
import { rulesOf } from './keep-alert-settings.ts';
import { alertMail } from './mail-alerts.ts';
import { callerOf, mailsSet, planMail, sightOf, type ReportMailParts } from './mail-parts.ts';
import { whoWrites } from './plan-reports.ts';
import type { SectionParts } from './section-cells.ts';

type Answer<Shown> = Promise<Outcome<Shown, ProblemCode>>;
const absent = () => refuse('not-found', 'There is no such company.');

export const readMails = async (
  parts: ReportMailParts,
  scope: Scope,
  companyId: string,
): Answer<ReportMailsAnswer> => {
  if (reachInto(scope, companyId) !== 'all') return absent();
  const kept = await mailsSet(parts, scope, companyId);
  return done({
    version: kept?.version ?? 0,
    recipients: kept?.set.recipients ?? [],
    times: kept?.set.times ?? [],
  });
};

export const keepMails = async (
  { settings }: ReportMailParts,
  { scope, now, by }: { scope: Scope; now: Instant; by: string },
  companyId: string,
  { after, reason, ...value }: ReportMailsBody,
): Answer<ReportMailsAnswer> => {
  if (reachInto(scope, companyId) !== 'all') return absent();
  const change = { value, by, at: textOfInstant(now), reason };
  const saved = await settings.save(scope, reportMailsPlace(companyId), after, change);
  if (saved === 'version-conflict')
    return refuse('setting-changed', 'Somebody saved another version meanwhile.');
  return done({ version: after + 1, ...value });
};

export const listSent = async (
  { staffMails }: ReportMailParts,
  scope: Scope,
  companyId: string,
  { limit, after }: { limit: number; after?: string | undefined },
): Answer<SentMailsAnswer> => {
  if (reachInto(scope, companyId) !== 'all') return absent();
  const page = await staffMails.list(scope, companyId, { limit, ...(after && { after }) });
  const mails = page.mails.map(({ id, report, to, subject, at, state, because }) => ({
    ...{ id, report, to, subject, at, state, because: because ?? null },
  }));
  return done({ mails, after: page.after ?? null });
};

const scheduleOf = (name: string) =>
  reportSchedules.find((one) => one.name === name && one.name !== 'alertDigest');

type Made = { companyId: string; report: string; email: string; reader: Caller };

/** As its reader would get it today; undefined where they would not. `system`: what forecasts and people are kept under. */
const made = async (
  parts: SectionParts,
  { now }: ReportCall,
  { companyId, report, email, reader }: Made,
  system: Scope,
) => {
  const schedule = scheduleOf(report);
  const sight = schedule && (await sightOf(parts, companyId, reader, schedule, now));
  const writes = sight && (await whoWrites(parts, { scope: system }, companyId));
  if (schedule === undefined || sight === undefined || writes === undefined) return undefined;
  const dueOn = dayAt(now, writes.company.zone);
  return composeReport(parts, { scope: system, now }, writes, {
    schedule,
    dueOn,
    email,
    sight,
    isLook: true,
    ...(reader.id !== undefined && { reader: reader.id }),
  });
};

type Look = { company: string; report: string; reader: Caller };

/** As it would go out today to whoever asks. */
export const previewReport = async (
  parts: SectionParts,
  call: ReportCall,
  look: Look,
  system: Scope,
): Answer<PreviewAnswer> =>
  reachInto(call.scope, look.company) === 'all'
    ? previewOwn(parts, { ...call, scope: system }, look)
    : absent();

/** As far as the reader sees, which is asked anew. `scope`: of the job, which reads who it may be for. */
export const previewOwn = async (
  parts: SectionParts,
  call: ReportCall,
  { company, report, reader }: Look,
): Answer<PreviewAnswer> => {
  const asked = { companyId: company, report, email: 'nobody@localhost', reader };
  const mail = await made(parts, call, asked, call.scope);
  if (mail === undefined) return refuse('not-found', 'There is no such report for you.');
  const { subject, html, text, files } = mail;
  return done({ subject, html, text, files: files.map((file) => ({ ...file })) });
};

type Asked = { company: string; report: string; personId: string; requestId: string };

const listed = async (parts: ReportMailParts, scope: Scope, companyId: string, personId: string) =>
  (await mailsSet(parts, scope, companyId))?.set.recipients.find((one) => one.personId === personId);

const unlisted = () => refuse('not-found', 'The list of recipients does not have you.');

export const sendMe = async (
  parts: SectionParts,
  call: ReportCall,
  asked: Asked,
  sendScope: Scope,
): Promise<Outcome<{ mailId: string }, ProblemCode>> =>
  reachInto(call.scope, asked.company) === 'all'
    ? sendMeOwn(parts, { ...call, scope: sendScope }, asked)
    : absent();

/** One mail for each request, to the address the list of recipients has of whoever asks. */
export const sendMeOwn = async (
  parts: SectionParts,
  call: ReportCall,
  { company, report, personId, requestId }: Asked,
): Promise<Outcome<{ mailId: string }, ProblemCode>> => {
  const { scope } = call;
  const own = await listed(parts, scope, company, personId);
  if (own === undefined) return unlisted();
  const id = `asked:${report}:${parts.hashText(`${personId}:${requestId}`).slice(0, 32)}`;
  const told = { id, companyId: company, report, to: personId, at: textOfInstant(call.now) };
  const asked = { companyId: company, report, email: own.email, reader: callerOf(own) };
  const planned = await planMail(parts, scope, told, () => made(parts, call, asked, scope));
  return planned === 'nothing'
    ? refuse('not-found', 'There is no such report for you.')
    : done({ mailId: id });
};

/** A mail that says it is a test, to whoever fires it; nothing comes of it, and nobody else hears. */
export const fireTestAlert = async (
  parts: SectionParts,
  call: ReportCall,
  { company, rule, personId, requestId }: Omit<Asked, 'report'> & { rule: string },
  sendScope: Scope,
): Promise<Outcome<{ mailId: string }, ProblemCode>> => {
  if (reachInto(call.scope, company) !== 'all') return absent();
  const own = await listed(parts, call.scope, company, personId);
  const writes = own && (await whoWrites(parts, { scope: sendScope }, company));
  if (own === undefined || writes === undefined) return unlisted();
  const fired = (await rulesOf(parts, call.scope, company)).find(({ name }) => name === rule);
  if (fired === undefined) return refuse('not-found', `There is no alert "${rule}".`);
  const { now } = call;
  const { id, to } = testAlert(fired, personId, dayAt(now, writes.company.zone));
  const alert = {
    id,
    companyId: company,
    rule,
    breach: 'a test, nothing happened',
    to,
    at: textOfInstant(now),
  };
  const mailId = `test:${rule}:${parts.hashText(`${personId}:${requestId}`).slice(0, 32)}`;
  const told = { id: mailId, companyId: company, report: 'alert', to: personId, at: alert.at };
  await planMail(parts, sendScope, told, async () =>
    alertMail(writes, [alert], 'Test of an alert', alert.at.slice(0, 10), own.email),
  );
  return done({ mailId });
};

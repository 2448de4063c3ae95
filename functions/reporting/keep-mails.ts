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
import { dayAt, textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { reportSchedules } from '../../shared/domain/report-schedules.ts';
import { reachInto, type Scope } from '../../shared/domain/scope.ts';
import { composeReport, type ReportCall } from './compose-report.ts';
import { mailsSet, mayGet, planMail, tilesAction, type ReportMailParts } from './mail-parts.ts';
import { whoWrites } from './plan-reports.ts';

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

const scheduleOf = (name: string) => reportSchedules.find((one) => one.name === name && one.tiles.length > 0);

const made = async (
  parts: ReportMailParts,
  call: ReportCall,
  companyId: string,
  report: string,
  email: string,
) => {
  const schedule = scheduleOf(report);
  const writes =
    reachInto(call.scope, companyId) === 'all' ? await whoWrites(parts, call, companyId) : undefined;
  if (schedule === undefined || writes === undefined) return undefined;
  return composeReport(parts, call, writes, schedule, dayAt(call.now, writes.company.zone), email);
};

/** As it would go out today. */
export const previewReport = async (
  parts: ReportMailParts,
  call: ReportCall,
  companyId: string,
  report: string,
): Answer<PreviewAnswer> => {
  const mail = await made(parts, call, companyId, report, 'nobody@localhost');
  if (mail === undefined) return refuse('not-found', 'There is no such report.');
  const { subject, html, text, files } = mail;
  return done({ subject, html, text, files: files.map((file) => ({ ...file })) });
};

type Asked = { company: string; report: string; personId: string; requestId: string };

/** One mail for each request, to the address the list of recipients has of whoever asks. */
export const sendMe = async (
  parts: ReportMailParts,
  call: ReportCall,
  { company, report, personId, requestId }: Asked,
  sendScope: Scope,
): Promise<Outcome<{ mailId: string }, ProblemCode>> => {
  if (reachInto(call.scope, company) !== 'all') return absent();
  const kept = await mailsSet(parts, call.scope, company);
  const own = kept?.set.recipients.find((one) => one.personId === personId);
  if (own === undefined || !(await mayGet(parts, sendScope, company, own, [tilesAction])))
    return refuse('not-found', 'The list of recipients does not have you.');
  const id = `asked:${report}:${parts.hashText(`${personId}:${requestId}`).slice(0, 32)}`;
  const told = { id, companyId: company, report, to: personId, at: textOfInstant(call.now) };
  const planned = await planMail(parts, sendScope, told, () => made(parts, call, company, report, own.email));
  return planned === 'nothing' ? refuse('not-found', 'There is no such report.') : done({ mailId: id });
};

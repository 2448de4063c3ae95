/**
 * What report mails are made with, and who may get one.
 * From: `functions/parts.ts`. Next: planning, preview, sending to oneself.
 */
import type { ActionName, Principal } from '../../shared/contracts/access.ts';
import { reportMails, reportMailsPlace, type ReportMails } from '../../shared/contracts/report-mails.ts';
import type { BusinessCalendar } from '../../shared/domain/business-days.ts';
import type { Day, Instant } from '../../shared/domain/calendar.ts';
import type { HashText } from '../../shared/domain/document-ids.ts';
import type { Mail } from '../../shared/domain/mail.ts';
import type { ReportSchedule } from '../../shared/domain/report-schedules.ts';
import { isInScope, reachInto, type Scope } from '../../shared/domain/scope.ts';
import type { Access, Caller } from '../../shared/edge/access.ts';
import type { DecisionLinkParts } from '../../shared/edge/decision-link.ts';
import type { Chart } from '../../shared/formats/charts.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import type { AlertStore } from '../../shared/ports/alert-store.ts';
import type { FileStore } from '../../shared/ports/file-store.ts';
import type { MessageSender } from '../../shared/ports/message-sender.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';
import type { StaffMail, StaffMailStore } from '../../shared/ports/staff-mail-store.ts';
import type { KpiParts } from './read-kpis.ts';

export type ReportMailParts = KpiParts &
  DecisionLinkParts & {
    accounts: AccountStore;
    settings: SettingsStore;
    alerts: AlertStore;
    staffMails: StaffMailStore;
    /** Container `documents`. */
    documents: FileStore;
    sender: MessageSender;
    calendarOf: (country: string, around: Day) => Promise<BusinessCalendar>;
    hashText: HashText;
    /** What somebody reaches just now, by their role and what is kept of them. */
    scopeFor: Access['scopeFor'];
    /** Its libraries are large: loaded with the first chart. */
    draw: (chart: Chart) => Promise<Uint8Array>;
  };

export type Recipient = ReportMails['recipients'][number];

/** Undefined before anybody set who gets what. `sinceAt`: what was due before is not made up for. */
export const mailsSet = async (
  { settings }: Pick<ReportMailParts, 'settings'>,
  scope: Scope,
  companyId: string,
): Promise<{ set: ReportMails; version: number; sinceAt: string } | undefined> => {
  const found = await settings.read(scope, reportMailsPlace(companyId));
  if (found === undefined) return undefined;
  return { set: reportMails.parse(found.value), version: found.version, sinceAt: found.at };
};

/** Somebody of the list, as the access layer knows them. */
export const callerOf = ({ personId, principal }: Pick<Recipient, 'personId' | 'principal'>): Caller => ({
  ...{ id: personId, principals: [principal as Principal] },
});

/** What somebody reaches by an action just now; undefined where they may not, or are ended. */
export const reachOf = async (
  { scopeFor }: Pick<ReportMailParts, 'scopeFor'>,
  caller: Caller,
  action: ActionName,
  now: Instant,
): Promise<Scope | undefined> => {
  const scope = await scopeFor(caller, action, now);
  return scope.ok ? scope.value : undefined;
};

/**
 * What somebody sees of a report: the whole company for one that tells of it, their own accounts for one that tells of
 * those. Undefined for whoever lacks one of its actions, sees but a part, is ended or was taken the company.
 */
export const sightOf = async (
  parts: Pick<ReportMailParts, 'scopeFor'>,
  companyId: string,
  caller: Caller,
  { actions, tellsOf }: Pick<ReportSchedule, 'actions' | 'tellsOf'>,
  now: Instant,
): Promise<Scope | undefined> => {
  let first: Scope | undefined;
  for (const action of actions) {
    const scope = await reachOf(parts, caller, action as ActionName, now);
    if (scope === undefined || !isSeen(scope, companyId, tellsOf)) return undefined;
    first ??= scope;
  }
  return first;
};

const isSeen = (scope: Scope, companyId: string, tellsOf: ReportSchedule['tellsOf']): boolean => {
  if (tellsOf === 'people') return isInScope(scope, companyId);
  const reached = reachInto(scope, companyId);
  return tellsOf === 'company' ? reached === 'all' : reached !== 'none';
};

/** Keeps the mail, plans it, sends it on its way; twice or after a crash between any of them it is one mail. */
export const planMail = async (
  { staffMails, documents, sender, hashText }: ReportMailParts,
  scope: Scope,
  planned: Pick<StaffMail, 'id' | 'companyId' | 'report' | 'to' | 'at'>,
  make: () => Promise<Mail | undefined>,
): Promise<'planned' | 'known' | 'nothing'> => {
  const { companyId, id } = planned;
  const name = hashText(`${companyId}:${id}`);
  const known = await staffMails.read(scope, companyId, id);
  if (known !== undefined && known.mail.state !== 'planned') return 'known';
  if (known === undefined) {
    const mail = await make();
    if (mail === undefined) return 'nothing';
    // of two who make it at once, the file planned first is the one that goes out
    const file = `mails/report-${name}-${hashText(JSON.stringify(mail)).slice(0, 16)}.json`;
    await documents.write(scope, { companyId, name: file }, JSON.stringify(mail));
    await staffMails.plan(scope, { ...planned, subject: mail.subject, file, state: 'planned' });
  }
  const body = { v: 1, companyId, staffMailId: id };
  await sender.send('messages-to-send', [{ id: hashText(`${companyId}:${id}:send`), sessionId: name, body }]);
  return known === undefined ? 'planned' : 'known';
};

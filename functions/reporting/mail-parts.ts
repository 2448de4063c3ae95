/**
 * What report mails are made with, and who may get one.
 * From: `functions/parts.ts`. Next: planning, preview, sending to oneself.
 */
import { cellOf, type ActionName, type Principal } from '../../shared/contracts/access.ts';
import { reach, reachPlace } from '../../shared/contracts/reach.ts';
import { reportMails, reportMailsPlace, type ReportMails } from '../../shared/contracts/report-mails.ts';
import type { BusinessCalendar } from '../../shared/domain/business-days.ts';
import type { Day } from '../../shared/domain/calendar.ts';
import type { HashText } from '../../shared/domain/document-ids.ts';
import type { Mail } from '../../shared/domain/mail.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { Chart } from '../../shared/formats/charts.ts';
import type { AlertStore } from '../../shared/ports/alert-store.ts';
import type { FileStore } from '../../shared/ports/file-store.ts';
import type { MessageSender } from '../../shared/ports/message-sender.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';
import type { StaffMail, StaffMailStore } from '../../shared/ports/staff-mail-store.ts';
import type { KpiParts } from './read-kpis.ts';

export type ReportMailParts = KpiParts & {
  settings: SettingsStore;
  alerts: AlertStore;
  staffMails: StaffMailStore;
  /** Container `documents`. */
  documents: FileStore;
  sender: MessageSender;
  calendarOf: (country: string, around: Day) => Promise<BusinessCalendar>;
  hashText: HashText;
  /** Its libraries are large: loaded with the first chart. */
  draw: (chart: Chart) => Promise<Uint8Array>;
};

export const tilesAction: ActionName = 'rep.exec.read';
/** An alert names accounts and cases. */
export const alertActions: readonly ActionName[] = ['acct.read', 'inv.dispute.read'];

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

/**
 * Whether a recipient sees the whole company by these actions just now: by the matrix, and by what they reach. Whoever
 * sees a part of it, is ended or was taken the company, gets nothing.
 */
export const mayGet = async (
  { settings }: Pick<ReportMailParts, 'settings'>,
  scope: Scope,
  companyId: string,
  { personId, principal }: Recipient,
  actions: readonly ActionName[],
): Promise<boolean> => {
  const letters = actions.map((action) => cellOf(action, principal as Principal).scope);
  if (!letters.every((letter) => letter === 'A' || letter === 'B')) return false;
  const kept = await settings.read(scope, reachPlace(personId));
  if (kept === undefined) return false;
  const { companyIds, isDisabled } = reach.parse(kept.value);
  if (isDisabled) return false;
  return letters.every((letter) => letter === 'A') || companyIds.includes(companyId);
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

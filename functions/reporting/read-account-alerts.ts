/**
 * Reads every account of a company for its alerts: heads page by page, customers of those that owe something.
 * From: a tick a night. Next: `evaluate-alerts.ts`. It costs as much as there are accounts; what a customer's risk was is
 * kept in `documents`, so that the night after sees it grow worse.
 */
import type { AccountHead } from '../../shared/domain/account.ts';
import { orderReadings, readingsOfAccount, type SubjectReading } from '../../shared/domain/alert-readings.ts';
import type { BusinessCalendar } from '../../shared/domain/business-days.ts';
import { addDays, type Day } from '../../shared/domain/calendar.ts';
import { risksFrom } from '../../shared/contracts/alerts.ts';
import type { MasterData } from '../../shared/domain/master-data.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import type { FileStore } from '../../shared/ports/file-store.ts';
import type { ReferenceStore } from '../../shared/ports/reference-store.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';
import type { ReportCall } from './compose-report.ts';
import { itemsForAlerts } from './read-large-overdue.ts';

export type AccountAlertParts = {
  accounts: AccountStore;
  documents: FileStore;
  references: Pick<ReferenceStore, 'newest'>;
  settings: Pick<SettingsStore, 'read'>;
  calendarOf: (country: string, around: Day) => Promise<BusinessCalendar>;
  /** How many mails may go out in an hour. */
  mailsPerHour: number;
};

const headsPerRead = 100;
const readAtOnce = 8;
const riskFile = 'alerts/risks.json';

type Risks = Record<string, string>;
/** `keep`: what the next night compares with, once all of this one is told. */
export type AccountsRead = { readings: SubjectReading[]; keep: () => Promise<void> };

export const accountReadings = async (
  parts: AccountAlertParts,
  { scope }: ReportCall,
  companyId: string,
  today: Day,
): Promise<AccountsRead> => {
  const { accounts, documents, mailsPerHour } = parts;
  const ordersOf = await ordersBlocked(parts, scope, companyId, today);
  const bytes = await documents.read(scope, { companyId, name: riskFile });
  const before: Risks = bytes === undefined ? {} : risksFrom(bytes);
  const risks: Risks = {};
  const readings: SubjectReading[] = [];
  let waiting = 0;
  let after: string | undefined;
  do {
    const page = await accounts.heads(scope, companyId, { limit: headsPerRead, ...(after && { after }) });
    for (let at = 0; at < page.heads.length; at += readAtOnce) {
      const some = page.heads.slice(at, at + readAtOnce);
      const customers = await Promise.all(some.map((head) => customerOf(accounts, head, scope)));
      for (const [place, head] of some.entries()) {
        const masterData = customers[place] ?? {};
        const { accountId } = head;
        const riskBefore = before[accountId];
        const risk = masterData.treatment?.risk ?? riskBefore;
        if (risk !== undefined) risks[accountId] = risk;
        const items = await itemsForAlerts(accounts, scope, head, today);
        readings.push(
          ...readingsOfAccount({ head, items, masterData, riskBefore }, today),
          ...ordersOf(head),
        );
        waiting += mailsWaiting(head);
      }
    }
    after = page.after;
  } while (after !== undefined);
  const days = waiting / (mailsPerHour * 24);
  readings.push({ rule: 'mailLate', subject: companyId, values: { days } });
  const keep = async (): Promise<void> => {
    if (JSON.stringify(risks) !== JSON.stringify(before))
      await documents.write(scope, { companyId, name: riskFile }, JSON.stringify(risks));
  };
  return { readings, keep };
};

/** After so many days a file says nothing of an order any more. */
const ordersTellDays = 90;

const ordersBlocked = async (
  { references, settings, calendarOf }: AccountAlertParts,
  scope: Scope,
  companyId: string,
  today: Day,
): Promise<(head: AccountHead) => SubjectReading[]> => {
  const days = { fromOn: addDays(today, -ordersTellDays), toOn: today };
  const told = await references.newest(scope, companyId, 'orderHold', days);
  const held = told.flatMap((one) => (one.kind === 'orderHold' ? [one.row] : []));
  const company = held.length === 0 ? undefined : await readCompany(settings, scope, companyId);
  if (company?.ok !== true) return () => [];
  const calendar = await calendarOf(company.value.country, today);
  const byAccount = Map.groupBy(held, ({ accountId }) => accountId);
  return (head) => orderReadings(head, byAccount.get(head.accountId) ?? [], today, calendar);
};

/** Nobody's limit or risk matters while nothing is owed. */
const customerOf = async (
  accounts: AccountStore,
  head: AccountHead,
  scope: ReportCall['scope'],
): Promise<MasterData | undefined> => {
  const { masterData: id, balances } = head;
  if (id === undefined || Object.values(balances).every(({ open }) => open <= 0)) return undefined;
  return accounts.paper(scope, head, id);
};

const mailsWaiting = ({ dunning: { message, notices = [] } }: AccountHead): number =>
  [message, ...notices].filter((one) => one?.state === 'planned').length;

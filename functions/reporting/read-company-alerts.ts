/**
 * Reads of a company as a whole what its alerts ask for at night: money nobody posted or knows, problems that come again.
 * From: receipts, the list of cases. Next: `evaluate-alerts.ts`.
 */
import type { SubjectReading } from '../../shared/domain/alert-readings.ts';
import { businessDaysBetween } from '../../shared/domain/business-days.ts';
import { addDays, dayAt, instantFromText, type Day } from '../../shared/domain/calendar.ts';
import { returnedOf, type Receipt } from '../../shared/domain/receipt.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { CaseIndex } from '../../shared/ports/case-index.ts';
import type { ReceiptList, ReceiptStore } from '../../shared/ports/receipt-store.ts';
import type { ReportCall } from './compose-report.ts';
import type { AlertCompany } from './evaluate-alerts.ts';
import type { ReportMailParts } from './mail-parts.ts';

export type CompanyAlertParts = ReportMailParts & {
  receipts: Pick<ReceiptStore, 'list'>;
  cases: Pick<CaseIndex, 'list'>;
};

const perPage = 200;
/** More than these of one kind are told by the first of them. */
const mostLooked = 2_000;
const problemDays = 90;

export const nightReadings = async (
  parts: CompanyAlertParts,
  call: ReportCall,
  company: AlertCompany,
  today: Day,
): Promise<SubjectReading[]> => [
  ...(await receiptReadings(parts, call, company, today)),
  ...(await problemReadings(parts, call, company, today)),
];

const receiptReadings = async (
  parts: CompanyAlertParts,
  call: ReportCall,
  { companyId, zone }: AlertCompany,
  today: Day,
): Promise<SubjectReading[]> => {
  const company = await readCompany(parts.settings, call.scope, companyId);
  if (!company.ok) return [];
  const calendar = await parts.calendarOf(company.value.country, today);
  const read =
    (rule: string, values: (one: { businessDays: number; amount: number }) => SubjectReading['values']) =>
    (one: Receipt): SubjectReading => {
      const receivedOn = dayAt(instantFromText(one.receivedAt), zone);
      const businessDays = businessDaysBetween(receivedOn, today, calendar);
      const { id: subject, currency, amount } = one;
      return { rule, subject, currency, amount, values: values({ businessDays, amount }) };
    };
  const waiting = (await receiptsOf(parts, call, companyId, { standing: 'provisional' })).filter(
    (one) => returnedOf(one) < one.amount,
  );
  const unknown = await receiptsOf(parts, call, companyId, { state: 'unidentified' });
  const days = ({ businessDays }: { businessDays: number }) => ({ businessDays });
  const sums = ({ amount }: { amount: number }) => ({ amount });
  return [
    ...waiting.map(read('receiptNotPosted', days)),
    ...waiting.map(read('receiptNotPostedLong', days)),
    ...unknown.map(read('unidentifiedOld', days)),
    ...unknown.map(read('unidentifiedLarge', sums)),
  ];
};

const receiptsOf = async (
  { receipts }: CompanyAlertParts,
  { scope }: ReportCall,
  companyId: string,
  which: ReceiptList,
): Promise<Receipt[]> => {
  const all: Receipt[] = [];
  let after: string | undefined;
  do {
    const page = await receipts.list(scope, companyId, which, { limit: perPage, ...(after && { after }) });
    all.push(...page.receipts);
    after = page.after;
  } while (after !== undefined && all.length < mostLooked);
  return all;
};

/** How often one customer had one problem lately. */
const problemReadings = async (
  { cases }: CompanyAlertParts,
  { scope }: ReportCall,
  { companyId }: AlertCompany,
  today: Day,
): Promise<SubjectReading[]> => {
  const counts = new Map<string, { accountId: string; count: number }>();
  const sinceOn = addDays(today, -problemDays);
  let looked = 0;
  let after: string | undefined;
  do {
    const asked = { order: 'opened' as const, limit: perPage, ...(after && { after }) };
    const page = await cases.list(scope, companyId, {}, asked);
    for (const { accountId, code, openedOn } of page.rows) {
      if (openedOn < sinceOn) continue;
      const subject = `${accountId}:${code}`;
      counts.set(subject, { accountId, count: (counts.get(subject)?.count ?? 0) + 1 });
    }
    looked += page.rows.length;
    const isOlder = page.rows.some(({ openedOn }) => openedOn < sinceOn);
    after = isOlder || looked >= mostLooked ? undefined : page.after;
  } while (after !== undefined);
  return [...counts].map(([subject, { accountId, count }]) => ({
    ...{ rule: 'sameProblemAgain', subject, values: { count }, accountId },
  }));
};

/**
 * Looks each night at accounts and at how the last month closed, and raises what breaks a rule: once per breach, again
 * when it doubled or stays a week without anybody having it in hand.
 * From: a tick a night; heads, the trend. Next: the alert store, ids derive from the breach; which breaches stand is kept
 * in `documents`, after the alerts: a crash in between tells nobody twice, since the same day has the same ids.
 */
import type { AccountHead } from '../../shared/domain/account.ts';
import { defaultAlertRules } from '../../shared/domain/alert-rules.ts';
import { acknowledge, alertsOf, type AlertReading, type Breach } from '../../shared/domain/alerts.ts';
import { addDays, dayAt, startOfDay, textOfInstant, type Day } from '../../shared/domain/calendar.ts';
import { amountOf, type AmountMinor, type Currency } from '../../shared/domain/money.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import type { AlertRecord } from '../../shared/ports/alert-store.ts';
import { breachesFrom } from '../../shared/contracts/alerts.ts';
import { shareOf } from '../../shared/domain/metrics-collecting.ts';
import type { ReportCall } from './compose-report.ts';
import { alertsSince } from './mail-alerts.ts';
import type { ReportMailParts } from './mail-parts.ts';
import { readTrend } from './read-trend.ts';

export type EvaluateParts = ReportMailParts & { accounts: Pick<AccountStore, 'heads'> };

const headsPerRead = 100;
const breachFile = 'alerts/breaches.json';

type Company = { companyId: string; zone: string };
/** A reading with what its alert says of it. */
type Read = AlertReading & Pick<AlertRecord, 'accountId' | 'amount'>;

/** How many alerts are new. */
export const evaluateAlerts = async (
  parts: EvaluateParts,
  call: ReportCall,
  { companyId, zone }: Company,
): Promise<number> => {
  const today = dayAt(call.now, zone);
  const readings = [
    ...(await accountReadings(parts, call, companyId, today)),
    ...(await monthReadings(parts, call, companyId)),
  ];
  const before = await standingBreaches(parts, call, companyId, today, zone);
  const { alerts, breaches } = alertsOf(readings, defaultAlertRules, before, today);
  let raised = 0;
  for (const { id, rule, subject, to } of alerts) {
    const read = readings.find((one) => one.rule === rule && one.subject === subject);
    const { accountId, amount, currency } = read ?? {};
    const at = textOfInstant(call.now);
    const record = { id, companyId, rule, accountId, amount, currency, to, at };
    if ((await parts.alerts.raise(call.scope, record)) === 'raised') raised += 1;
  }
  const kept = JSON.stringify({ breaches });
  await parts.documents.write(call.scope, { companyId, name: breachFile }, kept);
  return raised;
};

/** Those of the night before, each with who took it in hand since. */
const standingBreaches = async (
  { documents, alerts }: Pick<EvaluateParts, 'documents' | 'alerts'>,
  { scope }: ReportCall,
  companyId: string,
  today: Day,
  zone: string,
): Promise<Breach[]> => {
  const bytes = await documents.read(scope, { companyId, name: breachFile });
  const breaches = bytes === undefined ? [] : breachesFrom(bytes);
  if (breaches.length === 0) return [];
  const since = textOfInstant(startOfDay(addDays(today, -8), zone));
  const told = new Map((await alertsSince({ alerts }, scope, companyId, since)).map((one) => [one.id, one]));
  return breaches.map((breach) => {
    const taken = told.get(`${breach.id}#${breach.toldTimes}:${breach.toldOn}`)?.acknowledged;
    return taken === undefined ? breach : acknowledge(breach, taken.by, today);
  });
};

const accountReadings = async (
  { accounts }: EvaluateParts,
  { scope }: ReportCall,
  companyId: string,
  today: Day,
): Promise<Read[]> => {
  const readings: Read[] = [];
  let after: string | undefined;
  do {
    const page = await accounts.heads(scope, companyId, { limit: headsPerRead, ...(after && { after }) });
    for (const head of page.heads) readings.push(...readingsOf(head, today));
    after = page.after;
  } while (after !== undefined);
  return readings;
};

/** Of the items a head lists; an account of more than those says nothing here. */
const readingsOf = ({ accountId, openItems = [] }: AccountHead, today: Day): Read[] => {
  const items = openItems
    .filter(({ open, dueOn }) => open > 0 && dueOn < today)
    .map(({ id, currency, open }) =>
      readingOf('largeItemOverdue', `${accountId}:${id}`, 'amount', { accountId, currency, amount: open }),
    );
  const old = new Map<Currency, AmountMinor>();
  for (const { open, dueOn, currency } of openItems)
    if (open > 0 && dueOn < addDays(today, -60)) old.set(currency, amountOf((old.get(currency) ?? 0) + open));
  const beyond = [...old].map(([currency, amount]) =>
    readingOf('beyond60Days', `${accountId}:${currency}`, 'beyond60Days', { accountId, currency, amount }),
  );
  return [...items, ...beyond];
};

type Subject = { accountId: string; currency: Currency; amount: AmountMinor };
const readingOf = (rule: string, subject: string, measure: string, about: Subject): Read => ({
  ...{ rule, subject, values: { [measure]: about.amount } },
  ...about,
});

/** Of the last month that closed. */
const monthReadings = async (
  parts: ReportMailParts,
  { scope, now }: ReportCall,
  companyId: string,
): Promise<Read[]> => {
  const trend = await readTrend(companyId, scope, now, parts);
  const all = trend.ok ? trend.value.months : [];
  const last = all.at(-1)?.month;
  return all
    .filter(({ month }) => month === last)
    .flatMap((closed) => {
      const { currency, month, receivables, disputed, beyond90, ceiPercentHundredths: cei } = closed;
      const read = (rule: string, share: number | null | undefined): Read[] =>
        share === null || share === undefined
          ? []
          : [{ rule, subject: `${month}:${currency}`, values: { share }, currency }];
      return [
        ...read('disputedShare', shareOf(disputed, receivables)),
        ...read('beyond90Share', shareOf(beyond90, receivables)),
        ...read('effectivenessLow', cei),
        ...dsoReading(closed, all),
      ];
    });
};

type Closed = { month: string; currency: string; dsoDaysHundredths: number | null };

const dsoReading = ({ month, currency, dsoDaysHundredths: now }: Closed, all: readonly Closed[]): Read[] => {
  const before = all.findLast((one) => one.currency === currency && one.month < month)?.dsoDaysHundredths;
  if (now === null || before === null || before === undefined) return [];
  const moreDays = Math.floor((now - before) / 100);
  return [{ rule: 'dsoRising', subject: `${month}:${currency}`, values: { moreDays }, currency }];
};

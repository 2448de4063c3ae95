/**
 * Raises what breaks a rule of a company: each night what its accounts, cases, receipts and its last month say, every
 * few minutes what cannot wait. Once per breach, again when it doubled or stays a week without anybody having it in hand.
 * From: ticks. Next: the alert store, ids derive from the breach; which breaches stand is kept in `documents`, after
 * the alerts: a crash in between tells nobody twice, since the same day has the same ids.
 */
import type { AlertRule } from '../../shared/domain/alert-rules.ts';
import { acknowledge, alertsOf, breachIdOf, type Breach } from '../../shared/domain/alerts.ts';
import {
  addDays,
  dayAt,
  startOfDay,
  textOfInstant,
  weekdayOf,
  type Day,
} from '../../shared/domain/calendar.ts';
import type { SubjectReading } from '../../shared/domain/alert-readings.ts';
import { breachesFrom, dayFrom } from '../../shared/contracts/alerts.ts';
import type { ReportCall } from './compose-report.ts';
import { rulesOf } from './keep-alert-settings.ts';
import { alertsSince } from './mail-alerts.ts';
import { accountReadings, type AccountAlertParts } from './read-account-alerts.ts';
import { largeOverdueReadings } from './read-large-overdue.ts';
import { nightReadings, type CompanyAlertParts } from './read-company-alerts.ts';
import { monthReadings } from './read-month-alerts.ts';
import type { SectionParts } from './section-cells.ts';
import { watchReadings } from './watch-company.ts';

export type EvaluateParts = AccountAlertParts & CompanyAlertParts & SectionParts;

export type AlertCompany = { companyId: string; zone: string };

/** What is read at once, the rules it may break, and the file that keeps which of them stand broken. */
type Look = { readings: readonly SubjectReading[]; rules: readonly string[]; file: string };

/** Read whole: what is not found any more has ended. */
const nightRules: readonly string[] = [
  ...['beyond60Days', 'punctualNowLate', 'limitNearlyUsed', 'limitExceeded', 'riskWorse'],
  ...[
    'insurerDateNear',
    'insurerDateNext',
    'creditBalanceOld',
    'creditBalanceLarge',
    'mailLate',
    'orderBlocked',
  ],
  ...['receiptNotPosted', 'receiptNotPostedLong', 'unidentifiedOld', 'unidentifiedLarge', 'sameProblemAgain'],
  ...['disputedShare', 'beyond90Share', 'effectivenessLow', 'dsoRising'],
];
/** Looked at with the start of the company's own day: a night of the deployment may begin many hours later. */
const dayRules: readonly string[] = ['largeItemOverdue'];
const wholeRules: readonly string[] = [...nightRules, ...dayRules];
const watchRules: readonly string[] = ['reconciliationRed', 'feedMissing', 'complaints', 'hardBounces'];

/** How many alerts are new. */
export const evaluateAlerts = async (
  parts: EvaluateParts,
  call: ReportCall,
  company: AlertCompany,
): Promise<number> => {
  const { companyId, zone } = company;
  const today = dayAt(call.now, zone);
  const accounts = await accountReadings(parts, call, companyId, today);
  const readings = [
    ...accounts.readings,
    ...(await nightReadings(parts, call, company, today)),
    ...(await monthReadings(parts, call, companyId)),
  ];
  const look = { readings, rules: nightRules, file: 'alerts/breaches.json' };
  const raised = await raiseNews(parts, call, company, look);
  await accounts.keep();
  return raised;
};

const dayFile = 'alerts/day.json';

/** Once a day of the company, with the first tick of it; again where a tick did not come to its end. */
export const watchDay = async (
  parts: EvaluateParts,
  call: ReportCall,
  company: AlertCompany,
): Promise<number> => {
  const { companyId, zone } = company;
  const today = dayAt(call.now, zone);
  const place = { companyId, name: dayFile };
  const seen = await parts.documents.read(call.scope, place);
  if (seen !== undefined && dayFrom(seen) >= today) return 0;
  const readings = await largeOverdueReadings(parts, call, companyId, today);
  const look = { readings, rules: dayRules, file: 'alerts/overdue.json' };
  const raised = await raiseNews(parts, call, company, look);
  await parts.documents.write(call.scope, place, JSON.stringify({ day: today }));
  return raised;
};

/** What cannot wait for the night; without a breach it writes nothing. */
export const watchCompany = async (
  parts: EvaluateParts,
  call: ReportCall,
  company: AlertCompany,
): Promise<number> => {
  const readings = await watchReadings(parts, call, company);
  return raiseNews(parts, call, company, { readings, rules: watchRules, file: 'alerts/watched.json' });
};

const raiseNews = async (
  parts: EvaluateParts,
  call: ReportCall,
  { companyId, zone }: AlertCompany,
  { readings, rules: names, file }: Look,
): Promise<number> => {
  const today = dayAt(call.now, zone);
  const rules = (await rulesOf(parts, call.scope, companyId)).filter(
    ({ name, at }) => names.includes(name) && isAskedOn(at, today),
  );
  const asked = readings.filter(({ rule }) => rules.some(({ name }) => name === rule));
  const before = await standingBreaches(parts, call, { companyId, zone }, file);
  const standing = before.filter((breach) => stays(breach, rules, asked));
  const { alerts, breaches } = alertsOf(asked, rules, standing, today);
  let raised = 0;
  for (const { id, rule, subject, to } of alerts) {
    const read = asked.find((one) => one.rule === rule && one.subject === subject);
    const { accountId, amount, currency } = read ?? {};
    const at = textOfInstant(call.now);
    const record = { id, companyId, rule, accountId, amount, currency, to, at };
    if ((await parts.alerts.raise(call.scope, record)) === 'raised') raised += 1;
  }
  if (breaches.length > 0 || before.length > 0)
    await parts.documents.write(call.scope, { companyId, name: file }, JSON.stringify({ breaches }));
  return raised;
};

/** What is told weekly is looked at on Mondays alone. */
const isAskedOn = (at: AlertRule['at'], today: Day): boolean => at !== 'weekly' || weekdayOf(today) === 1;

/** What was not looked at stays. */
const stays = (
  { id, rule }: Breach,
  rules: readonly AlertRule[],
  asked: readonly SubjectReading[],
): boolean =>
  !wholeRules.includes(rule) ||
  !rules.some(({ name }) => name === rule) ||
  asked.some((reading) => breachIdOf(reading) === id);

/** Those of the look before, each with who took it in hand since. */
const standingBreaches = async (
  { documents, alerts }: Pick<EvaluateParts, 'documents' | 'alerts'>,
  { scope, now }: ReportCall,
  { companyId, zone }: AlertCompany,
  file: string,
): Promise<Breach[]> => {
  const bytes = await documents.read(scope, { companyId, name: file });
  const breaches = bytes === undefined ? [] : breachesFrom(bytes);
  if (breaches.length === 0) return [];
  const today = dayAt(now, zone);
  const since = textOfInstant(startOfDay(addDays(today, -8), zone));
  const told = new Map((await alertsSince({ alerts }, scope, companyId, since)).map((one) => [one.id, one]));
  return breaches.map((breach) => {
    const taken = told.get(`${breach.id}#${breach.toldTimes}:${breach.toldOn}`)?.acknowledged;
    return taken === undefined ? breach : acknowledge(breach, taken.by, today);
  });
};

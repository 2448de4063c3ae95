/**
 * Tells people of alerts: those of rules that say "now" one by one, the rest in a digest each business morning.
 * From: kept alerts. Next: mails planned once for each alert and person. An alert goes to who has one of its roles or is
 * named, and may see what it names.
 */
import { caseNumberOf } from '../../shared/domain/dispute-shown.ts';
import { shownText, wordsOf } from '../../shared/formats/report-words.ts';
import { amountText } from '../../shared/domain/amount-text.ts';
import { plainAmountStyle } from '../../shared/domain/amount-style.ts';
import type { AlertRule } from '../../shared/domain/alert-rules.ts';
import { tellingOf } from '../../shared/domain/alert-settings.ts';
import { addDays, startOfDay, textOfInstant, type Day, type Instant } from '../../shared/domain/calendar.ts';
import { isBusinessDay, type BusinessCalendar } from '../../shared/domain/business-days.ts';
import { decimalsOf } from '../../shared/domain/currencies.ts';
import type { Mail } from '../../shared/domain/mail.ts';
import { mostDaysMissed } from '../../shared/domain/report-days.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { groupedText, type ReportLine, type ReportLink } from '../../shared/formats/report-mail.ts';
import type { AlertRecord } from '../../shared/ports/alert-store.ts';
import { mailOf, type CompanyMail, type ReportCall } from './compose-report.ts';
import { rulesOf } from './keep-alert-settings.ts';
import { decisionLinksOf } from './link-decisions.ts';
import { planMail, type Recipient, type ReportMailParts } from './mail-parts.ts';
import { mayHear } from './may-hear.ts';
import { toldByName } from './told-by-name.ts';

const perPage = 100;
/** More alerts in a few days than anybody reads; the rest are on the page of alerts. */
const mostAlerts = 1_000;

type Told = { alert: AlertRecord; isNow: boolean };

/** Alerts one recipient hears of, by role or name, as far as they may see what it names. */
const toldTo = async (
  parts: ReportMailParts,
  recipient: Recipient,
  alerts: readonly AlertRecord[],
  rules: readonly AlertRule[],
  now: Instant,
): Promise<Told[]> => {
  const told: Told[] = [];
  for (const alert of alerts) {
    const { at, to, isMuted } = tellingOf(rules, alert);
    if (isMuted || !isFor(recipient, to)) continue;
    if (await mayHear(parts, recipient, alert, now)) told.push({ alert, isNow: at === 'now' });
  }
  return told;
};

const isFor = ({ personId, roles }: Recipient, to: readonly string[]): boolean =>
  to.some((one) => one === personId || roles.some((role) => role === one));

export const alertsSince = async (
  { alerts }: Pick<ReportMailParts, 'alerts'>,
  scope: Scope,
  companyId: string,
  at: string,
): Promise<AlertRecord[]> => {
  const all: AlertRecord[] = [];
  let after: string | undefined;
  do {
    const page = await alerts.since(scope, companyId, at, { limit: perPage, ...(after && { after }) });
    all.push(...page.alerts);
    after = page.after;
  } while (after !== undefined && all.length < mostAlerts);
  return all;
};

/**
 * Of rules that say "now", raised in the last days; none raised before it was set who gets them. People that an alert is
 * about are told where nobody has set a list, too.
 */
export const planAlertMails = async (
  parts: ReportMailParts,
  call: ReportCall,
  writes: CompanyMail,
  recipients: readonly Recipient[],
  sinceAt = '',
): Promise<number> => {
  const { companyId } = writes.company;
  const lately = textOfInstant(call.now.subtract({ hours: 24 * mostDaysMissed }));
  const alerts = await alertsSince(parts, call.scope, companyId, lately > sinceAt ? lately : sinceAt);
  if (alerts.length === 0) return 0;
  const rules = await rulesOf(parts, call.scope, companyId);
  let planned = 0;
  const byName = await toldByName(parts, call.scope, alerts, recipients);
  for (const recipient of [...recipients, ...byName])
    for (const { alert, isNow } of await toldTo(parts, recipient, alerts, rules, call.now)) {
      if (!isNow) continue;
      const { personId } = recipient;
      const id = `alert:${parts.hashText(`${alert.id}:${personId}`)}`;
      const told = { id, companyId, report: 'alert', to: personId, at: textOfInstant(call.now) };
      const outcome = await planMail(parts, call.scope, told, async () =>
        mailTo(parts, call, writes, recipient, {
          alerts: [alert],
          title: 'Alert',
          day: alert.at.slice(0, 10),
        }),
      );
      if (outcome === 'planned') planned += 1;
    }
  return planned;
};

type Digest = { dueOn: Day; at: string };

/** What came up since the digest before; undefined where nothing did. */
export const composeDigest = async (
  parts: ReportMailParts,
  call: ReportCall,
  writes: CompanyMail,
  { dueOn, at }: Digest,
  recipient: Recipient,
  calendar: BusinessCalendar,
): Promise<Mail | undefined> => {
  const { scope, now } = call;
  const { companyId, zone } = writes.company;
  let before = addDays(dueOn, -1);
  while (!isBusinessDay(before, calendar)) before = addDays(before, -1);
  const [from, to] = [before, dueOn].map((day) => textOfInstant(instantOn(day, at, zone)));
  const lately = (await alertsSince(parts, scope, companyId, from!)).filter((alert) => alert.at < to!);
  if (lately.length === 0) return undefined;
  const rules = await rulesOf(parts, scope, companyId);
  const alerts = (await toldTo(parts, recipient, lately, rules, now)).flatMap(({ alert, isNow }) =>
    isNow ? [] : [alert],
  );
  if (alerts.length === 0) return undefined;
  return mailTo(parts, call, writes, recipient, { alerts, title: 'Alerts', day: dueOn });
};

type Telling = { alerts: readonly AlertRecord[]; title: string; day: string };

/** With links to decide what is in the recipient's hand. */
const mailTo = async (
  parts: ReportMailParts,
  call: ReportCall,
  writes: CompanyMail,
  recipient: Recipient,
  { alerts, title, day }: Telling,
): Promise<Mail> => {
  const links = await decisionLinksOf(parts, call, writes, alerts, recipient);
  return alertMail(writes, alerts, title, day, recipient.email, links);
};

const instantOn = (day: Day, at: string, zone: string): Instant => {
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  return startOfDay(day, zone).toZonedDateTimeISO(zone).with({ hour, minute }).toInstant();
};

export const alertMail = (
  { company, setting }: CompanyMail,
  alerts: readonly AlertRecord[],
  title: string,
  day: string,
  email: string,
  links: readonly ReportLink[] = [],
): Mail => {
  const page = {
    ...{ title, company: company.legalName, zone: company.zone, about: [], notes: [], pictures: [], links },
    lines: alerts.map((alert) => lineOf(alert, company.zone)),
  };
  return mailOf(setting, page, day, email, []);
};

const lineOf = (alert: AlertRecord, zone: string): ReportLine => {
  const { rule, breach, accountId, caseId, amount, currency, at, history = [] } = alert;
  const decimals = decimalsOf(currency ?? '');
  const value =
    amount === undefined || !decimals.ok
      ? ''
      : `${currency} ${groupedText(amountText(amount, plainAmountStyle, decimals.value))}`;
  const about = [accountId && `account ${accountId}`, caseId && `case ${caseNumberOf(caseId)}`];
  return {
    label: [wordsOf(rule), breach].filter((word) => word !== undefined).join(', '),
    ...{
      value,
      note: [...about, `since ${shownText(at, zone)}`, ...history]
        .filter((word) => word !== undefined && word !== '')
        .join(', '),
    },
  };
};

/**
 * Plans the report mails that are due: each report, day and person once, to who may see what is in it.
 * From: a tick every few minutes. Next: `messages-to-send`; mail alone sends. A missed tick is made up for within days,
 * a doubled one changes nothing.
 */
import { mailPlaces, mailSettingFrom } from '../../shared/contracts/mail.ts';
import { dayAt, instantFromText, textOfInstant, type Day } from '../../shared/domain/calendar.ts';
import { lastDueOn } from '../../shared/domain/report-days.ts';
import { reportSchedules, type ReportSchedule } from '../../shared/domain/report-schedules.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import { composeReport, type CompanyMail, type ReportCall } from './compose-report.ts';
import { composeDigest, planAlertMails } from './mail-alerts.ts';
import { companyIdsOf } from './fold-quiet-tails.ts';
import { callerOf, mailsSet, planMail, sightOf } from './mail-parts.ts';
import type { Recipient, ReportMailParts } from './mail-parts.ts';
import type { SectionParts } from './section-cells.ts';

export const planReports = async (all: SectionParts, call: ReportCall): Promise<number> => {
  const parts = { ...all, scopeFor: onceEach(all.scopeFor) };
  let planned = 0;
  for (const companyId of await companyIdsOf(call.scope, parts.settings))
    planned += await planForCompany(parts, call, companyId);
  return planned;
};

/** Who reaches what is read once for all that one tick plans. */
const onceEach = (scopeFor: ReportMailParts['scopeFor']): ReportMailParts['scopeFor'] => {
  const known = new Map<string, ReturnType<typeof scopeFor>>();
  return (caller, action, now) => {
    const key = JSON.stringify([caller, action]);
    const found = known.get(key) ?? scopeFor(caller, action, now);
    known.set(key, found);
    return found;
  };
};

/** What a company writes by; undefined before it was set how it writes. */
export const whoWrites = async (
  { settings }: Pick<ReportMailParts, 'settings'>,
  { scope }: Pick<ReportCall, 'scope'>,
  companyId: string,
): Promise<CompanyMail | undefined> => {
  const company = await readCompany(settings, scope, companyId);
  const kept = await settings.read(scope, { scope: `company:${companyId}`, name: mailPlaces.mail });
  const setting = mailSettingFrom(kept?.value);
  return company.ok && setting !== undefined ? { company: company.value, setting } : undefined;
};

const planForCompany = async (parts: SectionParts, call: ReportCall, companyId: string): Promise<number> => {
  const mails = await mailsSet(parts, call.scope, companyId);
  const writes = await whoWrites(parts, call, companyId);
  if (writes === undefined) return 0;
  if (mails === undefined) return planAlertMails(parts, call, writes, []);
  const { zone, country } = writes.company;
  const calendar = await parts.calendarOf(country, dayAt(call.now, zone));
  const sinceOn = dayAt(instantFromText(mails.sinceAt), zone);
  let planned = await planAlertMails(parts, call, writes, mails.set.recipients, mails.sinceAt);
  for (const schedule of schedulesOf(mails.set.times)) {
    const dueOn = lastDueOn(schedule, call.now, { zone, calendar, sinceOn });
    if (dueOn === undefined) continue;
    for (const recipient of mails.set.recipients)
      if (recipient.roles.some((role) => schedule.to.includes(role)))
        planned += await planFor(parts, call, writes, schedule, { dueOn, recipient, calendar });
  }
  return planned;
};

type Times = readonly { report: string; at?: string | undefined; isOff: boolean }[];

/** The defaults with a company's own times, without those it turned off. */
export const schedulesOf = (times: Times): ReportSchedule[] =>
  reportSchedules.flatMap((schedule) => {
    const own = times.find(({ report }) => report === schedule.name);
    return own?.isOff === true ? [] : [{ ...schedule, at: own?.at ?? schedule.at }];
  });

type Due = { dueOn: Day; recipient: Recipient; calendar: Parameters<typeof composeDigest>[5] };

const planFor = async (
  parts: SectionParts,
  call: ReportCall,
  writes: CompanyMail,
  schedule: ReportSchedule,
  { dueOn, recipient, calendar }: Due,
): Promise<number> => {
  const { companyId } = writes.company;
  const { personId, email } = recipient;
  const isDigest = schedule.name === 'alertDigest';
  const sight = await sightOf(parts, companyId, callerOf(recipient), schedule, call.now);
  if (sight === undefined && !isDigest) return 0;
  const id = `report:${schedule.name}:${dueOn}:${parts.hashText(personId).slice(0, 24)}`;
  const at = textOfInstant(call.now);
  const outcome = await planMail(
    parts,
    call.scope,
    { id, companyId, report: schedule.name, to: personId, at },
    async () =>
      sight === undefined
        ? composeDigest(parts, call, writes, { ...schedule, dueOn }, recipient, calendar)
        : composeReport(parts, call, writes, { schedule, dueOn, email, sight, reader: personId }),
  );
  return outcome === 'planned' ? 1 : 0;
};

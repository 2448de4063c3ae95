/**
 * The team at a glance: who has how much, what is due and late, who is away, where work piles up (R39 to R41).
 * From: `GET api/companies/{company}/team`. Next: a credit manager's page; a collector sees their own line. What is
 * owed is read from the sums of reports, what is due from the rows of the lists: the ledger is not looked at.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { ceilingsFrom, ceilingsPlace } from '../../shared/contracts/team-settings.ts';
import type { TeamAnswer } from '../../shared/contracts/team.ts';
import { absencesSetting } from '../../shared/contracts/teamwork.ts';
import { addBusinessDays, businessDaysBetween } from '../../shared/domain/business-days.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import { reachInto } from '../../shared/domain/scope.ts';
import type { WorklistRow } from '../../shared/domain/worklist-row.ts';
import { compareText, dueKinds } from '../../shared/domain/worklist-account.ts';
import { absencesPlace } from './keep-absences.ts';
import { seenBy, type CeilingParts } from './keep-ceilings.ts';
import { noCompany, type SettingCall } from './keep-versions.ts';
import { owedIn, type Owed } from '../../shared/domain/owed-by-collector.ts';
import type { CompanyRows } from './worklist-frame.ts';

/** Rows with something due that are looked at, and lines of the manager's list. */
const [mostDue, mostLate] = [500, 50];
/** Not done for more than so many business days, it is the manager's to look at. */
const managerAfterDays = 3;
const unreachedFrom = 3;

export const readTeam = async (
  parts: CeilingParts,
  companyId: string,
  call: SettingCall,
): Promise<Outcome<TeamAnswer, ProblemCode>> => {
  const isWithin = reachInto(call.scope, companyId) !== 'none';
  const frame = isWithin ? await parts.rowsOf(companyId, call.now) : undefined;
  if (frame === undefined) return noCompany;
  const { today, currency } = frame;
  const [found, groups, targets, absences] = await Promise.all([
    parts.worklist.due(call.scope, companyId, 'all', { today, limit: mostDue }),
    parts.owedBy(companyId, today),
    parts.settings.read(call.scope, ceilingsPlace(companyId)),
    parts.settings.read(call.scope, absencesPlace(companyId)),
  ]);
  const owed = owedIn(groups, today, frame.worth);
  const { ceilings } = ceilingsFrom(targets?.value);
  const away = absencesSetting
    .parse(absences?.value ?? { absences: [] })
    .absences.filter(({ firstOn, lastOn }) => firstOn <= today && today <= lastOn);
  const rows = Map.groupBy(found.rows, ({ collectorId }) => collectorId);
  const named = [...owed.keys(), ...rows.keys(), ...ceilings.map(({ collector }) => collector)];
  const names = [...new Set(named)].filter(seenBy(call, companyId)).toSorted(compareText);
  const loads = names.map((collector): Load => {
    const absence = away.find(({ who }) => who === collector);
    return {
      ...{ collector, ...(owed.get(collector) ?? nothing) },
      ceiling: ceilings.find((one) => one.collector === collector)?.amount ?? null,
      ...countsOf(rows.get(collector) ?? [], today),
      away: absence === undefined ? null : { lastOn: absence.lastOn, deputy: absence.deputy },
    };
  });
  return done({
    ...{ company: companyId, today, currency, isCut: found.isMore },
    ...{ collectors: withBottlenecks(loads), late: lateIn(found.rows, frame) },
  });
};

const nothing = { open: 0, overdue: 0 } as const satisfies Record<keyof Owed, number>;
type Load = Omit<TeamAnswer['collectors'][number], 'isBottleneck'>;

const countsOf = (
  rows: readonly WorklistRow[],
  today: string,
): Pick<Load, 'due' | 'accountsDue' | 'accountsLate' | 'unreached'> => {
  const due = Object.fromEntries(dueKinds.map((kind) => [kind, 0])) as Load['due'];
  const dueOf = ({ dues }: WorklistRow) => dues.filter(({ on }) => on <= today);
  for (const { kind } of rows.flatMap(dueOf)) due[kind] += 1;
  return {
    ...{ due, accountsDue: rows.length },
    accountsLate: rows.filter((row) => dueOf(row).some(({ on }) => on < today)).length,
    unreached: rows.filter(({ unreached = 0 }) => unreached >= unreachedFrom).length,
  };
};

/** Half as much again as the mean of all who have anything late; one alone is none. */
const withBottlenecks = (loads: readonly Load[]): TeamAnswer['collectors'] => {
  const late = loads.filter(({ accountsLate }) => accountsLate > 0);
  const mean = late.reduce((all, { accountsLate }) => all + accountsLate, 0) / Math.max(late.length, 1);
  return loads.map((load) => ({
    ...load,
    isBottleneck: late.length > 1 && load.accountsLate > 0 && load.accountsLate >= mean * 1.5,
  }));
};

const lateIn = (rows: readonly WorklistRow[], { today, calendar }: CompanyRows): TeamAnswer['late'] => {
  const before = addBusinessDays(today, -managerAfterDays, calendar);
  return rows
    .flatMap(({ accountId, name, collectorId, dues }) =>
      dues
        .filter(({ on }) => on < before)
        .map(({ kind, on }) => ({
          ...{ account: accountId, ...(name !== undefined && { name }), collector: collectorId, kind, on },
          businessDaysLate: businessDaysBetween(on, today, calendar),
        })),
    )
    .toSorted((a, b) => compareText(a.on, b.on) || compareText(a.account, b.account))
    .slice(0, mostLate);
};

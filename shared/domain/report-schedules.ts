/**
 * Which reports go out when and to whom: the defaults.
 * From: `defaults.md` §9 of the product, a company's own times. Next: `report-days.ts`, `functions/reporting` mails each once.
 * Times are of the company's own clock; days off move nothing: what is due on a weekday that is off comes on the next day.
 */
import type { KpiName } from './kpi-notes.ts';

/** Parts people have in a company beyond what they may see; a report goes to those who have one of its parts. */
export const reportRoles = [
  ...(['ceo', 'cfo', 'controller', 'treasury', 'creditManager', 'arClerk', 'it', 'legal'] as const),
  ...(['collector', 'salesOwner', 'head', 'disputeOwner'] as const),
] as const;
export type ReportRole = (typeof reportRoles)[number];

export type ScheduleWhen =
  | { every: 'businessDay' }
  | { every: 'week'; weekday: number }
  | { every: 'month' | 'quarter'; businessDay: number };

/** Lists a report may hold, each a table of its own; `shared/domain` names them, `functions/reporting` reads them. */
export const sectionNames = [
  ...([
    'book',
    'worklist',
    'dueDays',
    'ownMoney',
    'pastDue',
    'problems',
    'salesAccounts',
    'forecast',
  ] as const),
  ...([
    'handedOver',
    'frozenAging',
    'rollForward',
    'provision',
    'largest',
    'causes',
    'cycle',
    'people',
    'goal',
  ] as const),
] as const;
export type SectionName = (typeof sectionNames)[number];

export type ReportName =
  | (
      | 'alertDigest'
      | 'reconciliation'
      | 'collectorDay'
      | 'cashDay'
      | 'teamWeek'
      | 'openProblems'
      | 'salesWeek'
    )
  | ('cashForecast' | 'onePage' | 'monthEnd' | 'problemCauses' | 'policyEffect' | 'accessReview');

export type ReportSchedule = {
  name: ReportName;
  title: string;
  when: ScheduleWhen;
  /** `07:30` of the company's own clock. */
  at: string;
  to: readonly ReportRole[];
  /** Rights of the access matrix whoever gets it has, all of them. */
  actions: readonly string[];
  /** What it tells of: the whole company, what its reader sees of it, or people and their rights. */
  tellsOf: 'company' | 'own' | 'people';
  /** Figures it shows, in their order. */
  tiles: readonly KpiName[];
  sections: readonly SectionName[];
  /** What its sums are of: days of the week or month before, or the day itself. */
  period: 'day' | 'week' | 'month';
  charts: readonly ('aging' | 'collected' | 'dso' | 'forecast')[];
};

const cash = ['collectedBooked', 'collectedImplied', 'unexplained', 'credits'] as const;
const rates = [
  ...(['dso', 'bestPossibleDso', 'averageDaysDelinquent', 'cei', 'disputedShare', 'beyond90Share'] as const),
] as const;

const report = (
  name: ReportName,
  title: string,
  when: ScheduleWhen,
  at: string,
  to: readonly ReportRole[],
  more: Partial<ReportSchedule>,
): ReportSchedule => ({
  ...{ name, title, when, at, to, actions: ['rep.exec.read'], tellsOf: 'company', tiles: [], sections: [] },
  ...{ period: 'day', charts: [], ...more },
});

const daily: ScheduleWhen = { every: 'businessDay' };
const monday: ScheduleWhen = { every: 'week', weekday: 1 };
const ofMonth = (businessDay: number): ScheduleWhen => ({ every: 'month', businessDay });

const dailyReports: readonly ReportSchedule[] = [
  report('alertDigest', 'Alerts', daily, '07:30', reportRoles, { actions: [], tellsOf: 'own' }),
  report('reconciliation', 'Reconciliation and feeds', daily, '07:30', ['arClerk', 'creditManager'], {
    ...{ actions: ['dun.recon.read', 'pay.receipt.read'], sections: ['book'] },
  }),
  report('collectorDay', 'Your day', daily, '07:30', ['collector'], {
    ...{ actions: ['acct.read', 'task.list'], tellsOf: 'own', sections: ['worklist', 'dueDays', 'ownMoney'] },
  }),
  report('cashDay', 'Cash of the day', daily, '17:30', ['creditManager', 'arClerk'], {
    ...{ actions: ['pay.receipt.read'], tiles: cash, sections: ['book'] },
  }),
];

const weeklyReports: readonly ReportSchedule[] = [
  report('teamWeek', 'The week of the team', monday, '07:30', ['creditManager'], {
    tiles: [
      ...cash,
      ...(['promisesKept', 'promisesBroken', 'promisesWaiting', 'talks', 'unreached', 'sent'] as const),
      'withheld',
    ],
    ...{ sections: ['goal', 'pastDue'], period: 'week', charts: ['aging'] },
  }),
  report('openProblems', 'Open problems', monday, '08:00', ['head', 'creditManager', 'disputeOwner'], {
    ...{ actions: ['inv.dispute.read'], tellsOf: 'own', sections: ['problems', 'cycle'] },
  }),
  report('salesWeek', 'Your customers', monday, '08:00', ['salesOwner'], {
    ...{ actions: ['rep.aging.read', 'inv.dispute.read'], tellsOf: 'own', sections: ['salesAccounts'] },
  }),
  report('cashForecast', 'Cash expected in 13 weeks', monday, '08:00', ['cfo', 'treasury'], {
    ...{ actions: ['rep.forecast.read'], sections: ['forecast'], period: 'week', charts: ['forecast'] },
  }),
  report('onePage', 'One-page summary', monday, '08:00', ['ceo', 'cfo'], {
    tiles: ['receivables', 'overdue', 'beyond90', 'disputed', ...cash, ...rates],
    ...{ period: 'week', charts: ['aging', 'collected', 'dso'] },
  }),
];

const laterReports: readonly ReportSchedule[] = [
  report('monthEnd', 'Month-end pack', ofMonth(3), '08:00', ['cfo', 'controller'], {
    tiles: [
      ...(['receivables', 'notDue', 'overdue', 'beyond90', 'credits', 'charges', 'disputed'] as const),
      ...rates,
      ...(['billed', ...cash, 'writtenOff', 'recovered', 'disputesOpened', 'disputesClosed'] as const),
    ],
    sections: ['frozenAging', 'rollForward', 'provision', 'handedOver', 'largest', 'causes'],
    ...{ period: 'month', charts: ['aging', 'collected', 'dso'] },
  }),
  report('problemCauses', 'Causes of problems', ofMonth(4), '08:00', ['head', 'cfo'], {
    ...{ actions: ['inv.dispute.read'], sections: ['causes'], period: 'month' },
  }),
  report('policyEffect', 'Effect of the policies', ofMonth(4), '08:00', ['creditManager'], {
    tiles: [
      ...(['sent', 'noticesSent', 'withheld', 'withheldSum', 'heldBack', 'reported'] as const),
      ...(['replies', 'cashIn7', 'cashIn14'] as const),
      ...cash,
      'promisesKept',
    ],
    ...{ period: 'month', charts: ['collected'] },
  }),
  report('accessReview', 'Access and grants', { every: 'quarter', businessDay: 5 }, '08:00', ['it', 'cfo'], {
    ...{ actions: ['aud.security.read'], tellsOf: 'people', sections: ['people'], period: 'month' },
  }),
];

export const reportSchedules: readonly ReportSchedule[] = [
  ...dailyReports,
  ...weeklyReports,
  ...laterReports,
];

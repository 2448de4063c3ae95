/**
 * What each figure is: its formula, what is in it and what is not, and the rows behind it. Printed beside the figure.
 * From: `metrics.md` of the product. Next: answers, exports, report mails.
 */
export type KpiNote = {
  formula: string;
  includes: string;
  /** Figures whose rows sum to it (`api/reports/{company}/rows`), or `items`: what is open on the day. */
  behind: readonly string[];
};

const note = (formula: string, includes: string, ...behind: string[]): KpiNote => ({
  formula,
  includes,
  behind,
});
const items = 'tax in, credits netted, unapplied money netted, disputed items in, intercompany out';
const onDay = 'counted on the posting day, as corrected since';

export const kpiNotes = {
  receivables: note('sum of open amounts', items, 'items'),
  notDue: note(
    'open amounts whose due day has not passed',
    'tax in, before credits, drafts and retention apart',
    'items',
  ),
  overdue: note('receivables - not due - credits - retention - drafts', items, 'items'),
  overdueShare: note('overdue / receivables x 100', items, 'items'),
  credits: note('credit notes and payments on account that settle nothing yet', 'below zero', 'items'),
  charges: note('open interest and fees', 'in receivables, not in DSO', 'charges'),
  disputed: note('open deductions + parts held by open cases', 'as the cases stand', 'disputed', 'items'),
  disputedShare: note('disputed / receivables x 100', items, 'disputed', 'items'),
  beyond90: note('open amounts more than 90 days past their due day', 'before credits', 'items'),
  beyond90Share: note('beyond 90 days / receivables x 100', items, 'items'),
  dso: note(
    'countback: whole periods of sales off receivables, newest first; simple: receivables / sales of the last quarter x days',
    `gross sales incl. tax less credit notes as told by the ERP; ${items}; interest, fees and retention out`,
    'items',
    'sales',
  ),
  bestPossibleDso: note('as DSO, of what is not due', 'drafts before maturity in', 'items', 'sales'),
  averageDaysDelinquent: note(
    'DSO - best possible DSO, by the same method',
    'never methods mixed',
    'items',
    'sales',
  ),
  cei: note(
    '(opening + sales - closing) / (opening + sales - closing not due) x 100',
    'of the last whole month, where both variants agree; opening and closing as known then',
    'items',
    'sales',
  ),
  billed: note(
    'documents posted less credit notes',
    `seen here, not the sales DSO is made of; ${onDay}`,
    'billed',
    'credited',
  ),
  collectedBooked: note('money received less money that went back', onDay, 'booked'),
  collectedImplied: note(
    'left the feed without another reason known',
    'on the day of the snapshot that showed it; its rows say since when it may have been',
    'implied',
  ),
  unexplained: note('left the feed for a reason not known', onDay, 'unexplained'),
  promised: note('promises made', 'on the day they were made', 'promised'),
  promisesDue: note('promises due', 'on the day they were due; void ones out', 'promiseDue'),
  promisesJudged: note(
    'kept + partly kept + broken',
    'by due day',
    'promise-keptCount',
    'promise-partlyCount',
    'promise-brokenCount',
  ),
  promisesWaiting: note(
    'due and not judged: cash data has not reached their day',
    'in neither rate',
    'promiseDueCount',
  ),
  promisesKept: note(
    'promises met in full by their day + grace / judged x 100',
    'by count and by value',
    'promise-kept',
    'promise-keptCount',
  ),
  promisesBroken: note(
    'worth of promises broken or kept in part',
    'by due day',
    'promise-broken',
    'promise-partly',
  ),
  writtenOff: note('write-offs posted', onDay, 'writtenOff'),
  recovered: note('received of what was written off', 'in the period it came', 'recovered'),
  sent: note('reminders sent', 'by stage', 'sent'),
  noticesSent: note('other messages sent', 'by text', 'notice'),
  withheld: note('messages planned and not sent', 'by their first stored reason', 'withheld'),
  withheldSum: note(
    'asked for in reminders planned and not sent',
    'by their first stored reason',
    'withheldSum',
  ),
  heldBack: note(
    'items not asked for when it was evaluated',
    'by reason; told when the reasons change',
    'heldBack',
  ),
  reported: note(
    'what the mail service told of messages',
    'the first report of a kind for each recipient',
    'reported',
  ),
  replies: note('replies of people that pause reminders', 'machines out', 'replies'),
  cashIn7: note(
    'money within 7 days after the last reminder of its account',
    'booked and implied, by stage, on the day of the reminder; the last days of a period still fill',
    'cashIn7',
  ),
  cashIn14: note(
    'money within 14 days after the last reminder of its account',
    'booked and implied, by stage, on the day of the reminder; the last days of a period still fill',
    'cashIn14',
  ),
  talks: note('calls in which somebody was talked to', 'undone ones out', 'talks'),
  unreached: note('calls that reached nobody', 'undone ones out', 'unreached'),
  disputesOpened: note('cases opened', onDay, 'disputesOpened'),
  disputesClosed: note('cases closed', onDay, 'disputesClosed'),
} as const satisfies Record<string, KpiNote>;

export type KpiName = keyof typeof kpiNotes;
export const kpiNames = Object.keys(kpiNotes) as KpiName[];

/**
 * What a call can come to, as data: who was reached, what is asked for, what follows.
 * From: the defaults below, or setting `call-outcomes`.
 * Next: `log-call.ts`. Days are business days.
 */

export const callAsks = [
  ...['amount', 'day', 'method', 'items', 'payRun', 'how', 'reference', 'approver', 'caseCode'],
  ...['claimNumber', 'reason', 'offer', 'court', 'administrator', 'time', 'contact', 'question', 'toWhom'],
] as const;
export type CallAsk = (typeof callAsks)[number];

/** What a call is for: receipt and approval, a date, what follows and a plan. */
export const scriptCodes = ['C1', 'C2', 'C3'] as const;
export type ScriptCode = (typeof scriptCodes)[number];

export const callEffects = [
  ...['promise', 'softPromise', 'saysPaid', 'sendCopies', 'openCase', 'recodeCase', 'proposePlan'],
  ...['flagRisk', 'tellManager', 'stopAll', 'callBack', 'addContact', 'contactInvalid', 'findContact'],
  ...['csrTask', 'confirmPromise'],
] as const;
export type CallEffect = (typeof callEffects)[number];

export type CallOutcome = {
  code: string;
  rightParty: 'yes' | 'no' | 'any';
  asks: readonly CallAsk[];
  /**
   * When the account is looked at again: so many business days from the call, or from the day told (`dayTold`,
   * with a ceiling), at the time told, or without a follow-up of its own.
   */
  followUp:
    | { from: 'call'; days: number }
    | { from: 'dayTold'; days: number; mostDays?: number }
    | { from: 'timeTold' }
    | { from: 'none' };
  effects: readonly CallEffect[];
  /** Nobody was reached; so many in a row send the mail named and then count anew. */
  unreached?: typeof unreachedRule;
};

/** So many calls in a row that reached nobody send this mail. */
export const unreachedRule = { inARow: 3, mail: 'T3' } as const;
const unreached = unreachedRule;
const nextDay = { from: 'call', days: 1 } as const;

export const defaultCallOutcomes: readonly CallOutcome[] = [
  outcome('promise', 'yes', ['amount', 'day', 'method', 'items'], { from: 'dayTold', days: 2 }, [
    'promise',
    'confirmPromise',
  ]),
  outcome(
    'promisePart',
    'yes',
    ['amount', 'day', 'method', 'items', 'reason'],
    { from: 'dayTold', days: 2 },
    ['promise', 'confirmPromise'],
  ),
  outcome('paysAtNextRun', 'yes', ['payRun'], { from: 'dayTold', days: 2 }, ['softPromise']),
  outcome('saysPaid', 'yes', ['day', 'how', 'reference'], { from: 'none' }, ['saysPaid']),
  outcome('wantsCopy', 'yes', ['items'], { from: 'call', days: 3 }, ['sendCopies']),
  outcome('waitsForApproval', 'yes', ['approver', 'day'], { from: 'dayTold', days: 0, mostDays: 5 }, []),
  outcome('disputes', 'yes', ['caseCode', 'amount', 'items'], { from: 'none' }, ['openCase']),
  outcome('explainsDeduction', 'yes', ['caseCode', 'amount', 'items', 'claimNumber'], { from: 'none' }, [
    'recodeCase',
  ]),
  outcome('cannotPayNow', 'yes', ['reason', 'offer'], { from: 'call', days: 2 }, ['proposePlan', 'flagRisk']),
  outcome('refuses', 'yes', ['reason'], nextDay, ['tellManager']),
  outcome('insolvent', 'any', ['court', 'day', 'administrator'], { from: 'none' }, ['stopAll']),
  outcome('callBack', 'any', ['time'], { from: 'timeTold' }, ['callBack']),
  outcome('otherPerson', 'no', ['contact'], { from: 'call', days: 0 }, ['addContact']),
  outcome('messageLeft', 'no', [], nextDay, []),
  { ...outcome('voicemail', 'no', [], nextDay, []), unreached },
  { ...outcome('noAnswer', 'no', [], nextDay, []), unreached },
  { ...outcome('busy', 'no', [], nextDay, []), unreached },
  outcome('wrongNumber', 'no', [], { from: 'none' }, ['contactInvalid', 'findContact']),
  outcome('leftTheFirm', 'no', [], { from: 'none' }, ['contactInvalid', 'findContact']),
  outcome('questionForUs', 'yes', ['question', 'toWhom'], nextDay, ['csrTask']),
];

function outcome(
  code: string,
  rightParty: CallOutcome['rightParty'],
  asks: readonly CallAsk[],
  followUp: CallOutcome['followUp'],
  effects: readonly CallEffect[],
): CallOutcome {
  return { code, rightParty, asks, followUp, effects };
}

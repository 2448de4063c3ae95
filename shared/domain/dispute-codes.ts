/**
 * Why a customer does not pay: codes of disputes and deductions, each with its recipe, as versioned data.
 * From: the defaults below, or setting `dispute-codes`.
 * Next: cases. A case keeps the version it was opened with: a changed recipe is for new cases only.
 */

/** v/f/d: business days to validate, find facts, decide, all from the opening; absent: no such step. */
export type DisputeDeadlines = { validate: number; facts?: number; decide?: number };

export type DisputeCode = {
  code: string;
  meaning: string;
  papers: readonly string[];
  /** The departments that answer for it; the first owns the case. */
  owners: readonly [string, ...string[]];
  /** Instead of the first owner from this sum on, in euro cents. */
  ownerFrom?: { euroCents: number; owner: string };
  deadlines: DisputeDeadlines;
  /** Accepted without a person up to this sum, in euro cents; 0: never. */
  autoEuroCents: number;
  /** X12 element 426. */
  adjustmentReason?: string;
};

type Row = [
  code: string,
  meaning: string,
  papers: string,
  owners: readonly [string, ...string[]],
  days: readonly [validate: number, facts?: number | undefined, decide?: number],
  autoEuro: number,
  adjustmentReason?: string,
];

const codeFrom = ([code, meaning, papers, owners, days, autoEuro, adjustmentReason]: Row): DisputeCode => {
  const [validate, facts, decide] = days;
  return {
    ...{ code, meaning, owners, papers: papers === '' ? [] : papers.split(', ') },
    deadlines: { validate, ...(facts && { facts }), ...(decide && { decide }) },
    autoEuroCents: autoEuro * 100,
    ...(adjustmentReason && { adjustmentReason }),
  };
};

const rows: readonly Row[] = [
  [
    'PRICE',
    'differs from order or agreement',
    'order, price list, contract',
    ['pricing', 'sales'],
    [1, 3, 7],
    25,
    '01',
  ],
  [
    'QTY',
    'fewer delivered than billed',
    'proof of delivery, packing list, photo',
    ['logistics'],
    [1, 4, 8],
    25,
    '06',
  ],
  ['NODEL', 'nothing received', 'proof of delivery, tracking', ['logistics'], [1, 3, 6], 0, '59'],
  ['DAMAGE', 'damaged on arrival', 'photos, carrier note', ['logistics'], [1, 4, 8], 25, '04'],
  ['QUAL', 'quality, specification', 'test report, batch', ['quality'], [1, 7, 15], 0, '05'],
  ['WRONG', 'wrong or substituted item', 'order, packing list', ['logistics'], [1, 3, 7], 25, '07'],
  [
    'RETURN',
    'returned, credit not seen',
    'return note, goods receipt',
    ['warehouse', 'billing'],
    [1, 4, 8],
    50,
    '12',
  ],
  ['SERVICE', 'not done, hours contested', 'timesheet, acceptance', ['projectOwner'], [1, 5, 10], 0, '38'],
  ['CONTRACT', 'cancelled, renewed, scope', 'contract, notice', ['accountManager'], [2, 7, 15], 0],
  ['DUP', 'billed twice', 'both invoices, order', ['billing'], [1, 2, 4], 0, '19'],
  ['ENTITY', 'wrong company, address, tax id', 'order, master data', ['billing'], [1, 2, 4], 0, '40'],
  ['TAX', 'wrong tax, exemption', 'certificate', ['tax'], [1, 3, 7], 0, '55'],
  ['TERMS', 'due date or terms differ', 'contract, order', ['creditManager'], [1, 2, 5], 0, '09'],
  ['DISC', 'discount late or too high', 'terms, value date', ['credit'], [1, 2, 4], 10, '24'],
  [
    'PROMO',
    'promotion, rebate, bonus',
    'agreement, claim, proof of performance',
    ['sales', 'tradeTerms'],
    [2, 7, 15],
    0,
    '56',
  ],
  ['FREIGHT', 'freight, delivery charge', 'order terms, freight bill', ['logistics'], [1, 3, 7], 35, '54'],
  [
    'PENALTY',
    'fine: late, short, mislabelled',
    'routing guide, appointment, proof',
    ['logistics', 'sales'],
    [1, 7, 15],
    0,
  ],
  ['CREDITDUE', 'promised credit not issued', 'promise, mail', ['sales'], [1, 2, 5], 0],
  ['WHT', 'tax withheld', 'certificate', ['arClerk'], [1, undefined, 60], 0, '55'],
  ['OTHER', 'not yet known', '', ['arClerk'], [1], 10],
];

export const defaultDisputeCodes: readonly DisputeCode[] = rows
  .map(codeFrom)
  .map((one) =>
    one.code === 'CONTRACT' ? { ...one, ownerFrom: { euroCents: 500_000, owner: 'legal' } } : one,
  );

/** A query: the customer can pay once given something; no dispute, the due day stays. */
export type QueryCode = {
  code: string;
  act: string;
  /** Business days; 0 is the same day. */
  days: number;
  owner: string;
  closes: 'copySent' | 'answered' | 'followUp';
};

export const defaultQueryCodes: readonly QueryCode[] = [
  { code: 'NOINV', act: 'send the invoice', days: 0, owner: 'csr', closes: 'copySent' },
  { code: 'COPY', act: 'send the copy', days: 0, owner: 'csr', closes: 'copySent' },
  { code: 'PO', act: 'get it, correct, resend', days: 2, owner: 'salesSupport', closes: 'answered' },
  { code: 'PORTAL', act: 'correct, resubmit', days: 2, owner: 'arClerk', closes: 'answered' },
  { code: 'VENDOR', act: 'send supplier papers', days: 2, owner: 'arClerk', closes: 'answered' },
  { code: 'APPROVAL', act: 'ask who and until when', days: 5, owner: 'collector', closes: 'followUp' },
];

/** Who decides up to what, how deadlines climb, what is accepted without a person. Sums in euro cents. */
export type DisputeRules = {
  authority: readonly { role: DecisionRole; upToEuroCents?: number }[];
  remindAtPercent: number;
  /** Business days past a missed deadline until the credit manager has it. */
  managerAfterDays: number;
  moreTimeDays: number;
  autoAccept: { timesPerAccount: number; inDays: number };
  /** A case from the portal holds its amount so long until it is validated; so does a query its items. */
  portalHoldDays: number;
  queryPauseDays: number;
  contestWithinDays: number;
};

export const decisionRoles = ['owner', 'head', 'creditManager', 'cfo'] as const;
export type DecisionRole = (typeof decisionRoles)[number];

export const defaultDisputeRules: DisputeRules = {
  authority: [
    { role: 'owner', upToEuroCents: 100_000 },
    { role: 'head', upToEuroCents: 1_000_000 },
    { role: 'creditManager', upToEuroCents: 1_000_000 },
    { role: 'cfo' },
  ],
  ...{ remindAtPercent: 80, managerAfterDays: 3, moreTimeDays: 5 },
  autoAccept: { timesPerAccount: 3, inDays: 90 },
  ...{ portalHoldDays: 5, queryPauseDays: 5, contestWithinDays: 60 },
};

/**
 * What clerks ask of receipts and accounts over HTTP, and what they are answered.
 * From: the staff client. Next: the cash routes of the ledger. Amounts in minor units.
 */
import { z } from 'zod';
import { dayFromText } from '../domain/calendar.ts';
import { possibleDoubleOf } from '../domain/double-payment.ts';
import { itemKinds } from '../domain/item.ts';
import { amountOf } from '../domain/money.ts';
import type { Proposal } from '../domain/proposal.ts';
import { receiptStates, stateOf, type Receipt } from '../domain/receipt.ts';

const id = z.string().min(1).max(200);
const amount = z.int().min(1).transform(amountOf);
const code = z.string().min(1).max(40);

export const companyParams = z.strictObject({ companyId: id });
export const receiptParams = z.strictObject({ companyId: id, receiptId: id });
export const accountParams = z.strictObject({ companyId: id, accountId: id });
export const writeOffParams = z.strictObject({ companyId: id, accountId: id, writeOffId: id });
export const proposalParams = z.strictObject({ companyId: id, proposalId: id });

const limit = z.coerce.number().int().min(1).max(200).default(50);
const after = z.string().max(500).optional();
export const receiptsQuery = z.strictObject({
  state: z.enum([...receiptStates, 'provisional', 'notPosted']).default('unidentified'),
  ...{ limit, after },
});
export const proposalsQuery = z.strictObject({
  state: z.enum(['proposed', 'approved', 'dropped', 'done']).default('proposed'),
  ...{ limit, after },
});

const account = z.strictObject({ companyId: id, accountId: id });
const use = z.object({ itemId: z.string(), changeId: z.string(), amount: z.int() });
const portion = z.object({
  ...{ id: z.string(), account, itemId: z.string().optional(), amount: z.int() },
  state: z.enum(['reserved', 'posted', 'released', 'reversed']),
  ...{ paymentId: z.string().optional(), uses: z.array(use) },
  readings: z.array(z.looseObject({ reads: z.string() })).optional(),
  over: z.looseObject({ reads: z.string() }).optional(),
  /** Of an item in another currency: the stored rate, what it is lowered by, the gain or loss. */
  exchange: z
    .object({
      rate: z.object({ id: z.string(), from: z.string(), to: z.string(), on: z.string() }),
      ...{ settles: z.int(), gain: z.int() },
    })
    .optional(),
});
const proposedItems = z.object({
  because: z.string(),
  items: z.array(z.object({ account, itemId: z.string() })),
});

export const receiptAnswer = z.object({
  ...{ id: z.string(), companyId: z.string(), source: z.string(), payer: account.optional() },
  /** Who keyed it in, where a person did. */
  by: z.string().optional(),
  ...{ valueOn: z.string(), postedOn: z.string(), receivedAt: z.string(), currency: z.string() },
  ...{ amount: z.int(), free: z.int() },
  /** Not everybody's to see, like all that is optional here: `receiptFields`, `reducedReceipt`. */
  ...{ method: z.string().optional(), bankReference: z.string().optional(), text: z.string().optional() },
  ...{ structuredReference: z.string().optional(), payerName: z.string().optional() },
  standing: z.enum(['provisional', 'confirmed']),
  state: z.enum(receiptStates),
  portions: z.array(portion),
  returns: z.array(z.object({ id: z.string(), kind: z.string(), amount: z.int(), on: z.string() })),
  /** The rung of the ladder, why, and what a person may choose, best first. */
  plan: z.object({ rung: z.string(), reason: z.string(), proposals: z.array(proposedItems) }).optional(),
  missingInFeeds: z.array(z.string()),
  /** In the list "not posted": why the ERP would not post it; it is provisional all the same. */
  refusedBecause: z.string().optional(),
  /** A payment keyed in that it may be: it settles nothing until somebody says whether the two are one. */
  possibleDouble: z.string().optional(),
});
export type ReceiptAnswer = z.infer<typeof receiptAnswer>;

/** Places of a receipt that hold fields of the access table. */
export const receiptFields = { method: 'payment.method', bankReference: 'payment.providerId' } as const;
/** What somebody sees of a receipt whose cell is reduced: amounts and where they went, not what names a person. */
export const reducedReceipt = ['text', 'payerName'] as const;

/** What clerks see of a receipt; the payer's account number stays on the document. */
export const receiptAnswerOf = (receipt: Receipt): ReceiptAnswer =>
  receiptAnswer.parse({ ...receipt, state: stateOf(receipt), possibleDouble: possibleDoubleOf(receipt) });

export const receiptsAnswer = z.object({ receipts: z.array(receiptAnswer), after: z.string().optional() });
/** What the ladder would do with the free money for a payer, and the choices it leaves. */
export const allocationAnswer = z.object({
  ...{ rung: z.string(), reason: z.string(), proposals: z.array(proposedItems) },
  lines: z.array(z.object({ account, itemId: z.string().optional(), amount: z.int() })),
});

/** `remember`: the next money from this bank account is theirs, too. */
export const payerBody = z.strictObject({ accountId: id, remember: z.boolean().default(false) });
/** The other telling of what may be the same payment. */
export const otherReceiptBody = z.strictObject({ receiptId: id });
export const partBody = z.strictObject({});
export const allocationQuery = z.strictObject({ accountId: id });
/** `settles`: of an item in another currency, what it is lowered by there; else the worth at the stored rate. */
export const splitBody = z.strictObject({
  portions: z
    .array(z.strictObject({ account, itemId: id.optional(), amount, settles: amount.optional() }))
    .min(1)
    .max(100),
});
export const applyBody = z.strictObject({ portionId: id, itemId: id, amount });
export const unapplyBody = z.strictObject({
  portionId: id,
  changeId: z.string().min(1).max(600),
  reason: code,
});
export const refundBody = z.strictObject({ accountId: id, amount, detailsVersion: id, reason: code });

export const settleCreditBody = z.strictObject({ creditId: id, itemId: id, amount });
export const undoCreditBody = z.strictObject({
  ...{ creditId: id, itemId: id, changeId: z.string().min(1).max(600), reason: code },
});
export const adjustBody = z.strictObject({ itemId: id, amount, reason: code });
/** `receivedOn`: the day the money came, today when nothing is said; it counts in the month of that day. */
export const recoveryBody = z.strictObject({
  ...{ itemId: id, amount },
  receivedOn: z.iso.date().transform(dayFromText).optional(),
});
export const writeOffBody = z.strictObject({ itemId: id, amount, reason: code });
export const approvalBody = z.strictObject({ itemId: id });
export const approveProposalBody = z.strictObject({});

const relief = z.object({ jurisdiction: z.string(), fromOn: z.string(), untilOn: z.string().optional() });

export const itemAnswer = z.object({
  ...{ itemId: z.string(), kind: z.enum(itemKinds), currency: z.string(), open: z.int() },
  /** Payments and credits that settle it now, each by the change that may be taken back. */
  settledBy: z
    .array(z.object({ changeId: z.string(), from: z.string(), amount: z.int(), on: z.string() }))
    .optional(),
  /** Of a write-off: what became of it. */
  writeOff: z
    .object({
      ...{ id: z.string(), amount: z.int(), state: z.string(), doneOn: z.string().optional() },
      /** When its tax may be claimed back, and until when. */
      relief: relief.optional(),
    })
    .optional(),
});
export type ItemAnswer = z.infer<typeof itemAnswer>;
export const agedCreditsAnswer = z.object({
  credits: z.array(itemAnswer.extend({ number: z.string(), postedOn: z.string() })),
});
export const writtenOffQuery = z.strictObject({
  /** Only those whose tax may be claimed back by this day. */
  dueBy: z.iso.date().transform(dayFromText).optional(),
  ...{ limit, after },
});
const daySum = z.object({ amount: z.int(), on: z.string() });
/** By relief day; those without one come last. */
export const writtenOffAnswer = z.object({
  items: z.array(
    z.object({
      ...{ accountId: z.string(), itemId: z.string(), number: z.string(), currency: z.string() },
      writeOffs: z.array(daySum.extend({ reason: z.string(), relief: relief.optional() })),
      /** Income of the month of their day. */
      recoveries: z.array(daySum),
    }),
  ),
  after: z.string().optional(),
});
export const proposalAnswer = z.object({
  ...{ id: z.string(), accountId: z.string(), kind: z.string(), amount: z.int(), currency: z.string() },
  ...{ items: z.array(z.object({ itemId: z.string(), amount: z.int() })), reason: z.string() },
  ...{ by: z.string(), approvedBy: z.string().optional(), state: z.string() },
  /** When it was approved; the feed of the ERP that showed it. */
  ...{ approvedAt: z.string().optional(), shownBy: z.string().optional() },
  /** Dropped since the ERP would not post it. */
  refusedBecause: z.string().optional(),
  /** Approved, and three business days later no feed of the ERP shows it. */
  isUnconfirmed: z.boolean().optional(),
});
export type ProposalAnswer = z.infer<typeof proposalAnswer>;

export const proposalAnswerOf = (proposal: Proposal): ProposalAnswer => proposalAnswer.parse(proposal);

export const proposalsAnswer = z.object({ proposals: z.array(proposalAnswer), after: z.string().optional() });
export const proposeBody = z.strictObject({
  kind: z.enum(['writeOff', 'creditNote', 'allocation']),
  ...{ accountId: id, currency: z.string().length(3), from: id.optional(), reason: code },
  items: z
    .array(z.strictObject({ itemId: id, amount }))
    .min(1)
    .max(50),
});

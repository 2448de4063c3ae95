/**
 * The messages on the queues, each with its version; readers accept the version before, too.
 * From: whoever sends a command. Next: the queue wrapper parses by these before a handler sees anything.
 */
import { z } from 'zod';
import type { AmountMinor } from '../domain/money.ts';
import { chosenLines, chosenTransfer } from './transfers.ts';

/** Do what is due for this slot of this job. May come twice, late, or out of order. */
export const tickMessage = z.strictObject({
  v: z.literal(1),
  job: z.string().min(1),
  slot: z.iso.datetime(),
});

export type TickMessage = z.infer<typeof tickMessage>;

const id = z.string().min(1).max(200);

/** Work on at a snapshot whose rows are checked: guards first, then account by account. */
export const snapshotMessage = z.strictObject({
  v: z.literal(1),
  companyId: id,
  importId: id,
  step: z.enum(['guard', 'compare', 'finish']),
  bucket: z.int().min(0).default(0),
  /** How often `finish` looked whether the ledger is done. */
  look: z.int().min(0).optional(),
});
export type SnapshotMessage = z.infer<typeof snapshotMessage>;

/** Parts that need this one posted wait in this step of the import. */
const awaitedBy = z.int().min(0).optional();

/** Post the accounts listed in one file of the import: at most 500 rows, by reference. */
export const accountPostingsMessage = z.strictObject({
  v: z.literal(1),
  companyId: id,
  importId: id,
  /** Name of the part, unique in its import; also the file `parts/<part>.ndjson`. */
  part: id,
  /** The last one of a snapshot: when it is posted, all of them may be. */
  isLast: z.literal(true).optional(),
  awaitedBy,
});
export type AccountPostingsMessage = z.infer<typeof accountPostingsMessage>;

const minor = z.int().transform((amount) => amount as AmountMinor);
const instant = z.iso.datetime();

/** All that the payment provider has of a checkout by now (`shared/domain/checkout-payment.ts`). */
const checkoutPayment = z.strictObject({
  ...{ companyId: id, accountId: id, checkoutId: id, paymentId: id, currency: z.string().length(3) },
  ...{ amount: minor, paidAt: instant, method: z.string().max(60) },
  lines: chosenLines,
  returns: z
    .array(
      z.strictObject({
        ...{ id, kind: z.enum(['refund', 'chargeback']), amount: minor, at: instant, isOver: z.boolean() },
      }),
    )
    .max(200),
});

/**
 * Take in the receipts listed in one file of the import, or go on with one receipt, or look which provisional
 * receipts an accepted feed has shown.
 */
export const receivedPaymentsMessage = z.union([
  z.strictObject({ v: z.literal(1), companyId: id, importId: id, part: id, awaitedBy }),
  z.strictObject({ v: z.literal(1), companyId: id, payment: checkoutPayment }),
  /** Wait for money that a customer chose to transfer. */
  z.strictObject({ v: z.literal(1), companyId: id, transfer: chosenTransfer }),
  /** `importId`: the import whose report counts what this comes to. */
  z.strictObject({ v: z.literal(1), companyId: id, receiptId: id, importId: id.optional() }),
  /** Look for the money of an advice. */
  z.strictObject({ v: z.literal(1), companyId: id, adviceId: id, importId: id.optional() }),
  /** A line of a posting export that the ERP would not post. */
  z.strictObject({ v: z.literal(1), companyId: id, refusedProposal: id, because: z.string().max(500) }),
  /** Look again at money nobody is known to have paid, at money whose items had not come, then at advices whose money has not. */
  z.strictObject({
    ...{
      v: z.literal(1),
      companyId: id,
      look: z.enum(['receipts', 'designated', 'advices']),
      slot: z.iso.datetime(),
    },
    after: z.string().max(500).optional(),
  }),
  z.strictObject({
    ...{ v: z.literal(1), companyId: id, feedId: id, asOf: z.iso.datetime() },
    /** Only of the accounts in this part of a file of changes; absent: a snapshot, which misses what it does not show. */
    ofPart: id.optional(),
    /** Where the list of provisional receipts goes on. */
    after: z.string().max(500).optional(),
  }),
]);
export type ReceivedPaymentsMessage = z.infer<typeof receivedPaymentsMessage>;

/** By posting day and cell; what they mean: `shared/domain/aging-moves.ts`. */
export const moves = z.record(z.iso.date(), z.record(z.string().max(120), z.int()));

/** Something happened to an account. Order is not promised; entries are read where facts are missing. */
export const arEvent = z.strictObject({
  v: z.literal(1),
  companyId: id,
  accountId: id,
  version: z.int().min(1),
  at: z.iso.datetime(),
  kinds: z.array(z.string()),
  /** The entry's facts, when they are small enough. */
  facts: z.array(z.looseObject({ kind: z.string(), on: z.string() })).optional(),
  /** Of the entry. */
  hash: z.string().optional(),
  /** After the entry no case was open and nothing was held; absent also where nobody noted it. */
  isUnheld: z.literal(true).optional(),
  /** Which amounts it moved between cells of aging, by posting day, when small enough. */
  moves: moves.optional(),
});
export type ArEvent = z.infer<typeof arEvent>;

/**
 * Look what became of a checkout or payment that an event of the payment provider is about, or for missed events; or tell
 * the ledger of a transfer a customer chose.
 */
export const paymentEventMessage = z.union([
  z.strictObject({ v: z.literal(1), provider: id, eventId: id }),
  z.strictObject({ v: z.literal(1), companyId: id, transfer: chosenTransfer }),
  tickMessage,
]);
export type PaymentEventMessage = z.infer<typeof paymentEventMessage>;

/** Somebody asked to be let into the portal: a link goes out where the address is known, and nothing else. */
export const signInMessage = z.strictObject({
  ...{ v: z.literal(1), requestId: id, email: z.string().max(254), askedAt: instant },
  /** The account whose mail they came from. */
  account: z.strictObject({ companyId: id, accountId: id }).optional(),
});
export type SignInMessage = z.infer<typeof signInMessage>;

/** Look whether a message of an account may go out now, and send it; its session is the account. */
export const messageToSend = z.strictObject({
  v: z.literal(1),
  companyId: id,
  accountId: id,
  messageId: z.string().min(1).max(300),
  /** It waited for its turn: where there is still no room, it is the next. */
  hasWaited: z.boolean().optional(),
});
export type MessageToSend = z.infer<typeof messageToSend>;

/** Send a mail to somebody of the house, planned by reporting; its session is the mail. */
export const staffMailToSend = z.strictObject({
  v: z.literal(1),
  companyId: id,
  staffMailId: z.string().min(1).max(300),
});
export type StaffMailToSend = z.infer<typeof staffMailToSend>;

/** All that is sent from the queue of mails. */
export const mailToSend = z.union([messageToSend, staffMailToSend]);

/** Go on with an import where it is; a message of a step already done sends the next again. */
export const importMessage = z.strictObject({
  v: z.literal(1),
  companyId: id,
  importId: id,
  phase: z.enum(['open', 'read', 'cross', 'check', 'send', 'wait', 'end']),
  step: z.int().min(0),
  /** It waited long enough: the rest goes on without what is stuck. */
  isLate: z.literal(true).optional(),
});
export type ImportMessage = z.infer<typeof importMessage>;

/**
 * Check a company's ledger: go on with the night's run where it is, or look at one account again after a fix.
 * The run's messages carry all it has found out so far.
 */
export const ledgerCheckMessage = z.union([
  z.strictObject({ v: z.literal(1), companyId: id, accountId: id }),
  z.strictObject({
    ...{ v: z.literal(1), companyId: id, slot: z.iso.datetime() },
    step: z.enum(['begin', 'changed', 'sample', 'receipts', 'book']),
    /** Of its messages, from 0. */
    number: z.int().min(0),
    /** The step goes on behind this. */
    after: z.string().max(20_000).optional(),
    /** Slots of the anchors before and now. */
    anchors: z.strictObject({ before: z.string().optional(), now: z.string().optional() }).optional(),
    /** Where the next night's sample, and its look at settled receipts, begin. */
    next: z.record(z.string(), z.string()).optional(),
    /** The import of the feed that was accepted when the run began. */
    feed: id.optional(),
    /** Posted since that feed, by currency; absent where it cannot be told apart. */
    since: z.record(z.string(), z.int()).optional(),
  }),
]);
export type LedgerCheckMessage = z.infer<typeof ledgerCheckMessage>;

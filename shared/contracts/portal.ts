/**
 * What customers see and send in the portal: accounts, invoices, payments, promises, words to us.
 * From: sessions and signed links. Next: `functions/portal`; the portal's pages read the same shapes.
 */
import { z } from 'zod';
import { maskCards } from '../domain/card-numbers.ts';
import { itemKinds } from '../domain/item.ts';
import type { AmountMinor } from '../domain/money.ts';
import type { FieldName } from './access.ts';

const id = z.string().min(1).max(200);
const day = z.iso.date();
const instant = z.iso.datetime();
const amount = z.int();
export const paid = z
  .int()
  .min(1)
  .max(99_999_999_999)
  .transform((minor) => minor as AmountMinor);
export const currency = z.string().regex(/^[A-Z]{3}$/);
export const itemId = z.string().min(1).max(300);

export const ownAccountParams = z.strictObject({ companyId: id, accountId: id });
export const ownItemParams = ownAccountParams.extend({ itemId });
export const nothingAsked = z.strictObject({});
export const itemsAsked = z.strictObject({
  state: z.enum(['open', 'closed', 'all']).default('open'),
  after: z.string().max(500).optional(),
});

export const ownAccountsAnswer = z.strictObject({
  accounts: z.array(
    z.strictObject({
      company: z.string(),
      account: z.string(),
      seller: z.string(),
      name: z.string().optional(),
    }),
  ),
});
export const ownAccountsFields: Record<string, FieldName> = { 'accounts.*.name': 'account.name' };

/** underWay: money of it is on its way, all of it or more than is asked. */
export const itemStates = [
  'open',
  'overdue',
  'underWay',
  'disputed',
  'promised',
  'credit',
  'closed',
] as const;

export const ownItem = z.strictObject({
  ...{ item: z.string(), kind: z.enum(itemKinds), number: z.string(), currency: z.string() },
  purchaseOrder: z.string().nullable(),
  ...{ documentOn: day, dueOn: day, original: amount, open: amount },
  /** Received, not in the seller's accounts yet. */
  underWay: amount,
  /** Pays it whole today: less than `open` while a discount can be had or money is under way. */
  toPay: amount,
  discountUntil: day.nullable(),
  state: z.enum(itemStates),
});
export type OwnItem = z.infer<typeof ownItem>;

const bank = z.strictObject({ holder: z.string(), account: z.string(), bank: z.string().nullable() });

/** Both ways to pay, side by side. */
export const waysToPay = z.strictObject({
  online: z.boolean(),
  transfer: z.strictObject({
    /** Where the seller has said where to pay to. */
    to: bank.nullable(),
    /** The money finds the account by it; the numbers say what it is for. */
    reference: z.string(),
    numbers: z.string(),
  }),
});
export type WaysToPay = z.infer<typeof waysToPay>;

const promise = z.strictObject({
  ...{ promise: z.string(), currency: z.string(), amount, madeOn: day, dueOn: day },
  items: z.array(z.strictObject({ item: z.string(), amount })),
});

export const ownAccountAnswer = z.strictObject({
  ...{ company: z.string(), account: z.string(), seller: z.string(), name: z.string().optional(), asOf: day },
  balances: z.array(z.strictObject({ currency: z.string(), open: amount, underWay: amount })),
  openCount: z.int(),
  items: z.array(ownItem),
  next: z.string().nullable(),
  promises: z.array(promise),
  ways: waysToPay,
});
export type OwnAccountAnswer = z.infer<typeof ownAccountAnswer>;
export const ownAccountFields: Record<string, FieldName> = { name: 'account.name' };

export const ownItemsAnswer = z.strictObject({ items: z.array(ownItem), next: z.string().nullable() });
export const ownItemAnswer = z.strictObject({ item: ownItem, ways: waysToPay });
export const promisesAnswer = z.strictObject({ promises: z.array(promise) });

/** What a link of a mail opens: the claim of that mail, and nothing else of the account. */
export const linkAnswer = z.strictObject({
  ...{ company: z.string(), account: z.string(), seller: z.string(), asOf: day },
  purpose: z.string(),
  expiresAt: instant,
  items: z.array(ownItem),
  sums: z.array(z.strictObject({ currency: z.string(), toPay: amount })),
  ways: waysToPay,
});
export type LinkAnswer = z.infer<typeof linkAnswer>;

export const checkoutBody = z.strictObject({
  currency,
  /** Without an amount: all that is to be paid of it today. */
  items: z
    .array(z.strictObject({ item: itemId, amount: paid.optional() }))
    .min(1)
    .max(50),
  /** Credits to take off, in this order. */
  credits: z.array(itemId).max(50).default([]),
});
export type CheckoutBody = z.infer<typeof checkoutBody>;

export const checkoutStates = ['starting', 'open', 'processing', 'paid', 'failed', 'expired'] as const;
const checkoutLine = z.strictObject({ item: z.string(), number: z.string(), amount });
export const checkoutAnswer = z.strictObject({
  ...{ payment: z.string(), currency: z.string(), amount, state: z.enum(checkoutStates) },
  lines: z.array(checkoutLine),
  /** Where the customer pays; null once that is over. */
  url: z.string().nullable(),
  ...{ startedAt: instant, expiresAt: instant },
});
export type CheckoutAnswer = z.infer<typeof checkoutAnswer>;
export const paymentParams = ownAccountParams.extend({ payment: z.string().regex(/^[0-9a-f]{32}$/) });
export const paymentsAnswer = z.strictObject({ payments: z.array(checkoutAnswer) });

/**
 * Money the seller has heard of. `underWay`: here, not in the seller's books yet. `booked`: the books show it, by no
 * payment we know. `applied` and `takenBack`: what a payment settled of an invoice, and no more.
 */
const ownMoney = z.strictObject({
  is: z.enum(['received', 'underWay', 'booked', 'applied', 'takenBack']),
  ...{ payment: z.string().nullable(), on: day, currency: z.string(), amount, item: z.string().nullable() },
});
export type OwnMoney = z.infer<typeof ownMoney>;
export const moneyAsked = z.strictObject({ before: z.coerce.number().int().min(1).optional() });
/** Newest first: what was started here, and all money whichever way it came. */
export const ownPaymentsAnswer = paymentsAnswer.extend({
  received: z.array(ownMoney),
  next: z.int().nullable(),
});

export const promiseBody = z.strictObject({
  ...{ currency, dueOn: day },
  items: z
    .array(z.strictObject({ item: itemId, amount: paid }))
    .min(1)
    .max(40),
});
export type PromiseBody = z.infer<typeof promiseBody>;
export const promiseAnswer = z.strictObject({ promise: z.string(), dueOn: day });

const words = (most: number) => z.string().trim().min(1).max(most);

export const saysPaidBody = z.strictObject({
  ...{
    paidOn: day,
    how: z.enum(['transfer', 'card', 'debit', 'cheque', 'other']),
    reference: words(140).overwrite(maskCards),
  },
  items: z.array(itemId).min(1).max(30),
});
export type SaysPaidBody = z.infer<typeof saysPaidBody>;
export const saysPaidAnswer = z.strictObject({ heldUntil: day });

export const caseBody = z.strictObject({
  as: z.enum(['query', 'dispute']),
  code: z.string().regex(/^[A-Z]{2,12}$/),
  items: z
    .array(z.strictObject({ item: itemId, amount: paid.optional() }))
    .min(1)
    .max(30),
  text: words(2_000),
});
export type CaseBody = z.infer<typeof caseBody>;
export const caseAnswer = z.strictObject({ case: z.string(), heldUntil: day });

export const questionBody = z.strictObject({ text: words(2_000) });
export type QuestionBody = z.infer<typeof questionBody>;
export const questionAnswer = z.strictObject({ question: z.string() });

/**
 * What goes in and out of an account's pages: the account, its items, its timeline.
 * From: paths, query strings, bodies. Next: `functions/ledger` answers.
 */
import { z } from 'zod';
import { itemKinds } from '../domain/item.ts';
import { note } from './notes.ts';
import { customerFieldsUnder, customerShown } from './customers.ts';
import { bookStanding } from './book-standing.ts';

const id = z.string().min(1).max(200);
const day = z.iso.date();
const amount = z.int();
const mark = z.string().max(500);

export const accountParams = z.strictObject({ company: id, account: id });
export const accountItemParams = accountParams.extend({ item: id });

const itemLine = z.strictObject({
  item: z.string(),
  kind: z.enum(itemKinds),
  number: z.string(),
  part: z.string(),
  currency: z.string(),
  ...{ documentOn: day, postedOn: day, dueOn: day, firstDueOn: day },
  ...{ original: amount, open: amount },
  /** Received, not in the accounts yet; not taken off `open`. */
  provisional: amount,
  stage: z.int(),
  clearedFrom: day.nullable(),
  clearedTo: day.nullable(),
  references: z.record(z.string(), z.string()),
  parties: z.record(z.string(), z.string()),
  retention: z.strictObject({ amount, releaseOn: day.nullable() }).nullable(),
  reasonCode: z.string().nullable(),
  /** What holds it from delivery and chasing, in words by their code. */
  faults: z.record(z.string(), z.string()),
  erpBlock: z.string().nullable(),
  apStatus: z.string().nullable(),
});
export type ItemLine = z.infer<typeof itemLine>;
const table = z.strictObject({
  buckets: z.record(z.string(), amount),
  columns: z.record(z.string(), amount),
  total: amount,
});

export const accountAnswer = z.strictObject({
  company: z.string(),
  account: z.string(),
  version: z.int(),
  /** Whose book it is, of when, and how far from the control account. */
  book: bookStanding,
  /** ISO instant of the last snapshot applied, by source; empty where none came. */
  feeds: z.record(z.string(), z.string()),
  name: z.string().optional(),
  address: z.string().optional(),
  taxId: z.string().optional(),
  /** As the source has it; null: it names none. */
  creditLimit: z.strictObject({ currency: z.string(), amount }).nullable().optional(),
  /** What each source says of the customer; absent where no file of customers came. */
  customer: customerShown.optional(),
  contacts: z
    .array(
      z.strictObject({
        ...{ name: z.string().optional(), email: z.string().optional(), phone: z.string().optional() },
        ...{ role: z.string().optional(), language: z.string().optional() },
      }),
    )
    .optional(),
  assignedTo: z.string().nullable().optional(),
  salesOwners: z.array(z.string()).optional(),
  /** The code its source or a person groups customers by; null: none. */
  segment: z.string().nullable().optional(),
  stage: z.int(),
  holds: z
    .array(
      z.strictObject({
        ...{ id: z.string(), code: z.string(), placedOn: day, untilOn: day.nullable() },
        /** Absent: all of the account. */
        itemIds: z.array(z.string()).readonly().optional(),
      }),
    )
    .optional(),
  balances: z.array(
    z.strictObject({
      currency: z.string(),
      /** The book: what is owed less what is unapplied. */
      open: amount,
      /** Received and not in the accounts yet: lowers the claim, never the book. */
      provisional: amount,
      /** Payments and money on account that is not applied, as what we hold. */
      onAccount: amount,
      aging: z.strictObject({ receivables: table, intercompany: table, outside: amount, asOf: day }),
    }),
  ),
  /** The version the aging and money on account are of: the account's own, or one shortly before. */
  agingVersion: z.int(),
  openCount: z.int(),
  openItems: z.array(itemLine),
  /** Ask for the next open items after it; null when these are all. */
  nextItem: z.string().nullable(),
  /** Per posting day and currency, newest first: above 0 money that came, below 0 money that went back. */
  recentPayments: z.array(
    z.strictObject({
      ...{ on: day, currency: z.string(), amount },
      /** `impliedCash`: what left the feed without another reason known. */
      as: z.enum(['cash', 'impliedCash']),
    }),
  ),
  pinned: z.array(note).optional(),
});
/** Where the page holds fields of the access table. */
export const accountFields = {
  name: 'account.name',
  address: 'account.address',
  taxId: 'account.taxId',
  creditLimit: 'account.creditLimit',
  ...customerFieldsUnder('customer'),
  'contacts.*.name': 'contact.name',
  'contacts.*.email': 'contact.email',
  'contacts.*.phone': 'contact.phone',
  assignedTo: 'account.assignments',
  salesOwners: 'account.assignments',
  segment: 'account.assignments',
  holds: 'account.dunningHold',
  pinned: 'invoice.internalNotes',
} as const;

/** Left out for callers of a reduced set of fields. */
export const reducedAccount = [
  ...['address', 'taxId', 'creditLimit', 'customer', 'contacts', 'holds', 'pinned'],
] as const;

export type AccountAnswer = z.infer<typeof accountAnswer>;

export const itemsQuery = z.strictObject({
  state: z.enum(['open', 'closed', 'all']).default('open'),
  after: mark.optional(),
});
export const itemsAnswer = z.strictObject({ items: z.array(itemLine), next: z.string().nullable() });
export type ItemsAnswer = z.infer<typeof itemsAnswer>;

const timelineEntry = z.strictObject({
  version: z.int(),
  at: z.string(),
  /** Who, is not everybody's to see: `timelineFields`. */
  by: z.strictObject({ kind: z.string(), id: z.string().optional() }),
  /** The message or row that asked: of an import its id and row. A request's id would name who made it. */
  cause: z.strictObject({ kind: z.string(), id: z.string().optional() }),
  lines: z.array(
    z.strictObject({
      kind: z.string(),
      on: day,
      text: z.string(),
      itemId: z.string().optional(),
      amount: amount.optional(),
      currency: z.string().optional(),
      /** Of a call that was logged: how long it took, and the invoices it was about. */
      call: z.strictObject({ seconds: z.int(), items: z.array(z.string()) }).optional(),
    }),
  ),
});

export const itemAnswer = z.strictObject({ item: itemLine, history: z.array(timelineEntry) });
export type ItemAnswer = z.infer<typeof itemAnswer>;

export const timelineQuery = z.strictObject({
  /** Only entries before this version. */
  before: z.coerce.number().int().min(1).optional(),
});
export const timelineAnswer = z.strictObject({
  /** Newest first. */
  entries: z.array(timelineEntry),
  /** Ask for entries before it; null at the first. */
  next: z.int().nullable(),
});
/** Where timelines and histories of items hold fields of the access table. */
export const timelineFields = { 'entries.*.by.id': 'audit.actor' } as const;
export const historyFields = { 'history.*.by.id': 'audit.actor' } as const;

export type TimelineAnswer = z.infer<typeof timelineAnswer>;

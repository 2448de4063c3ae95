/**
 * What clerks type in by hand, and what they are answered; who may enter how much without a second person.
 * From: the staff client. Next: the entry routes of the ledger. Amounts in minor units, positive as on the document.
 */
import { z } from 'zod';
import { enteredKinds, type EnteredItem } from '../domain/entered-item.ts';
import type { EntryRequest } from '../domain/entry-request.ts';
import { amountOf } from '../domain/money.ts';
import { day, identifier, plain, wholeAmount as amount } from './typed-in.ts';

const size = z.int().min(0).transform(amountOf);

const entered = z.strictObject({
  account: identifier,
  kind: z.enum(enteredKinds),
  number: identifier,
  fiscalYear: plain(10).optional(),
  part: plain(40).default('1'),
  originalNumber: identifier.optional(),
  billTo: plain(500).optional(),
  documentOn: day,
  ...{ postedOn: day.optional(), dueOn: day.optional(), termsCode: plain(60).optional() },
  currency: z.string().min(1).max(10),
  /** What the document comes to, tax included. */
  amount,
  ...{ net: amount.optional(), tax: size.optional(), ordered: amount.optional() },
  discountTiers: z
    .array(z.strictObject({ percentHundredths: z.int(), untilOn: day }))
    .max(3)
    .optional(),
  parties: z
    .strictObject({
      ...{ soldTo: plain(200).optional(), shipTo: plain(200).optional() },
      ...{ site: plain(200).optional(), salesOwner: plain(200).optional() },
    })
    .default({}),
  references: z
    .strictObject({
      ...{ purchaseOrder: plain(200).optional(), order: plain(200).optional() },
      ...{ delivery: plain(200).optional(), text: plain(1_000).optional() },
    })
    .default({}),
  ...{ method: plain(40).optional(), assignedTo: plain(200).optional() },
  ...{ isInsured: z.boolean().default(false), isIntercompany: z.boolean().default(false) },
  retention: z.strictObject({ amount: size, releaseOn: day.optional() }).optional(),
});

/** One document, or a batch with its total by currency: credit notes count against it. */
export const entryBody = z
  .strictObject({
    company: identifier,
    items: z.array(entered).min(1).max(50),
    totals: z.record(z.string().max(10), amount).optional(),
  })
  .refine(({ items, totals }) => items.length === 1 || totals !== undefined, {
    path: ['totals'],
    message: 'a batch of several documents says its total',
  });
export type EntryBody = z.infer<typeof entryBody>;

/** As the domain takes it: what is not said is not there. */
export const enteredOf = ({ account: accountId, ...said }: EntryBody['items'][number]): EnteredItem => {
  const given = Object.entries(said).filter(([, value]) => value !== undefined);
  return { accountId, ...(Object.fromEntries(given) as Omit<EnteredItem, 'accountId'>) };
};

const enteredItem = z.strictObject({
  account: z.string(),
  item: z.string(),
  /** `waits`: above the limit of who typed it, another person decides about `request`. */
  state: z.enum(['posted', 'waits']),
  request: z.string().optional(),
  /** What holds it from delivery and chasing, in words by their code. */
  faults: z.record(z.string(), z.string()),
});
export type EnteredAnswer = z.infer<typeof enteredItem>;
export const entryAnswer = z.strictObject({ company: z.string(), items: z.array(enteredItem) });
export type EntryAnswer = z.infer<typeof entryAnswer>;

export const undoBody = z.strictObject({ reason: plain(200) });
export const undoAnswer = z.strictObject({ item: z.string(), open: z.int() });
export type UndoAnswer = z.infer<typeof undoAnswer>;

const id = z.string().min(1).max(200);
export const entryCompanyParams = z.strictObject({ company: id });
export const entryRequestParams = entryCompanyParams.extend({ request: id });
export const entryRequestsQuery = z.strictObject({
  state: z.enum(['waiting', 'posted', 'dropped']).default('waiting'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().max(300).optional(),
});
export const noEntryBody = z.strictObject({});

export const entryRequestAnswer = z.object({
  ...{ id: z.string(), account: z.string(), kind: z.enum(enteredKinds), number: z.string() },
  ...{ documentOn: z.string(), postedOn: z.string(), dueOn: z.string(), currency: z.string() },
  /** From the debit side. */
  amount: z.int(),
  ...{ tax: z.int().optional(), references: z.record(z.string(), z.string()) },
  ...{ state: z.enum(['waiting', 'posted', 'dropped']), on: z.string(), by: z.string() },
  ...{ decidedBy: z.string().optional(), itemId: z.string().optional() },
});
export type EntryRequestAnswer = z.infer<typeof entryRequestAnswer>;

export const entryRequestAnswerOf = ({ row, ...request }: EntryRequest): EntryRequestAnswer =>
  entryRequestAnswer.parse({ ...row, account: row.accountId, amount: row.original, ...request });

export const entryRequestsAnswer = z.object({
  requests: z.array(entryRequestAnswer),
  after: z.string().optional(),
});

/**
 * What one person may enter without a second, in euro cents; place `company:<id>` / `entry` in the settings. A
 * bookkeeper outside has a limit from day one, people of the company have one where it sets one.
 */
export const entryRules = z.strictObject({
  mostCents: z.int().min(0).optional(),
  mostOfLimitedCents: z.int().min(0).default(500_000),
});
export type EntryRules = z.infer<typeof entryRules>;

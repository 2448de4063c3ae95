/**
 * What goes in and out of the routes of cases, and how a case is kept beside its account.
 * From: staff, dispute owners, holders of a decision link. Next: `functions/disputes`.
 */
import { z } from 'zod';
import { disputeStates, type Dispute } from '../domain/dispute.ts';
import type { AmountMinor } from '../domain/money.ts';
import type { NoticeText } from '../domain/notice.ts';

const id = z.string().min(1).max(200);
const text = z.string().trim().min(1).max(4_000);
const amount = z
  .int()
  .min(1)
  .transform((value) => value as AmountMinor);
const part = z
  .int()
  .min(0)
  .transform((value) => value as AmountMinor);
const word = z.string().trim().min(1).max(60);

/** A word about a case; internal ones are nobody's outside the company. */
export const caseText = z.strictObject({
  ...{ id: z.string(), by: z.string(), at: z.string(), text: z.string(), isInternal: z.boolean() },
});
export type CaseText = z.infer<typeof caseText>;

/** What the customer has still to hear: too much else was on its way when it was to be told. */
export const toldNotice = z.object({
  ...{ text: z.custom<NoticeText>(isText), id: z.string(), itemIds: z.array(z.string()) },
  ...{ attachmentIds: z.array(z.string()).optional(), codes: z.record(z.string(), z.string()).optional() },
});
export type Told = z.infer<typeof toldNotice>;

/** The paper `dispute:<id>` beside the account: the case as its facts make it, and what was said of it. */
export type CasePaper = { dispute: Dispute; texts: CaseText[]; owed?: Told[] | undefined };
export const casePaper = z.object({
  ...{ dispute: z.custom<Dispute>(isObject), texts: z.array(caseText) },
  owed: z.array(toldNotice).optional(),
});

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('T');
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

export const caseAccountParams = z.strictObject({ company: id, account: id });
export const caseParams = z.strictObject({ company: id, case: id });
export const caseFileParams = caseParams.extend({ paper: id });

export const openCaseBody = z.strictObject({
  code: word,
  items: z
    // without an amount: all that is open of it and in no other case
    .array(z.strictObject({ item: id, amount: amount.optional() }))
    .min(1)
    .max(40),
  text: text.optional(),
  papers: z.array(word).max(10).default([]),
});
export type OpenCaseBody = z.infer<typeof openCaseBody>;

export const stepBody = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('validate'), text: text.optional() }),
  z.strictObject({ step: z.literal('facts'), text: text.optional() }),
  z.strictObject({ step: z.literal('recode'), code: word, text: text.optional() }),
  z.strictObject({
    step: z.literal('reassign'),
    department: word,
    owner: id.optional(),
    text: text.optional(),
  }),
  z.strictObject({ step: z.literal('time'), days: z.int().min(1).max(30), text: text.optional() }),
  z.strictObject({ step: z.literal('contest'), department: word, text }),
  z.strictObject({ step: z.literal('reopen'), paper: id, text }),
  z.strictObject({ step: z.literal('proposeAgain'), text }),
  z.strictObject({ step: z.literal('note'), text }),
]);
export type StepBody = z.infer<typeof stepBody>;
/** One step for like cases; each is worked by itself and keeps its own record. */
export const batchBody = z.strictObject({
  cases: z
    .array(id)
    .min(1)
    .max(25)
    .refine((all) => new Set(all).size === all.length, 'each case once'),
  step: stepBody,
});
export type BatchBody = z.infer<typeof batchBody>;
/** `refused`: a code of the table of problems; the others are done all the same. */
export const batchAnswer = z.strictObject({
  done: z.int(),
  cases: z.array(
    z.strictObject({ case: z.string(), state: z.string().optional(), refused: z.string().optional() }),
  ),
});
export type BatchAnswer = z.infer<typeof batchAnswer>;
/** Words are needed; who may not write them is told so before it is missed. */
export const caseNoteBody = z.strictObject({ text: text.optional() });

/** What is given up, by way; the rest is owed after all. All absent: rejected. */
export const decideBody = z.strictObject({
  ...{ credited: part.optional(), repaid: part.optional(), writtenOff: part.optional() },
  reason: text,
  cause: word.optional(),
  department: word.optional(),
});
export type DecideBody = z.infer<typeof decideBody>;

export const paperQuery = z.strictObject({ name: z.string().min(1).max(500), paper: word.default('other') });

export const casesQuery = z.strictObject({
  order: z.enum(['due', 'amount', 'opened']).default('due'),
  open: z.enum(['yes', 'no']).default('yes'),
  mine: z.enum(['yes', 'no']).default('no'),
  ...{ owner: id.optional(), department: word.optional(), code: word.optional(), account: id.optional() },
  limit: z.coerce.number().int().min(1).max(100).default(50),
  after: z.string().max(300).optional(),
});
export type CasesQuery = z.infer<typeof casesQuery>;
const money = z.int();
const shown = {
  ...{ case: z.string(), number: z.string(), account: z.string() },
  ...{ as: z.enum(['dispute', 'deduction', 'query']), code: z.string(), state: z.enum(disputeStates) },
  ...{ owner: z.string(), department: z.string(), amount: money, currency: z.string() },
  ...{ openedOn: z.string(), dueOn: z.string().optional(), missing: z.array(z.string()) },
};
export const casesAnswer = z.strictObject({
  cases: z.array(
    z.strictObject({ ...shown, outcome: z.string().optional(), closedOn: z.string().optional() }),
  ),
  after: z.string().optional(),
});
export type CasesAnswer = z.infer<typeof casesAnswer>;

export const caseFile = z.strictObject({
  ...{ paper: z.string(), name: z.string(), contentType: z.string(), bytes: z.int(), at: z.string() },
  /** What it is, and the item it lies beside; of the case itself: none. */
  ...{ is: z.string(), item: z.string().optional() },
});
export type CaseFile = z.infer<typeof caseFile>;

const split = z.strictObject({ credited: money, repaid: money, writtenOff: money, upheldForUs: money });

export const caseAnswer = z.strictObject({
  ...shown,
  meaning: z.string(),
  recipeVersion: z.int(),
  ageDays: z.int(),
  /** What is next, whose turn it is, and whether its day is past. */
  next: z.strictObject({ step: z.string(), level: z.string(), isPast: z.boolean() }).optional(),
  items: z.array(
    z.strictObject({
      ...{ item: z.string(), number: z.string().optional(), amount: money, open: money.optional() },
      ...{ dueOn: z.string().optional(), original: money.optional(), purchaseOrder: z.string().optional() },
      /** Of a deduction: the invoice it was taken from, and the payment that took it. */
      of: z.strictObject({ invoice: z.string(), payment: z.string().optional() }).optional(),
    }),
  ),
  hands: z.array(z.strictObject({ owner: z.string(), department: z.string(), days: z.int() })),
  contestedBy: z.array(z.string()),
  /** Who may decide a sum like this, the lowest first. */
  deciders: z.array(z.string()),
  decision: z
    .strictObject({
      ...{ outcome: z.string(), split, by: z.string(), role: z.string(), on: z.string() },
      ...{ reason: z.string(), cause: z.string().optional(), department: z.string().optional() },
    })
    .optional(),
  proposals: z.array(z.string()),
  closed: z.strictObject({ on: z.string(), cause: z.string(), department: z.string() }).optional(),
  ...{ reopened: z.int(), missed: z.array(z.strictObject({ step: z.string(), on: z.string() })) },
  ...{ contestUntilOn: z.string().optional(), claimNumber: z.string().optional() },
  /** Which of its customer and code it is in so many days, and how many before it were upheld. */
  alike: z.strictObject({ place: z.int(), upheld: z.int(), days: z.int() }),
  files: z.array(caseFile).optional(),
  texts: z.array(caseText).optional(),
  /** What the customer is told. */
  customerSees: z.string(),
});
export type CaseAnswer = z.infer<typeof caseAnswer>;
/** Left out for who is outside the company. */
export const reducedCase = ['texts', 'files'] as const;
export const caseFields = { texts: 'dispute.internalComment', files: 'dispute.attachments' } as const;

/** What a change comes to: where the case is now. */
export const caseChanged = z.strictObject({
  case: z.string(),
  number: z.string(),
  state: z.enum(disputeStates),
});
export type CaseChanged = z.infer<typeof caseChanged>;

export const linkBody = z.strictObject({ person: id.optional() });
/** The token is answered once and kept nowhere. */
export const linkAnswer = z.strictObject({ token: z.string(), person: z.string(), endsAt: z.string() });
export type LinkAnswer = z.infer<typeof linkAnswer>;

/**
 * What goes in and out of calls: the card before one, its outcome, the taking back of it.
 * From: bodies of collectors. Next: `functions/collections`. Amounts are minor units.
 */
import { z } from 'zod';
import { maskCards } from '../domain/card-numbers.ts';
import { callAsks, scriptCodes } from '../domain/call-outcomes.ts';
import { messageLanguages } from '../domain/message-data.ts';
import { companyId } from './company.ts';

const id = z.string().min(1).max(200);
const day = z.iso.date();
const amount = z.int();
const text = z.string().trim().min(1).max(500);

export const callParams = z.strictObject({ company: companyId, account: id });
export const undoParams = callParams.extend({ call: z.string().regex(/^[0-9a-f]{32}$/) });

const answers = z.strictObject({
  amount: amount.min(1).exactOptional(),
  day: day.exactOptional(),
  time: z.iso.datetime().exactOptional(),
  items: z.array(id).min(1).max(40).exactOptional(),
  told: z.partialRecord(z.enum(callAsks), text).default({}),
});

export const callBody = z.strictObject({
  /** Of an outcome, as the card lists them. */
  code: z.string().min(1).max(60),
  durationSeconds: z.int().min(0).max(86_400),
  /** One line of what was said. */
  note: z.string().trim().min(1).max(1_000).optional(),
  /** Name of the contact spoken to, and the number that was called. */
  party: text.optional(),
  number: z.string().trim().min(3).max(40).optional(),
  answers: answers.default({ told: {} }),
  followUp: z.strictObject({ on: day, at: z.iso.datetime().exactOptional() }).optional(),
  /** Somebody to be added to the contacts. */
  newContact: z
    .strictObject({
      name: text.overwrite(maskCards),
      ...{ phone: z.string().min(3).max(40).exactOptional(), email: z.email().exactOptional() },
      role: z.string().min(1).max(100).overwrite(maskCards).exactOptional(),
    })
    .optional(),
  /** The customer called, or asked for it: then the limits of calls do not hold. */
  isAsked: z.boolean().default(false),
});
export type CallBody = z.infer<typeof callBody>;

export const callAnswer = z.strictObject({
  call: z.string(),
  version: z.int(),
  /** What followed, in words. */
  followed: z.array(z.string()),
  /** ISO instant until which it can be taken back, while nothing of it has gone out. */
  undoUntil: z.string(),
});
export type CallAnswer = z.infer<typeof callAnswer>;
export const undoBody = z.strictObject({});
export const undoAnswer = z.strictObject({ call: z.string(), version: z.int() });

const followUp = z.strictObject({ on: day, at: z.string().nullable(), half: z.string().nullable() });

export const cardAnswer = z.strictObject({
  account: z.string(),
  name: z.string().optional(),
  today: day,
  /** Of the contact: what the clock shows there, and whether it may be called now. */
  localTime: z.string(),
  zone: z.string(),
  mayCall: z.boolean(),
  /** Why not, and the first day or instant it may be; null when it may. */
  notNow: z.strictObject({ reason: z.string(), from: z.string() }).nullable(),
  /** In the customer's language, the company's own where one was approved; the same version says the same to whoever opens it. */
  script: z.strictObject({
    isOwn: z.boolean(),
    ...{ code: z.enum(scriptCodes), version: z.int().min(1), language: z.enum(messageLanguages) },
    ...{ goal: z.string(), steps: z.array(z.string()) },
  }),
  /** By currency: what may be asked for, the oldest item of it, what we hold. */
  claims: z.array(
    z.strictObject({
      ...{ currency: z.string(), claim: amount, credits: amount, oldestDueOn: day.nullable() },
      items: z.array(
        z.strictObject({ item: z.string(), number: z.string(), dueOn: day, claim: amount, open: amount }),
      ),
    }),
  ),
  promises: z.array(
    z.strictObject({ id: z.string(), amount, currency: z.string(), dueOn: day, madeOn: day }),
  ),
  brokenOn: z.array(day),
  disputes: z.array(z.strictObject({ id: z.string(), code: z.string(), held: amount, currency: z.string() })),
  lastContacts: z.array(
    z.strictObject({ on: day, by: z.string(), channel: z.string(), isTalk: z.boolean() }),
  ),
  contacts: z
    .array(
      z.strictObject({
        ...{ name: z.string().optional(), phone: z.string().optional(), email: z.string().optional() },
        role: z.string().optional(),
      }),
    )
    .optional(),
  /** Every outcome with what its form begins with. */
  outcomes: z.array(
    z.strictObject({
      ...{ code: z.string(), rightParty: z.enum(['yes', 'no', 'any']), asks: z.array(z.enum(callAsks)) },
      prefilled: z.strictObject({
        ...{ amount: amount.nullable(), currency: z.string().nullable(), day: day.nullable() },
        items: z.array(z.string()),
      }),
      followUp: followUp.nullable(),
    }),
  ),
});
export type CardAnswer = z.infer<typeof cardAnswer>;
export const cardFields = {
  name: 'account.name',
  'contacts.*.name': 'contact.name',
  'contacts.*.email': 'contact.email',
  'contacts.*.phone': 'contact.phone',
} as const;

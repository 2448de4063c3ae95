/**
 * What goes in and out of the dunning routes about one account: holds, promises, plans, tasks, stages, treatment.
 * From: paths and bodies. Next: `functions/dunning`; answers the staff client parses by the same schemas.
 */
import { z } from 'zod';
import { maskCards } from '../domain/card-numbers.ts';
import { dunningParams } from './dunning.ts';

const id = z.string().min(1).max(300);
const day = z.iso.date();
const reason = z.string().trim().min(1).max(500);
const amount = z.int();

export const dunningAccountParams = dunningParams.extend({ account: id });
export const messageParams = dunningAccountParams.extend({ message: id });
export const holdParams = dunningAccountParams.extend({ hold: id });
export const promiseParams = dunningAccountParams.extend({ promise: id });
export const planParams = dunningAccountParams.extend({ plan: id });
export const taskParams = dunningAccountParams.extend({ task: id });

export const resolutionBody = z.strictObject({ was: z.enum(['sent', 'not-sent']), reason });
export const versionOfAccount = z.strictObject({ account: z.string(), version: z.int() });

export const holdBody = z.strictObject({
  code: z.enum(['on-hold', 'sales-hold', 'query-open', 'legal', 'insolvent', 'placed']),
  untilOn: day.exactOptional(),
  itemIds: z.array(id).min(1).max(30).exactOptional(),
  /** Of the whole account, placed or with a lawyer: who acts from now on; the customer is told (T17). */
  handedTo: z
    .strictObject({
      name: z.string().trim().min(1).max(200),
      address: z.array(z.string().trim().min(1).max(200)).min(1).max(5),
      fileNumber: z.string().trim().min(1).max(60),
      phone: z.string().trim().min(1).max(40).exactOptional(),
    })
    .exactOptional(),
  reason,
});
export type HoldBody = z.infer<typeof holdBody>;
export const holdAnswer = versionOfAccount.extend({ holdId: z.string() });
export const liftBody = z.strictObject({ reason });

const promised = z.strictObject({ itemId: id, amount: z.int().min(1) });
export const promiseBody = z.strictObject({
  dueOn: day,
  currency: z.string().length(3),
  items: z.array(promised).min(1).max(40),
  method: z.string().max(60).exactOptional(),
  /** Who promised, and how. */
  who: z.string().trim().min(1).max(200).overwrite(maskCards).exactOptional(),
  channel: z.enum(['call', 'mail', 'chat', 'meeting', 'other']).exactOptional(),
});
export type PromiseBody = z.infer<typeof promiseBody>;
export const promiseAnswer = versionOfAccount.extend({ promiseId: z.string() });
export const promisesAnswer = z.strictObject({
  open: z.array(
    z.strictObject({
      ...{ promiseId: z.string(), by: z.string(), currency: z.string(), amount, madeOn: day, dueOn: day },
      judgeOn: day,
      items: z.array(z.strictObject({ itemId: z.string(), amount })),
    }),
  ),
  /** Days on which one broke, newest first. */
  brokenOn: z.array(day),
  plan: z
    .strictObject({
      ...{ planId: z.string(), currency: z.string(), agreedOn: day, itemIds: z.array(z.string()) },
      instalments: z.array(z.strictObject({ on: day, amount })),
    })
    .nullable(),
});
export type PromisesAnswer = z.infer<typeof promisesAnswer>;

export const contactsAnswer = z.strictObject({
  /** The first and the last day counted. */
  ...{ account: z.string(), from: day, to: day },
  ...{ reminders: z.int(), notices: z.int(), peoplesMails: z.int(), calls: z.int() },
  /** How many of a ceiling are used up; set with the policies (`rules`). */
  ceilings: z.array(
    z.strictObject({
      ...{ of: z.enum(['automated', 'withPeople']), most: z.int(), days: z.int(), used: z.int() },
    }),
  ),
  /** Reminders that named the invoice, most first. */
  items: z.array(z.strictObject({ itemId: z.string(), messages: z.int() })),
  /** Days on which a reminder was kept back, with the reason `frequency-cap`. */
  cappedOn: z.array(day),
  /** False: the journal of these days is longer than one answer reads. */
  isWhole: z.boolean(),
});
export type ContactsAnswer = z.infer<typeof contactsAnswer>;

export const planBody = z.strictObject({
  currency: z.string().length(3),
  instalments: z
    .array(z.strictObject({ on: day, amount: z.int().min(1) }))
    .min(1)
    .max(24),
  itemIds: z.array(id).min(1).max(40),
});
export type PlanBody = z.infer<typeof planBody>;
export const planAnswer = versionOfAccount.extend({ planId: z.string(), is: z.enum(['agreed', 'proposed']) });

export const endTaskBody = z.strictObject({
  as: z.enum(['done', 'dropped']),
  outcome: z.string().trim().min(1).max(60),
});
export type EndTaskBody = z.infer<typeof endTaskBody>;

export const stageBody = z.strictObject({
  itemIds: z.array(id).min(1).max(40),
  stage: z.int().min(2).max(20),
  reason,
});
export type StageBody = z.infer<typeof stageBody>;

export const treatmentBody = z.strictObject({
  /** By hand; absent: the rules choose. */
  policyId: z.string().max(40).exactOptional(),
  kind: z.enum(['commercial', 'wholesale', 'manufacturer', 'government']).exactOptional(),
  risk: z.enum(['A', 'B', 'C', 'D']).exactOptional(),
  ...{ isKey: z.boolean().exactOptional(), isIntercompany: z.boolean().exactOptional() },
  paysByDirectDebit: z.boolean().exactOptional(),
  mandate: z
    .strictObject({
      reference: z.string().trim().min(1).max(35),
      announceDays: z.int().min(1).max(60).exactOptional(),
      mayRetry: z.boolean().exactOptional(),
    })
    .exactOptional(),
  sic: z
    .string()
    .regex(/^\d{4}$/)
    .exactOptional(),
  naics: z
    .string()
    .regex(/^\d{2,6}$/)
    .exactOptional(),
  payRunsOn: z.array(day).max(60).exactOptional(),
});
export type TreatmentBody = z.infer<typeof treatmentBody>;

/**
 * Who of a customer is written to, in which language, who may see the account in the portal; what customers want changed.
 * From: customers, staff; papers beside the account. Next: `functions/portal`.
 */
import { z } from 'zod';
import { maskCards } from '../domain/card-numbers.ts';
import { messageLanguages } from '../domain/message-data.ts';
import type { FieldName } from './access.ts';
import { accountParams } from './accounts.ts';
import { ownAccountParams } from './portal.ts';

const id = z.string().min(1).max(200);
const language = z.enum(messageLanguages);
const line = (most: number) => z.string().trim().min(1).max(most).overwrite(maskCards);
const email = z
  .string()
  .trim()
  .max(254)
  .regex(/^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+\.[^\s@<>,;:"()]+$/, 'no address');
const phone = z
  .string()
  .trim()
  .max(40)
  .regex(/^[+\d][\d ()./-]{3,}$/, 'no phone number');

const contactShown = z.strictObject({
  ...{ contact: z.string(), name: z.string(), email: z.string().optional(), phone: z.string().optional() },
  ...{ role: z.string().optional(), language: z.string().optional(), isYou: z.boolean() },
});

export const ownProfileAnswer = z.strictObject({
  contacts: z.array(contactShown),
  /** Whether you get reminders of this seller by mail; invoices, answers and statements come anyhow. */
  wantsReminders: z.boolean(),
  /** What was asked to be changed and nobody has looked at yet. */
  waiting: z.int(),
});
export type OwnProfileAnswer = z.infer<typeof ownProfileAnswer>;
export const ownProfileFields: Record<string, FieldName> = {
  ...{ 'contacts.*.name': 'contact.name', 'contacts.*.email': 'contact.email' },
  ...{ 'contacts.*.phone': 'contact.phone', wantsReminders: 'contact.optOut' },
};

export const languageBody = z.strictObject({ language });
export const languageAnswer = z.strictObject({ language });
export const remindersBody = z.strictObject({ wanted: z.boolean() });
export const remindersAnswer = z.strictObject({ wanted: z.boolean() });

const contactWanted = z.strictObject({
  ...{ name: line(200), email, phone: phone.optional(), role: line(100).optional() },
  language: language.optional(),
});
/** Without `contact` a new one; without `wanted` the one named is there no more. */
export const proposalBody = z
  .strictObject({ contact: id.optional(), wanted: contactWanted.optional() })
  .refine(({ contact, wanted }) => contact !== undefined || wanted !== undefined, 'names nobody');
export type ProposalBody = z.infer<typeof proposalBody>;
export const proposalBodyFields: Record<string, FieldName> = {
  ...{ 'wanted.name': 'contact.name', 'wanted.email': 'contact.email', 'wanted.phone': 'contact.phone' },
};
export const proposalAnswer = z.strictObject({ proposal: z.string() });

const proposal = z.object({
  ...{ proposal: z.string(), contact: z.string().optional(), wanted: contactWanted.optional() },
  ...{ by: z.string(), at: z.string() },
});
export type ContactProposal = z.infer<typeof proposal>;
/** The paper `contact:proposals` of an account. */
export const proposalsPaper = z.object({ proposals: z.array(proposal).default([]) });
/** Each sees what is theirs to see of a person. */
export const proposalsAnswer = z.strictObject({
  proposals: z.array(proposal.extend({ wanted: contactWanted.partial().optional() })),
});
export const proposalsFields: Record<string, FieldName> = {
  ...{ 'proposals.*.wanted.name': 'contact.name', 'proposals.*.wanted.email': 'contact.email' },
  'proposals.*.wanted.phone': 'contact.phone',
};
export const proposalParams = accountParams.extend({ proposal: id });
export const proposalDecision = z.strictObject({ as: z.enum(['confirmed', 'refused']) });
export const proposalDecided = z.strictObject({ proposal: z.string(), as: z.enum(['confirmed', 'refused']) });

export const invitationBody = z.strictObject({ email });
export const invitationBodyFields: Record<string, FieldName> = { email: 'contact.email' };
const invited = z.object({ person: z.string(), email: z.string(), by: z.string(), at: z.string() });
/** The paper `contact:invited` of an account. */
export const invitedPaper = z.object({ invited: z.array(invited).default([]) });
export const invitedAnswer = z.strictObject({
  invited: z.array(z.strictObject({ person: z.string(), email: z.string().optional(), at: z.string() })),
});
export const invitedFields: Record<string, FieldName> = { 'invited.*.email': 'contact.email' };
export const invitationAnswer = z.strictObject({ person: z.string() });
const person = z.string().regex(/^[\w-]{16,128}$/);
export const ownInvitationParams = ownAccountParams.extend({ person });
export const invitationParams = accountParams.extend({ person });
export const invitationEnded = z.strictObject({ person: z.string(), ended: z.literal(true) });

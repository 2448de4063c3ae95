/**
 * What clerks are shown of customers of several sources, and how they decide matches and conflicts.
 * From: the staff client. Next: `functions/ledger/customer-routes.ts`. Each field stands in a place of its own, so
 * that the access table can tell who sees it.
 */
import { z } from 'zod';
import type { FieldName } from './access.ts';
import { matchStates } from '../domain/customer-match.ts';

const id = z.string().min(1).max(200);
const text = z.string().trim().min(1).max(500);
const code = z.string().trim().min(1).max(200);
const money = z.strictObject({ amount: z.int().min(0), currency: z.string().regex(/^[A-Z]{3}$/) });

const values = {
  ...{ name: text, address: text, postalCode: code, city: code, country: z.string().regex(/^[A-Z]{2}$/) },
  ...{ taxId: code, termsCode: code, currency: z.string().regex(/^[A-Z]{3}$/), creditLimit: money },
  ...{ language: code, parentId: code, salesOwner: code, segment: code },
  ...{ requiresPurchaseOrder: z.boolean(), isClosed: z.boolean() },
};

type Shape<Of extends (value: z.ZodType) => z.ZodType> = Record<keyof typeof values, ReturnType<Of>>;
const each = <Of extends (value: z.ZodType) => z.ZodType>(of: Of): Shape<Of> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, of(value)])) as Shape<Of>;

const conflict = z.strictObject({ since: z.string(), values: z.record(z.string(), z.unknown()) });
const said = z.object(each(() => z.unknown().optional()));

/** What each source says of one account, and where they differ. */
export const customerShown = z.strictObject({
  sources: z.array(
    z.strictObject({
      ...{ source: z.string(), number: z.string(), isLeading: z.boolean(), asOf: z.string() },
      /** Why it is this account, and who said so where a person did. */
      ...{ reason: z.string(), by: z.string().optional() },
      said,
    }),
  ),
  conflicts: z.strictObject(each(() => conflict.optional())),
  /** By field: who decided when, by which source's word. */
  decided: z.record(
    z.string(),
    z.strictObject({
      at: z.string(),
      reason: z.string(),
      source: z.string().optional(),
      by: z.string().optional(),
    }),
  ),
});
export type CustomerShown = z.infer<typeof customerShown>;

/** Whose field it is, by name; what is not here is everybody's who sees the account. */
const owned: Record<string, FieldName> = {
  ...{ name: 'account.name', address: 'account.address', postalCode: 'account.address' },
  ...{ city: 'account.address', taxId: 'account.taxId', creditLimit: 'account.creditLimit' },
  salesOwner: 'account.assignments',
};
const ownedUnder = (...places: readonly string[]): Record<string, FieldName> =>
  Object.fromEntries(
    places.flatMap((place) => Object.entries(owned).map(([name, field]) => [`${place}.${name}`, field])),
  );
export const customerFieldsUnder = (place: string): Record<string, FieldName> => ({
  ...ownedUnder(`${place}.sources.*.said`, `${place}.conflicts`),
  ...{ [`${place}.sources.*.by`]: 'audit.actor', [`${place}.decided.*.by`]: 'audit.actor' },
});

const limit = z.coerce.number().int().min(1).max(50).default(20);
const page = { limit, after: z.string().max(500).optional() };
export const matchesQuery = z.strictObject({ state: z.enum(matchStates).default('waiting'), ...page });
export const conflictsQuery = z.strictObject(page);

export const matchAnswer = z.strictObject({
  ...{ id: z.string(), state: z.enum(matchStates), source: z.string(), number: z.string(), asOf: z.string() },
  /** Why it is that account, or why it waits; the account it has or is proposed. */
  ...{ why: z.string(), account: z.string().nullable() },
  ...{ by: z.string().optional(), at: z.string().optional(), note: z.string().optional() },
  said: said.optional(),
});
export const matchesAnswer = z.strictObject({ matches: z.array(matchAnswer), after: z.string().optional() });
export const matchFields = { ...ownedUnder('said'), by: 'audit.actor' } as const;
export const matchesFields = { ...ownedUnder('matches.*.said'), 'matches.*.by': 'audit.actor' } as const;

export const conflictsAnswer = z.strictObject({
  accounts: z.array(z.strictObject({ account: z.string(), customer: customerShown.optional() })),
  after: z.string().optional(),
});

export const decidedAnswer = z.strictObject({ customer: customerShown });

export const matchParams = z.strictObject({ companyId: id, matchId: id });
const reason = z.string().trim().min(1).max(500);
export const decideMatchBody = z.discriminatedUnion('as', [
  z.strictObject({ as: z.literal('same'), account: id, reason }),
  z.strictObject({ as: z.literal('separate'), reason }),
]);
export type DecideMatchBody = z.infer<typeof decideMatchBody>;

/** `waiting`: it waits for a person again; `separate`: it is none of the accounts. */
export const takeBackBody = z.strictObject({ as: z.enum(['waiting', 'separate']), reason });
export type TakeBackBody = z.infer<typeof takeBackBody>;

export const takenBackAnswer = z.strictObject({
  match: matchAnswer,
  account: z.string(),
  /** Names of fields of the account that are different now, and of decisions that were its source's word. */
  ...{ changed: z.array(z.string()), withdrawn: z.array(z.string()) },
  /** What is open on the account, posted and untouched by this: money is moved by its own routes. */
  stays: z.array(z.strictObject({ currency: z.string(), open: z.int() })),
});
export type TakenBackAnswer = z.infer<typeof takenBackAnswer>;
export const takenBackFields = { ...ownedUnder('match.said'), 'match.by': 'audit.actor' } as const;

const choiceOf = (value: z.ZodType) =>
  z.union([z.strictObject({ source: code }), z.strictObject({ value })]).optional();
export const decideConflictBody = z.strictObject({
  fields: z.strictObject(each(choiceOf)),
  reason,
});
export type DecideConflictBody = z.infer<typeof decideConflictBody>;
export const decideConflictFields = ownedUnder('fields');

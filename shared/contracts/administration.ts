/**
 * What goes in and out of the administration routes, and how it is kept in settings.
 * From: query strings, bodies, stored values. Next: workflows; answers the staff client parses by the same schemas.
 */
import { z } from 'zod';
import { companyFields, companyId } from './company.ts';
import { personId } from './person-id.ts';
import { accountGrant, reach } from './reach.ts';

export const companyParams = z.strictObject({ companyId });
const reason = z.string().trim().min(1).max(500);

export const companyBody = z.strictObject({
  ...companyFields,
  /** The version this change was made after; 0 for a new company. */
  after: z.int().min(0),
  reason,
});
export type CompanyBody = z.infer<typeof companyBody>;

const changedBy = { version: z.int(), by: z.string(), at: z.string(), reason: z.string() };
export const companyAnswer = z.strictObject({ companyId, ...companyFields, ...changedBy });
export type CompanyAnswer = z.infer<typeof companyAnswer>;

export const companiesAnswer = z.strictObject({ companies: z.array(companyAnswer) });
export type CompaniesAnswer = z.infer<typeof companiesAnswer>;

export const personParams = z.strictObject({ personId });
export const requestParams = z.strictObject({
  personId,
  number: z.coerce.number().int().min(1).max(9_999_999_999),
});

const { companyIds, teams, covers } = reach.shape;
export const unitsAsked = z.strictObject({ companyIds: z.array(companyId).max(200), teams, covers });
export type UnitsAsked = z.infer<typeof unitsAsked>;
export const unitsBody = unitsAsked.extend({ reason });
export type UnitsBody = z.infer<typeof unitsBody>;

export const grantsAsked = z.strictObject({ grants: z.array(accountGrant).min(1).max(50) });
export type GrantsAsked = z.infer<typeof grantsAsked>;
export const grantsBody = grantsAsked.extend({ reason });
export type GrantsBody = z.infer<typeof grantsBody>;

export const reasonBody = z.strictObject({ reason });
export const endGrantBody = z.strictObject({ companyId, accountId: z.string().min(1).max(200), reason });

const requestFields = {
  /** Of the person's requests of this kind. */
  number: z.int().min(1),
  requestedBy: z.string(),
  requestedAt: z.string(),
  reason: z.string(),
  state: z.enum(['pending', 'approved', 'refused']),
  decidedBy: z.string().optional(),
};
/** How a request is kept, place `user:<person>` / `request:<kind>`. */
export const reachRequest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('units'), asked: unitsAsked, ...requestFields }),
  z.strictObject({ kind: z.literal('grants'), asked: grantsAsked, ...requestFields }),
]);
export type ReachRequest = z.infer<typeof reachRequest>;

export const personAnswer = z.strictObject({
  personId,
  reach: reach.extend({ companyIds }),
  requests: z.array(reachRequest),
});
export type PersonAnswer = z.infer<typeof personAnswer>;

export const peopleQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  after: personId.optional(),
});
export type PeopleQuery = z.infer<typeof peopleQuery>;
export const peopleAnswer = z.strictObject({
  people: z.array(personAnswer),
  /** For the next page; absent at the end. */
  after: personId.optional(),
});
export type PeopleAnswer = z.infer<typeof peopleAnswer>;

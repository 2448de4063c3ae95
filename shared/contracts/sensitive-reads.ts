/**
 * Which reads leave a record of who looked: what is nobody's but a few people's, and what leaves the house in bulk.
 * From: `reliability.md` L4, the rows and fields of the access tables. Next: `shared/edge/sensitive-reads.ts`.
 */
import type { ActionName, FieldName, Principal } from './access.ts';

/** Sensitive whatever the answer holds, with why. */
export const sensitiveActions: Partial<Record<ActionName, string>> = {
  'acct.bank.read': 'bank details',
  'acct.credit.read': 'credit limits and risk',
  'acct.pii.export': 'personal data as one archive',
  'rep.export': 'leaves the house in bulk',
  'pay.posting.export': 'leaves the house in bulk',
  'leg.pack.read': 'a case as a whole',
  'adm.role.read': 'other people’s access',
  'adm.viewas': 'other people’s access',
  'aud.business.read': 'what people did',
  'aud.security.read': 'what people looked at',
  'aud.export': 'leaves the house in bulk',
};

/** Sensitive wherever an answer holds them unmasked, or a file's columns were asked for them. */
export const sensitiveFields: ReadonlySet<FieldName> = new Set<FieldName>([
  ...(['account.taxId', 'account.bankDetails', 'user.performance', 'audit.ip'] as const),
]);

/** Whose every look is kept: people of other firms (`reliability.md` §4.5). */
export const watchedPrincipals: ReadonlySet<Principal> = new Set<Principal>(['INQ']);

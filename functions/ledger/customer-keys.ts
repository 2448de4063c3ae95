/**
 * By what customers of several sources find each other: a number, a tax id, a name at a place.
 * From: matching of customers, accounts that are posted. Next: the store of customers. As many may be under one key
 * as there are; they are read page by page and none is left out.
 */
import { keyedIdOf, keyedRange, type KeyedKind } from '../../shared/domain/customer-match.ts';
import { changeRecord } from './lead-customers.ts';
import type { PartCall } from './post-parts.ts';

export type KeyCall = Pick<PartCall, 'scope' | 'company'> & {
  parts: Pick<PartCall['parts'], 'customers' | 'hashText'>;
};

const pageOfKeyed = 50;

/** The key itself first: whoever sees one without it would not look for what is under it. */
export const putUnderKey = async (
  key: string,
  of: KeyedKind,
  name: string,
  { parts, scope, company: { companyId } }: KeyCall,
): Promise<void> => {
  const { customers, hashText } = parts;
  await changeRecord(customers, { scope, companyId, id: key }, (before) => {
    const has = before?.kind === 'key' ? before.has : [];
    return {
      ...{ kind: 'key', companyId, id: key, state: 'key' },
      has: has.includes(of) ? has : [...has, of].toSorted(),
    };
  });
  const id = keyedIdOf(key, of, name, hashText);
  await changeRecord(customers, { scope, companyId, id }, () => ({
    ...{ kind: 'keyed', companyId, id, state: 'keyed', of, name },
  }));
};

/** Names of all accounts, or of all waiting customers, under a key. */
export async function* underKey(
  key: string,
  of: KeyedKind,
  { parts: { customers }, scope, company: { companyId } }: KeyCall,
): AsyncGenerator<string> {
  const kept = (await customers.load(scope, companyId, key))?.record;
  if (kept?.kind !== 'key' || !kept.has.includes(of)) return;
  const { until, ...range } = keyedRange(key, of);
  let after: string | undefined = range.after;
  while (after !== undefined) {
    const page = await customers.list(scope, companyId, 'keyed', { limit: pageOfKeyed, after, until });
    for (const one of page.records) if (one.kind === 'keyed') yield one.name;
    ({ after } = page);
  }
}

/** They do not lead to it any more. */
export const takeFromKeys = async (
  keys: readonly string[],
  of: KeyedKind,
  name: string,
  { parts: { customers, hashText }, scope, company: { companyId } }: KeyCall,
): Promise<void> => {
  for (const key of keys) await customers.remove(scope, companyId, keyedIdOf(key, of, name, hashText));
};

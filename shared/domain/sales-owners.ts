/**
 * Who sells to an account, as files name them: it decides which accounts a seller sees (scope S).
 * From: rows of items, files of customers. Next: a fact of the account, when it is news.
 * A file of customers says who it is now; items only add, since each may have been sold by somebody else.
 */
import type { AccountWork } from './account-work.ts';
import type { AccountHead } from './account.ts';
import type { HeadFact } from './facts.ts';
import type { Day } from './calendar.ts';

/** More come from a file whose column is another: they would fill the head. */
const mostOwners = 20;

/** Undefined when the work says nothing new. */
export const salesOwnersNews = (
  { salesOwners = [] }: Pick<AccountHead, 'salesOwners'>,
  work: AccountWork,
  on: Day,
): HeadFact | undefined => {
  const named = ownersNamed(work);
  const isNow = work.do === 'customers';
  const owners = [...new Set(isNow ? named : [...salesOwners, ...named])].slice(0, mostOwners).toSorted();
  const isSame = owners.length === salesOwners.length && owners.every((one) => salesOwners.includes(one));
  return named.length === 0 || isSame ? undefined : { kind: 'salesOwnersNamed', owners, on };
};

const ownersNamed = (work: AccountWork): string[] => {
  switch (work.do) {
    case 'customers':
      return work.rows.flatMap(({ salesOwner }) => salesOwner ?? []);
    case 'reconcile':
    case 'update':
      return work.rows.flatMap(({ parties }) => parties.salesOwner ?? []);
    case 'journal':
      return work.documents.flatMap(({ parties }) => parties.salesOwner ?? []);
    case 'history':
    case 'contacts':
    case 'apStatus':
      return [];
  }
};

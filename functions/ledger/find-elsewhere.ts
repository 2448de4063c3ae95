/**
 * Looks for documents of a part on other accounts of the company, before any of it is posted.
 * From: `post-part.ts`, with its accounts loaded. Next: what is held there is decided at each account
 * (`number-elsewhere.ts`). One question for hundreds of rows; nothing is asked for rows whose item is there.
 */
import type { AccountWork } from '../../shared/domain/account-work.ts';
import { elsewhereOf, type Elsewhere, type HeldItem } from '../../shared/domain/number-elsewhere.ts';
import { idOfRow } from '../../shared/domain/item-of-row.ts';
import { decideWork } from './post-decide.ts';
import type { ReadyAccount } from './post-account.ts';
import type { PartCall } from './post-parts.ts';

/** Ids of one question. */
const mostIds = 500;

/** Documents whose items the work may post. */
export const idsOfDocuments = (work: AccountWork, hashText: PartCall['parts']['hashText']): string[] => {
  const rows =
    work.do === 'journal'
      ? work.documents
      : work.do === 'reconcile' || work.do === 'update' || work.do === 'history'
        ? work.rows
        : [];
  return rows.map((row) => idOfRow(row, hashText));
};

/** Those that its own account does not have. */
export const freshIdsOf = (
  { work, loaded }: ReadyAccount,
  hashText: PartCall['parts']['hashText'],
): string[] => idsOfDocuments(work, hashText).filter((id) => !loaded.account.items.has(id));

/**
 * The accounts as they are decided knowing what others have, and what other imports are posting to others now
 * (`beingPosted`); the very same where nobody has anything.
 */
export const decideElsewhere = async (
  readied: readonly ReadyAccount[],
  beingPosted: Elsewhere,
  call: PartCall,
): Promise<ReadyAccount[]> => {
  const { parts, scope, company } = call;
  const ids = [...new Set(readied.flatMap((ready) => freshIdsOf(ready, parts.hashText)))];
  const found: HeldItem[] = [];
  for (let from = 0; from < ids.length; from += mostIds)
    found.push(...(await parts.accounts.holders(scope, company.companyId, ids.slice(from, from + mostIds))));
  if (found.length === 0 && beingPosted.size === 0) return [...readied];
  return readied.map((ready) => {
    const { accountId } = ready.work;
    const heard = [...beingPosted].filter(([, other]) => other !== accountId);
    const elsewhere: Elsewhere = new Map([...heard, ...elsewhereOf(ready.work, found)]);
    if (elsewhere.size === 0) return ready;
    const decided = decideWork(ready.loaded.account, ready.work, ready.known, { ...call, elsewhere });
    return { ...ready, decided, elsewhere };
  });
};

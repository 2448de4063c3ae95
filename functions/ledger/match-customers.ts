/**
 * Finds the account of each customer that another source than the leading one brings; who has none waits.
 * From: lines of files of customers, before they are posted. Next: `post-account.ts` for those found, the queue of
 * open matches for the others. What waits is kept before accounts are looked at, and accounts leave their keys before
 * they are posted: whichever comes second sees the other (`look-again-customers.ts`).
 */
import type { AccountWork } from '../../shared/domain/account-work.ts';
import {
  keysOfAccount,
  keysOfSaid,
  lookOf,
  matchIdOf,
  mostInKey,
  numberKeyOf,
  placeKeysOf,
  taxKeyOf,
  type CustomerMatch,
  type Look,
} from '../../shared/domain/customer-match.ts';
import { customerOf } from '../../shared/domain/master-data-rows.ts';
import type { MasterData } from '../../shared/domain/master-data.ts';
import type { CustomerRow } from '../../shared/domain/other-rows.ts';
import { inTurns } from './in-turns.ts';
import { addToKey, changeRecord, leadingSource } from './lead-customers.ts';
import type { PartCall } from './post-parts.ts';

export type CustomersWork = Extract<AccountWork, { do: 'customers' }>;
export type Matched = { lines: AccountWork[]; waiting: { work: CustomersWork; match: CustomerMatch }[] };

const atOnce = 8;

/** Lines of other kinds go through as they are. */
export const matchCustomers = async (lines: readonly AccountWork[], call: PartCall): Promise<Matched> => {
  const first = lines.find((work) => work.do === 'customers');
  if (first === undefined) return { lines: [...lines], waiting: [] };
  const lead = await leadingSource(call, first.source);
  const looked = await inTurns(lines, atOnce, async (work) => {
    if (work.do !== 'customers') return { work };
    const isLeading = work.source === lead;
    if (isLeading) return { work: { ...work, isLeading } };
    const match = await matchOf(work, call);
    return match.state === 'linked' && match.accountId !== undefined
      ? { work: lineOf(match, match.accountId) }
      : { work, match };
  });
  const ready = looked.flatMap(({ work, match }) => (match === undefined ? [work] : []));
  await inTurns(ready, atOnce, (work) => leaveKeys(work, call));
  const waiting = looked.flatMap(({ work, match }) =>
    match !== undefined && work.do === 'customers' ? [{ work, match }] : [],
  );
  return { lines: ready, waiting };
};

/** The row as work of the account it belongs to. */
export const lineOf = (match: CustomerMatch, accountId: string): CustomersWork => ({
  ...{
    do: 'customers',
    accountId,
    source: match.source,
    asOf: match.asOf,
    rows: [match.row],
    isLeading: false,
  },
  match: {
    ...{ externalId: match.externalId, reason: match.why as NonNullable<CustomersWork['match']>['reason'] },
    ...(match.by === undefined ? {} : { by: match.by }),
  },
});

const rowOf = ({ rows }: CustomersWork): CustomerRow => Object.assign({}, ...rows) as CustomerRow;

const matchOf = async (work: CustomersWork, call: PartCall): Promise<CustomerMatch> => {
  const { scope, company, parts } = call;
  const { companyId } = company;
  const { accountId: externalId, source, asOf } = work;
  const id = matchIdOf(source, externalId, parts.hashText);
  const { row: _number, ...said } = rowOf(work);
  const row = { ...said, row: 0 };
  const kept = (await changeRecord(parts.customers, { scope, companyId, id }, (before) => {
    if (before?.kind !== 'match')
      return {
        kind: 'match',
        companyId,
        id,
        state: 'waiting',
        source,
        externalId,
        row,
        asOf,
        why: 'not-matched',
      };
    const isNews = before.asOf <= asOf && JSON.stringify(before.row) !== JSON.stringify(row);
    return isNews ? { ...before, row, asOf } : before;
  })) as CustomerMatch;
  return kept.state === 'waiting' ? lookFor(kept, call) : kept;
};

/** Looks for the account of one that waits, and keeps what comes of it. */
export const lookFor = async (match: CustomerMatch, call: PartCall): Promise<CustomerMatch> => {
  const { scope, company, parts } = call;
  const { companyId } = company;
  const numbers = [match.externalId, match.row.ledgerAccount].filter((one) => one !== undefined);
  const said = customerOf(match.row);
  const keys = [
    ...numbers.map((one) => numberKeyOf(one, parts.hashText)),
    ...keysOfSaid(said, parts.hashText),
  ];
  for (const id of keys)
    await addToKey(parts.customers, { scope, companyId, id }, { match: match.id }, mostInKey);
  const look = await lookAtAccounts(match, call);
  return (await changeRecord(parts.customers, { scope, companyId, id: match.id }, (before) => {
    if (before?.kind !== 'match' || before.state !== 'waiting') return before;
    const { accountId: _proposed, ...rest } = before;
    const found = look.accountId === undefined ? {} : { accountId: look.accountId };
    return { ...rest, ...found, why: look.why, state: look.to === 'link' ? 'linked' : 'waiting' };
  })) as CustomerMatch;
};

const lookAtAccounts = async (match: CustomerMatch, call: PartCall): Promise<Look> => {
  const { hashText } = call.parts;
  const said = customerOf(match.row);
  const taken = new Set<string>();
  const knownOf = async (accountId: string | undefined): Promise<MasterData | undefined> => {
    const known = accountId === undefined ? undefined : await masterOf(accountId, call);
    const other = known?.sources?.[match.source]?.externalId;
    if (accountId !== undefined && other !== undefined && other !== match.externalId) taken.add(accountId);
    return known;
  };
  const under = async (keys: readonly string[]): Promise<string[]> => {
    const ids = new Set<string>();
    for (const key of keys)
      for (const accountId of await accountsUnder(key, call))
        if (keysOfAccount((await knownOf(accountId)) ?? {}, hashText).has(key)) ids.add(accountId);
    return [...ids].toSorted();
  };
  const tax = taxKeyOf(said, hashText);
  const { externalId } = match;
  const { ledgerAccount } = match.row;
  const [sameNumber, named] = [await knownOf(externalId), await knownOf(ledgerAccount)];
  const byTaxId = await under(tax === undefined ? [] : [tax]);
  const byPlace = await under(placeKeysOf(said, hashText));
  return lookOf({
    ...{ byTaxId, byPlace, taken },
    sameNumber: sameNumber === undefined ? undefined : externalId,
    named: named === undefined ? undefined : ledgerAccount,
  });
};

const accountsUnder = async (id: string, { parts, scope, company }: PartCall): Promise<readonly string[]> => {
  const found = (await parts.customers.load(scope, company.companyId, id))?.record;
  return found?.kind === 'key' ? found.accounts : [];
};

/** What is known of an account; undefined of one nobody posted to. */
export const masterOf = async (
  accountId: string,
  { parts, scope, company }: Pick<PartCall, 'parts' | 'scope' | 'company'>,
): Promise<MasterData | undefined> => {
  const key = { companyId: company.companyId, accountId };
  const { head } = (await parts.accounts.load(scope, key)).account;
  if (head.version === 0) return undefined;
  return head.masterData === undefined
    ? {}
    : ((await parts.accounts.paper(scope, key, head.masterData)) ?? {});
};

/** Under which others find the account by what this line says of it. */
export const leaveKeys = async (work: AccountWork, { parts, scope, company }: PartCall): Promise<void> => {
  if (work.do !== 'customers') return;
  const { companyId } = company;
  for (const id of new Set(work.rows.flatMap((row) => keysOfSaid(customerOf(row), parts.hashText))))
    await addToKey(parts.customers, { scope, companyId, id }, { account: work.accountId }, mostInKey);
};

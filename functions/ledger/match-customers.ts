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
  numberKeyOf,
  placeKeysOf,
  taxKeyOf,
  type CustomerMatch,
  type Look,
} from '../../shared/domain/customer-match.ts';
import { customerOf } from '../../shared/domain/master-data-rows.ts';
import type { HashText } from '../../shared/domain/document-ids.ts';
import type { MasterData } from '../../shared/domain/master-data.ts';
import type { CustomerRow } from '../../shared/domain/other-rows.ts';
import { putUnderKey, underKey } from './customer-keys.ts';
import { inTurns } from './in-turns.ts';
import { changeRecord, leadingSource } from './lead-customers.ts';
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
    if (before?.kind !== 'match' || before.state === 'forgotten')
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
    // who is nobody's here, or was erased, is not written down again
    if (before.state === 'separate') return before;
    const isNews = before.asOf <= asOf && JSON.stringify(before.row) !== JSON.stringify(row);
    return isNews ? { ...before, row, asOf } : before;
  })) as CustomerMatch;
  return kept.state === 'waiting' ? lookFor(kept, call) : kept;
};

/** Under which accounts find one that waits. */
export const keysOfMatch = ({ externalId, row }: CustomerMatch, hashText: HashText): string[] => [
  ...[externalId, row.ledgerAccount]
    .filter((one) => one !== undefined)
    .map((one) => numberKeyOf(one, hashText)),
  ...keysOfSaid(customerOf(row), hashText),
];

/** Looks for the account of one that waits, and keeps what comes of it. */
export const lookFor = async (match: CustomerMatch, call: PartCall): Promise<CustomerMatch> => {
  const { scope, company, parts } = call;
  const { companyId } = company;
  for (const key of keysOfMatch(match, parts.hashText)) await putUnderKey(key, 'match', match.id, call);
  const look = await lookAtAccounts(match, call);
  return (await changeRecord(parts.customers, { scope, companyId, id: match.id }, (before) =>
    before?.kind === 'match' && before.state === 'waiting' ? afterLook(before, look) : before,
  )) as CustomerMatch;
};

/** What a person took back only a person links, and it is not proposed where it was taken from. */
const afterLook = ({ accountId: _proposed, ...match }: CustomerMatch, look: Look): CustomerMatch => {
  const { takenFrom = [] } = match;
  const { accountId } = look;
  const isProposed = accountId !== undefined && !takenFrom.includes(accountId);
  return {
    ...match,
    ...(isProposed ? { accountId } : {}),
    ...(takenFrom.length > 0
      ? { why: 'taken-back', state: 'waiting' }
      : { why: look.why, state: look.to === 'link' ? 'linked' : 'waiting' }),
  };
};

/** More than one is several, however many they are. */
const several = 2;

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
      for await (const accountId of underKey(key, 'account', call)) {
        if (ids.size >= several) break;
        if (keysOfAccount((await knownOf(accountId)) ?? {}, hashText).has(key)) ids.add(accountId);
      }
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
export const leaveKeys = async (work: AccountWork, call: PartCall): Promise<void> => {
  if (work.do !== 'customers') return;
  const { hashText } = call.parts;
  for (const key of new Set(work.rows.flatMap((row) => keysOfSaid(customerOf(row), hashText))))
    await putUnderKey(key, 'account', work.accountId, call);
};

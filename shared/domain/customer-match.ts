/**
 * Which account a row of another source's customers is about, and what is kept of it until that is known.
 * From: files of customers whose own numbers are no accounts, decisions of people. Next: `customer-store.ts`.
 * Only a number or a tax id that one account alone has is believed; a name and a place are shown to a person.
 */
import { plainTaxId, type CustomerSaid, type MatchReason } from './customer-sources.ts';
import type { HashText } from './document-ids.ts';
import type { MasterData } from './master-data.ts';
import type { CustomerRow } from './other-rows.ts';
import { wordsOfName } from './payer-names.ts';
import { tokenOf } from './search-tokens.ts';

export const waitingReasons = [
  ...([
    'not-matched',
    'same-name-and-place',
    'name-of-several',
    'tax-id-of-several',
    'another-number',
    'taken-back',
    'erased',
  ] as const),
] as const;
export type WaitingReason = (typeof waitingReasons)[number];
export const matchStates = ['waiting', 'linked', 'separate', 'forgotten'] as const;

/**
 * One customer of one source; `waiting` for a person, or for an account that it fits. `separate`: a person said that it
 * is none of the accounts. `forgotten`: it waited too long, what it said is erased; its source may say it anew.
 */
export type CustomerMatch = {
  kind: 'match';
  companyId: string;
  id: string;
  state: (typeof matchStates)[number];
  source: string;
  externalId: string;
  /** What it says, and of when (ISO instant). */
  row: CustomerRow;
  asOf: string;
  why: WaitingReason | MatchReason;
  /** Of a linked one its account; of a waiting one the account proposed. */
  accountId?: string;
  /** Accounts it was taken back from, the last one last: from then on only a person links it. */
  takenFrom?: readonly string[];
  by?: string;
  at?: string;
  note?: string;
};

export type KeyedKind = 'account' | 'match';

/** Whether anything is under a key: without it nothing has to be looked for. */
export type CustomerKey = {
  kind: 'key';
  companyId: string;
  id: string;
  state: 'key';
  has: readonly KeyedKind[];
};

/**
 * One account or waiting customer under a key, as many as there are: a hint, held against master data before it is
 * believed. Its id begins with that of the key, so that all of a key are read page by page.
 */
export type KeyedCustomer = {
  kind: 'keyed';
  companyId: string;
  id: string;
  state: 'keyed';
  of: KeyedKind;
  name: string;
};

/** An account whose sources differ; which values, its master data says. */
export type CustomerDispute = {
  kind: 'conflict';
  companyId: string;
  id: string;
  state: 'conflict' | 'settled';
  accountId: string;
};

/** The source whose customers are the accounts, where the company's settings name none. */
export type CustomerLead = { kind: 'lead'; companyId: string; id: 'lead'; state: 'lead'; source: string };

export type CustomerRecord = CustomerMatch | CustomerKey | KeyedCustomer | CustomerDispute | CustomerLead;

const shortestTaxId = 4;
const idOf = (kind: string, words: readonly string[], hashText: HashText): string =>
  `${kind}:${hashText(JSON.stringify(words)).slice(0, 40)}`;

export const matchIdOf = (source: string, externalId: string, hashText: HashText): string =>
  idOf('match', [source, externalId], hashText);
export const disputeIdOf = (accountId: string, hashText: HashText): string =>
  idOf('conflict', [accountId], hashText);
export const numberKeyOf = (accountId: string, hashText: HashText): string =>
  idOf('key', ['number', accountId], hashText);

/** All of one kind under a key lie between `after` and `until`; each by a name of its own. */
export const keyedRange = (keyId: string, of: KeyedKind): { after: string; until: string } => ({
  after: `${keyId}:${of}:`,
  until: `${keyId}:${of};`,
});
export const keyedIdOf = (keyId: string, of: KeyedKind, name: string, hashText: HashText): string =>
  `${keyedRange(keyId, of).after}${hashText(name).slice(0, 40)}`;

/** Undefined where it names none; spaces and signs do not matter. */
export const taxKeyOf = ({ taxId = '' }: CustomerSaid, hashText: HashText): string | undefined => {
  const plain = plainTaxId(taxId);
  return plain.length < shortestTaxId ? undefined : idOf('key', ['tax', plain], hashText);
};

/** One for its postal code, one for its city; none without a name and a place. */
export const placeKeysOf = (
  { name = '', postalCode = '', city = '' }: CustomerSaid,
  hashText: HashText,
): string[] => {
  const words = wordsOfName(name).join(' ');
  const places = [
    ['postal', tokenOf(postalCode)],
    ['city', tokenOf(city)],
  ].filter(([, place]) => place !== '');
  return words === '' ? [] : places.map((place) => idOf('key', ['place', words, ...place], hashText));
};

/** All keys under which what is said is found. */
export const keysOfSaid = (said: CustomerSaid, hashText: HashText): string[] => {
  const tax = taxKeyOf(said, hashText);
  return [...(tax === undefined ? [] : [tax]), ...placeKeysOf(said, hashText)];
};

/** All keys of an account: what each of its sources says of it, and what comes of it. */
export const keysOfAccount = (known: MasterData, hashText: HashText): Set<string> =>
  new Set(
    [known, ...Object.values(known.sources ?? {}).map(({ said }) => said)].flatMap((said) =>
      keysOfSaid(said, hashText),
    ),
  );

/** What a look at the accounts comes to. */
export type Look = { to: 'link' | 'wait'; why: WaitingReason | MatchReason; accountId?: string };

/** What is there, each already held against master data. */
export type Candidates = {
  sameNumber?: string | undefined;
  named?: string | undefined;
  byTaxId: readonly string[];
  byPlace: readonly string[];
  /** Accounts that have another customer of the same source. */
  taken: ReadonlySet<string>;
};

export const lookOf = ({ sameNumber, named, byTaxId, byPlace, taken }: Candidates): Look => {
  const [tax, ...moreTax] = byTaxId;
  const [place, ...morePlaces] = byPlace;
  const link = (accountId: string, why: MatchReason): Look =>
    taken.has(accountId) ? { to: 'wait', why: 'another-number', accountId } : { to: 'link', why, accountId };
  if (sameNumber !== undefined) return link(sameNumber, 'same-number');
  if (named !== undefined) return link(named, 'named-account');
  if (moreTax.length > 0) return { to: 'wait', why: 'tax-id-of-several' };
  if (tax !== undefined) return link(tax, 'same-tax-id');
  if (morePlaces.length > 0) return { to: 'wait', why: 'name-of-several' };
  if (place !== undefined) return { to: 'wait', why: 'same-name-and-place', accountId: place };
  return { to: 'wait', why: 'not-matched' };
};

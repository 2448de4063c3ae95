/**
 * What people find accounts and items by: numbers as anybody writes them, names by any word, amounts.
 * From: items and names. Next: the search index holds one document per token; a query becomes look-ups in it.
 * A token is letters and digits alone, in capitals; leading zeros of digits do not count. Amounts begin with `#`.
 */
import { sizeOf, type AccountKey } from './account.ts';
import { decimalsOf } from './currencies.ts';
import { numberKeys } from './document-numbers.ts';
import type { Item } from './item.ts';
import { amountOf, type AmountMinor, type Currency } from './money.ts';

export const searchFields = [
  'account',
  'name',
  'number',
  'purchaseOrder',
  'order',
  'delivery',
  'amount',
] as const;
export type SearchField = (typeof searchFields)[number];

/** One way to find an account or one of its items; `text` is what was found, as it is written. */
export type SearchDocument = AccountKey & {
  token: string;
  field: SearchField;
  itemId?: string;
  text: string;
  /** Who may see it goes by its account. */
  assignedTo?: string;
  salesOwners?: readonly string[];
};

/** What a query is looked up as: a token that begins so, or is just so. */
export type Lookup = { token: string; isExact: boolean };

/** Documents of one partition begin alike. */
export const tokenPrefixOf = (token: string): string => [...token].slice(0, 3).join('');

const longestToken = 60;
const mostWords = 6;

const runsOf = (text: string): string[] =>
  [
    ...text
      .normalize('NFKC')
      .toUpperCase()
      .matchAll(/\d+|\p{L}+/gu),
  ].map(([run]) => run.replace(/^0+(?=\d)/, ''));

/** Letters and digits as one token; empty when there are none. */
export const tokenOf = (text: string): string => runsOf(text).join('').slice(0, longestToken);

/** Of a document number, order or delivery: one token, or two where zeros inside it can be left out or not. */
export const numberTokens = (number: string): string[] => {
  const token = tokenOf(number);
  const joined = numberKeys(number).find((key) => key.startsWith('='));
  const others = joined === undefined || joined === `=${token}` ? [] : [joined.slice(1, longestToken)];
  return token === '' ? [] : [token, ...others];
};

/** A name is found by any of its first words and all that follow. */
export const nameTokens = (name: string): string[] => {
  const words = name
    .split(/\s+/)
    .map(tokenOf)
    .filter((word) => word !== '');
  return [
    ...new Set(words.slice(0, mostWords).map((_, at) => words.slice(at).join('').slice(0, longestToken))),
  ];
};

const amountToken = (amount: AmountMinor, currency: Currency): string => `#${sizeOf(amount)} ${currency}`;

/** How an item is found. */
export const itemTokens = (
  item: Pick<Item, 'number' | 'references' | 'original' | 'currency'>,
): Pick<SearchDocument, 'token' | 'field' | 'text'>[] => {
  const { purchaseOrder, order, delivery } = item.references;
  const texts = { number: item.number, purchaseOrder, order, delivery };
  return [
    ...(Object.entries(texts) as [keyof typeof texts, string | undefined][]).flatMap(([field, text]) =>
      text === undefined ? [] : numberTokens(text).map((token) => ({ token, field, text })),
    ),
    {
      token: amountToken(item.original, item.currency),
      field: 'amount' as const,
      text: `${item.original} ${item.currency}`,
    },
  ];
};

/** How an account is found: by its id and what it is called. */
export const accountTokens = (
  accountId: string,
  name: string | undefined,
): Pick<SearchDocument, 'token' | 'field' | 'text'>[] => [
  ...numberTokens(accountId).map((token) => ({ token, field: 'account' as const, text: accountId })),
  ...nameTokens(name ?? '').map((token) => ({ token, field: 'name' as const, text: name ?? '' })),
];

/**
 * What a query may mean, the narrowest first: an amount, a number or name that begins so. Shorter than three
 * letters or digits, it is taken as the whole of a number or name.
 */
export const lookupsOf = (query: string): Lookup[] => {
  const token = tokenOf(query);
  const short = [...token].length < 3;
  const texts = token === '' ? [] : [{ token, isExact: short }];
  return [...amountLookups(query), ...texts];
};

const amountShape =
  /^(?:([A-Z]{3})\s*)?[-+]?(\d{1,3}(?:[.,' ]\d{3})+|\d{1,12})(?:[.,](\d{1,3}))?(?:\s*([A-Z]{3}))?$/;

const amountLookups = (query: string): Lookup[] => {
  const match = amountShape.exec(query.trim().toUpperCase());
  if (match === null) return [];
  const [, before, whole = '', fraction = '', after] = match;
  const currency = before ?? after;
  const known = currency === undefined ? undefined : decimalsOf(currency);
  if (known?.ok === false) return [];
  const decimals = known?.value ?? 2;
  if (fraction.length > decimals) return [];
  const size = Number(`${whole.replace(/\D/g, '')}${fraction.padEnd(decimals, '0')}`);
  if (!Number.isSafeInteger(size)) return [];
  const token = `#${amountOf(size)} `;
  return [
    currency === undefined ? { token, isExact: false } : { token: `${token}${currency}`, isExact: true },
  ];
};

/**
 * What people find accounts and items by: numbers as anybody writes them, names by any word, amounts.
 * From: items and names. Next: the search index holds one document per item; a query becomes look-ups in it.
 * A token is letters and digits alone, in capitals; leading zeros of digits do not count. Amounts begin with `#`.
 */
import type { AccountKey } from './account.ts';
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

/** One field something is found by, as it is written. */
export type SearchText = { field: SearchField; text: string };

/** An account, or one of its items, with all it is found by. */
export type SearchDocument = AccountKey & {
  itemId?: string;
  texts: readonly SearchText[];
  /** Who may see it goes by its account. */
  assignedTo?: string;
  salesOwners?: readonly string[];
};

/** What a query is looked up as: just this token, or those that begin so and are longer. */
export type Lookup = { token: string; isExact: boolean };

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

const amountText = (amount: AmountMinor, currency: Currency): string => `${amount} ${currency}`;

/** What a field is found by. */
export const tokensOf = ({ field, text }: SearchText): string[] => {
  if (field === 'amount') return [`#${text.replace(/^-/, '')}`];
  return field === 'name' ? nameTokens(text) : numberTokens(text);
};

/** Whether a token is what the look-up asks for. */
export const isFoundBy = (found: string, { token, isExact }: Lookup): boolean =>
  isExact ? found === token : found !== token && found.startsWith(token);

/** Why a document was found. */
export const textsFoundBy = ({ texts }: SearchDocument, lookup: Lookup): SearchText[] =>
  texts.filter((text) => tokensOf(text).some((token) => isFoundBy(token, lookup)));

/** How an item is found. */
export const itemTexts = (
  item: Pick<Item, 'number' | 'references' | 'original' | 'currency'>,
): SearchText[] => {
  const { purchaseOrder, order, delivery } = item.references;
  const texts = { number: item.number, purchaseOrder, order, delivery };
  return [
    ...(Object.entries(texts) as [keyof typeof texts, string | undefined][]).flatMap(([field, text]) =>
      text === undefined || tokenOf(text) === '' ? [] : [{ field, text }],
    ),
    { field: 'amount', text: amountText(item.original, item.currency) },
  ];
};

/** How an account is found: by its id and what it is called. */
export const accountTexts = (accountId: string, name: string | undefined): SearchText[] => [
  { field: 'account', text: accountId },
  ...(name === undefined ? [] : [{ field: 'name' as const, text: name }]),
];

/**
 * What a query may mean, the narrowest first: an amount, a whole number or name, one that begins so. Shorter than
 * three letters or digits, it is taken as the whole alone.
 */
export const lookupsOf = (query: string): Lookup[] => {
  const token = tokenOf(query);
  const short = [...token].length < 3;
  const whole = token === '' ? [] : [{ token, isExact: true }];
  const longer = token === '' || short ? [] : [{ token, isExact: false }];
  return [...amountLookups(query), ...whole, ...longer];
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

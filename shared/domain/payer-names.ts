/**
 * Who may have paid, by what is less than proof: a name alone never decides, it is shown to a person with its reason.
 * From: a receipt of nobody known, the index of names. Next: the clerk names the payer (`identify-receipt.ts`).
 */
import { tokenOf, type Lookup } from './search-tokens.ts';

/** Best first. */
export const payerReasons = ['bank-account', 'advice', 'named-numbers', 'same-name', 'similar-name'] as const;
export type PayerReason = (typeof payerReasons)[number];

export type PayerGuess = { accountId: string; because: PayerReason };

/** Words that stand in the names of many companies. */
const legalWords = new Set(
  'GMBH AG KG OHG UG MBH CO COMPANY LTD LIMITED PLC LLC LLP INC CORP CORPORATION SA SAS SARL SRL SPA BV NV AB AS APS OY SE EV THE AND UND ET'.split(
    ' ',
  ),
);

/** In capitals, without what names a form of company; accents do not matter. */
export const wordsOfName = (name: string): string[] =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[\s,;/&+()"-]+/)
    .map(tokenOf)
    .filter((word) => word !== '' && !legalWords.has(word));

const shortestWord = 3;

/** What the index of names is asked: all its words in one, then the first that is long enough. */
export const lookupsOfName = (name: string): Lookup[] => {
  const words = wordsOfName(name);
  const joined = words.join('');
  const first = words.find((word) => [...word].length >= shortestWord);
  const tokens = [joined, first].filter(
    (one): one is string => one !== undefined && [...one].length >= shortestWord,
  );
  return [...new Set(tokens)].flatMap((token) => [
    { token, isExact: true },
    { token, isExact: false },
  ]);
};

/** The same words, or at least half of both names in common; undefined: another name. */
export const likenessOf = (a: string, b: string): 'same-name' | 'similar-name' | undefined => {
  const [mine, theirs] = [new Set(wordsOfName(a)), new Set(wordsOfName(b))];
  if (mine.size === 0 || theirs.size === 0) return undefined;
  const common = [...mine].filter((word) => theirs.has(word)).length;
  const most = Math.max(mine.size, theirs.size);
  if (common === most) return 'same-name';
  return common * 2 >= most ? 'similar-name' : undefined;
};

const mostGuesses = 10;

/** Each account once, by its best reason; of one reason in the order of accounts. */
export const rankedGuesses = (guesses: readonly PayerGuess[]): PayerGuess[] =>
  [...guesses]
    .toSorted(
      (a, b) =>
        payerReasons.indexOf(a.because) - payerReasons.indexOf(b.because) ||
        (a.accountId < b.accountId ? -1 : 1),
    )
    .filter(({ accountId }, at, all) => all.findIndex((other) => other.accountId === accountId) === at)
    .slice(0, mostGuesses);

/**
 * What the templates of a text see: words and amounts as they will stand there, made from the data of one account.
 * From: `MessageData`. Next: `render-message.ts`, `letter-pdf.ts`, `statement-pdf.ts`. Sums are checked on the way: what
 * the rows, credits and the sum asked say must agree, else nothing is rendered.
 */
import { dayAt, instantFromText, type Day } from '../domain/calendar.ts';
import type { MessageData, MessageLanguage, MessageText, Money } from '../domain/message-data.ts';
import { bucketFinder, agingSchemes } from '../domain/aging-schemes.ts';
import { amountOf, negate, type AmountMinor } from '../domain/money.ts';
import { cleanText } from './clean-text.ts';
import { localeText, type LocaleText } from './locale-text.ts';
import { textCatalogue } from './text-catalogue.ts';
import { causeView, subjectSumOf } from './text-view-causes.ts';
import { labelOf, labelWith } from './text-labels.ts';
import { mostRowsInText, tableViews, type TableView } from './text-view-tables.ts';

export type View = Readonly<Record<string, unknown>> & { tables: readonly TableView[]; sum: string };

/** @throws RangeError where what the text needs is missing, or sums do not agree. */
export const viewOf = (
  text: MessageText,
  language: MessageLanguage,
  data: MessageData,
  mostRows = mostRowsInText,
): View => {
  const say = localeText(language, data.customer.locale);
  const { demands } = textCatalogue[text];
  const tables = tableViews(data, demands, say, mostRows);
  const asked = data.tables.map(({ asked: amount, currency }) => ({ amount, currency }));
  const payBy = payByOf(text, data);
  if (demands && (payBy === undefined || asked.some(({ amount }) => amount <= 0)))
    throw new RangeError(`${text} asks for a sum above 0 by a day`);
  const { seller, customer, sender, links } = data;
  return {
    ...{ tables, demands, isOwing: asked.some(({ amount }) => amount > 0) },
    greeting: greetingOf(language, customer.recipientName),
    ...{ seller: cleanText(seller.legalName), customer: cleanText(customer.legalName) },
    account: cleanText(customer.accountNumber),
    sellerAddress: seller.address.map(cleanText),
    customerAddress: (customer.address ?? []).map(cleanText),
    sum: joined(asked.map(say.money), language),
    subjectSum: subjectSum(text, data, asked, language, say),
    ...(payBy === undefined ? {} : { payBy: say.longDay(payBy) }),
    asOf: say.instant(data.asOf, data.zone),
    bank: cleaned(seller.bank),
    person: cleaned(sender),
    links: safeLinks(links),
    ...creditViews(data, say),
    ...earlierView(data, say),
    interest: (data.interest ?? []).map((claim) => interestView(claim, say)),
    aging: text === 'T13' ? agingViews(data, say) : [],
    ...(data.measure === undefined ? {} : { measure: data.measure }),
    ...(data.contract === undefined ? {} : { contract: cleanText(data.contract) }),
    papers: (data.enclosures ?? []).map(cleanText),
    ...causeView(text, data, language, say),
  };
};

const payByOf = (text: MessageText, { payByOn, invoice, tables }: MessageData): Day | undefined => {
  if (payByOn !== undefined) return payByOn;
  if (text === 'T0') return invoice?.dueOn;
  if (text !== 'T1') return undefined;
  return tables.flatMap(({ rows }) => rows.map(({ dueOn }) => dueOn)).toSorted()[0];
};

const greetingOf = (language: MessageLanguage, name: string | undefined): string =>
  name === undefined || cleanText(name) === ''
    ? labelOf(language, 'greeting')
    : labelWith(language, 'greetingNamed', { recipient: cleanText(name) });

/** `a, b and c`: sums of several currencies are named, never added. */
export const joined = (words: readonly string[], language: MessageLanguage): string =>
  words.length < 2
    ? (words[0] ?? '')
    : `${words.slice(0, -1).join(', ')} ${labelOf(language, 'and')} ${words.at(-1)!}`;

const subjectSum = (
  text: MessageText,
  data: MessageData,
  asked: readonly Money[],
  language: MessageLanguage,
  say: LocaleText,
): string => {
  const sums = subjectSumOf(text, data) ?? asked;
  return sums.length > 1
    ? labelWith(language, 'currencies', { count: String(sums.length) })
    : sums.map(say.money).join('');
};

const cleaned = (words: object): Record<string, string> => {
  const clean: Record<string, string> = {};
  for (const [name, word] of Object.entries(words)) clean[name] = cleanText(String(word));
  return clean;
};

/** Every link leads to the product: a text can not be made to lead elsewhere. */
const safeLinks = ({ origin, ...links }: MessageData['links']): typeof links => {
  if (!/^https?:\/\/[\w.-]+(:\d+)?$/.test(origin)) throw new RangeError(`${origin} is no origin of links`);
  for (const link of Object.values(links))
    if (!link.startsWith(`${origin}/`) || /[\s"'<>\\^`{|}]/.test(link))
      throw new RangeError('a link leads elsewhere than to the product');
  return links;
};

const creditViews = ({ tables }: MessageData, say: LocaleText): Record<string, unknown> => {
  const aside = tables.flatMap(({ currency, setAside }) =>
    setAside.map(({ number, amount, why, caseNumber }) => ({
      ...{ number: cleanText(number), amount: say.money({ amount, currency }), why },
      ...(caseNumber === undefined ? {} : { caseNumber: cleanText(caseNumber) }),
    })),
  );
  return {
    credits: tables.flatMap(({ currency, credits }) =>
      credits.map((line) => ({
        ...(line.is === 'unallocated'
          ? { isUnallocated: true }
          : {
              number: cleanText(line.number),
              on: say.shortDay(line.on),
              isOnAccount: line.is === 'onAccount',
            }),
        amount: say.money({ amount: negate(line.amount), currency }),
      })),
    ),
    disputed: aside.filter(({ why }) => why === 'disputed'),
    otherAside: aside.filter(({ why }) => why !== 'disputed'),
  };
};

const earlierView = ({ earlier = [] }: MessageData, say: LocaleText): Record<string, unknown> => {
  const written = earlier.findLast(({ by }) => by !== 'call');
  return {
    earlier: earlier.map(({ on, by }) => ({ on: say.longDay(on), by })),
    ...(written === undefined ? {} : { previousOn: say.longDay(written.on) }),
  };
};

type Claim = NonNullable<MessageData['interest']>[number];

const interestView = (claim: Claim, say: LocaleText): Record<string, unknown> => {
  const { currency, source, lines, interest, fixedSum, isInSum } = claim;
  const money = (amount: AmountMinor): string => say.money({ amount, currency });
  return {
    ...{ currency, source: cleanText(source), interest: money(interest), isInSum },
    ...(fixedSum > 0 ? { fixedSum: money(fixedSum) } : {}),
    lines: lines.map((line) => ({
      ...{ number: cleanText(line.number), days: line.days, rate: say.percent(line.rateThousandths) },
      ...{ balance: money(line.balance), amount: money(line.amount) },
      ...{ from: say.shortDay(line.from), to: say.shortDay(line.to) },
    })),
  };
};

/** Every row at hand and every bucket that holds something, in the scheme of statements. */
const agingViews = ({ tables, asOf, zone }: MessageData, say: LocaleText): unknown[] => {
  const bucketOf = bucketFinder('standard', dayAt(instantFromText(asOf), zone));
  return tables
    .filter(({ rest }) => rest === undefined)
    .map(({ currency, rows }) => {
      const sums = agingSchemes.standard.map(() => 0);
      for (const { dueOn, open } of rows) sums[bucketOf(dueOn)]! += open;
      const cells = agingSchemes.standard.map(({ name }, at) => {
        const [from, to] = name.split('-');
        const amount = say.money({ amount: amountOf(sums[at]!), currency });
        if (to !== undefined) return { from, to, amount };
        return name.endsWith('+') ? { over: String(Number(name.slice(0, -1)) - 1), amount } : { amount };
      });
      return { currency, cells };
    });
};

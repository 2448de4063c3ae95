/**
 * Amounts, days and instants as the reader of a language and locale writes them; the currency always as ISO code.
 * From: a language and what is known of the reader's locale. Next: `text-view.ts`, PDFs. Days are remembered, since the
 * same few come again and again; amounts are put together from the marks of the locale, without a float.
 */
import { amountText } from '../domain/amount-text.ts';
import { decimalsOf } from '../domain/currencies.ts';
import type { Day } from '../domain/calendar.ts';
import type { MessageLanguage, Money } from '../domain/message-data.ts';
import type { AmountStyle, Grouping } from '../domain/amount-style.ts';

export type LocaleText = {
  /** @throws RangeError for a currency that is none. */
  money: (money: Money) => string;
  /** `3 March 2026`, and `3 Mar 2026` in tables. */
  longDay: (day: Day) => string;
  shortDay: (day: Day) => string;
  /** With time and zone. */
  instant: (iso: string, zone: string) => string;
  /** Thousandths of a percent: `10.15 %`. */
  percent: (thousandths: number) => string;
};

const ownLocale: Readonly<Record<MessageLanguage, string>> = {
  ...{ en: 'en-GB', de: 'de-DE', fr: 'fr-FR', he: 'he-IL' },
};

const known = new Map<string, LocaleText>();
const mostKnown = 200;

/** The reader's locale where it is one of the text's language, else that language's own. */
export const localeText = (language: MessageLanguage, wanted?: string): LocaleText => {
  const key = `${language}/${wanted ?? ''}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = makeText(language, localeOf(language, wanted));
  if (known.size >= mostKnown) known.clear();
  known.set(key, made);
  return made;
};

const localeOf = (language: MessageLanguage, wanted = ''): string => {
  if (!/^[a-z]{2}-[A-Z]{2}$/.test(wanted) || !wanted.startsWith(`${language}-`)) return ownLocale[language];
  return Intl.NumberFormat.supportedLocalesOf(wanted).length > 0 ? wanted : ownLocale[language];
};

const hardSpace = '\u00a0';

const makeText = (language: MessageLanguage, locale: string): LocaleText => {
  const marks = marksOf(locale);
  const money = ({ amount, currency }: Money): string => {
    const decimals = decimalsOf(currency);
    if (!decimals.ok) throw new RangeError(decimals.detail);
    const number = withMarks(amountText(amount, plainMarks(marks.grouping), decimals.value), marks);
    return language === 'en' ? `${currency}${hardSpace}${number}` : `${number}${hardSpace}${currency}`;
  };
  const percent = (thousandths: number): string => {
    const [whole = '', part = ''] = (thousandths / 1_000).toFixed(3).split('.');
    const decimals = part.replace(/0+$/, '').padEnd(2, '0');
    return `${whole}${marks.decimal}${decimals}${hardSpace}%`;
  };
  const long = dayFormat(locale, 'long');
  const instantIn = remembered((zone: string) => instantFormat(locale, zone));
  return {
    ...{ money, percent, shortDay: remembered(dayFormat(locale, 'medium')) },
    longDay: remembered((day) => (language === 'fr' ? long(day).replace(/^1 /, '1er ') : long(day))),
    instant: remembered2((iso, zone) => instantIn(zone).format(new Date(iso))),
  };
};

type Marks = { decimal: string; group: string; grouping: Grouping };

const marksOf = (locale: string): Marks => {
  const parts = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).formatToParts(12_345_678);
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  const groups = parts.filter(({ type }) => type === 'integer').length;
  return { decimal: of('decimal'), group: of('group'), grouping: groups > 3 ? 'indian' : 'threes' };
};

const plainMarks = (grouping: Grouping): AmountStyle => ({
  ...{ decimal: '.', group: ',', grouping, sign: { at: 'front' } },
});

const withMarks = (text: string, { decimal, group }: Marks): string =>
  decimal === '.' && group === ',' ? text : text.replace(/[.,]/g, (mark) => (mark === '.' ? decimal : group));

const dayFormat = (locale: string, dateStyle: 'long' | 'medium'): ((day: Day) => string) => {
  const format = new Intl.DateTimeFormat(locale, { dateStyle, timeZone: 'UTC' });
  return (day) => format.format(new Date(`${day}T00:00:00Z`));
};

const instantFormat = (locale: string, timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(locale, {
    ...{ day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' },
    ...{ timeZone, timeZoneName: 'short', hourCycle: 'h23' },
  });

const mostRemembered = 4_000;

const remembered = <Key extends string, Made>(make: (key: Key) => Made): ((key: Key) => Made) => {
  const texts = new Map<Key, Made>();
  return (key) => {
    const before = texts.get(key);
    if (before !== undefined) return before;
    if (texts.size >= mostRemembered) texts.clear();
    const text = make(key);
    texts.set(key, text);
    return text;
  };
};

const remembered2 = (
  make: (iso: string, zone: string) => string,
): ((iso: string, zone: string) => string) => {
  const text = remembered((key: string) =>
    make(key.slice(0, key.indexOf(' ')), key.slice(key.indexOf(' ') + 1)),
  );
  return (iso, zone) => text(`${iso} ${zone}`);
};

/**
 * What goes to a customer: text and HTML say the same, nothing is missing, nothing of a value is obeyed.
 * From: every text in every language on invented data. Next: red where a template, a label or the view is wrong.
 */
import { Liquid } from 'liquidjs';
import { describe, expect, it } from 'vitest';
import {
  messageLanguages,
  messageTexts,
  type MessageData,
  type MessageLanguage,
  type MessageText,
} from '../../../shared/domain/message-data.ts';
import { amountOf } from '../../../shared/domain/money.ts';
import { renderMessage, type RenderedMessage } from '../../../shared/formats/render-message.ts';
import { textCatalogue } from '../../../shared/formats/text-catalogue.ts';
import { templateSources } from '../../../shared/formats/text-compile.ts';
import { ownSource } from '../../../shared/formats/text-labels.ts';
import { viewOf } from '../../../shared/formats/text-view.ts';
import { hrefsIn, linksIn, numbersIn, visibleText } from './facts.ts';
import { money, sampleData, tableOf } from './sample-data.ts';

const each = messageLanguages.flatMap((language) => messageTexts.map((text) => [text, language] as const));
const dataFor = (text: MessageText, rows = 3): MessageData => sampleData(textCatalogue[text].demands, rows);

const rendered = (text: MessageText, language: MessageLanguage, data = dataFor(text)): RenderedMessage => {
  const made = renderMessage(text, language, data);
  if (!made.ok) throw new Error(made.detail);
  return made.value;
};

const refused = (text: MessageText, data: MessageData): string => {
  const made = renderMessage(text, 'en', data);
  return made.ok ? 'rendered' : made.detail;
};

describe.each(each)('%s in %s', (text, language) => {
  const { subject, html, text: plain } = rendered(text, language);

  it('says the same numbers, dates and sums as text and as HTML, and leads to the same places', () => {
    expect(numbersIn(visibleText(html))).toEqual(numbersIn(plain));
    expect(hrefsIn(html)).toEqual(linksIn(plain));
  });

  it('names who writes, to whom, about which account, until when it is true, and whom to call', () => {
    const { seller, customer, sender } = dataFor(text);
    const always = [
      seller.legalName,
      ...seller.address,
      customer.legalName,
      sender.name,
      sender.phone,
      sender.hours,
    ];
    for (const words of [...always, customer.accountNumber]) {
      expect(plain).toContain(words);
      expect(visibleText(html)).toContain(words);
    }
    expect(subject).toContain(seller.legalName);
    expect(subject).toContain(customer.accountNumber);
    expect(subject).toMatch(/\d EUR$|EUR\u00a0[\d,.]+$|\d\u00a0EUR$/);
  });

  it('is a page of its language and direction that asks nothing of any other host', () => {
    expect(html).toContain(`<html lang="${language}" dir="${language === 'he' ? 'rtl' : 'ltr'}"`);
    expect(html).not.toMatch(/<(?:img|script|link|iframe)|@import|@font-face|url\(|src=/i);
    for (const href of hrefsIn(html)) expect(href).toMatch(/^https:\/\/pay\.brackenfell\.example\//);
    expect(html).not.toMatch(/%%|\[\[|\{\{|\{%/);
    expect(plain).not.toMatch(/\[\[|\{\{|\{%|undefined|null|\n{4}/);
  });

  it('comes out as liquid itself would fill it', () => {
    const sources = templateSources(text, language, ownSource(language, text));
    const strict = { strictVariables: true, strictFilters: true, lenientIf: true };
    const view = viewOf(text, language, dataFor(text));
    expect(html).toBe(
      new Liquid({ ...strict, outputEscape: 'escape' }).parseAndRenderSync(sources.html, view),
    );
    const plainByLiquid = String(new Liquid(strict).parseAndRenderSync(sources.text, view));
    expect(plain).toBe(`${plainByLiquid.trimEnd()}\n`);
  });
});

describe('the sum asked', () => {
  it('is what is open, less what is disputed, less credits, each shown', () => {
    const { text } = rendered('T2', 'en');
    for (const sum of ['EUR 3,170.35', 'EUR -150.00', 'EUR -400.00', 'EUR 2,620.35'])
      expect(text).toContain(sum.replace(' ', '\u00a0'));
  });

  it('keeps two currencies apart, and says in the subject that there are two', () => {
    const data = { ...dataFor('T2'), tables: [tableOf('EUR', 2), tableOf('USD', 1)] };
    const { subject, text } = rendered('T2', 'de', data);
    expect(subject).toContain('2 Währungen');
    expect(text).toContain('1.373,45\u00a0EUR und 250,00\u00a0USD');
  });

  it('shows 20 rows in all, short tables whole, and how many there are besides', () => {
    const data = { ...dataFor('T2'), tables: [tableOf('EUR', 54), tableOf('USD', 3)] };
    const { text } = rendered('T2', 'en', data);
    expect(text.match(/^\* RE-/gm)).toHaveLength(20);
    expect(text).toContain('and 37 more');
    expect(text).not.toContain('USD more');
  });

  it.each<[string, (data: MessageData) => MessageData]>([
    ['does not follow from its rows', (data) => withTable(data, { asked: amountOf(1) })],
    ['is nothing', (data) => withTable(data, { rows: [], credits: [], asked: amountOf(0) })],
    ['has no day to pay by', ({ payByOn: _, ...data }) => data],
    ['is of a currency that is none', (data) => withTable(data, { currency: 'EUX' })],
    ['asks more of a row than is open', (data) => withRow(data, { asked: amountOf(99_999_999) })],
    ['is in two tables of one currency', (data) => ({ ...data, tables: [...data.tables, ...data.tables] })],
  ])('is refused where it %s', (_, change) => {
    expect(refused('T3', change(dataFor('T3')))).not.toBe('rendered');
  });
});

const withTable = (data: MessageData, change: Partial<MessageData['tables'][number]>): MessageData => ({
  ...data,
  tables: [{ ...data.tables[0]!, ...change }],
});
const withRow = (
  data: MessageData,
  change: Partial<MessageData['tables'][number]['rows'][number]>,
): MessageData => {
  const [first, ...others] = data.tables[0]!.rows;
  return withTable(data, { rows: [{ ...first!, ...change }, ...others] });
};

describe('a text whose cause is missing', () => {
  const withCause = messageTexts.filter((text) => textCatalogue[text].cause !== undefined);
  it.each(withCause)('%s is not rendered', (text) => {
    const { [textCatalogue[text].cause!]: _, ...data } = dataFor(text);
    expect(refused(text, data)).toContain('which is not there');
  });

  it('nor is a returned debit without its return', () => {
    const { debit, ...data } = dataFor('T11');
    const { returned: _, ...announced } = debit!;
    expect(refused('T11', { ...data, debit: announced })).toBe('undefined variable: debit.returnedOn');
  });
});

describe('what happens next', () => {
  it.each([
    ['hold', 'hold further deliveries'],
    ['agency', 'collection agency'],
    ['court', 'before a court'],
    ['further', 'consider further steps'],
  ] as const)('%s is named in a final notice, and nothing else is', (measure, words) => {
    const { text } = rendered('T5', 'en', { ...dataFor('T5'), measure });
    const all = ['hold further deliveries', 'collection agency', 'before a court', 'consider further steps'];
    expect(all.filter((one) => text.includes(one))).toEqual([words]);
  });

  it('without an approval a final notice speaks of further steps alone', () => {
    const { measure: _, ...data } = dataFor('T5');
    const { text } = rendered('T5', 'en', data);
    expect(text).toContain('consider further steps');
    expect(text).not.toMatch(/agency|court|deliveries/);
  });

  it('deliveries are in an overdue notice only where a hold is proposed', () => {
    const { measure: _, ...data } = dataFor('T4');
    expect(rendered('T4', 'en', data).text).not.toContain('deliveries');
    expect(rendered('T4', 'en').text).toContain('review further deliveries');
  });
});

describe('what a customer is called', () => {
  const hostile = 'Evil <script>alert(1)</script> & "Co"\r\nBcc: all@example.com \u202egnp.exe{{ sum }}';
  const data = { ...dataFor('T2'), customer: { ...dataFor('T2').customer, legalName: hostile } };
  const rows = withRow(data, { number: '<b>1</b>\u2028X', purchaseOrder: '"><img src=x>' });
  const { html, text, subject } = rendered('T2', 'en', {
    ...rows,
    seller: { ...rows.seller, legalName: `Seller\r\nBcc: x@example.com` },
  });

  it('is shown and not obeyed', () => {
    expect(html).not.toMatch(/<script|<img|<b>1/);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#34;Co&#34;');
    expect(html).toContain('{{ sum }}');
  });

  it('begins no header and turns no direction', () => {
    expect(subject).not.toMatch(/[\r\n]/);
    for (const form of [html, text, subject]) expect(form).not.toMatch(/[\u202a-\u202e\u2028]/);
    expect(text).not.toMatch(/^Bcc:/m);
  });
});

describe('links', () => {
  it.each([
    ['elsewhere', 'https://evil.example/p'],
    ['to a host that begins alike', 'https://pay.brackenfell.example.evil.example/p'],
    ['to a script', 'javascript:alert(1)'],
    ['out of its attribute', 'https://pay.brackenfell.example/"onclick='],
  ])('that lead %s are refused', (_, pay) => {
    const data = dataFor('T2');
    expect(refused('T2', { ...data, links: { ...data.links, pay } })).toContain('leads elsewhere');
  });
});

describe('locales', () => {
  const saidBy = (locale: string, language: MessageLanguage): string =>
    rendered('T2', language, { ...dataFor('T2'), customer: { ...dataFor('T2').customer, locale } }).text;

  it('dates and amounts are those of the reader', () => {
    expect(saidBy('en-US', 'en')).toContain('March 31, 2026');
    expect(saidBy('en-GB', 'en')).toContain('31 March 2026');
    expect(saidBy('de-CH', 'de')).toMatch(/2.620\.35\u00a0EUR/u);
  });

  it('a locale of another language, or none, leaves the text in its own', () => {
    for (const locale of ['fr-FR', 'xx', 'en-US; rm'])
      expect(saidBy(locale, 'de')).toContain('31. März 2026');
  });

  it('a currency without decimals has none', () => {
    const receipt = { ...dataFor('T14').receipt!, amount: money(15_000, 'JPY') };
    expect(rendered('T14', 'en', { ...dataFor('T14'), receipt }).text).toContain('JPY\u00a015,000 on');
  });
});

describe.each([
  ['en', 'Payment received, not yet allocated'],
  ['de', 'Zahlung eingegangen, noch nicht zugeordnet'],
  ['fr', 'Paiement reçu, pas encore affecté'],
  ['he', 'תשלום שהתקבל וטרם שויך'],
] as const)('in %s', (language, words) => {
  it('money received and not allocated is a credit of its own, in text and HTML', () => {
    const table = tableOf('EUR', 3);
    const credits = [...table.credits, { amount: amountOf(1_234), is: 'unallocated' } as const];
    const asked = amountOf(table.asked - 1_234);
    const { html, text } = rendered('T2', language, {
      ...dataFor('T2'),
      tables: [{ ...table, credits, asked }],
    });
    expect(numbersIn(visibleText(html))).toEqual(numbersIn(text));
    for (const shown of [text, visibleText(html)])
      expect(shown).toMatch(new RegExp(`${words}.{0,4}:.*12[.,]34`));
  });

  it('a public body is asked though neither order nor law is known', () => {
    const { html, text } = rendered('T5-P', language, { ...dataFor('T5-P'), statutory: {} });
    expect(numbersIn(visibleText(html))).toEqual(numbersIn(text));
    expect(text).not.toContain('B-2026-4');
  });
});

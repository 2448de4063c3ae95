/**
 * What lint refuses of a text: each always-present part taken out, each thing that must not be there put in.
 * From: our own texts, and changed ones. Next: red where a text could reach a customer without what it needs.
 */
import { describe, expect, it } from 'vitest';
import { messageLanguages, messageTexts, type MessageLanguage } from '../../../shared/domain/message-data.ts';
import { lintText, type LintCode } from '../../../shared/formats/lint-text.ts';
import { textCatalogue } from '../../../shared/formats/text-catalogue.ts';
import { renderMessage } from '../../../shared/formats/render-message.ts';
import { ownSource } from '../../../shared/formats/text-labels.ts';
import { variablesOf } from '../../../shared/formats/text-variables.ts';
import { viewOf } from '../../../shared/formats/text-view.ts';
import { sampleData } from './sample-data.ts';

const each = messageLanguages.flatMap((language) => messageTexts.map((text) => [text, language] as const));

describe.each(each)('our %s in %s', (text, language) => {
  const source = ownSource(language, text);

  it('has nothing to be refused', () => {
    expect(lintText(source, { text, language })).toEqual([]);
  });

  it('is refused without any one of its parts', () => {
    for (const part of textCatalogue[text].parts) {
      const without = source.replace(`{% part ${part} %}\n`, '');
      expect(without).not.toBe(source);
      const found = lintText(without, { text, language }).filter(({ code }) => code === 'part-missing');
      expect(found.map(({ detail }) => detail)).toEqual([expect.stringContaining(`{% part ${part} %}`)]);
    }
  });
});

const source = ownSource('en', 'T3');
const codesOf = (text: string, language: MessageLanguage = 'en', domain?: string): LintCode[] =>
  lintText(text, { text: 'T3', language, ...(domain === undefined ? {} : { domain }) }).map(
    ({ code }) => code,
  );
const saying = (words: string, language: MessageLanguage = 'en'): string =>
  ownSource(language, 'T3').replace('{% part pay %}', `${words}\n{% part pay %}`);

describe('lint refuses', () => {
  it.each<[LintCode, MessageLanguage, string]>([
    ['forbidden-word', 'en', 'Pay immediately.'],
    ['forbidden-word', 'en', 'This is fraud.'],
    ['forbidden-word', 'de', 'Zahlen Sie unverzüglich.'],
    ['forbidden-word', 'de', 'Wir prüfen eine Strafanzeige.'],
    ['forbidden-word', 'fr', 'Payez immédiatement.'],
    ['forbidden-word', 'fr', 'Réglez dans les plus brefs délais.'],
    ['forbidden-word', 'he', 'נא לשלם לאלתר.'],
    ['forbidden-word', 'he', 'יש לשלם מיד.'],
    ['relative-date', 'en', 'Please pay within 10 days.'],
    ['relative-date', 'en', 'Please pay in two weeks.'],
    ['relative-date', 'en', 'Payment is expected upon receipt.'],
    ['relative-date', 'de', 'Bitte zahlen Sie innerhalb von 14 Tagen.'],
    ['relative-date', 'de', 'Bitte zahlen Sie binnen einer Woche.'],
    ['relative-date', 'fr', 'Merci de régler sous 8 jours.'],
    ['relative-date', 'fr', 'Merci de régler à réception.'],
    ['relative-date', 'he', 'נא לשלם תוך 10 ימים.'],
    ['promotional', 'en', 'Subscribe to our newsletter.'],
    ['promotional', 'de', 'Beachten Sie unsere Rabattaktion.'],
    ['promotional', 'fr', 'Découvrez nos offres.'],
    ['promotional', 'he', 'מבצע לרגל החג.'],
    ['amount-without-currency', 'en', 'The fee is 40.00 per item.'],
    ['amount-without-currency', 'en', 'You owe €500.'],
    ['bank-data-typed', 'en', 'Our IBAN: DE02 1203 0000 0000 2020 51.'],
    ['bank-data-typed', 'en', 'Pay to account 12345678.'],
    ['link-outside', 'en', 'See https://elsewhere.example/pay.'],
    ['link-outside', 'en', 'See www.elsewhere.example.'],
    ['link-outside', 'en', 'Our terms are on harrowmint.com.'],
    ['capitals', 'en', 'LAST CHANCE before we act.'],
    ['capitals', 'en', 'Please answer!!'],
    ['markup', 'en', 'This is <b>overdue</b>.'],
    ['variable-unresolved', 'en', 'Hello {{ customr }}.'],
    ['variable-unresolved', 'en', 'We wrote on {{ previousOn }}.'],
    ['variable-unresolved', 'en', 'Your case is {{ dispute.number }}.'],
    ['part-unknown', 'en', '{% part advert %}'],
    ['part-twice', 'en', '{% part items %}'],
    ['text-unreadable', 'en', '{% for row in tables %}'],
    ['text-unreadable', 'en', '{% if measure %}'],
    ['text-unreadable', 'en', '{% include "other" %}'],
    ['text-unreadable', 'en', 'Hello {{ customer | raw }}.'],
    ['text-unreadable', 'en', 'Hello {{ constructor.name }}.'],
  ])('%s in %s: %s', (code, language, words) => {
    expect(codesOf(saying(words, language), language)).toContain(code);
  });

  it('a part or the sum behind a condition, which may not hold', () => {
    const hidden = source.replace('{% part bank %}', '{% if previousOn %}\n{% part bank %}\n{% endif %}');
    expect(codesOf(hidden)).toEqual(['part-conditional']);
    const first = '{{ sum }} on your account is overdue. Please pay it by {{ payBy }}';
    expect(source).toContain(first);
    const bySome = source.replace(first, '{% if measure %}\n{{ sum }} {{ payBy }}\n{% endif %}\nPlease pay');
    expect(codesOf(bySome)).toContain('value-missing');
  });

  it.each(['seller', 'account', 'subjectSum'])('a subject without {{ %s }}', (name) => {
    expect(codesOf(source.replace(`{{ ${name} }}`, ''))).toContain('value-missing');
  });

  it('a subject without a word for what it is', () => {
    const bare = source.replace(/subject: .*/, 'subject: {{ seller }} – {{ account }} – {{ subjectSum }}');
    expect(codesOf(bare)).toEqual(['value-missing']);
  });

  it('no head, no version, too much', () => {
    for (const bad of ['Hello', source.replace('version: 1', 'version: 0'), source + 'x'.repeat(20_000)])
      expect(codesOf(bad)).toEqual(['text-unreadable']);
  });
});

describe('lint lets through', () => {
  it('the domain of the product, an amount with its code, a date, a phone, a word that only begins like a bad one', () => {
    expect(
      codesOf(saying('See https://pay.brackenfell.example/help.'), 'en', 'pay.brackenfell.example'),
    ).toEqual([]);
    expect(codesOf(saying('The handling fee is EUR 40.00 since 2026.'))).toEqual([]);
    expect(codesOf(saying('Wir liefern volle Paletten, auch im Einzugsgebiet.', 'de'), 'de')).toEqual([]);
  });

  it('says where and what to do', () => {
    const [found] = lintText(saying('Pay immediately.'), { text: 'T3', language: 'en' });
    expect(found).toEqual({
      ...{ code: 'forbidden-word', line: 10 },
      detail: '"immediately": say what is owed and by which day, calmly',
    });
  });
});

describe('the list of values', () => {
  it.each(messageTexts)('of %s is what its view has', (text) => {
    const view = viewOf(text, 'en', sampleData(textCatalogue[text].demands));
    for (const { name } of variablesOf(text)) {
      const found = name.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], view);
      expect([name, typeof found]).toEqual([name, 'string']);
    }
  });
});

describe("a company's own text", () => {
  const own = source.replace('version: 1', 'version: 4').replace('is overdue', 'has been due for some time');
  const made = renderMessage('T3', 'en', sampleData(), { source: own });

  it('is what goes out, with its version', () => {
    expect(lintText(own, { text: 'T3', language: 'en' })).toEqual([]);
    expect(made).toMatchObject({ ok: true, value: { version: 4 } });
    for (const form of ['html', 'text'] as const)
      expect(made.ok && made.value[form]).toContain('has been due for some time');
  });

  it('that does not close what it opens is not rendered', () => {
    const broken = renderMessage('T3', 'en', sampleData(), { source: `${own}{% if measure %}\n` });
    expect(broken).toMatchObject({ ok: false, code: 'not-rendered' });
  });
});

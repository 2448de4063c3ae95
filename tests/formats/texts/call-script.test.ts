/**
 * Call scripts: in four languages, each with a version, judged as texts to customers are.
 * From: our own scripts, and changed ones. Next: what two collectors read out is the same.
 */
import { describe, expect, it } from 'vitest';
import { dayFromText } from '../../../shared/domain/calendar.ts';
import type { messageLanguages } from '../../../shared/domain/message-data.ts';
import { amountOf } from '../../../shared/domain/money.ts';
import { callScript, eachScript, lintScript, type ScriptData } from '../../../shared/formats/call-script.ts';
import type { LintCode } from '../../../shared/formats/lint-text.ts';

const data: ScriptData = {
  ...{ seller: 'Acme GmbH', account: 'C-1', customer: 'Nord & Süd' },
  overdue: [{ amount: amountOf(1_234_50), currency: 'EUR' }],
  ...{ oldestDueOn: dayFromText('2026-03-03'), brokenOn: dayFromText('2026-04-05') },
};
const { overdue: _none, oldestDueOn: _no, brokenOn: _never, ...bare } = data;

describe.each(eachScript())('our $code in $language', ({ code, language, source }) => {
  it('has nothing to be refused, and says its version', () => {
    expect(lintScript(source, language)).toEqual([]);
    expect(callScript(code, language, data)).toMatchObject({ code, language, version: 1 });
  });

  it('tells who calls, about which account and sum, and asks what keeps it from being paid', () => {
    const { steps } = callScript(code, language, data);
    const said = steps.join('\n');
    for (const word of ['Acme GmbH', 'C-1', 'Nord & Süd', '234']) expect(said).toContain(word);
    expect(said).toMatch(/[?؟]/);
    expect(said).not.toMatch(/\{\{|\{%|undefined/);
    expect(steps.length).toBeGreaterThanOrEqual(6);
  });

  it('says no sum and no promise where there is none', () => {
    const { steps } = callScript(code, language, { ...bare, overdue: [] });
    expect(steps.join('\n')).not.toMatch(/EUR|2026|undefined/);
  });
});

it('amounts and days are those of the language', () => {
  const said = (language: (typeof messageLanguages)[number]) =>
    callScript('C3', language, data)
      .steps.join('\n')
      .replaceAll(/[\u00a0\u202f]/g, ' ');
  expect(said('en')).toContain('EUR 1,234.50 is overdue, the oldest item since 3 March 2026');
  expect(said('de')).toContain('1.234,50 EUR sind überfällig, der älteste Posten seit dem 3. März 2026');
  expect(said('fr')).toMatch(/1 234,50 EUR sont en retard.*3 mars 2026/);
  expect(said('he')).toContain('5 באפריל 2026');
});

describe('lint refuses', () => {
  const { source } = eachScript().find(({ code, language }) => code === 'C2' && language === 'en')!;

  it.each<[LintCode, (text: string) => string]>([
    ['forbidden-word', (text) => text.replace('Repeat', 'Ask for payment immediately. Repeat')],
    ['promotional', (text) => text.replace('Repeat', 'Mention our special offer. Repeat')],
    ['relative-date', (text) => text.replace('Repeat', 'Ask for payment within 10 days. Repeat')],
    ['bank-data-typed', (text) => text.replace('Repeat', 'Tell DE89 3704 0044 0532 0130 00. Repeat')],
    ['amount-without-currency', (text) => text.replace('Repeat', 'Say 12.50. Repeat')],
    ['value-missing', (text) => text.replace('{{ seller }}', 'us')],
    ['variable-unresolved', (text) => text.replace('Repeat', 'Say {{ score }}. Repeat')],
    ['variable-unresolved', (text) => text.replace('Repeat', 'Say {{ brokenOn }}. Repeat')],
    ['part-unknown', (text) => text.replace('Repeat', '{% part bank %}\nRepeat')],
    ['text-unreadable', (text) => text.replace('version: 1\n', '')],
    ['text-unreadable', (text) => text.replace('{% endif %}\n', '')],
  ])('%s', (code, change) => {
    expect(change(source)).not.toBe(source);
    expect(lintScript(change(source), 'en').map((one) => one.code)).toContain(code);
  });
});

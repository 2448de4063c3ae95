/**
 * Customers read what went wrong and what to do in their language, staff in English; whatever is not translated stays as
 * it is.
 */
import { HttpRequest } from '@azure/functions';
import { describe, expect, it } from 'vitest';
import {
  codesWithWords,
  customerWords,
  problemLanguages,
} from '../../shared/contracts/portal-problem-words.ts';
import { portalProblems } from '../../shared/contracts/portal-problems.ts';
import {
  isProblemCode,
  problemDocument,
  problemOf,
  type ProblemCode,
} from '../../shared/contracts/problems.ts';
import { inTheirLanguage, languageAsked } from '../../shared/edge/problem-language.ts';
import { problemAnswer } from '../../shared/edge/problem.ts';

const asking = (language: string) =>
  new HttpRequest({
    method: 'GET',
    url: 'http://portal.example/api/x',
    headers: { 'accept-language': language },
  });
const read = (code: ProblemCode, language: string) => {
  const { body, headers } = inTheirLanguage(asking(language), problemAnswer(code, 'as it was'));
  const { title, whatToDo, detail } = JSON.parse(body as string) as Record<string, string>;
  return { title, whatToDo, detail, language: (headers as Record<string, string>)['content-language'] };
};
/** Words of the payment provider and of clerks, whom no customer is. */
const notTheirs = [
  'payment-differs',
  'signature-not-right',
  'event-not-readable',
  'payment-account-unknown',
  'event-of-other-account',
  'signature-used',
];

describe('a problem of the portal', () => {
  it.each<[string, string, string | undefined]>([
    ['de-AT,de;q=0.9,en;q=0.5', 'Dieser Link gilt nicht mehr', 'de'],
    ['fr', 'Ce lien n’est plus valable', 'fr'],
    ['he-IL', 'תוקפו של הקישור פג', 'he'],
    ['es,fr;q=0.4,de;q=0.7', 'Dieser Link gilt nicht mehr', 'de'],
    ['en-GB,de;q=0.9', 'This link has ended', undefined],
    ['es', 'This link has ended', undefined],
    ['', 'This link has ended', undefined],
  ])('asked for in %s says: %s', (asked, title, language) => {
    expect(read('link-expired', asked)).toMatchObject({ title, language, detail: 'as it was' });
  });

  it('has a title and what to do in each language, of each code a customer can meet', () => {
    for (const code of Object.keys(portalProblems).filter((one) => !notTheirs.includes(one)))
      expect(codesWithWords).toContain(code);
    for (const code of codesWithWords) {
      expect([code, isProblemCode(code)]).toEqual([code, true]);
      for (const language of problemLanguages) {
        const { title = '', whatToDo = '' } = customerWords(code as ProblemCode, language) ?? {};
        expect([code, language, title.length > 5 && /[.]$/.test(whatToDo)]).toEqual([code, language, true]);
      }
    }
  });

  it('speaks their language and says what to do whatever the code, also one no customer is expected to meet', () => {
    const codes = problemDocument.shape.code.options;
    expect(codes.length).toBeGreaterThan(200);
    const house = /administrator|deploy|parked|queue|head|etag|webhook|tenant|scope|token|manager|limit/i;
    for (const code of codes) {
      for (const asked of problemLanguages) {
        const { title, whatToDo, language } = read(code, asked);
        expect([code, language, /[.]$/.test(whatToDo ?? '')]).toEqual([code, asked, true]);
        const { title: english, whatToDo: act } = problemOf(code, '');
        expect([code, title === english, whatToDo === act]).toEqual([code, false, false]);
      }
      const { title, whatToDo } = read(code, 'en');
      if (!codesWithWords.includes(code))
        expect([code, `${title} ${whatToDo}`]).not.toEqual([code, expect.stringMatching(house)]);
    }
  });

  it('of a webhook or a decision stays as it is for whoever it is for; an answer that is none is left alone', () => {
    const url = 'http://portal.example/api/webhooks/payments/acme';
    const request = new HttpRequest({ method: 'POST', url, headers: { 'accept-language': 'de' } });
    const problem = problemAnswer('signature-not-right', 'no');
    expect(inTheirLanguage(request, problem)).toBe(problem);
    const decision = new HttpRequest({ method: 'POST', url: 'http://portal.example/api/decision' });
    const above = problemAnswer('above-authority', 'more than yours');
    expect(inTheirLanguage(decision, above)).toBe(above);
    const plain = { status: 200, headers: { 'content-type': 'application/json' }, body: '{"title":"x"}' };
    expect(inTheirLanguage(asking('de'), plain)).toBe(plain);
  });

  it('hostile headers ask for nothing', () => {
    for (const header of ['de;q=', 'x'.repeat(9_000), ',,,;;;', '*', 'de;q=0', '__proto__'])
      expect(languageAsked(header)).toBe(header === 'de;q=' ? 'de' : undefined);
  });
});

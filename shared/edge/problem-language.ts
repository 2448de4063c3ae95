/**
 * Problems in the language of whoever reads them: customers, by what their browser asks for.
 * From: answers of the portal's routes. Next: the page. Staff read English.
 * What has no words of its own is said in words that help any customer: no route answers them in those of the house.
 */
import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import {
  customerWords,
  problemLanguages,
  wordsForCustomers,
  type ProblemLanguage,
} from '../contracts/portal-problem-words.ts';
import { problemDocument } from '../contracts/problems.ts';
import type { HttpFunction } from './http-call.ts';

/** The first language of the list that we have, by its weight; undefined: English, or none of ours. */
export const languageAsked = (acceptLanguage: string): ProblemLanguage | undefined => {
  const asked = acceptLanguage
    .slice(0, 500)
    .split(',')
    .map((one) => {
      const [tag = '', ...more] = one.trim().toLowerCase().split(';');
      const weight = /^\s*q=([01](?:\.\d{1,3})?)\s*$/.exec(more.join(';'))?.[1];
      return { language: tag.split('-')[0] ?? '', weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight);
  const first = asked.find(({ language }) => language === 'en' || isOurs(language))?.language;
  return first !== undefined && isOurs(first) ? first : undefined;
};

const isOurs = (language: string): language is ProblemLanguage =>
  problemLanguages.some((one) => one === language);

/** Machines of others, and people of the house who decide a case by a link: they are told what is theirs to do. */
const noCustomers = /^\/api\/(?:webhooks|decision)(?:\/|$)/;

/** The same answer; a problem with title and what to do in the caller's language. */
export const inTheirLanguage = (request: HttpRequest, answer: HttpResponseInit): HttpResponseInit => {
  const headers = answer.headers as Readonly<Record<string, string>> | undefined;
  if (headers?.['content-type'] !== 'application/problem+json' || typeof answer.body !== 'string')
    return answer;
  const language = languageAsked(request.headers.get('accept-language') ?? '');
  const document = problemDocument.parse(JSON.parse(answer.body));
  const words = noCustomers.test(new URL(request.url).pathname)
    ? language && customerWords(document.code, language)
    : wordsForCustomers(document.code, language);
  if (words === undefined) return answer;
  return {
    ...answer,
    headers: { ...headers, ...(language === undefined ? {} : { 'content-language': language }) },
    body: JSON.stringify({ ...document, ...words }),
  };
};

/** Customers are spoken to in theirs. */
export const speaking = (app: string, handler: HttpFunction): HttpFunction =>
  app === 'portal'
    ? async (request, context) => inTheirLanguage(request, await handler(request, context))
    : handler;

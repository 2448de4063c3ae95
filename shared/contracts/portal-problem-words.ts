/**
 * What a customer meets, in their language: title and what to do of the problems of the portal, beside the English of the
 * one table.
 * From: people, `portal-problem-words.json`. Next: `shared/edge/problem-language.ts`. Details name this one time and stay
 * as they are.
 */
import kept from './portal-problem-words.json' with { type: 'json' };
import type { ProblemCode } from './problems.ts';

/** Beside English. */
export const problemLanguages = ['de', 'fr', 'he'] as const;
export type ProblemLanguage = (typeof problemLanguages)[number];

/** Title, and what to do. */
type InAll = Readonly<Record<ProblemLanguage, readonly string[]>>;

const words: Readonly<Record<keyof typeof kept & ProblemCode, InAll>> = kept;

/** Undefined for what no customer meets. */
export const customerWords = (
  code: ProblemCode,
  language: ProblemLanguage,
): { title: string; whatToDo: string } | undefined => {
  const found = Object.hasOwn(words, code) ? words[code as keyof typeof words] : undefined;
  const [title, whatToDo] = found?.[language] ?? [];
  return title === undefined || whatToDo === undefined ? undefined : { title, whatToDo };
};

/** Of all a customer is not expected to meet: what staff are told is no help to them. English first. */
const otherWords: Readonly<Record<'en' | ProblemLanguage, { title: string; whatToDo: string }>> = {
  en: {
    title: 'This cannot be done just now',
    whatToDo: 'Load the page again and look at what it says; if it stays, write to the address in our mails.',
  },
  de: {
    title: 'Das geht im Augenblick nicht',
    whatToDo:
      'Laden Sie die Seite neu und sehen Sie, was dort steht; bleibt es so, schreiben Sie an die Adresse in unseren E-Mails.',
  },
  fr: {
    title: 'Ce n’est pas possible pour le moment',
    whatToDo:
      'Rechargez la page et voyez ce qui y est écrit ; si cela persiste, écrivez à l’adresse indiquée dans nos e-mails.',
  },
  he: {
    title: 'הפעולה אינה אפשרית כעת',
    whatToDo: 'טענו את הדף מחדש וראו מה כתוב בו; אם זה נמשך, כתבו לכתובת שבהודעות שלנו.',
  },
};

/** What a customer reads, whatever the code; undefined where the English of the table is theirs. */
export const wordsForCustomers = (
  code: ProblemCode,
  language: ProblemLanguage | undefined,
): { title: string; whatToDo: string } | undefined => {
  if (!Object.hasOwn(words, code)) return otherWords[language ?? 'en'];
  return language === undefined ? undefined : customerWords(code, language);
};

export const codesWithWords: readonly string[] = Object.keys(kept);

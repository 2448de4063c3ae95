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

export const codesWithWords: readonly string[] = Object.keys(kept);

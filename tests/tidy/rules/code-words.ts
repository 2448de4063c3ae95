/**
 * Words that say a file is unfinished or a check was switched off, and head comments that are missing.
 * From: all code, workflow and Bicep files. Next: findings. The words are put together here so that
 * this file does not hold them.
 */
import { isCode, type Rule } from '../repository.ts';

const words: [RegExp, string][] = [
  [new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'HA' + 'CK'].join('|')})\\b`), 'finish it or open an issue'],
  [new RegExp(`\\bfor ${'now'}\\b`), 'say what holds, not what is missing'],
  [new RegExp(`eslint-${'dis' + 'able'}`), 'mend what the rule found'],
  [new RegExp(`@ts-${'(ignore|nocheck|expect-error)'}`), 'mend the type'],
];

/** Lines that carry one of the words. */
export const unfinishedWords: Rule = (files) =>
  files
    .filter(({ path }) => isCode(path) || /\.(bicep|ya?ml)$/.test(path))
    .flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, index) =>
        words.flatMap(([word, instead]) => {
          const found = word.exec(line)?.[0];
          return found === undefined ? [] : [`${path}:${index + 1}: "${found}": ${instead}`];
        }),
      ),
    );

/** Code and Bicep that do not begin by saying what they are. */
export const headComments: Rule = (files) =>
  files.flatMap(({ path, text }) => {
    if (/\.(ts|tsx)$/.test(path) && !/^(#!.*\n)?\/\*\*/.test(text))
      return [`${path}:1: begin with a /** … */ comment: what it is, From:, Next:`];
    if (/\.(mjs|cjs|js|bicep|bicepparam)$/.test(path) && !/^(\/\/|\/\*)/.test(text))
      return [`${path}:1: begin with a comment that says what this is`];
    return [];
  });

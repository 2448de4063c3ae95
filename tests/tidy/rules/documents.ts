/**
 * What documents name must exist: files, folders and npm scripts.
 * From: README.md, CHANGELOG.md, everything under docs/ and the READMEs of folders. Next: findings.
 * Looked at: words between backticks that begin with a folder of the tree, relative links, `npm run …`.
 * Not looked at: paths inside fenced blocks, which show what a reader will write.
 */
import { posix } from 'node:path';
import type { Finding, Rule, SourceText } from '../repository.ts';

const isDocument = (path: string): boolean =>
  /^(README|CHANGELOG)\.md$|^docs\/.*\.md$|(^|\/)README\.md$/.test(path) && !path.startsWith('node_modules/');

const roots = ['functions', 'shared', 'local', 'web', 'infra', 'tests', 'docs', 'scripts', '.github', '.ci'];
/** Made by commands, so not in the tree. */
const made = /^(dist|\.local|node_modules|coverage)(\/|$)|^local\.settings\.json$/;
const rootFile = /^[\w.-]+\.(ts|mjs|json|md|yaml|yml)$/;

/** Paths and links that lead nowhere. */
export const documentsNameFiles: Rule = (files) => {
  const paths = files.map(({ path }) => path);
  return files
    .filter(({ path }) => isDocument(path))
    .flatMap((document) => [...deadPaths(document, paths), ...deadLinks(document, paths)]);
};

const deadPaths = (document: SourceText, paths: string[]): Finding[] =>
  proseLines(document).flatMap(({ line, number }) =>
    [...line.matchAll(/`([^`\s]+)`/g)]
      .map(([, word = '']) => word.replace(/(:\d+)?[.,;]?$/, ''))
      .filter(
        (word) => looksLikePath(word) && !exists(word, paths) && !exists(beside(document.path, word), paths),
      )
      .map((word) => `${document.path}:${number}: names ${word}, which does not exist`),
  );

const deadLinks = (document: SourceText, paths: string[]): Finding[] =>
  proseLines(document).flatMap(({ line, number }) =>
    [...line.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = '']) => target.replace(/#.*$/, ''))
      .filter((target) => target !== '' && !/^[a-z]+:/.test(target))
      .filter((target) => !exists(beside(document.path, target), paths))
      .map((target) => `${document.path}:${number}: links to ${target}, which does not exist`),
  );

const beside = (documentPath: string, target: string): string =>
  posix.normalize(posix.join(posix.dirname(documentPath), target));

const looksLikePath = (word: string): boolean => {
  if (made.test(word) || /[…$(]/.test(word)) return false;
  return roots.some((root) => word.startsWith(`${root}/`)) || rootFile.test(word);
};

/** A file, a folder, or a pattern (`*`, `**`, `<name>`, `{a,b}`) that something matches. */
const exists = (word: string, paths: string[]): boolean => {
  const bare = word.replace(/\/$/, '');
  if (!/[*<{]/.test(bare)) return paths.some((path) => path === bare || path.startsWith(`${bare}/`));
  const pattern = bare
    .replace(/[.+^$()|[\]\\]/g, '\\$&')
    .replace(/\{([^}]*)\}/g, (_, choices: string) => `(${choices.split(',').join('|')})`)
    .replace(/<[^>]*>/g, '[^/]+')
    .replace(/\*\*\/?/g, '§')
    .replace(/\*/g, '[^/]*')
    .replace(/§/g, '.*');
  return paths.some((path) => new RegExp(`^${pattern}(/|$)`).test(path));
};

/** `npm run x`, `npm start` and `npm test` of scripts that package.json does not have. */
export const documentsNameScripts: Rule = (files) => {
  const packageFile = files.find(({ path }) => path === 'package.json')?.text ?? '{}';
  const { scripts = {} } = JSON.parse(packageFile) as { scripts?: Record<string, string> };
  return files
    .filter(({ path }) => isDocument(path))
    .flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, index) =>
        [...line.matchAll(/\bnpm (?:run (?:-s |--silent )?([\w:-]+)|(start|test)\b)/g)]
          .map(([, run, direct]) => run ?? direct ?? '')
          .filter((name) => !(name in scripts))
          .map((name) => `${path}:${index + 1}: npm script ${name} does not exist`),
      ),
    );
};

const proseLines = ({ text }: SourceText): { line: string; number: number }[] => {
  let fenced = false;
  return text.split('\n').flatMap((line, index) => {
    if (/^\s*(```|~~~)/.test(line)) fenced = !fenced;
    return fenced ? [] : [{ line, number: index + 1 }];
  });
};

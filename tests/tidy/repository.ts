/**
 * The files of this repository as the tidy rules see them: a path and a text.
 * From: the working tree, without what `.gitignore` leaves out. Next: `tidy.test.ts` hands them to every rule.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export type SourceText = { path: string; text: string };

/** One line for a person: `path:line: what is wrong and what to do instead`. */
export type Finding = string;

export type Rule = (files: readonly SourceText[]) => Finding[];

export const repositoryRoot = join(import.meta.dirname, '..', '..');

const leftOut = new Set(['node_modules', 'dist', '.local', '.git', 'coverage', 'local.settings.json']);
const textFile =
  /\.(ts|tsx|mjs|cjs|js|json|jsonc|md|ya?ml|bicep|bicepparam|html|css|svg|csv|txt)$|(^|\/)(run|\.[a-z]+)$/;

/** Every text file below the root, sorted by path; read once per process. */
export const repositoryFiles = (): readonly SourceText[] => (known ??= readAll());

let known: readonly SourceText[] | undefined;

const readAll = (): SourceText[] =>
  [...pathsBelow('')]
    .filter((path) => textFile.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(repositoryRoot, path), 'utf8') }));

function* pathsBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(join(repositoryRoot, folder), { withFileTypes: true })) {
    if (leftOut.has(entry.name) || entry.name.endsWith('.log')) continue;
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* pathsBelow(path);
    else if (entry.isFile()) yield path;
  }
}

/** What is compiled or run: everything that the rules about code look at. */
export const isCode = (path: string): boolean => /\.(ts|tsx|mjs|cjs|js)$/.test(path);

export const isTest = (path: string): boolean => path.startsWith('tests/');

/** `eslint.config.mjs`, `vitest.config.ts`: their tools ask for a default export. */
export const isToolConfig = (path: string): boolean => /^(web\/)?[^/]+\.config\.(ts|mjs)$/.test(path);

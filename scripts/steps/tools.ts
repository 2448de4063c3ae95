/**
 * The tools that the scripts start, as files for this very Node: the same on every system, whatever shell.
 * From: node_modules. Next: `check.ts` and `run-all-tests.ts`.
 */
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');

const tool = (...path: string[]): string => join(root, 'node_modules', ...path);

export const tsc = tool('typescript', 'bin', 'tsc');
export const eslint = tool('eslint', 'bin', 'eslint.js');
export const prettier = tool('prettier', 'bin', 'prettier.cjs');
export const vitest = tool('vitest', 'vitest.mjs');

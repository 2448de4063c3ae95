/**
 * Reads form-encoded bodies and queries with nested names: `line_items[0][price_data][currency]=eur`.
 * From: `router.ts`. Next: `params.ts`, which checks the tree against what a route takes.
 */
import { invalid } from './errors.ts';

/** A leaf is text; everything else is a tree by name. Arrays are trees named 0, 1, 2 … */
export type FormTree = { [name: string]: string | FormTree };

const maxPairs = 2_000;
const maxDepth = 8;

/** @throws Refusal when it cannot be read: broken escapes, broken names, too deep, a name used two ways. */
export const readForm = (text: string): FormTree => {
  const tree = emptyTree();
  const pairs = text.split('&').filter((pair) => pair !== '');
  if (pairs.length > maxPairs) throw invalid(`Too many parameters (more than ${maxPairs}).`);
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    const name = decode(at < 0 ? pair : pair.slice(0, at));
    put(tree, pathOf(name), at < 0 ? '' : decode(pair.slice(at + 1)), name);
  }
  return tree;
};

/** Name and value pairs in a fixed order: two requests ask the same when these are the same. */
export const flatten = (tree: FormTree, prefix = ''): string[] =>
  Object.entries(tree)
    .flatMap(([name, value]) => {
      const path = prefix === '' ? name : `${prefix}[${name}]`;
      return typeof value === 'string' ? [JSON.stringify([path, value])] : flatten(value, path);
    })
    .toSorted();

// Without a prototype, so that `__proto__` and `constructor` are names like any other.
const emptyTree = () => Object.create(null) as FormTree;

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw invalid('Invalid request: the parameters are not properly percent-encoded UTF-8.');
  }
};

const pathOf = (name: string): string[] => {
  const [, first, rest] = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name) ?? [];
  if (first === undefined) throw invalid(`Invalid parameter name: ${name.slice(0, 100)}`);
  const inner = [...(rest ?? '').matchAll(/\[([^\]]*)\]/g)].map(([, part = '']) => part);
  const path = [first, ...inner];
  if (path.length > maxDepth)
    throw invalid(`Invalid parameter name: nested too deep (${maxDepth} levels at most)`);
  return path;
};

const put = (tree: FormTree, path: string[], value: string, name: string): void => {
  let at = tree;
  for (const [depth, part] of path.entries()) {
    const key = part === '' ? String(Object.keys(at).length) : part;
    const there = at[key];
    if (depth === path.length - 1) {
      if (typeof there === 'object') throw invalid(`Invalid object`, { param: name });
      at[key] = value;
      return;
    }
    if (typeof there === 'string') throw invalid(`Invalid object`, { param: name });
    at = at[key] = there ?? emptyTree();
  }
};

/**
 * Every route that README, CHANGELOG and the pages of `docs` tell of is there, by its method: whoever follows them meets no
 * "not found". Made from the pages and the registered routes.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWorld, type World } from './world.ts';

const root = join(import.meta.dirname, '..', '..');
const pages = [
  'README.md',
  'CHANGELOG.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

/** What stands for a value: `{company}`, or one that was made up. */
const isSame = (told: string, route: string): boolean => {
  const [a, b] = [told.split('/'), route.split('/')];
  return (
    a.length === b.length &&
    b.every((part, at) => [part, a[at]!].some((one) => one.startsWith('{')) || part === a[at])
  );
};

/** Method and path, without what is asked of it and without what is left out. */
const toldIn = (text: string): [string, string][] =>
  [...text.matchAll(/\b(GET|POST|PUT|PATCH|DELETE) `?\/?(api\/[^\s`,)?"]+)/g)]
    .map(([, method, path]) => [method!, path!.replace(/[.;:]$/, '')] as [string, string])
    .filter(([, path]) => !path.includes('…'));

it.each(pages)('%s tells of routes that are there', (page) => {
  const routes = [...world.routes, ...world.portalRoutes];
  const missing = toldIn(readFileSync(join(root, page), 'utf8')).filter(
    ([method, path]) => !routes.some(({ methods, route }) => methods.includes(method) && isSame(path, route)),
  );
  expect(missing).toEqual([]);
});

/**
 * The looks that pages tell their readers to take at the demo: `as` somebody, a path, nothing changed by it.
 * From: `docs/how-to`. Next: `stories.test.ts` takes each of them as the reader would.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type ToldCommand = { page: string; persona: string; path: string };

const pages = join(import.meta.dirname, '..', '..', 'docs', 'how-to');
const host = 'localhost:7071/api/';

/** Names a page gave to a part of a path: `dunning=localhost:7071/…`. */
const namesIn = (text: string): [string, string][] =>
  [...text.matchAll(/^(\w+)=(localhost:\S+)$/gm)].map(([, name, path]) => [name!, path!]);

const withNames = (text: string): string =>
  namesIn(text).reduce((path, [name, value]) => path.replaceAll(`$${name}`, value), text);

const commandsIn = (page: string, text: string): ToldCommand[] =>
  [...withNames(text).matchAll(/\bas (\w+) "?(localhost:7071\/api\/[^"`\s]+)/g)].map(
    ([, persona, address]) => ({ page, persona: persona!, path: address!.slice(host.length) }),
  );

/** Every one of them, once. */
export const toldCommands = (): ToldCommand[] => {
  const all = readdirSync(pages)
    .filter((name) => name.endsWith('.md'))
    .flatMap((page) => commandsIn(page, readFileSync(join(pages, page), 'utf8')));
  return [...new Map(all.map((one) => [`${one.persona} ${one.path}`, one])).values()];
};

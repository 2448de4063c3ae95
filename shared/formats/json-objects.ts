/**
 * Where the objects of a JSON array or of NDJSON begin and end, without building them.
 * From: `json-reader.ts`. Next: each is parsed alone, so that no row is larger or deeper than the limits.
 */
import { done, refuse, type Outcome } from '../domain/outcome.ts';
import { tableLimits, type TableRefusal } from './rows.ts';

export type JsonObject = {
  text: string;
  /** How many members it has at its top, counted by their colons. */
  members: number;
  isNested: boolean;
};

const deepest = 64;

type Refused = Extract<TableRefusal, 'not-json' | 'json-too-deep' | 'line-too-long' | 'too-many-rows'>;

/** Every object in order; nothing but objects may stand in the array or on the lines. */
export const jsonObjects = (text: string): Outcome<JsonObject[], Refused> => {
  const objects: JsonObject[] = [];
  const isArray = /^\s*\[/.test(text);
  let at = after(text, isArray ? text.indexOf('[') + 1 : 0);
  if (isArray && text[at] === ']') return ended(text, at + 1, objects);
  while (at < text.length) {
    const object = objectAt(text, at);
    if (!object.ok) return object;
    objects.push(object.value);
    if (objects.length > tableLimits.rows)
      return refuse('too-many-rows', `more than ${tableLimits.rows} rows`);
    at = after(text, at + object.value.text.length);
    if (!isArray) continue;
    if (text[at] === ']') return ended(text, at + 1, objects);
    if (text[at] !== ',') return refuse('not-json', `no comma after row ${objects.length}`);
    at = after(text, at + 1);
  }
  return isArray ? refuse('not-json', 'the list is not closed') : done(objects);
};

const after = (text: string, from: number): number => {
  let at = from;
  while (/[ \t\r\n]/.test(text[at] ?? '')) at += 1;
  return at;
};

const ended = (text: string, at: number, objects: JsonObject[]): Outcome<JsonObject[], Refused> =>
  after(text, at) === text.length ? done(objects) : refuse('not-json', 'something follows the list');

const marks = /["{}[\]:]/g;

/** The place after a string that begins at `from`; undefined when it has no end. */
const afterString = (text: string, from: number): number | undefined => {
  for (let end = text.indexOf('"', from + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return end + 1;
  }
  return undefined;
};

const objectAt = (text: string, from: number): Outcome<JsonObject, Refused> => {
  if (text[from] !== '{') return refuse('not-json', 'a row that is no object');
  let [depth, members, isNested] = [0, 0, false];
  marks.lastIndex = from;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    const [found] = mark;
    if (marks.lastIndex - from > tableLimits.lineBytes)
      return refuse('line-too-long', `a row of more than ${tableLimits.lineBytes} characters`);
    if (found === '"') {
      const next = afterString(text, marks.lastIndex - 1);
      if (next === undefined) break;
      marks.lastIndex = next;
    }
    if (found === ':' && depth === 1) members += 1;
    if (found === '{' || found === '[') depth += 1;
    if (found === '}' || found === ']') depth -= 1;
    if (depth > deepest) return refuse('json-too-deep', `deeper than ${deepest}`);
    if (depth > 1) isNested = true;
    if (depth === 0) return done({ text: text.slice(from, marks.lastIndex), members, isNested });
  }
  return refuse('not-json', 'an object is not closed');
};

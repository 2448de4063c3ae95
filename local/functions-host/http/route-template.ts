/**
 * One route as the platform spells it, `api/accounts/{account:int}/{*rest}`, ready to be matched.
 * From: the `route` of an HTTP trigger with the prefix of host.json. Next: `router.ts`.
 */
import { parseConstraint, type Constraint } from './route-constraints.ts';

type Parameter = { name: string; constraints: Constraint[]; isOptional: boolean; isCatchAll: boolean };
type Segment = { parts: (string | Parameter)[]; pattern: RegExp | undefined };

export type RouteTemplate = {
  text: string;
  segments: Segment[];
  /** Smaller comes first: per segment literal, mixed or constrained, parameter, catch-all. */
  precedence: string;
};

export type RouteParameters = Record<string, string>;

/** @throws Error saying what about the route is wrong. */
export const parseRoute = (text: string): RouteTemplate => {
  const spelled = text.replace(/^~?\//, '').replace(/\/$/, '');
  const segments = spelled === '' ? [] : splitOutside(spelled, '/').map(parseSegment);
  const parameters = segments.flatMap(({ parts }) => parts.filter((part) => typeof part !== 'string'));
  const names = parameters.map(({ name }) => name.toLowerCase());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`parameter '${twice}' occurs twice`);
  const early = parameters.slice(0, -1).find(({ isOptional, isCatchAll }) => isOptional || isCatchAll);
  const last = segments.at(-1)?.parts.at(-1);
  const ends = parameters.at(-1);
  const notLast = ends && (ends.isOptional || ends.isCatchAll) && ends !== last;
  if (early || notLast) throw new Error(`'${(early ?? ends)?.name}' can only stand at the end`);
  return { text: spelled, segments, precedence: segments.map(precedenceOf).join('') };
};

/** The parameters when the path fits, else undefined. Path segments are already decoded. */
export const matchRoute = ({ segments }: RouteTemplate, path: string[]): RouteParameters | undefined => {
  const found: RouteParameters = {};
  for (const [index, segment] of segments.entries()) {
    const [only] = segment.parts;
    if (typeof only === 'object' && only.isCatchAll) {
      const rest = path.slice(index).join('/');
      if (!takes(only, rest, found)) return undefined;
      return found;
    }
    const value = path[index];
    if (value === undefined) return typeof only === 'object' && only.isOptional ? found : undefined;
    if (value === '' || !matchSegment(segment, value, found)) return undefined;
  }
  return path.length > segments.length ? undefined : found;
};

const matchSegment = ({ parts, pattern }: Segment, value: string, found: RouteParameters): boolean => {
  const [only] = parts;
  if (parts.length === 1 && typeof only === 'object') return takes(only, value, found);
  const match = pattern?.exec(value);
  if (!match) return false;
  const parameters = parts.filter((part) => typeof part !== 'string');
  return parameters.every((parameter, index) => takes(parameter, match[index + 1] ?? '', found));
};

const takes = ({ name, constraints }: Parameter, value: string, found: RouteParameters): boolean => {
  if (value !== '' && !constraints.every((fits) => fits(value))) return false;
  if (value !== '') found[name] = value;
  return true;
};

/** A parameter in braces (doubled braces inside belong to a regex), or plain text. */
const piece = /\{((?:[^{}]|\{\{|\}\})*)\}|([^{}]+)/g;

const parseSegment = (text: string): Segment => {
  if (text === '') throw new Error('two slashes follow each other');
  const pieces = [...text.matchAll(piece)];
  const coveredLength = pieces.reduce((sum, [all]) => sum + all.length, 0);
  if (coveredLength !== text.length) throw new Error(`'${text}' is not a route segment`);
  const parts = pieces.map(([, inner, literal]) =>
    inner === undefined ? (literal ?? '') : parseParameter(inner),
  );
  if (
    parts.length > 1 &&
    parts.some((part) => typeof part !== 'string' && (part.isCatchAll || part.isOptional))
  )
    throw new Error(`in '${text}' a parameter beside text can be neither optional nor catch-all`);
  const source = parts.map((part) => (typeof part === 'string' ? RegExp.escape(part) : '(.+?)')).join('');
  const isMatchedByPattern = parts.length > 1 || typeof parts[0] === 'string';
  return { parts, pattern: isMatchedByPattern ? new RegExp(`^${source}$`, 'is') : undefined };
};

const parseParameter = (inner: string): Parameter => {
  const [, star = '', name = '', rest = ''] = inner.match(/^(\**)([A-Za-z_]\w*)(.*)$/s) ?? [];
  const isOptional = rest.endsWith('?');
  const constraints = splitOutside(isOptional ? rest.slice(0, -1) : rest, ':');
  if (name === '' || star.length > 1 || (constraints[0] ?? '') !== '')
    throw new Error(`'{${inner}}' is not a route parameter`);
  return {
    name,
    isOptional,
    isCatchAll: star !== '',
    constraints: constraints.slice(1).map(parseConstraint),
  };
};

/** Splits at a sign that stands outside of brackets. */
const splitOutside = (text: string, separator: string): string[] => {
  const pieces = [''];
  let depth = 0;
  for (const sign of text) {
    if (sign === '(' || sign === '{') depth += 1;
    if (sign === ')' || sign === '}') depth -= 1;
    if (sign === separator && depth === 0) pieces.push('');
    else pieces[pieces.length - 1] += sign;
  }
  return pieces;
};

const precedenceOf = ({ parts }: Segment): string => {
  const [only] = parts;
  if (parts.length > 1) return '2';
  if (typeof only !== 'object') return '1';
  const rank = (only.isCatchAll ? 5 : 3) - (only.constraints.length > 0 ? 1 : 0);
  return String(rank);
};

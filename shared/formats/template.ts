/**
 * Fills templates in the part of the liquid language that texts use: `{{ path }}`, `{% if %}` with `elsif` and `else`,
 * `{% for %}`. Strict as liquid is when told so: a value that is not there is an error, except in a condition.
 * From: `text-compile.ts`. Next: `render-message.ts`. Tests hold every text against liquidjs itself; why it does not
 * fill them: `docs/decisions/0012-templates-and-paper.md`.
 */

type Scope = { [name: string]: unknown };
type Step = (scope: Scope) => string;
export type Template = (view: Readonly<Scope>) => string;
export type Escape = (text: string) => string;

/** @throws RangeError where the source is not in that part of the language; its fill, where a value is missing. */
export const parseTemplate = (source: string, escape: Escape = (text) => text): Template => {
  const pieces = source.split(/(\{\{.*?\}\}|\{%.*?%\})/s).filter((piece) => piece !== '');
  const { steps, next } = stepsFrom(pieces, 0, escape);
  if (next < pieces.length) throw new RangeError(`${pieces[next]} closes nothing`);
  return (view) => filledBy(steps, { ...view });
};

const filledBy = (steps: readonly Step[], scope: Scope): string => {
  let out = '';
  for (const step of steps) out += step(scope);
  return out;
};

const ampersand = /[&<>"']/;
const entities: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' },
};

/** As liquid escapes. */
export const escapeHtml: Escape = (text) =>
  ampersand.test(text) ? text.replace(/[&<>"']/g, (sign) => entities[sign]!) : text;

type Parsed = { steps: Step[]; next: number };

const ends = /^\{% (elsif .+|else|endif|endfor) %\}$/;

/** Up to the end of the pieces or a tag that ends a block, which `next` then points at. */
const stepsFrom = (pieces: readonly string[], start: number, escape: Escape): Parsed => {
  const steps: Step[] = [];
  let next = start;
  while (next < pieces.length && !ends.test(pieces[next]!)) {
    const parsed = stepFrom(pieces, next, escape);
    steps.push(parsed.step);
    next = parsed.next;
  }
  return { steps, next };
};

const stepFrom = (pieces: readonly string[], at: number, escape: Escape): { step: Step; next: number } => {
  const piece = pieces[at]!;
  const output = /^\{\{ ([\w.]+) \}\}$/.exec(piece)?.[1];
  if (output !== undefined) return { step: outputOf(output, escape), next: at + 1 };
  const condition = /^\{% if (.+) %\}$/.exec(piece)?.[1];
  if (condition !== undefined) return branchesFrom(pieces, at + 1, condition, escape);
  const loop = /^\{% for (\w+) in ([\w.]+) %\}$/.exec(piece);
  if (loop !== null) return loopFrom(pieces, at + 1, [loop[1]!, loop[2]!], escape);
  if (/^\{[{%]/.test(piece)) throw new RangeError(`${piece} is not in the language of texts`);
  return { step: () => piece, next: at + 1 };
};

const outputOf = (path: string, escape: Escape): Step => {
  const value = valueOf(path);
  return (scope) => {
    const found = value(scope);
    if (typeof found === 'string') return escape(found);
    if (typeof found === 'number') return String(found);
    throw new RangeError(`undefined variable: ${path}`);
  };
};

/**
 * What stands at a path, or undefined. A name that every object has is refused, so that a path reaches values only;
 * that costs nothing while filling.
 */
const valueOf = (path: string): ((scope: Scope) => unknown) => {
  const [first = '', second, ...more] = path.split('.');
  if (path.split('.').some((name) => name === '' || name in Object.prototype))
    throw new RangeError(`${path} is no path of the language of texts`);
  if (second === undefined) return (scope) => scope[first];
  if (more.length === 0) return (scope) => under(scope[first], second);
  return (scope) => more.reduce<unknown>(under, under(scope[first], second));
};

const under = (from: unknown, name: string): unknown => {
  if (typeof from !== 'object' || from === null) return undefined;
  return Array.isArray(from) ? (name === 'size' ? from.length : undefined) : (from as Scope)[name];
};

const branchesFrom = (
  pieces: readonly string[],
  start: number,
  first: string,
  escape: Escape,
): { step: Step; next: number } => {
  const branches: { holds: (scope: Scope) => boolean; steps: Step[] }[] = [];
  let [condition, at] = [conditionOf(first), start];
  for (;;) {
    const { steps, next } = stepsFrom(pieces, at, escape);
    branches.push({ holds: condition, steps });
    const end = pieces[next];
    if (end === undefined || end === '{% endfor %}') throw new RangeError('an {% if %} is not closed');
    at = next + 1;
    if (end === '{% endif %}') break;
    condition = end === '{% else %}' ? () => true : conditionOf(ends.exec(end)![1]!.slice('elsif '.length));
  }
  const step: Step = (scope) => {
    for (const { holds, steps } of branches) if (holds(scope)) return filledBy(steps, scope);
    return '';
  };
  return { step, next: at };
};

/** `path`, `path == "word"`, `path == 1`, `path > 0`. As in liquid, only false and what is not there do not hold. */
const conditionOf = (text: string): ((scope: Scope) => boolean) => {
  const match = /^([\w.]+)(?: (==|>) ("[^"]*"|\d+))?$/.exec(text);
  if (match === null) throw new RangeError(`"${text}" is no condition of the language of texts`);
  const value = valueOf(match[1]!);
  const [, , sign, literal] = match;
  if (sign === undefined || literal === undefined)
    return (scope) => {
      const found = value(scope);
      return found !== undefined && found !== null && found !== false;
    };
  const other = literal.startsWith('"') ? literal.slice(1, -1) : Number(literal);
  if (sign === '==') return (scope) => value(scope) === other;
  return (scope) => Number(value(scope)) > Number(other);
};

const loopFrom = (
  pieces: readonly string[],
  start: number,
  [name, path]: [string, string],
  escape: Escape,
): { step: Step; next: number } => {
  const { steps, next } = stepsFrom(pieces, start, escape);
  if (pieces[next] !== '{% endfor %}') throw new RangeError('a {% for %} is not closed');
  const list = valueOf(path);
  const step: Step = (scope) => {
    const rows = list(scope);
    if (!Array.isArray(rows)) throw new RangeError(`undefined variable: ${path}`);
    const before = scope[name];
    let out = '';
    for (const row of rows) {
      scope[name] = row;
      out += filledBy(steps, scope);
    }
    scope[name] = before;
    return out;
  };
  return { step, next: next + 1 };
};

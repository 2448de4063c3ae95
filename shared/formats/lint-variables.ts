/**
 * Values a text names that it will not have: unknown ones, and ones that are not always there and stand where no
 * condition has asked for them.
 * From: a source. Next: `lint-text.ts`.
 */
import type { LintFinding } from './lint-text.ts';
import type { TextSource } from './text-source.ts';
import type { Variable } from './text-variables.ts';

type Open = { names: string[]; line: number };

/** @param text what it is called where something is found. */
export const unresolvedIn = (
  { subject, blocks }: TextSource,
  text: string,
  variables: readonly Variable[],
): LintFinding[] => {
  const known = new Map(variables.map((one) => [one.name, one]));
  const found: LintFinding[] = [];
  const open: Open[] = [];
  const check = (names: readonly string[], line: number, isCondition: boolean): void => {
    for (const name of names) {
      const variable = known.get(name);
      const isAsked =
        isCondition || open.some(({ names: asked }) => asked.includes(name) || areTogether(asked, name));
      if (variable === undefined)
        found.push(unresolved(line, `${text} has no {{ ${name} }}; see the list of its values`));
      else if (variable.isOptional === true && !isAsked)
        found.push(unresolved(line, `{{ ${name} }} is not always there; put it into {% if ${name} %}`));
    }
  };
  check(outputsOf(subject), 2, false);
  for (const block of blocks)
    if (block.is === 'prose') check(outputsOf(block.text), block.line, false);
    else if (block.is === 'tag') follow(block, open, check);
  return found;
};

const follow = (
  { text, line }: { text: string; line: number },
  open: Open[],
  check: (names: readonly string[], line: number, isCondition: boolean) => void,
): void => {
  const condition = /^\{% (if|elsif) (.+) %\}$/.exec(text);
  if (text === '{% endif %}' || text === '{% else %}' || condition?.[1] === 'elsif') open.pop();
  if (text === '{% else %}') open.push({ names: [], line });
  if (condition === null) return;
  const names = namesIn(condition[2] ?? '');
  check(names, line, true);
  open.push({ names, line });
};

/** `x == "word"` asks for x as `x` does; what is only compared to nothing is not there. */
const namesIn = (condition: string): string[] => [condition.replace(/ (==|>) .*$/, '').trim()];

const outputsOf = (text: string): string[] =>
  [...text.matchAll(/\{\{(.*?)\}\}/g)].map(([, name = '']) => name.trim());

/** Values that come together, so that asking for one is asking for all. */
const together: readonly (readonly string[])[] = [
  ['sum', 'oldestDueOn'],
  ['invoice.discountUntil', 'invoice.discountPay'],
  ['promise.received', 'promise.missing'],
  ['decided.credited', 'decided.creditNote'],
  ['decided.due', 'payBy'],
  ['plan.nextOn', 'plan.nextAmount'],
  ['plan.missedOn', 'plan.missedAmount'],
];

const areTogether = (asked: readonly string[], name: string): boolean =>
  together.some((names) => names.includes(name) && asked.some((one) => names.includes(one)));

const unresolved = (line: number, detail: string): LintFinding => ({
  code: 'variable-unresolved',
  line,
  detail,
});

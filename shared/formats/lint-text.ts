/**
 * Refuses a text to customers that lacks what must be there or holds what must not: `lintText(source, {…})` lists every
 * finding with a stable code, its line, and what to do. No finding: the text may be used.
 * From: our own sources, and what a company makes of them, before a version is kept. Next: settings, `make-texts.ts`.
 * Looks at what a person typed; what values may be is checked when they are rendered.
 */
import type { MessageLanguage, MessageText } from '../domain/message-data.ts';
import { subjectLine, typedFindings } from './lint-typed.ts';
import { partNames, textCatalogue } from './text-catalogue.ts';
import { parseTemplate } from './template.ts';
import { readTextSource, type Block, type TextSource } from './text-source.ts';
import { unresolvedIn } from './lint-variables.ts';
import { variablesOf } from './text-variables.ts';

export const lintCodes = [
  ...([
    'text-unreadable',
    'part-missing',
    'part-unknown',
    'part-twice',
    'part-conditional',
    'value-missing',
  ] as const),
  ...([
    'variable-unresolved',
    'amount-without-currency',
    'relative-date',
    'forbidden-word',
    'capitals',
  ] as const),
  ...(['promotional', 'bank-data-typed', 'link-outside', 'markup'] as const),
];
export type LintCode = (typeof lintCodes)[number];

export type LintFinding = {
  code: LintCode;
  /** Of the source, counted from 1; the subject is line 2. */
  line: number;
  /** What was found, and what to do instead. */
  detail: string;
};

export type LintFor = {
  text: MessageText;
  language: MessageLanguage;
  /** Host of the product; links to any other are refused. */
  domain?: string;
};

/** In the order of lines; empty where the text may be used. */
export const lintText = (source: string, { text, language, domain }: LintFor): LintFinding[] => {
  const read = readTextSource(source);
  if (!read.ok) return [{ code: 'text-unreadable', line: 1, detail: read.detail }];
  const findings = [
    ...unclosed(read.value),
    ...partsOf(read.value, text),
    ...valuesOf(read.value, text),
    ...unresolvedIn(read.value, text, variablesOf(text)),
    ...typedFindings(read.value, language, domain),
  ];
  return findings.toSorted((a, b) => a.line - b.line);
};

/** Values that stand nowhere in the body. */
export const missingIn = ({ blocks }: TextSource, names: readonly string[]): LintFinding[] => {
  const said = blocks.flatMap((block) => (block.is === 'prose' ? [block.text] : [])).join('\n');
  return names
    .filter((name) => !said.includes(`{{ ${name} }}`))
    .map((name) => finding('value-missing', 4, `it needs {{ ${name} }}`));
};

/** Tags that do not fit each other, or are none of ours. */
export const unclosed = ({ subject, blocks }: TextSource): LintFinding[] => {
  try {
    parseTemplate(subject);
    parseTemplate(blocks.map((block) => (block.is === 'part' ? '' : block.text)).join('\n'));
    return [];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [
      { code: 'text-unreadable', line: 4, detail: `${error.message}; use {{ value }} and {% if value %}` },
    ];
  }
};

const partsOf = ({ blocks }: TextSource, text: MessageText): LintFinding[] => {
  const parts = blocks.flatMap((block) => (block.is === 'part' ? [block] : []));
  const named = parts.map(({ name }) => name);
  const last = blocks.at(-1)?.line ?? 1;
  return [
    ...textCatalogue[text].parts
      .filter((name) => !named.includes(name))
      .map((name) =>
        finding('part-missing', last, `${text} needs the part ${name}: write {% part ${name} %}`),
      ),
    ...parts.flatMap(({ name, line }, at) => {
      if (!partNames.some((part) => part === name))
        return [finding('part-unknown', line, `there is no part ${name}; there are ${partNames.join(', ')}`)];
      return named.indexOf(name) < at
        ? [finding('part-twice', line, `the part ${name} is there already; leave one of them out`)]
        : [];
    }),
    ...conditionalLines(blocks).map((line) =>
      finding(
        'part-conditional',
        line,
        'a part stands in no condition: each hides by itself where it is empty',
      ),
    ),
  ];
};

const conditionalLines = (blocks: readonly Block[]): number[] => {
  let depth = 0;
  return blocks.flatMap((block) => {
    if (block.is === 'tag') depth += /^\{% if /.test(block.text) ? 1 : block.text === '{% endif %}' ? -1 : 0;
    return block.is === 'part' && depth > 0 ? [block.line] : [];
  });
};

/** Who writes about which account and sum is in every subject; a demand says how much by when, whatever holds. */
const valuesOf = ({ subject, blocks }: TextSource, text: MessageText): LintFinding[] => {
  const missing = ['seller', 'account', 'subjectSum']
    .filter((name) => !subject.includes(`{{ ${name} }}`))
    .map((name) => finding('value-missing', subjectLine, `the subject needs {{ ${name} }}`));
  const stage = subject.replace(/\{\{.*?\}\}/g, '');
  const unnamed = /\p{L}{3}/u.test(stage)
    ? []
    : [finding('value-missing', subjectLine, 'the subject needs a word for what this is')];
  if (!textCatalogue[text].demands) return [...missing, ...unnamed];
  const always = alwaysSaid(blocks);
  const asked = ['sum', 'payBy']
    .filter((name) => !always.includes(`{{ ${name} }}`))
    .map((name) => finding('value-missing', 4, `${text} needs {{ ${name} }} outside of conditions`));
  return [...missing, ...unnamed, ...asked];
};

const alwaysSaid = (blocks: readonly Block[]): string => {
  let [depth, said] = [0, ''];
  for (const block of blocks) {
    if (block.is === 'tag') depth += /^\{% if /.test(block.text) ? 1 : block.text === '{% endif %}' ? -1 : 0;
    else if (block.is === 'prose' && depth === 0) said += `${block.text}\n`;
  }
  return said;
};

export const finding = (code: LintCode, line: number, detail: string): LintFinding => ({
  code,
  line,
  detail,
});

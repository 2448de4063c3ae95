/**
 * What to say on the phone (`defaults.md` §11), in the customer's language: C1 checks receipt and approval, C2 asks a
 * date, C3 names what follows and a plan. Sources with a version, as texts have; lint judges both by the same words.
 * From: `texts/<language>/c*.liquid`, figures of one account. Next: the call card; two who open it see the same.
 */
import type { Day } from '../domain/calendar.ts';
import { scriptCodes, type ScriptCode } from '../domain/call-outcomes.ts';
import { messageLanguages, type MessageLanguage, type Money } from '../domain/message-data.ts';
import { cleanText } from './clean-text.ts';
import { unresolvedIn } from './lint-variables.ts';
import { missingIn, unclosed, type LintFinding } from './lint-text.ts';
import { typedFindings } from './lint-typed.ts';
import { localeText } from './locale-text.ts';
import { parseTemplate } from './template.ts';
import { scriptSource } from './text-labels.ts';
import { readTextSource } from './text-source.ts';
import type { Variable } from './text-variables.ts';
import { joined } from './text-view.ts';

/** Of one account; what is overdue by currency, none of it: nothing is. */
export type ScriptData = {
  seller: string;
  account: string;
  customer?: string;
  overdue: readonly Money[];
  oldestDueOn?: Day;
  /** The day the last promise broke on. */
  brokenOn?: Day;
};

export type CallScript = {
  code: ScriptCode;
  /** Whose it is, ours or the company's own, and which version of it. */
  isOwn: boolean;
  version: number;
  language: MessageLanguage;
  goal: string;
  steps: string[];
};

const stepMark = '\u001e';

/** @param own the company's, as it was approved. @throws RangeError where the source can not be read. */
export const callScript = (
  code: ScriptCode,
  language: MessageLanguage,
  data: ScriptData,
  own?: { source: string; version: number },
): CallScript => {
  const read = readTextSource(own?.source ?? scriptSource(language, code));
  if (!read.ok) throw new RangeError(read.detail);
  const { version, subject, blocks } = read.value;
  const body = blocks.map(({ is, ...block }) => {
    const text = 'text' in block ? block.text : '';
    return is === 'prose' ? stepMark + text : text;
  });
  const say = parseTemplate(body.join(''))(viewOf(data, language));
  const steps = say.split(stepMark).filter((step) => step !== '');
  return { code, isOwn: own !== undefined, version: own?.version ?? version, language, goal: subject, steps };
};

const viewOf = (
  { seller, account, customer, overdue, oldestDueOn, brokenOn }: ScriptData,
  language: MessageLanguage,
): Readonly<Record<string, unknown>> => {
  const say = localeText(language);
  const isOwing = overdue.length > 0 && oldestDueOn !== undefined;
  return {
    ...{ seller: cleanText(seller), account: cleanText(account), customer: cleanText(customer ?? account) },
    ...(isOwing && { sum: joined(overdue.map(say.money), language), oldestDueOn: say.longDay(oldestDueOn) }),
    ...(brokenOn !== undefined && { brokenOn: say.longDay(brokenOn) }),
  };
};

export const scriptVariables: readonly Variable[] = [
  { name: 'seller', means: 'legal name of the company' },
  { name: 'account', means: 'account number of the customer' },
  { name: 'customer', means: 'name of the customer' },
  { name: 'sum', means: 'what is overdue, by currency', isOptional: true },
  { name: 'oldestDueOn', means: 'due day of the oldest overdue item', isOptional: true },
  { name: 'brokenOn', means: 'day the last promise broke on', isOptional: true },
];

/** Whoever calls says for whom and about what; the sum is said where there is one. */
const said = ['seller', 'account', 'sum'];

/** As a text is judged: nothing where the script may be used. */
export const lintScript = (source: string, language: MessageLanguage): LintFinding[] => {
  const read = readTextSource(source);
  if (!read.ok) return [{ code: 'text-unreadable', line: 1, detail: read.detail }];
  const parts = read.value.blocks.flatMap((block): LintFinding[] =>
    block.is === 'part'
      ? [{ code: 'part-unknown', line: block.line, detail: 'a call script has no parts' }]
      : [],
  );
  const findings = [
    ...unclosed(read.value),
    ...parts,
    ...missingIn(read.value, said),
    ...unresolvedIn(read.value, 'a call script', scriptVariables),
    ...typedFindings(read.value, language),
  ];
  return findings.toSorted((a, b) => a.line - b.line);
};

export type ScriptOf = { code: ScriptCode; language: MessageLanguage; source: string };

/** Of ours. @throws RangeError where it can not be read. */
export const scriptVersion = (code: ScriptCode, language: MessageLanguage): number => {
  const read = readTextSource(scriptSource(language, code));
  if (!read.ok) throw new RangeError(read.detail);
  return read.value.version;
};

/** Every script in every language, for pages and tests. */
export const eachScript = (): ScriptOf[] =>
  scriptCodes.flatMap((code) =>
    messageLanguages.map((language) => ({ code, language, source: scriptSource(language, code) })),
  );

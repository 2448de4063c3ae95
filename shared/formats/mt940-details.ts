/**
 * What stands in field 86 of a booking: SEPA fields `?20`–`?29` with `EREF+`, `/EREF/` pairs, or plain text.
 * From: `mt940-statement.ts`. Next: text, references and payer of the line.
 */
import { givenReference } from './bank-references.ts';
import type { BankLine } from './bank-shape.ts';

export type Details = Pick<
  BankLine,
  'endToEndId' | 'mandateId' | 'text' | 'counterName' | 'counterAccount' | 'returnReason'
> & { customerReference?: string; code?: string };

const longestText = 4_000;

const sepaWords = /(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP)\+/;
const slashWords =
  /\/(TRTP|IBAN|BIC|NAME|REMI|EREF|MARF|CSID|ORDP|BENM|RTRN|ISDT|PREF|ULTC|ULTD|PURP|SVCL|CHGS|OCMT)\//;

const field = <Name extends string>(name: Name, value: string | undefined): { [K in Name]?: string } =>
  (value === undefined || value === '' ? {} : { [name]: value }) as { [K in Name]?: string };

/** Reads the lines of field 86; a reader of plain text takes it whole. */
export const detailsOf = (lines: readonly string[]): Details => {
  const joined = lines.join('');
  const structured = /^\s*(\d{3})([?>|@])(?=\d\d)/.exec(joined);
  if (structured !== null) return structuredDetails(joined, structured[1] ?? '', structured[2] ?? '?');
  const parts = wordsOf(joined, slashWords);
  if (parts.size > 1 || parts.has('EREF') || parts.has('REMI')) return slashDetails(parts);
  return { text: tidy(lines.join(' ')) };
};

const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, longestText);

const structuredDetails = (joined: string, code: string, mark: string): Details => {
  const fields = new Map<string, string>();
  for (const part of joined.split(mark).slice(1)) {
    const number = part.slice(0, 2);
    if (/^\d\d$/.test(number)) fields.set(number, (fields.get(number) ?? '') + part.slice(2));
  }
  const purpose = [...fields].filter(([number]) => /^(2\d|6[0-3])$/.test(number)).map(([, text]) => text);
  const words = wordsOf(purpose.join(''), sepaWords);
  const before = words.get('') ?? '';
  const text = words.has('SVWZ') ? `${before} ${words.get('SVWZ') ?? ''}` : before;
  const reason = fields.get('34');
  return {
    code,
    text: tidy(words.size > 1 && text.trim() === '' ? (words.get('KREF') ?? '') : text),
    ...field('endToEndId', givenReference(words.get('EREF'))),
    ...field('mandateId', givenReference(words.get('MREF'))),
    ...field('customerReference', givenReference(words.get('KREF'))),
    ...field('counterName', tidy(`${fields.get('32') ?? ''}${fields.get('33') ?? ''}`)),
    ...field('counterAccount', tidy(words.get('IBAN') ?? fields.get('31') ?? '')),
    ...field('returnReason', reason === undefined || /^0*$/.test(reason) ? undefined : reason.trim()),
  };
};

/** Text by the word before it; '' holds what stands before the first word. */
const wordsOf = (text: string, words: RegExp): Map<string, string> => {
  const pieces = text.split(words);
  const found = new Map<string, string>([['', (pieces[0] ?? '').trim()]]);
  for (let at = 1; at < pieces.length; at += 2) {
    const word = pieces[at] ?? '';
    if (!found.has(word)) found.set(word, (pieces[at + 1] ?? '').trim());
  }
  return found;
};

const slashDetails = (parts: ReadonlyMap<string, string>): Details => ({
  text: tidy(`${parts.get('REMI') ?? ''}`.replace(/^(USTD|STRD)\/+/, '').replace(/^\/+/, '')),
  ...field('endToEndId', givenReference(parts.get('EREF'))),
  ...field('mandateId', givenReference(parts.get('MARF'))),
  ...field('counterName', tidy(parts.get('NAME') ?? '')),
  ...field('counterAccount', tidy(parts.get('IBAN') ?? '')),
  ...field('returnReason', givenReference(parts.get('RTRN'))),
});

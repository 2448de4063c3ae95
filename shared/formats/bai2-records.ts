/**
 * The records of a BAI2 file, continuations (88) joined to what they continue.
 * From: the bytes of an upload. Next: `bai2-statement.ts`. Fields end at a comma, a record at `/` or its line.
 */
import { stop } from './xml-refusal.ts';

/** `physical` counts the record and its continuations, as the trailers of the file do. */
export type Bai2Record = { code: string; fields: string[]; text: string[]; physical: number };

const codes = new Set(['01', '02', '03', '16', '49', '88', '98', '99']);

/** Stops with `structure` at a line that begins with no record code. */
export const bai2Records = (bytes: Uint8Array): Bai2Record[] => {
  const records: Bai2Record[] = [];
  for (const line of new TextDecoder('latin1').decode(bytes).split(/\r\n|\r|\n/)) {
    if (line.trim() === '') continue;
    const code = line.slice(0, 2);
    if (!codes.has(code) || line[2] !== ',') return stop('structure', `"${line.slice(0, 40)}" is no record`);
    const body = line.slice(3);
    const last = records.at(-1);
    if (code !== '88') records.push({ code, fields: split(body), text: [], physical: 1 });
    else if (last === undefined) return stop('structure', 'a continuation without a record');
    else continueWith(last, body);
  }
  return records;
};

/** A transaction is continued by text, anything else by more fields. */
const continueWith = (record: Bai2Record, body: string): void => {
  record.physical += 1;
  if (record.code === '16') record.text.push(body.trimEnd().replace(/\/$/, ''));
  else for (const field of split(body)) record.fields.push(field);
};

const split = (body: string): string[] => body.trimEnd().replace(/\/$/, '').split(',');

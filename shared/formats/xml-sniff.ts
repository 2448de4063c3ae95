/**
 * Which format a file most likely has, by its first bytes; the name only breaks ties.
 * From: an upload without a declared format. Next: ingestion offers it, and the reader of that format decides:
 * a wrong guess here is refused there. API: `sniffFormat(bytes, fileName)`; undefined when nothing fits.
 */
import type { fileFormats } from '../domain/imports.ts';

/** The formats of imports, and the CAMT messages that are read only by choice. */
export type SniffedFormat = (typeof fileFormats)[number] | 'camt052' | 'camt054' | 'ublRemittance';

const looked = 8_192;

const startText = (bytes: Uint8Array): string => {
  const start = bytes.subarray(0, looked);
  const isWide = (start[0] === 0xff && start[1] === 0xfe) || (start[1] === 0 && start[0] === 0x3c);
  const isWideBig = (start[0] === 0xfe && start[1] === 0xff) || (start[0] === 0 && start[1] === 0x3c);
  return new TextDecoder(isWide ? 'utf-16le' : isWideBig ? 'utf-16be' : 'latin1')
    .decode(start)
    .replace(/^(\uFEFF|ï»¿)/, '')
    .trimStart();
};

const byMark: readonly (readonly [SniffedFormat, RegExp])[] = [
  ['pdf', /^%PDF-/],
  ['xlsx', /^PK\x03\x04/],
  ['ublRemittance', /^<[^]*xsd:RemittanceAdvice-2["']/],
  ['ubl', /^<[^]*xsd:(Invoice|CreditNote)-2["']/],
  ['cii', /^<[^]*CrossIndustryInvoice:100["']/],
  ['camt053', /^<[^]*(camt\.053\.|<BkToCstmrStmt[\s>])/],
  ['camt052', /^<[^]*(camt\.052\.|<BkToCstmrAcctRpt[\s>])/],
  ['camt054', /^<[^]*(camt\.054\.|<BkToCstmrDbtCdtNtfctn[\s>])/],
  ['bai2', /^01,[^,\r\n]*,[^,\r\n]*,\d{6},/],
  ['mt940', /^(\{1:|:(20|61):|[^]{0,200}\n:20:)/],
  ['json', /^[[{]/],
];

const byName: Record<string, SniffedFormat> = {
  csv: 'csv',
  tsv: 'csv',
  txt: 'text',
  eml: 'text',
  json: 'json',
};

export const sniffFormat = (bytes: Uint8Array, fileName: string): SniffedFormat | undefined => {
  const text = startText(bytes);
  const marked = byMark.find(([, mark]) => mark.test(text))?.[0];
  if (marked !== undefined) return marked;
  const ending = /\.([A-Za-z0-9]{1,8})$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  return text.startsWith('<') ? undefined : byName[ending];
};

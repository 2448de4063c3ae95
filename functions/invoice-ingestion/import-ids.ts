/**
 * What an import is called, and what its format is when nobody says.
 * From: the announcement of an upload. Next: the store, `uploads`.
 */
import type { ImportBody, ImportFileQuery } from '../../shared/contracts/imports.ts';
import { fileFormats } from '../../shared/domain/imports.ts';
import { sniffFormat } from '../../shared/formats/xml-sniff.ts';
import { sha256Of } from './import-files.ts';

/** The same content of the same source, kind and scope as of the same instant is the same import. */
export const importIdOf = (body: ImportBody, scopeName: string, attempt: number): string => {
  const { company, source, kind, sha256, asOf = '', paper, name } = body;
  const named = [company, source, kind, sha256, scopeName, asOf, ...(attempt === 0 ? [] : [String(attempt)])];
  // the same paper may belong to several documents: it is one import for each
  if (kind === 'document') named.push(JSON.stringify(paper ?? name));
  return `imp-${sha256Of(JSON.stringify(named)).slice(0, 40)}`;
};

export const scopeNameOf = ({ currency = '', accounts }: ImportBody['scope']): string =>
  JSON.stringify([currency, accounts ? [accounts.name, accounts.from, accounts.to] : []]);

const formatsByEnding: Readonly<Record<string, string>> = {
  ...{ csv: 'csv', txt: 'csv', tsv: 'csv', xlsx: 'xlsx', json: 'json', ndjson: 'json', pdf: 'pdf' },
  ...{ sta: 'mt940', mt940: 'mt940', '940': 'mt940', bai: 'bai2', bai2: 'bai2' },
};

/** XML is an e-invoice or a statement by its kind; its root decides which. */
export const formatOf = ({
  format,
  name,
  kind,
}: Pick<ImportBody, 'format' | 'name' | 'kind'>): string | undefined => {
  if (format === 'bankCsv') return kind === 'bankStatement' ? 'csv' : undefined; // its profile says which bank
  if (format !== undefined) return format;
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  if (kind === 'remittance' && ending === 'txt') return 'text';
  if (ending === 'xml') return kind === 'bankStatement' ? 'camt053' : kind === 'invoices' ? 'ubl' : undefined;
  return Object.hasOwn(formatsByEnding, ending) ? formatsByEnding[ending] : undefined;
};

/** Endings that say all; of any other the first bytes are asked. */
const sureEndings = /\.(csv|tsv|xlsx|json|ndjson|pdf)$/i;

/** The announcement of a file that is there already; nobody has to know what kind of XML it is. */
export const bodyOfFile = ({ currency, ...query }: ImportFileQuery, bytes: Uint8Array): ImportBody => {
  const sniffed = sureEndings.test(query.name) ? undefined : sniffFormat(bytes, query.name);
  const format = query.format ?? fileFormats.find((one) => one === sniffed && one !== 'text');
  return {
    ...query,
    ...(format !== undefined && { format }),
    size: bytes.byteLength,
    sha256: sha256Of(bytes),
    scope: currency === undefined ? {} : { currency },
  };
};

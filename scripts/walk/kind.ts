/**
 * What kind of file the walk was given: the header line chooses the profile, the profile names the kind.
 * From: the bytes and name of a file. Next: the upload says it, as a feed does. Other formats say it by themselves.
 */
import { parse } from 'csv-parse/sync';
import type { FileKind } from '../../shared/domain/imports.ts';
import { profileFor } from '../../shared/domain/mapping-profile-choice.ts';
import { builtInProfiles } from '../../shared/formats/profile-list.ts';
import { sniffFormat } from '../../shared/formats/xml-sniff.ts';
import { BadOrder } from './arguments.ts';

const kindOfFormat: Readonly<Record<string, FileKind>> = {
  ...{ ubl: 'invoices', cii: 'invoices', pdf: 'document' },
  ...{ camt053: 'bankStatement', mt940: 'bankStatement', bai2: 'bankStatement' },
};

/**
 * `locale`: of our own templates, which leave it to whoever uploads, in plain style.
 * @throws BadOrder when no profile has these columns, or several have.
 */
export const kindOfFile = (bytes: Uint8Array, name: string): { kind: FileKind; locale?: string } => {
  const format = sniffFormat(bytes, name);
  const byFormat = format === undefined ? undefined : kindOfFormat[format];
  if (byFormat !== undefined) return { kind: byFormat };
  const profile = profileFor(headerOf(bytes), builtInProfiles);
  if (!profile.ok) throw new BadOrder(`${name}: ${profile.detail}`);
  const { file: kind, notation } = profile.value;
  return notation === undefined ? { kind, locale: 'plain' } : { kind };
};

const headerOf = (bytes: Uint8Array): string[] => {
  const [header]: string[][] = parse(Buffer.from(bytes.subarray(0, 65_536)), { bom: true, to: 1 });
  return header ?? [];
};

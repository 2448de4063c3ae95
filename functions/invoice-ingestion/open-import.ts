/**
 * Opens an import: is it what was announced, and how is it read.
 * From: the first message after the commit. Next: phase `read`, with profile, header and buckets settled.
 */
import { isProblemCode, type ProblemCode } from '../../shared/contracts/problems.ts';
import { bucketsFor } from '../../shared/domain/buckets.ts';
import type { ImportDocument } from '../../shared/domain/imports.ts';
import { done, refuse, type Refusal } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { headerOf, sha256OfFile, sourceOf } from './import-files.ts';
import { keepPaper } from './keep-papers.ts';
import { chooseProfile } from './profiles.ts';
import { readBefore } from './recognise-profile.ts';
import { isTable, mostWholeBytes, tableOf } from './read-whole.ts';
import type { IngestionStores } from './stores.ts';
import type { StepDone } from './work-import.ts';

/** Enough for a header of a thousand columns. */
export const startBytes = 256 * 1024;

export const openImport = async (
  stores: IngestionStores,
  scope: Scope,
  document: ImportDocument,
): Promise<StepDone> => {
  const hash = await sha256OfFile(stores.files, scope, sourceOf(document), document.bytes);
  if (hash !== document.sha256)
    return refuse('upload-differs', `The SHA-256 of what arrived is ${hash ?? 'none'}.`);
  if (document.format !== 'csv' && document.bytes > mostWholeBytes)
    return refuse('file-too-large', `At most ${mostWholeBytes} bytes are read as ${document.format}.`);
  if (document.kind === 'document') return keepPaper(stores, scope, document);
  if (!isTable(document)) return opened(document, 1);
  const header = document.format === 'csv' ? undefined : await tableOf(stores, scope, document);
  if (header !== undefined && !header.ok) return fileRefusal(header);
  const from =
    header === undefined
      ? { start: (await stores.files.read(scope, sourceOf(document), { from: 0, to: startBytes }))! }
      : { header: header.value.header };
  const remembered = () => readBefore(stores.imports, scope, document);
  const chosen = await chooseProfile(stores.settings, scope, document, from, remembered);
  if (!chosen.ok) return chosen;
  if ('header' in from) await stores.files.write(scope, headerOf(document), JSON.stringify(from.header));
  const { profile, version, delimiter, remembered: asBefore } = chosen.value;
  if (profile.record === 'bankLine' && document.bytes > mostWholeBytes)
    return refuse('file-too-large', `At most ${mostWholeBytes} bytes are read as one statement.`);
  return opened(
    {
      ...document,
      profile: { name: profile.name, version },
      ...(delimiter && { delimiter }),
      ...(asBefore && { remembered: asBefore }),
    },
    document.format === 'csv' ? bucketsFor(document.bytes, document.declared.rows) : 1,
  );
};

const opened = (document: ImportDocument, buckets: number): StepDone =>
  done({
    ...document,
    buckets,
    progress: { ...document.progress, phase: 'read', step: 0, bytesRead: 0, nextRow: 1 },
  });

/** Readers have more codes than the table of problems; what a person reads names theirs. */
export const fileRefusal = ({ code, detail }: Refusal): Refusal<ProblemCode> =>
  isProblemCode(code) && code !== 'unexpected'
    ? refuse(code, detail)
    : refuse('file-not-readable', `${code}: ${detail}`);

/**
 * Takes the bytes of an upload: block by block, then the commit; or a small file at once.
 * From: `PUT …/blocks/{n}`, `POST …/commit`, `POST api/imports/file`. Next: queue `imports`.
 * Blocks may be sent again and in any order; what counts is that the whole is what was announced.
 */
import type { ImportBody } from '../../shared/contracts/imports.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { topology } from '../../shared/contracts/topology.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import type { ImportDocument } from '../../shared/domain/imports.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { ImportKey, LoadedImport } from '../../shared/ports/import-store.ts';
import { createImport, type Created, type Sender } from './create-import.ts';
import { sha256OfFile, sourceOf } from './import-files.ts';
import type { IngestionStores } from './stores.ts';
import { stepMessage } from './work-import.ts';

export const blockBytes = topology.limits['uploadBlockBytes'] ?? 8 * 1024 * 1024;
/** Larger ones are compared when they are opened. */
const comparedAtOnceBytes = 64 * 1024 * 1024;

export const stageBlock = async (
  { files, imports }: IngestionStores,
  scope: Scope,
  { company: companyId, importId, n }: { company: string; importId: string; n: number },
  bytes: Uint8Array,
): Promise<Outcome<{ n: number; bytes: number }, ProblemCode>> => {
  const loaded = await imports.load(scope, { companyId, importId });
  if (loaded === undefined) return refuse('not-found', 'There is no such import.');
  if (loaded.document.state !== 'receiving')
    return refuse('upload-not-open', `The import is ${loaded.document.state}.`);
  const wanted = blockSize(loaded.document, n);
  if (bytes.byteLength !== wanted)
    return refuse('input-not-valid', `Block ${n} has ${bytes.byteLength} bytes; it should have ${wanted}.`);
  await files.stageBlock(scope, sourceOf(loaded.document), n, bytes);
  return done({ n, bytes: bytes.byteLength });
};

const blockSize = ({ bytes }: ImportDocument, n: number): number =>
  Math.max(0, Math.min(blockBytes, bytes - n * blockBytes));

export const commitImport = async (
  stores: IngestionStores,
  scope: Scope,
  key: ImportKey,
  now: Instant,
): Promise<Outcome<ImportDocument, ProblemCode>> => {
  const loaded = await stores.imports.load(scope, key);
  if (loaded === undefined) return refuse('not-found', 'There is no such import.');
  if (loaded.document.state !== 'receiving') return startAgain(stores, loaded.document);
  const { document } = loaded;
  const count = Math.ceil(document.bytes / blockBytes);
  const committed = await stores.files.commitBlocks(scope, sourceOf(document), count);
  if ('missing' in committed)
    return refuse('blocks-missing', `Missing: ${committed.missing.slice(0, 50).join(', ')}.`);
  if (committed.size !== document.bytes)
    return refuse('upload-differs', `${committed.size} bytes arrived, ${document.bytes} were announced.`);
  if (document.bytes <= comparedAtOnceBytes) {
    const hash = await sha256OfFile(stores.files, scope, sourceOf(document), document.bytes);
    if (hash !== document.sha256) return refuse('upload-differs', `Its SHA-256 is ${hash}.`);
  }
  return start(stores, scope, loaded, now);
};

/** From here on nothing more is asked of the sender. */
const start = async (
  stores: IngestionStores,
  scope: Scope,
  loaded: LoadedImport,
  now: Instant,
): Promise<Outcome<ImportDocument, ProblemCode>> => {
  const document: ImportDocument = {
    ...loaded.document,
    state: 'reading',
    progress: { ...loaded.document.progress, phase: 'open', step: 0 },
    changedAt: textOfInstant(now),
  };
  const saved = await stores.imports.save(scope, { ...loaded, document });
  if (saved === 'version-conflict') {
    const found = await stores.imports.load(scope, document);
    if (found === undefined || found.document.state === 'receiving')
      throw new Error(`import ${document.importId} is being changed`);
    return startAgain(stores, found.document);
  }
  return startAgain(stores, saved.document);
};

/** The message may have been lost between recording and sending; its id is derived, so a second one is none. */
const startAgain = async (
  { sender }: IngestionStores,
  document: ImportDocument,
): Promise<Outcome<ImportDocument, ProblemCode>> => {
  if (document.state === 'reading' || document.state === 'checking')
    await sender.send('imports', [stepMessage(document)]);
  return done(document);
};

/** One call for a file that fits into one block. */
export const receiveFile = async (
  stores: IngestionStores,
  scope: Scope,
  body: ImportBody,
  bytes: Uint8Array,
  sender: Sender,
  now: Instant,
  corrects?: ImportDocument['corrects'],
): Promise<Outcome<Created, ProblemCode>> => {
  const created = await createImport(stores, scope, body, sender, now, corrects);
  if (!created.ok) return created;
  const { document, isAgain } = created.value;
  if (document.state !== 'receiving') {
    await startAgain(stores, document);
    return done({ document, isAgain });
  }
  await stores.files.write(scope, sourceOf(document), bytes);
  const loaded = await stores.imports.load(scope, document);
  if (loaded === undefined) throw new Error(`import ${document.importId} is gone`);
  if (loaded.document.state !== 'receiving') return done({ document: loaded.document, isAgain: true });
  const started = await start(stores, scope, loaded, now);
  return started.ok ? done({ document: started.value, isAgain: false }) : started;
};

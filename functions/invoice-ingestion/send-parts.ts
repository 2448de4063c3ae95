/**
 * Sends the parts of a checked import to those who post them, some hundred at a time. Parts that speak of documents or
 * money of the same file wait until those are posted, so that the order of rows in a file does not matter.
 * From: `parts/` and `receipts/` of the import. Next: queues `account-postings` and `received-payments`; each part
 * brings its result back, those others wait for also a look at what is posted; the import is done when all have theirs.
 */
import type { ImportDocument } from '../../shared/domain/imports.ts';
import { done } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { partsOf, waveOf } from './import-files.ts';
import { keepEmbedded } from './keep-papers.ts';
import type { IngestionStores } from './stores.ts';
import type { StepDone } from './work-import.ts';

const mostAtOnce = 200;

type Send = { queue: 'account-postings' | 'received-payments'; part: string };

/** Sent together; all of one wave. */
type Load = { wave: number; sends: readonly Send[] };

export const sendParts = async (
  stores: IngestionStores,
  scope: Scope,
  document: ImportDocument,
): Promise<StepDone> => {
  const loads = await loadsOf(stores, scope, document);
  const { step } = document.progress;
  const withPapers = step === 0 ? await keepEmbedded(stores, scope, document) : document;
  const { wave = 0, sends = [] } = loads[step] ?? {};
  const awaitedBy = loads.findIndex((load) => load.wave > wave);
  for (const queue of ['account-postings', 'received-payments'] as const) {
    const mine = sends.filter((one) => one.queue === queue);
    const messages = mine.map(({ part }) => messageOf(document, queue, part, awaitedBy));
    if (messages.length > 0) await stores.sender.send(queue, messages);
  }
  const next = loads[step + 1];
  const phase = next === undefined ? 'end' : next.wave > wave ? 'wait' : 'send';
  const partsSent = loads.slice(0, step + 1).reduce((all, load) => all + load.sends.length, 0);
  return done({
    ...withPapers,
    ...(loads.length === 0 && { state: 'done' }),
    progress: { ...document.progress, partsSent, phase, step: phase === 'end' ? 0 : step + 1 },
  });
};

/** Goes on when all that was sent has its result, or has not come to one for too long; else the very same import. */
export const waitForParts = async (
  stores: IngestionStores,
  scope: Scope,
  document: ImportDocument,
  isLate: boolean,
): Promise<StepDone> => {
  const { progress } = document;
  const results = isLate ? [] : await stores.imports.results(scope, document);
  const posted = new Set(results.map(({ part }) => part));
  const sent = (await loadsOf(stores, scope, document)).slice(0, progress.step);
  const isReady = isLate || sent.every(({ sends }) => sends.every(({ part }) => posted.has(part)));
  return done(isReady ? { ...document, progress: { ...progress, phase: 'send' } } : document);
};

const loadsOf = async (stores: IngestionStores, scope: Scope, document: ImportDocument): Promise<Load[]> => {
  const all = [
    ...(await namesIn(stores, scope, document, 'parts', 'account-postings')),
    ...(await namesIn(stores, scope, document, 'receipts', 'received-payments')),
  ];
  const waves = Map.groupBy(all, ({ part }) => waveOf(part));
  return [...waves.keys()]
    .toSorted((a, b) => a - b)
    .flatMap((wave) => slicesOf(waves.get(wave) ?? []).map((sends): Load => ({ wave, sends })));
};

const slicesOf = (all: readonly Send[]): Send[][] =>
  Array.from({ length: Math.ceil(all.length / mostAtOnce) }, (_, n) =>
    all.slice(n * mostAtOnce, (n + 1) * mostAtOnce),
  );

const namesIn = async (
  { files }: IngestionStores,
  scope: Scope,
  document: ImportDocument,
  folder: 'parts' | 'receipts',
  queue: Send['queue'],
): Promise<Send[]> =>
  (await files.list(scope, partsOf(document, folder))).map((name) => ({
    queue,
    part: name.slice(name.lastIndexOf('/') + 1, -'.ndjson'.length),
  }));

const messageOf = (
  { companyId, importId }: ImportDocument,
  queue: Send['queue'],
  part: string,
  awaitedBy: number,
): { id: string; body: object } => ({
  id: `${queue}:${importId}:${part}`,
  body: { v: 1, companyId, importId, part, ...(awaitedBy < 0 ? {} : { awaitedBy }) },
});

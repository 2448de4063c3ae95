/**
 * Sends the parts of a checked import to those who post them, some hundred at a time.
 * From: `parts/` and `receipts/` of the import. Next: queues `account-postings` and `received-payments`; each part
 * brings its result back, and the import is done when all have.
 */
import type { ImportDocument } from '../../shared/domain/imports.ts';
import { done } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { partsOf } from './import-files.ts';
import { keepEmbedded } from './keep-papers.ts';
import type { IngestionStores } from './stores.ts';
import type { StepDone } from './work-import.ts';

const mostAtOnce = 200;

type Send = { queue: 'account-postings' | 'received-payments'; part: string };

export const sendParts = async (
  stores: IngestionStores,
  scope: Scope,
  document: ImportDocument,
): Promise<StepDone> => {
  const all = [
    ...(await namesIn(stores, scope, document, 'parts', 'account-postings')),
    ...(await namesIn(stores, scope, document, 'receipts', 'received-payments')),
  ];
  const { step } = document.progress;
  const withPapers = step === 0 ? await keepEmbedded(stores, scope, document) : document;
  const some = all.slice(step * mostAtOnce, (step + 1) * mostAtOnce);
  for (const queue of ['account-postings', 'received-payments'] as const) {
    const mine = some.filter((one) => one.queue === queue);
    if (mine.length > 0)
      await stores.sender.send(
        queue,
        mine.map(({ part }) => messageOf(document, queue, part)),
      );
  }
  const partsSent = step * mostAtOnce + some.length;
  const isLast = partsSent >= all.length;
  return done({
    ...withPapers,
    ...(all.length === 0 && { state: 'done' }),
    progress: {
      ...document.progress,
      partsSent,
      phase: isLast ? 'end' : 'send',
      step: isLast ? 0 : step + 1,
    },
  });
};

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
): { id: string; body: object } => ({
  id: `${queue}:${importId}:${part}`,
  body: { v: 1, companyId, importId, part },
});

/**
 * Goes on with an import, step by step, each step recorded before the message of the next is sent.
 * From: queue `imports`. Next: the steps beside this file; then `snapshots`, `account-postings`,
 * `received-payments`. A message of a step that is done sends the next one again: whatever died between
 * recording and sending is made good by the redelivery.
 */
import type { ImportMessage, TickMessage } from '../../shared/contracts/messages.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import type { ImportDocument } from '../../shared/domain/imports.ts';
import { done, refuse, type Outcome, type Refusal } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { OutgoingMessage } from '../../shared/ports/message-sender.ts';
import { checkBucket } from './check-bucket.ts';
import { findCrossedKeys } from './find-crossed-keys.ts';
import { openImport } from './open-import.ts';
import { readRows } from './read-rows.ts';
import { sendParts, waitForParts } from './send-parts.ts';
import type { IngestionStores } from './stores.ts';

/** What a step leaves: the import moved on, or why the whole file is refused. */
export type StepDone = Outcome<ImportDocument, ProblemCode>;
export type Step = (
  stores: IngestionStores,
  scope: Scope,
  document: ImportDocument,
  /** It waited long enough. */
  isLate: boolean,
) => Promise<StepDone>;

const steps: Readonly<Record<Exclude<ImportMessage['phase'], 'end'>, Step>> = {
  open: openImport,
  read: readRows,
  cross: findCrossedKeys,
  check: checkBucket,
  send: sendParts,
  wait: waitForParts,
};

/** Files up to this size are worked through in one go; a step of any file takes seconds. */
const smallFileBytes = 2 * 1024 * 1024;
const mostStepsInOneGo = 12;

export const workImport = async (
  stores: IngestionStores,
  message: ImportMessage,
  now: Instant,
  scope: Scope,
): Promise<Outcome<ImportDocument, ProblemCode>> => {
  const first = await stores.imports.load(scope, message);
  if (first === undefined) return refuse('not-found', `There is no import ${message.importId}.`);
  let loaded = first;
  const most = first.document.bytes <= smallFileBytes ? mostStepsInOneGo : 1;
  for (let n = 0; n < most; n += 1) {
    const { phase, step } = positionOf(loaded.document);
    const isAsked = phase === message.phase && step === message.step;
    if (phase === 'end' || !(phase in steps) || (n === 0 && !isAsked)) break;
    const did = await steps[phase](stores, scope, loaded.document, n === 0 && message.isLate === true);
    if (did.ok && did.value === loaded.document) {
      if (n === 0) return done(loaded.document); // each part it waits for makes it look again
      break;
    }
    const document = {
      ...(did.ok ? did.value : refused(loaded.document, did)),
      changedAt: textOfInstant(now),
    };
    const saved = await stores.imports.save(scope, { ...loaded, document });
    if (saved === 'version-conflict') return goOnElsewhere(stores, message, scope, now);
    loaded = saved;
  }
  await sendNext(stores, scope, loaded.document, now);
  return done(loaded.document);
};

/** Another delivery of the same message was faster; what it recorded counts. */
const goOnElsewhere = async (
  stores: IngestionStores,
  message: ImportMessage,
  scope: Scope,
  now: Instant,
): Promise<Outcome<ImportDocument, ProblemCode>> => {
  const found = await stores.imports.load(scope, message);
  if (found === undefined) return refuse('not-found', `There is no import ${message.importId}.`);
  await sendNext(stores, scope, found.document, now);
  return done(found.document);
};

const refused = (document: ImportDocument, { code, detail }: Refusal): ImportDocument => ({
  ...document,
  state: 'refused',
  because: { code, detail: detail.slice(0, 500) },
  progress: { ...document.progress, phase: 'end', step: 0 },
});

const positionOf = ({ progress }: ImportDocument): { phase: ImportMessage['phase']; step: number } => ({
  phase: progress.phase as ImportMessage['phase'],
  step: progress.step,
});

/** Its id is that of the place in the import, so that it is heard once. */
export const stepMessage = (document: ImportDocument): OutgoingMessage & { body: ImportMessage } => {
  const { companyId, importId } = document;
  const { phase, step } = positionOf(document);
  return {
    id: `import:${importId}:${phase}:${step}`,
    body: { v: 1, companyId, importId, phase, step },
  };
};

/** A part that cannot be posted does not keep money from its accounts for longer. */
const longestWaitSeconds = 3_600;

const lateMessage = (document: ImportDocument, now: Instant): OutgoingMessage => {
  const { id, body } = stepMessage(document);
  const dueAt = now.add({ seconds: longestWaitSeconds });
  return { id: `${id}:late`, body: { ...body, isLate: true }, dueAt };
};

const sendNext = async (
  stores: IngestionStores,
  scope: Scope,
  document: ImportDocument,
  now: Instant,
): Promise<void> => {
  const { sender } = stores;
  const { phase } = document.progress;
  if (phase === 'wait') return sender.send('imports', [stepMessage(document), lateMessage(document, now)]);
  if (phase in steps) return sender.send('imports', [stepMessage(document)]);
  if (phase !== 'end') return; // reconciliation has it: this delivery came late
  await noteArrival(stores, scope, document);
  if (document.kind === 'orderHolds') return renewWorklist(stores, document, now);
  if (document.kind !== 'snapshot' || document.state !== 'reconciling') return;
  const { companyId, importId } = document;
  const body = { v: 1, companyId, importId, step: 'guard', bucket: 0 };
  await sender.send('snapshots', [{ id: `snapshot:${importId}:guard:0`, body }]);
};

/** Orders that wait rank their accounts, which hear of no file: their rows are written anew now, not at the next tick. */
const renewWorklist = (
  { sender }: IngestionStores,
  { importId }: ImportDocument,
  now: Instant,
): Promise<void> => {
  const body = { v: 1, job: 'renew-worklist', slot: textOfInstant(now) } satisfies TickMessage;
  return sender.send('worklist-ticks', [{ id: `renew-worklist:${importId}`, body }]);
};

/** Kinds whose age and gaps are watched; a snapshot has arrived when its guards let it into the ledger. */
const watched: readonly ImportDocument['kind'][] = ['delta', 'journal', 'bankStatement'];

/** How recent a company's feeds are is known from what was read to its end, not from what was refused or corrects a row. */
const noteArrival = async (
  { feeds }: IngestionStores,
  scope: Scope,
  { companyId, kind, source, state, corrects, receivedAt, asOf, sequence, bookedOn }: ImportDocument,
): Promise<void> => {
  if (!watched.includes(kind) || state === 'refused' || corrects !== undefined) return;
  await feeds.arrived(scope, companyId, {
    ...{ kind, source, receivedAt },
    ...(asOf === undefined ? {} : { asOf }),
    ...(sequence === undefined ? {} : { sequence }),
    ...(bookedOn === undefined ? {} : { bookedOn }),
  });
};

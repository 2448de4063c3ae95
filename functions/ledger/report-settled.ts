/**
 * Reports what became of a receipt or an advice to the import that brought it: one more result of it, counted once,
 * from what the ledger says.
 * From: `receive-payments.ts`, when it is settled or has to wait. Next: the import, which is done when all have theirs.
 */
import type { HashText } from '../../shared/domain/document-ids.ts';
import type { Cause } from '../../shared/domain/entry.ts';
import type { PartResult } from '../../shared/domain/imports.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { CashCall, CashParts } from './cash-parts.ts';
import { causeOfResult, countMoved } from './count-moved.ts';

/** A result that is still to come: of which import, under which name. */
export type Awaited = { companyId: string; importId: string; part: string };

/** Names of results; the ids of receipts and advices may be longer than a message's. */
export const awaitedFor = (
  { companyId, importId }: { companyId: string; importId: string },
  what: 'receipt' | 'advice',
  id: string,
  hashText: HashText,
): Awaited => ({ companyId, importId, part: `${what}-${hashText(id).slice(0, 40)}` });

/** The same work for the same import is the same message. */
export const awaitedMessageId = ({ companyId, importId, part }: Awaited, hashText: HashText): string =>
  `settle:${hashText(`${companyId} ${importId} ${part}`).slice(0, 40)}`;

/** What entries made meanwhile name as their cause; undefined when its result is there: what comes now is later. */
export const openCause = async (
  { imports }: Pick<CashParts, 'imports'>,
  scope: Scope,
  awaited: Awaited | undefined,
): Promise<Cause | undefined> =>
  awaited === undefined || (await imports.result(scope, awaited, awaited.part)) !== undefined
    ? undefined
    : causeOfResult(awaited.importId, awaited.part);

/** The first result stands. */
export const reportSettled = async (
  parts: CashParts,
  { scope }: CashCall,
  { companyId, importId, part }: Awaited,
  receiptIds: readonly string[],
  settled: NonNullable<PartResult['settled']>,
): Promise<void> => {
  const imported = await parts.imports.load(scope, { companyId, importId });
  if (imported === undefined) throw new Error(`import ${importId} is gone`);
  const since = imported.document.receivedAt;
  const cause = causeOfResult(importId, part);
  const counted = await countMoved(parts, scope, { companyId, receiptIds, cause, since });
  const rows = { rows: 0, posted: 0, unchanged: 0, refusedBy: {} };
  await parts.imports.record(scope, { companyId, importId }, { part, ...rows, ...counted, settled });
};

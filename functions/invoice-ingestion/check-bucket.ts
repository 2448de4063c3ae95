/**
 * Phase 2, one bucket: rows of each account side by side, duplicates counted, conflicts held.
 * From: `rows/<bucket>/`. Next: `accounts/<bucket>.ndjson` of a snapshot for reconciliation; of all else the
 * parts that are posted (`make-parts.ts`). Whether the company's other sources contradict is decided at the account.
 */
import { addCounts, addSums, openSums } from '../../shared/domain/control-totals.ts';
import { distinctRows } from '../../shared/domain/keyed-rows.ts';
import { distinctDocuments } from '../../shared/domain/duplicates.ts';
import { netOfPayments } from '../../shared/domain/gross-payments.ts';
import type { AccountRows, ImportDocument } from '../../shared/domain/imports.ts';
import type { DeltaRow, DocumentRow } from '../../shared/domain/feed-rows.ts';
import { done } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import {
  spreadOf,
  type SpreadDocument,
  type SpreadLine,
  type SpreadRow,
} from '../../shared/domain/spread-rows.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import { accountsOf, crossedOf, linesOf, readLines, rowsOf } from './import-files.ts';
import { heldDocument, heldRow, holdConflicts } from './hold-conflicts.ts';
import { keepReferences } from './keep-references.ts';
import { writeParts } from './make-parts.ts';
import { profileOf } from './profiles.ts';
import { newsOfAll } from './row-to-spread.ts';
import type { IngestionStores } from './stores.ts';
import type { StepDone } from './work-import.ts';

export const checkBucket = async (
  stores: IngestionStores,
  scope: Scope,
  document: ImportDocument,
): Promise<StepDone> => {
  const bucket = document.progress.step;
  const spread = await spreadRowsOf(stores, scope, document, bucket);
  const crossed = await crossedKeys(stores, scope, document);
  const documents = spread.filter((row): row is SpreadDocument => row.is === 'document');
  const distinct = distinctDocuments(documents, (itemId) => crossed.has(itemId));
  const others = distinctRows(spread);
  const conflicts = [...distinct.conflicting.map(heldDocument), ...others.conflicting.map(heldRow)];
  await holdConflicts(stores, scope, document, conflicts);
  const isGross = await isGrossStyle(stores, scope, document);
  const isErpLed = await isLedByErp(stores, scope, document);
  const isNetted = isGross && !isOfChanges(document);
  const accounts = accountsIn(distinct.clear, distinct.conflicting, spread, isNetted);
  const clear = spread.filter(({ is }) => is === 'receipt' || is === 'allocation').concat(others.clear);
  const parts =
    document.kind === 'snapshot'
      ? 0
      : await writeParts(stores, scope, { document, bucket, isGross, isErpLed }, accounts, clear);
  if (document.kind === 'snapshot')
    await stores.files.write(scope, accountsOf(document, bucket), linesOf(accounts));
  const kept = await keepReferences(stores, scope, document, bucket, others.clear);
  const repeated = distinct.repeated + others.repeated;
  return done(checked(document, { held: conflicts.length, repeated }, accounts, parts + kept));
};

/** A payment may come without its invoice, which the account has then: netted there. */
const isOfChanges = ({ kind }: ImportDocument): boolean => kind === 'delta' || kind === 'invoices';

const spreadRowsOf = async (
  { files }: IngestionStores,
  scope: Scope,
  document: ImportDocument,
  bucket: number,
): Promise<SpreadRow[]> => {
  const spread: SpreadRow[] = [];
  const news = newsOfAll(document);
  for (const name of await files.list(scope, rowsOf(document, bucket)))
    for (const line of await readLines<SpreadLine>(files, scope, { companyId: document.companyId, name }))
      spread.push(spreadOf(line, news));
  return spread;
};

/** Documents that lie under more than one account; one bucket sees every account by itself. */
const crossedKeys = async (
  { files }: IngestionStores,
  scope: Scope,
  document: ImportDocument,
): Promise<Set<string>> => {
  const crossed = new Set<string>();
  for (const name of await files.list(scope, crossedOf(document, document.progress.step)))
    for (const itemId of await readLines<string>(files, scope, { companyId: document.companyId, name }))
      crossed.add(itemId);
  return crossed;
};

const isGrossStyle = async (
  { settings }: IngestionStores,
  scope: Scope,
  document: ImportDocument,
): Promise<boolean> =>
  document.profile !== undefined && (await profileOf(settings, scope, document)).partPayments === 'gross';

/** Asked for a journal, whose money an ERP has booked; who posts for a company without settings says so. */
const isLedByErp = async (
  { settings }: IngestionStores,
  scope: Scope,
  { kind, companyId }: ImportDocument,
): Promise<boolean> => {
  if (kind !== 'journal') return false;
  const company = await readCompany(settings, scope, companyId);
  return company.ok && company.value.mode === 'erpLed';
};

const accountsIn = (
  clear: readonly SpreadDocument[],
  conflicting: readonly SpreadDocument[],
  spread: readonly SpreadRow[],
  isNetted: boolean,
): AccountRows<DocumentRow | DeltaRow>[] => {
  const rows = Map.groupBy(clear, ({ row }) => row.accountId);
  const held = Map.groupBy(conflicting, ({ row }) => row.accountId);
  const refused = Map.groupBy(
    spread.filter((row) => row.is === 'refused'),
    ({ accountId }) => accountId,
  );
  const ids = [...new Set([...rows.keys(), ...held.keys(), ...refused.keys()])].toSorted();
  return ids.map((accountId) => {
    const documents = (rows.get(accountId) ?? []).map(({ row }) => row);
    const named = documents.find(({ accountName }) => accountName !== undefined)?.accountName;
    const refusals = refused.get(accountId) ?? [];
    const keys = [
      ...refusals.flatMap(({ itemId }) => itemId ?? []),
      ...(held.get(accountId) ?? []).map(({ itemId }) => itemId),
    ];
    return {
      accountId,
      ...(named !== undefined && { accountName: named }),
      rows: isNetted ? netOfPayments(documents) : documents,
      refusedKeys: [...new Set(keys)].toSorted(),
      hasUnreadableKey: refusals.some(({ itemId }) => itemId === undefined),
    };
  });
};

const checked = (
  document: ImportDocument,
  { held, repeated }: { held: number; repeated: number },
  accounts: readonly AccountRows<DocumentRow>[],
  parts: number,
): ImportDocument => {
  const { counts, progress } = document;
  const bucket = progress.step;
  const isLast = bucket + 1 === document.buckets;
  const next = isLast ? (document.kind === 'snapshot' ? 'end' : 'send') : 'check';
  const sums = openSums(accounts.flatMap(({ rows }) => rows));
  return {
    ...document,
    ...(isLast && { state: document.kind === 'snapshot' ? 'reconciling' : 'posting' }),
    counts: {
      ...counts,
      accepted: counts.accepted - held - repeated,
      rejected: counts.rejected + held,
      repeated: counts.repeated + repeated,
    },
    ...(held > 0 && {
      rejectedBy: addCounts(document.rejectedBy, { 'conflicting-duplicate': held }),
    }),
    sums: addSums(document.sums, sums),
    ...(document.kind !== 'snapshot' && { parts: (document.parts ?? 0) + parts }),
    progress: { ...progress, phase: next, step: isLast ? 0 : bucket + 1, bucketsDone: bucket + 1 },
  };
};

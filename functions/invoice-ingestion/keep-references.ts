/**
 * Keeps figures of no account: sales, orders on hold, exchange rates, remittance advices.
 * From: `check-bucket.ts`. Next: `ReferenceStore`, and a result of its own, so that the report counts them as posted.
 * Their keys name the import: done twice is done once.
 */
import { instantFromText, textOfInstant } from '../../shared/domain/calendar.ts';
import { bucketName } from '../../shared/domain/buckets.ts';
import type { ImportDocument } from '../../shared/domain/imports.ts';
import type { KeyedRow } from '../../shared/domain/keyed-rows.ts';
import { referenceDayOf, referenceKeyOf, type Reference } from '../../shared/domain/reference.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { IngestionStores } from './stores.ts';

const mostAtOnce = 90;

/** @returns how many results there are of them: one, or none. */
export const keepReferences = async (
  { references, imports }: IngestionStores,
  scope: Scope,
  document: ImportDocument,
  bucket: number,
  rows: readonly KeyedRow[],
): Promise<number> => {
  const { companyId, importId, source } = document;
  const asOf = textOfInstant(instantFromText(document.asOf ?? document.receivedAt));
  const kept = rows.flatMap((one): Reference[] =>
    one.is === 'reference'
      ? [
          {
            ...{ ...one.told, key: referenceKeyOf(one.told), on: referenceDayOf(one.told) },
            ...{ source, importId, asOf },
          },
        ]
      : [],
  );
  if (kept.length === 0) return 0;
  for (let from = 0; from < kept.length; from += mostAtOnce)
    await references.keep(scope, companyId, kept.slice(from, from + mostAtOnce));
  await imports.record(scope, document, {
    ...{ part: `kept-${bucketName(bucket)}`, accounts: 0, entries: 0, rows: kept.length },
    ...{ posted: kept.length, unchanged: 0, refusedBy: {}, change: {} },
  });
  return 1;
};

/**
 * `ReferenceStore` on Cosmos DB, container `imports`, key /companyId, /importId.
 * From: ingestion. Next: documents under `reference:<kind>` of the company, ordered by `row`, the day as a number.
 * The id names key and import, so that writing again is harmless and no version is ever lost to another.
 */
import type { Container, JSONObject, OperationInput } from '@azure/cosmos';
import { z } from 'zod';
import type { Day } from '../domain/calendar.ts';
import { newestOfEach, referenceKinds, type Reference, type ReferenceKind } from '../domain/reference.ts';
import { isInScope } from '../domain/scope.ts';
import type { ReferenceStore } from '../ports/reference-store.ts';
import type { Charged } from './cosmos-accounts.ts';
import { importDocuments } from './cosmos-import-documents.ts';
import { sha256 } from './entry-hash.ts';

const kept = z.object({
  content: z.looseObject({
    kind: z.enum(referenceKinds),
    key: z.string(),
    on: z.iso.date(),
    importId: z.string(),
    asOf: z.iso.datetime({ offset: true }),
    row: z.looseObject({ row: z.int() }),
  }),
});

export const cosmosReferences = (
  container: () => Container,
  charged: Charged = () => undefined,
): ReferenceStore => {
  const documents = importDocuments(container, charged);
  const between = async (companyId: string, kind: ReferenceKind, fromOn: Day, toOn: Day) =>
    (
      await documents.between({ companyId, importId: placeOf(kind) }, kind, {
        from: dayNumber(fromOn),
        to: dayNumber(toOn),
      })
    ).map(parseReference);
  return {
    keep: async (scope, companyId, references) => {
      if (!isInScope(scope, companyId)) throw new Error(`references of ${companyId} are out of scope`);
      for (const [kind, some] of Map.groupBy(references, (one) => one.kind))
        await documents.upsertAll({ companyId, importId: placeOf(kind) }, some.map(writeOf));
    },
    newest: async (scope, companyId, kind, { fromOn, toOn }) =>
      isInScope(scope, companyId) ? newestOfEach(await between(companyId, kind, fromOn, toOn)) : [],
    versions: async (scope, companyId, { kind, key, on }) => {
      if (!isInScope(scope, companyId)) return [];
      const same = (await between(companyId, kind, on, on)).filter((one) => one.key === key);
      return same.toSorted((a, b) => (orderOf(a) < orderOf(b) ? 1 : -1));
    },
  };
};

const placeOf = (kind: ReferenceKind): string => `reference:${kind}`;
const orderOf = ({ asOf, importId }: Reference): string => `${asOf} ${importId}`;

/** `2026-11-22` is 20261122. */
const dayNumber = (day: Day): number => Number(day.replaceAll('-', ''));

const writeOf = (one: Reference): OperationInput => ({
  operationType: 'Upsert',
  resourceBody: {
    id: `${sha256(one.key).slice(0, 40)}:${one.importId}`,
    kind: one.kind,
    row: dayNumber(one.on),
    content: one,
  } as unknown as JSONObject,
});

const parseReference = (document: unknown): Reference => kept.parse(document).content as unknown as Reference;

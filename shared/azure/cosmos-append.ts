/**
 * One append as one atomic batch, written exactly once whatever the wire does.
 * From: `cosmos-accounts.ts`. Next: head, entry and items together, or nothing.
 * A refused batch does not throw and an unknown outcome does not tell: both are settled by reading the entry of
 * that version back and comparing its hash.
 */
import type { Container, JSONObject, OperationInput, OperationResponse } from '@azure/cosmos';
import type { Append } from '../domain/entry.ts';
import type { Appended } from '../ports/account-store.ts';
import { afterAppend, type AppendDocuments } from '../ports/append-documents.ts';
import { parseEntry } from './account-shapes.ts';
import type { Charged } from './cosmos-accounts.ts';
import { comeBackLater } from './come-back-later.ts';

/** Tries of a batch whose outcome stays unknown before the work comes back another time. */
const mostTries = 4;

type Tried =
  | { is: 'written'; mark: string | undefined }
  | { is: 'refused'; statuses: number[] }
  | { is: 'unknown'; fault: unknown };

/** @throws when it stays unknown whether it was written, or the service refuses for no reason of ours. */
export const writeOnce = async (
  container: Container,
  charged: Charged,
  append: Append,
  documents: AppendDocuments,
  mark: string | undefined,
): Promise<Appended> => {
  const appended = (newMark: string | undefined): Appended => ({
    outcome: 'appended',
    loaded: { account: afterAppend(append, documents), mark: newMark },
    entry: append.entry,
  });
  let fault: unknown;
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const tried = await tryBatch(container, charged, documents, mark);
    if (tried.is === 'written') return appended(tried.mark);
    const there = await entryThere(container, charged, documents);
    if (there !== undefined)
      return there === append.entry.hash
        ? appended(await headMark(container, charged, documents, append.entry.version))
        : overtaken();
    if (tried.is === 'refused') return conflictOf(tried.statuses, documents);
    fault = tried.fault;
  }
  throw fault;
};

const tryBatch = async (
  container: Container,
  charged: Charged,
  documents: AppendDocuments,
  mark: string | undefined,
): Promise<Tried> => {
  const { companyId, accountId } = documents.head;
  try {
    const answer = await container.items.batch(operationsOf(documents, mark), [companyId, accountId]);
    const results = answer.result ?? [];
    charged('append', Number(answer.headers['x-ms-request-charge']));
    if (answer.code === 200) return { is: 'written', mark: results[0]?.eTag };
    return { is: 'refused', statuses: results.map(statusOf) };
  } catch (fault) {
    if (isForGood(fault)) throw fault;
    return { is: 'unknown', fault };
  }
};

const statusOf = ({ statusCode }: OperationResponse): number => statusCode;

/** Head first and items in their order: `conflictOf` reads the answers by place. */
const operationsOf = (
  { head, entry, items, papers }: AppendDocuments,
  mark: string | undefined,
): OperationInput[] => [
  mark === undefined
    ? { operationType: 'Create', resourceBody: head }
    : { operationType: 'Replace', id: head.id, ifMatch: mark, resourceBody: head },
  { operationType: 'Create', resourceBody: entry },
  ...items.map(({ document, isNew }): OperationInput =>
    isNew
      ? { operationType: 'Create', resourceBody: document }
      : { operationType: 'Replace', id: document.id, resourceBody: document },
  ),
  ...papers.map((paper): OperationInput => ({ operationType: 'Upsert', resourceBody: paper as JSONObject })),
];

/** Bad requests, missing rights and oversize stay what they are however often they are sent. */
const isForGood = (fault: unknown): boolean => {
  const { code } = fault as { code?: unknown };
  return typeof code === 'number' && [400, 401, 403, 404, 413].includes(code);
};

const entryThere = async (
  container: Container,
  charged: Charged,
  { entry: { id, companyId, accountId } }: AppendDocuments,
): Promise<string | undefined> => {
  const answer = await container.item(id, [companyId, accountId]).read<object>();
  charged('read back', answer.requestCharge);
  return answer.resource === undefined ? undefined : parseEntry(answer.resource).hash;
};

/** The mark of the head if it is still the one of this append; else one that no head has. */
const headMark = async (
  container: Container,
  charged: Charged,
  { head: { companyId, accountId } }: AppendDocuments,
  version: number,
): Promise<string> => {
  const answer = await container.item('head', [companyId, accountId]).read<{ head: { version: number } }>();
  charged('read back', answer.requestCharge);
  return answer.resource?.head.version === version ? answer.etag : 'overtaken';
};

/** The one operation that was refused says why; all others say 424. */
const conflictOf = (
  statuses: readonly number[],
  { items }: AppendDocuments,
): Appended | Promise<Appended> => {
  const itemIds = items.flatMap(({ document, isNew }, index) =>
    isNew && statuses[index + 2] === 409 ? [document.id] : [],
  );
  if (itemIds.length > 0) return { outcome: 'items-there', itemIds };
  if (statuses.some((status) => [404, 409, 412].includes(status))) return overtaken();
  throw new Error(`the batch was refused: ${statuses.filter((status) => status !== 424).join(', ')}`);
};

/** Somebody else was first: whoever tries again does so at another time than they. */
const overtaken = async (): Promise<Appended> => {
  await comeBackLater();
  return { outcome: 'version-conflict' };
};

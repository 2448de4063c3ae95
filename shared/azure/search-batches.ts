/**
 * Writes many documents of the search index in few calls: one batch for each bucket and hundred documents of the store.
 * From: `cosmos-search.ts`. Next: the store; each batch is written whole or not at all, and may be written again.
 */
import type { Container, JSONObject, OperationInput } from '@azure/cosmos';
import type { SearchDocument } from '../domain/search-tokens.ts';
import type { NewDocument, SearchOwners } from '../ports/search-index.ts';
import { itemsOf, packsOfAccounts, takeOut, type Charged } from './search-packs.ts';
import { idOf, layOut, ownersShape, shapeOf, type SearchShape } from './search-shapes.ts';

export type SearchWriter = {
  /** Hands back those that were there. */
  create(documents: readonly NewDocument[]): Promise<NewDocument[]>;
  put(documents: readonly SearchDocument[]): Promise<void>;
  own(documents: readonly SearchDocument[], owners: SearchOwners): Promise<void>;
};

/** Operations the service takes as one. */
const mostPerBatch = 100;
/** Batches at once. */
const atOnce = 8;
/** Looks at what is there before a batch that somebody else writes too comes back another time. */
const mostLooks = 4;

type Group = [SearchShape, ...SearchShape[]];

export const searchWriter = (container: () => Container, charged: Charged): SearchWriter => ({
  create: async (documents) => {
    const there = new Set<string>();
    const laid = layOut(documents);
    await eachGroup([...laid.values()], async (group) => {
      for (const id of await createGroup(container(), charged, group)) there.add(id);
      for (const id of await leaveAlone(container(), charged, group)) there.add(id);
    });
    return documents.filter((one) => there.has(laid.get(one)!.id) || there.has(idOf(one)));
  },
  put: async (documents) => {
    await eachGroup(documents.map(shapeOf), async (group) => {
      const operations = group.map((shape): OperationInput => ({
        operationType: 'Upsert',
        resourceBody: bodyOf(shape),
      }));
      await wholeBatch(container(), charged, group[0], operations);
    });
    const items = new Set(documents.filter(({ itemId }) => itemId !== undefined).map(idOf));
    for (const pack of await packsOfAccounts(container(), charged, documents))
      await takeOut(container(), charged, pack, items);
  },
  own: async (documents, owners) => {
    const set = Object.entries(ownersShape(owners)).map(([name, value]) => ({
      ...{ op: 'set' as const, path: `/${name}`, value },
    }));
    const packs = await packsOfAccounts(container(), charged, documents);
    const packOf = new Map(packs.flatMap((pack) => itemsOf(pack).map((one) => [idOf(one), pack])));
    const shapes = documents.map((one) => packOf.get(idOf(one)) ?? shapeOf(one));
    return eachGroup(shapes, async (group) => {
      const operations = group.map(({ id }): OperationInput => ({
        operationType: 'Patch',
        id,
        resourceBody: { operations: set },
      }));
      await wholeBatch(container(), charged, group[0], operations);
    });
  },
});

/** The ids that were there. */
const createGroup = async (container: Container, charged: Charged, group: Group): Promise<Set<string>> => {
  const there = new Set<string>();
  for (let look = 1; look <= mostLooks; look += 1) {
    const missing = group.filter(({ id }) => !there.has(id));
    if (missing.length === 0) return there;
    const operations = missing.map((shape): OperationInput => ({
      operationType: 'Create',
      resourceBody: bodyOf(shape),
    }));
    const { code, statuses } = await batch(container, charged, group[0], operations);
    if (code === 200) return there;
    if (!statuses.includes(409)) throw new Error(`search documents were refused: ${statuses.join(' ')}`);
    for (const id of await idsThere(container, charged, missing)) there.add(id);
  }
  throw new Error(`search documents of ${group[0].companyId} appeared during each of ${mostLooks} looks`);
};

/**
 * What was amended before it came lies alone, as it stands: it leaves its pack. Who amends looks for packs after writing, and
 * here is looked after packs were written, so that one of the two finds the other. Hands back the ids of those alone.
 */
const leaveAlone = async (container: Container, charged: Charged, group: Group): Promise<string[]> => {
  const packs = group.filter(({ kind }) => kind === 'pack');
  const [one, ...rest] = packs.flatMap(itemsOf).map(shapeOf);
  if (one === undefined) return [];
  const alone = await idsThere(container, charged, [one, ...rest]);
  if (alone.length > 0) for (const pack of packs) await takeOut(container, charged, pack, new Set(alone));
  return alone;
};

const idsThere = async (
  container: Container,
  charged: Charged,
  shapes: readonly SearchShape[],
): Promise<string[]> => {
  const { companyId = '', bucket = '' } = shapes[0] ?? {};
  const query = 'SELECT VALUE c.id FROM c WHERE ARRAY_CONTAINS(@ids, c.id)';
  const parameters = [{ name: '@ids', value: shapes.map(({ id }) => id) }];
  const answer = await container.items
    .query<string>({ query, parameters }, { partitionKey: [companyId, bucket] })
    .fetchAll();
  charged('search there', answer.requestCharge);
  return answer.resources;
};

const wholeBatch = async (
  container: Container,
  charged: Charged,
  place: SearchShape,
  operations: OperationInput[],
): Promise<void> => {
  const { code, statuses } = await batch(container, charged, place, operations);
  if (code !== 200) throw new Error(`search documents were refused: ${statuses.join(' ')}`);
};

/** A refused batch does not throw: its statuses say why. */
const batch = async (
  container: Container,
  charged: Charged,
  { companyId, bucket }: SearchShape,
  operations: OperationInput[],
): Promise<{ code: number | undefined; statuses: number[] }> => {
  const answer = await container.items.batch(operations, [companyId, bucket]);
  charged('write search', Number(answer.headers['x-ms-request-charge']));
  return { code: answer.code, statuses: (answer.result ?? []).map(({ statusCode }) => statusCode) };
};

const bodyOf = (shape: SearchShape): JSONObject => ({ ...shape }) as unknown as JSONObject;

/** Each document of the store once, by bucket. */
const eachGroup = async (
  all: readonly SearchShape[],
  work: (group: Group) => Promise<void>,
): Promise<void> => {
  const shapes = new Map(all.map((shape) => [`${shape.companyId} ${shape.id}`, shape]));
  const groups: Group[] = [];
  for (const own of Map.groupBy(
    shapes.values(),
    ({ companyId, bucket }) => `${bucket} ${companyId}`,
  ).values())
    for (let first = 0; first < own.length; first += mostPerBatch)
      groups.push(own.slice(first, first + mostPerBatch) as Group);
  for (let first = 0; first < groups.length; first += atOnce)
    await Promise.all(groups.slice(first, first + atOnce).map(work));
};

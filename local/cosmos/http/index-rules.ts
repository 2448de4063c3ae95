/**
 * What the container's indexes allow: sorting by what, filtering by what without looking at every item.
 * From: the compiled query and the topology. Next: the service's 400, or a flag and a higher charge.
 */
import type { ContainerTopology } from '../../../shared/contracts/topology.ts';
import { badRequest } from '../refusal.ts';
import type { CompiledQuery, Ordering } from '../sql/types.ts';

/** @throws Refusal 400 for a sort no index serves. */
export const checkOrderings = ({ orderings }: CompiledQuery, definition: ContainerTopology): void => {
  const [first] = orderings;
  if (!first) return;
  for (const { path } of orderings)
    if (!path) throw badRequest('Unsupported ORDER BY clause: it must name properties of the item');
  if (orderings.length > 1) return checkComposite(orderings, definition);
  if (!isIndexed(first.path!, definition))
    throw badRequest(
      `Order-by item requires a corresponding range index to be defined on the index path ${pathText(first.path!)}/?`,
    );
};

const checkComposite = (orderings: readonly Ordering[], { composite }: ContainerTopology): void => {
  const wanted = orderings.map(({ path }) => pathText(path!)).join();
  const sameWay = orderings.every(({ descending }) => descending === orderings[0]!.descending);
  if (sameWay && composite.some((paths) => paths.join() === wanted)) return;
  throw badRequest(
    'The order by query does not have a corresponding composite index that it can be served from: ' +
      orderings.map(({ path, descending }) => `${pathText(path!)} ${descending ? 'DESC' : 'ASC'}`).join(', '),
  );
};

/** Filters the index cannot serve, as paths. Keys are excepted: they route the query. */
export const unindexedPaths = ({ lookedAt }: CompiledQuery, definition: ContainerTopology): string[] => {
  const paths = lookedAt
    .filter((path) => path.length > 0 && !isIndexed(path, definition))
    .map(pathText)
    .filter((path) => !definition.keys.includes(path));
  return [...new Set(paths)];
};

const pathText = (path: readonly string[]): string => `/${path.join('/')}`;

/** `id` and `_ts` are always indexed. */
const isIndexed = (path: readonly string[], { indexed }: ContainerTopology): boolean => {
  const text = pathText(path);
  if (text === '/id' || text === '/_ts') return true;
  return indexed.some((pattern) => {
    const base = pattern.slice(0, -2).replaceAll('/[]', '');
    return text === base || (pattern.endsWith('/*') && text.startsWith(`${base}/`));
  });
};

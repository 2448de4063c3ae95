/**
 * What a path means: `/dbs/{db}/colls/{container}/docs/{id}` and its shorter forms.
 * From: the request line. Next: `auth.ts` signs over type and link, `dispatch.ts` picks the handler.
 */
import { badRequest } from '../refusal.ts';

export type Route = {
  /** As signed: `dbs`, `colls`, `docs`, `pkranges`, `offers`… or '' for the account. */
  resourceType: string;
  /** As signed: the owner's link for a feed, the resource's own link otherwise, decoded. */
  link: string;
  /** Decoded path segments. */
  segments: string[];
  database: string | undefined;
  container: string | undefined;
  /** The id of the item, only under `docs`. */
  item: string | undefined;
};

/** @throws Refusal 400 when a segment is not valid percent-encoding. */
export const parseRoute = (path: string): Route => {
  const segments = path
    .split('/')
    .filter((segment) => segment !== '')
    .map(decode);
  const [, database, , container, kind, item] = segments;
  const isFeed = segments.length % 2 === 1;
  const isOperation = kind === 'operations';
  const signed = isOperation ? segments.slice(0, 4) : segments;
  return {
    resourceType: isOperation ? 'colls' : ((isFeed ? signed.at(-1) : signed.at(-2)) ?? ''),
    link: (isFeed ? signed.slice(0, -1) : signed).join('/'),
    segments,
    database: segments[0] === 'dbs' ? database : undefined,
    container: segments[2] === 'colls' ? container : undefined,
    item: kind === 'docs' ? item : undefined,
  };
};

const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    throw badRequest(`The path is not valid: ${(error as Error).message}`);
  }
};

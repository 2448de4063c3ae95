/**
 * Reads request bodies and headers that several handlers need.
 * From: raw requests. Next: handlers get parsed values or the service's 400.
 */
import type { HttpCall } from '../../kit/http-service.ts';
import { badRequest } from '../refusal.ts';

/** @throws Refusal 400 when the body is not JSON. */
export const parseBody = ({ body }: HttpCall): unknown => {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch (error) {
    throw badRequest(`The input content is invalid: it is not JSON (${(error as Error).message})`);
  }
};

/** Writes then answer without what was written, as `contentResponseOnWriteEnabled: false` asks. */
export const wantsNoBody = ({ headers }: HttpCall): boolean => headers.prefer === 'return=minimal';

export const isTrue = (header: string | undefined): boolean => header?.toLowerCase() === 'true';

const defaultPage = 100;
const dynamicPage = 1000;

/** How many answers a page may have; -1 leaves it to the service. @throws Refusal 400 */
export const pageSize = ({ headers }: HttpCall): number => {
  const header = headers['x-ms-max-item-count'];
  if (header === undefined) return defaultPage;
  const count = Number(header);
  if (count === -1) return dynamicPage;
  if (!Number.isInteger(count) || count < 1)
    throw badRequest(`x-ms-max-item-count ${header} must be -1 or a positive number`);
  return Math.min(count, dynamicPage);
};

/** A page stops before it grows above this. */
export const longestPageBytes = 4 * 1024 * 1024;

/** Headers that ask for scripts of the container, which Dunwell does not have. @throws Refusal 400 */
export const refuseTriggers = ({ headers }: HttpCall): void => {
  for (const name of Object.keys(headers))
    if (/^x-ms-documentdb-(pre|post)-trigger-/.test(name))
      throw badRequest(`${name}: triggers are not part of the local Cosmos DB`);
};

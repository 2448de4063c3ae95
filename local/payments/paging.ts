/**
 * Lists, newest first, a page at a time.
 * From: every `GET /v1/…` that lists. Next: `{object: 'list', data, has_more, url}`.
 */
import { invalid, noSuch } from './errors.ts';
import type { Moments } from './params.ts';

type Page = {
  limit?: number | undefined;
  starting_after?: string | undefined;
  ending_before?: string | undefined;
  created?: Moments | undefined;
};
type Listed = { id: string; created?: number };
export type List<T> = { object: 'list'; url: string; has_more: boolean; data: T[] };

/** @throws Refusal when the cursor names nothing on the list, or both cursors are given. */
export const pageOf = <T extends Listed>(all: Iterable<T>, page: Page, url: string): List<T> => {
  const { limit = 10, starting_after: after, ending_before: before } = page;
  if (after !== undefined && before !== undefined)
    throw invalid('You cannot parameterize by both starting_after and ending_before.', {
      param: 'ending_before',
    });
  const fitting = [...all].filter((one) => isWithin(one.created ?? 0, page.created));
  if (before !== undefined) {
    const end = indexOf(fitting, before, 'ending_before');
    const start = Math.max(0, end - limit);
    return { object: 'list', url, has_more: start > 0, data: fitting.slice(start, end) };
  }
  const start = after === undefined ? 0 : indexOf(fitting, after, 'starting_after') + 1;
  return {
    object: 'list',
    url,
    has_more: fitting.length > start + limit,
    data: fitting.slice(start, start + limit),
  };
};

const indexOf = (all: Listed[], id: string, param: string): number => {
  const index = all.findIndex((one) => one.id === id);
  if (index < 0) throw noSuch('object', id, param, 400);
  return index;
};

const isWithin = (at: number, { gt, gte, lt, lte }: Moments = {}): boolean =>
  at > (gt ?? -Infinity) && at >= (gte ?? -Infinity) && at < (lt ?? Infinity) && at <= (lte ?? Infinity);

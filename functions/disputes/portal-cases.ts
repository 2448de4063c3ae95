/**
 * What the portal asks of cases, in one record: opened by its customers, shown to them, added to by them.
 * From: `functions/parts-portal.ts`, test worlds. Next: the workflows beside this file.
 */
import type { OpenCaseBody } from '../../shared/contracts/disputes.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import type { DisputeCall, DisputeParts } from './dispute-parts.ts';
import { openCase } from './open-case.ts';
import { addOwnPaper, downloadOwnPaper, listOwnCases, readOwnCase } from './own-cases.ts';
import { openQuery } from './query-cases.ts';

const given =
  <Args extends unknown[], Answer>(
    parts: DisputeParts,
    work: (parts: DisputeParts, ...rest: Args) => Answer,
  ): ((...rest: Args) => Answer) =>
  (...rest) =>
    work(parts, ...rest);

export const portalCases = (parts: DisputeParts) => ({
  openCase: (call: DisputeCall, key: AccountKey, wanted: OpenCaseBody) =>
    openCase(parts, call, key, wanted, { as: 'dispute', from: 'portal' }),
  openQuery: given(parts, openQuery),
  ownCases: {
    list: given(parts, listOwnCases),
    read: given(parts, readOwnCase),
    addPaper: given(parts, addOwnPaper),
    paper: given(parts, downloadOwnPaper),
  },
});

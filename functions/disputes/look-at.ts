/**
 * A problem by its id, whatever it is: a case or a query.
 * From: events, ticks. Next: `look-at-case.ts`, `look-at-query.ts`.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import type { Outcome } from '../../shared/domain/outcome.ts';
import type { CaseId } from './change-case.ts';
import { isQueryId } from './change-query.ts';
import type { DisputeCall, DisputeParts } from './dispute-parts.ts';
import { lookAtCase } from './look-at-case.ts';
import { lookAtQuery } from './look-at-query.ts';

export const lookAt = (
  parts: DisputeParts,
  call: DisputeCall,
  key: AccountKey,
  id: string,
): Promise<Outcome<unknown, ProblemCode>> =>
  isQueryId(id) ? lookAtQuery(parts, call, key, id) : lookAtCase(parts, call, key, id as CaseId);

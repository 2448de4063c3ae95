/**
 * One step for many like cases at once: each is worked by itself, with its own record; one that is refused holds back none.
 * From: staff who work a list of one code. Next: `step-case.ts` for each, one after the other.
 */
import type { BatchAnswer, BatchBody } from '../../shared/contracts/disputes.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Caller } from '../../shared/edge/access.ts';
import type { DisputeCall, DisputeParts } from './dispute-parts.ts';
import { stepCase } from './step-case.ts';

/** The same request again finds what it did: each case knows it under an id of its own. */
export const stepCases = async (
  parts: DisputeParts,
  call: DisputeCall,
  caller: Caller,
  company: string,
  { cases, step }: BatchBody,
): Promise<Outcome<BatchAnswer, ProblemCode>> => {
  const shown: BatchAnswer['cases'] = [];
  for (const one of cases) {
    const own = { ...call, cause: { ...call.cause, id: `${call.cause.id}:${one}` } };
    const stepped = await stepCase(parts, own, caller, { company, case: one }, step);
    shown.push({ case: one, ...(stepped.ok ? { state: stepped.value.state } : { refused: stepped.code }) });
  }
  if (shown.every(({ refused }) => refused === 'not-found'))
    return refuse('not-found', 'There is none of these cases.');
  return done({ done: shown.filter(({ refused }) => refused === undefined).length, cases: shown });
};

/**
 * What an account is judged by, and what its tracks of single items ask for: debits, requests, the customer's portal.
 * From: look and preview, so that both agree. Next: `decidePlan`, `previewAccount`.
 */
import type { PlanInput } from '../../shared/domain/planned-message.ts';
import type { Account } from '../../shared/domain/account.ts';
import { evolve } from '../../shared/domain/evolve.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import type { MasterData } from '../../shared/domain/master-data.ts';
import { trackDays } from '../../shared/domain/run-tracks.ts';
import { debitCauseOf, debitDays, debitFacts } from '../../shared/domain/track-debit.ts';
import { refusedDays, refusedFacts } from '../../shared/domain/track-refused.ts';
import { invoiceDays, invoiceFacts } from '../../shared/domain/track-invoices.ts';
import { requestDays, requestFacts } from '../../shared/domain/track-requests.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { LoadedAccount } from '../../shared/ports/account-store.ts';
import { inputOf, type CompanyFrame } from '../../shared/edge/read-dunning-frame.ts';
import type { CauseOf } from './papers-of-facts.ts';
import type { DunningParts } from './parts.ts';
import { openOf, readHabit, readMasterData } from './read-account.ts';
import { planOf } from './read-planned.ts';

export type Known = { input: PlanInput; facts: readonly Fact[]; causeOf: CauseOf };

/** @param loaded as the tracks of the whole account left it. */
export const knownOf = async (
  parts: DunningParts,
  scope: Scope,
  loaded: LoadedAccount,
  frame: CompanyFrame,
): Promise<Known> => {
  const { account } = loaded;
  const masterData = await readMasterData(parts, scope, account);
  const habit = await readHabit(parts, scope, account, frame);
  const stateOf = await parts.statesOf?.(scope, account.head.companyId, masterData);
  const { message } = account.head.dunning;
  const waiting =
    message?.state === 'awaiting' ? await planOf(parts, scope, account.head, message) : undefined;
  const debit = { ...frame, mandate: masterData.treatment?.mandate };
  const { facts, days } = itemTracks(account, debit, frame);
  const known = {
    ...{ head: account.head, items: openOf(loaded), masterData },
    ...(habit === undefined ? {} : { habit }),
    ...(stateOf === undefined ? {} : { stateOf }),
    trackDays: [...trackDays(account, frame), ...days],
  };
  const causeOf: CauseOf = (notice) => debitCauseOf(notice, account, debit);
  const judged = await inputOf(frame, known, parts.calendarOf);
  const input = waiting === undefined ? judged : { ...judged, waiting: waiting.planned };
  return { input, facts, causeOf };
};

type DebitFrame = CompanyFrame & { mandate: NonNullable<MasterData['treatment']>['mandate'] | undefined };

const itemTracks = (account: LoadedAccount['account'], debit: DebitFrame, frame: CompanyFrame) => {
  const after = (now: Account, facts: readonly Fact[]): Account =>
    facts.length === 0 ? now : evolve(now, facts);
  const debits = debitFacts(account, debit);
  const debited = after(account, debits);
  const invoices = invoiceFacts(debited, frame);
  const mailed = after(debited, invoices);
  return {
    facts: [...debits, ...invoices, ...requestFacts(mailed, frame), ...refusedFacts(mailed, frame)],
    days: [
      ...debitDays(account, debit),
      ...invoiceDays(mailed, frame),
      ...requestDays(account, frame),
      ...refusedDays(account, frame),
    ],
  };
};

/**
 * Tells collectors of accounts that change hands: who has them now and who had them, one mail for each and batch (R39).
 * From: moves by hand, by page, by rules, before the first account moves. Next: the alert store, whose mails go out with
 * the next tick. Ids derive from the request: one sent again after a crash finds fewer accounts, and tells nobody twice.
 */
import { accountsMoved } from '../../shared/domain/alert-rules.ts';
import type { AssignmentAnswer } from '../../shared/contracts/assignments.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import type { HashText } from '../../shared/domain/document-ids.ts';
import type { Outcome } from '../../shared/domain/outcome.ts';
import type { AlertStore } from '../../shared/ports/alert-store.ts';
import { assignAccount, type AssignCall, type AssignParts } from './assign-account.ts';

/** Of one account; without a collector it is in the pool. */
export type Handing = { accountId: string; from?: string | undefined; to?: string | undefined };
export type TellParts = { alerts: Pick<AlertStore, 'raise'>; hashText: HashText };

const mostNamed = 50;

/** Whoever moves them knows, and is not told. */
export const tellCollectors = async (
  { alerts, hashText }: TellParts,
  companyId: string,
  handings: readonly Handing[],
  { by, requestId, now, scope }: AssignCall,
): Promise<void> => {
  const moved = handings.filter(({ from = '', to = '' }) => from !== to);
  const people = new Set(moved.flatMap(({ from = '', to = '' }) => [from, to]));
  for (const person of people) {
    if (person === '' || person === by) continue;
    const given = moved.filter(({ to }) => to === person).map(({ accountId }) => accountId);
    const taken = moved.filter(({ from }) => from === person).map(({ accountId }) => accountId);
    await alerts.raise(scope, {
      id: `${accountsMoved}:${hashText(`${requestId}:${person}`)}`,
      ...{ companyId, rule: accountsMoved, to: [person], at: textOfInstant(now) },
      history: [...toldOf('given to you', given), ...toldOf('no longer yours', taken)],
    });
  }
};

const toldOf = (what: string, accountIds: readonly string[]): string[] => {
  if (accountIds.length === 0) return [];
  const more = accountIds.length - mostNamed;
  const named = accountIds.slice(0, mostNamed).join(', ');
  return [`${what} (${accountIds.length}): ${named}${more > 0 ? ` and ${more} more` : ''}`];
};

/** A single account, by hand. */
export const giveAccount = async (
  key: AccountKey,
  { to }: { to: string },
  call: AssignCall,
  parts: AssignParts & TellParts,
): Promise<Outcome<AssignmentAnswer, 'not-found'>> => {
  const { companyId, accountId } = key;
  const { head } = (await parts.accounts.load(call.scope, key)).account;
  if (head.version > 0)
    await tellCollectors(parts, companyId, [{ accountId, from: head.assignedTo, to }], call);
  return assignAccount(key, { to }, call, parts);
};

/**
 * A message as it was planned last: by the paper beside the account, where that is still the one, else by the journal.
 * From: lists of what waits, looks, people. Next: what a person sees; what is right by now in its place.
 */
import type { Account, AccountHead } from '../../shared/domain/account.ts';
import type { PlannedMessage } from '../../shared/domain/dunning-facts.ts';
import type { PendingMessage } from '../../shared/domain/dunning-position.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { DunningParts } from './parts.ts';

const entriesPerRead = 50;

/** The plan in force, looked for from the end of the journal. */
export const plannedIn = async (
  { accounts }: Pick<DunningParts, 'accounts'>,
  scope: Scope,
  { head }: Pick<Account, 'head'>,
  messageId: string,
): Promise<PlannedMessage | undefined> => {
  for (let end = head.version; end > 0; end -= entriesPerRead) {
    const afterVersion = Math.max(0, end - entriesPerRead);
    const entries = await accounts.entries(scope, head, { afterVersion, limit: end - afterVersion });
    const facts = entries.toReversed().flatMap((entry) => entry.facts.toReversed());
    const found = facts.find((fact) => fact.kind === 'messagePlanned' && fact.message.id === messageId);
    if (found?.kind === 'messagePlanned') return found.message;
  }
  return undefined;
};

export type KnownPlan = { planned: PlannedMessage; itemCount: number };

/** One paper tells most; planned anew at the gate it is another, and only the journal has that. */
export const planOf = async (
  parts: Pick<DunningParts, 'accounts'>,
  scope: Scope,
  head: AccountHead,
  { id, digest }: PendingMessage,
): Promise<KnownPlan | undefined> => {
  const paper = (await parts.accounts.paper(scope, head, id)) as Partial<KnownPlan> | undefined;
  const { planned, itemCount } = paper ?? {};
  if (planned?.digest === digest) return { planned, itemCount: itemCount ?? planned.items.length };
  const found = await plannedIn(parts, scope, { head }, id);
  return found === undefined ? undefined : { planned: found, itemCount: found.items.length };
};

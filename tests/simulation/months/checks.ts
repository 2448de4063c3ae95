/**
 * What must hold of every account after every step: of its money, its dunning, its cases, its stored head against its
 * journal; and of each claim, that nothing is asked which was paid, promised, disputed, held or provisional by then.
 * From: the journal of the month. Next: `run-month.ts` stops at the first line of what is wrong.
 */
import type { Account, AccountItem } from '../../../shared/domain/account.ts';
import type { PlannedMessage } from '../../../shared/domain/dunning-facts.ts';
import { verifyChainFrom } from '../../../shared/domain/entry.ts';
import { checkDunning, checkDunningJournal } from '../../../shared/domain/invariants-dunning.ts';
import { checkCases } from '../../../shared/domain/invariants-journal.ts';
import { checkAccount } from '../../../shared/domain/invariants.ts';
import { isSameJson } from '../../../shared/domain/same-json.ts';
import { hashOfContent } from '../../../shared/azure/entry-hash.ts';
import { everything } from '../../support/test-edge.ts';
import type { Journal, Kept, Written } from './journal.ts';
import { companyId, type Month } from './world.ts';

/** What may be asked of an item on a day, found anew: open, less what is promised, disputed or noted as received. */
const askableOf = (
  { id, open, heldParts = [], provisional }: AccountItem,
  { head }: Account,
  on: string,
): number => {
  const isHeld = head.holds.some(
    ({ untilOn, itemIds }) =>
      (untilOn === undefined || untilOn >= on) && (itemIds === undefined || itemIds.includes(id)),
  );
  if (isHeld) return 0;
  const parts = heldParts.filter(({ untilOn }) => untilOn === undefined || untilOn >= on);
  const pending = provisional.filter(({ state }) => state === 'noted');
  return [...parts, ...pending]
    .map(({ amount }): number => amount)
    .reduce((left, amount) => left - amount, open);
};

/** Money received for what is no longer open: it belongs to no item that is asked for. */
const looseOf = ({ head, items }: Account): number =>
  [...items.values()]
    .filter(({ open }) => open > 0)
    .flatMap(({ provisional }) => provisional.filter(({ state }) => state === 'noted'))
    .reduce((left, { amount }) => left - amount, (head.balances['EUR']?.provisional ?? 0) as number);

export const plannedIn = ({ entries }: Kept, messageId: string): PlannedMessage | undefined =>
  entries
    .flatMap(({ facts }) => facts)
    .flatMap((fact) =>
      fact.kind === 'messagePlanned' && fact.message.id === messageId ? [fact.message] : [],
    )
    .at(-1);

/** What is wrong with the claims of one entry. */
const claimFaults = ({ entry, before }: Written, kept: Kept): string[] =>
  entry.facts.flatMap((fact) => {
    if (fact.kind !== 'messageClaimed') return [];
    const planned = plannedIn(kept, fact.messageId);
    if (planned === undefined) return [];
    const found = planned.items.flatMap(({ itemId, asked }) => {
      const item = before.items.get(itemId);
      const most = item === undefined ? 0 : askableOf(item, before, fact.on);
      return asked > most ? [`D4 ${fact.messageId} asks ${asked} of ${itemId}, of which ${most} may be`] : [];
    });
    const asked = planned.items.reduce((all, one) => all + one.asked, 0);
    const loose = looseOf(before);
    const off = planned.credits.reduce((all, one) => all + one.amount, planned.unallocated?.['EUR'] ?? 0);
    const sum = planned.sums['EUR'] ?? 0;
    if (sum > asked - off || sum <= 0) found.push(`D5 ${fact.messageId} asks ${sum}: ${asked} less ${off}`);
    const all = [...before.items.values()].reduce(
      (most, item) => most + Math.max(0, askableOf(item, before, fact.on)),
      0,
    );
    if (sum > all - loose)
      found.push(`D4 ${fact.messageId} asks ${sum} of ${all} that may be asked, less ${loose} received`);
    return found;
  });

const accountFaults = async (month: Month, kept: Kept): Promise<string[]> => {
  const { account, entries } = kept;
  const { accountId } = account.head;
  const stored = await month.stores.base.accounts.load(everything, { companyId, accountId });
  const items = [...account.items.values()];
  const last = entries.slice(-1);
  const start = { version: account.head.version - last.length, hash: last[0]?.previousHash ?? '' };
  const chain = verifyChainFrom(start, account.head, last, hashOfContent);
  const isOfCase = last.some(({ facts }) =>
    facts.some(({ kind }) => kind.startsWith('dispute') || kind.startsWith('part')),
  );
  const found = [
    ...checkAccount({ head: account.head, items, hasAllOpen: true }),
    ...checkDunning(account.head, items),
    ...checkDunningJournal(entries),
    ...(isOfCase ? checkCases({ account }, entries) : []),
  ].map(({ invariant, what }) => `${invariant} ${accountId}: ${what}`);
  if (!isSameJson(stored.account.head, account.head))
    found.push(`L6 ${accountId} is not what its journal comes to`);
  if (chain !== undefined) found.push(`L2 ${accountId} ${chain.what} at ${chain.version}`);
  return found;
};

export const checksOf = (month: Month, journal: Journal) => {
  const claims: string[] = [];
  journal.hear((written) => claims.push(...claimFaults(written, journal.of(written.entry))));
  return async (): Promise<string[]> => {
    const found = claims.splice(0);
    for (const kept of journal.changed()) {
      kept.isSeen = true;
      found.push(...(await accountFaults(month, kept)));
    }
    return found;
  };
};

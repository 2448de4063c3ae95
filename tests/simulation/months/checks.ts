/**
 * What must hold of every account after every step: of its money, its dunning, its cases, its stored head against its
 * journal; and of each claim, that nothing is asked which was paid, promised, in a plan, disputed, held or provisional by then.
 * From: the journal of the month. Next: `run-month.ts` stops at the first line of what is wrong.
 */
import type { Account, AccountItem } from '../../../shared/domain/account.ts';
import { verifyChainFrom, type ChainStart, type Entry } from '../../../shared/domain/entry.ts';
import { checkDunning, dunningJournalCheck } from '../../../shared/domain/invariants-dunning.ts';
import { checkCases } from '../../../shared/domain/invariants-journal.ts';
import { checkAccount } from '../../../shared/domain/invariants.ts';
import { isSameJson } from '../../../shared/domain/same-json.ts';
import { hashOfContent } from '../../../shared/azure/entry-hash.ts';
import { everything } from '../../support/test-edge.ts';
import type { Journal, Kept, Written } from './journal.ts';
import { companyId, type Month } from './world.ts';

/** What may be asked of an item on a day, found anew: open, less what is promised, disputed or noted as received;
 * nothing of what is paid by instalments. */
const askableOf = (
  { id, open, heldParts = [], provisional }: AccountItem,
  { head }: Account,
  on: string,
  inPlan: ReadonlySet<string>,
): number => {
  if (inPlan.has(id)) return 0;
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

/** What is wrong with the claims of one entry. */
const claimFaults = ({ entry, before }: Written, kept: Kept): string[] =>
  entry.facts.flatMap((fact) => {
    if (fact.kind !== 'messageClaimed') return [];
    const planned = kept.planned.get(fact.messageId);
    if (planned === undefined) return [];
    const found = planned.items.flatMap(({ itemId, asked }) => {
      const item = before.items.get(itemId);
      const most = item === undefined ? 0 : askableOf(item, before, fact.on, kept.inPlan);
      return asked > most ? [`D4 ${fact.messageId} asks ${asked} of ${itemId}, of which ${most} may be`] : [];
    });
    const asked = planned.items.reduce((all, one) => all + one.asked, 0);
    const loose = looseOf(before);
    const off = planned.credits.reduce((all, one) => all + one.amount, planned.unallocated?.['EUR'] ?? 0);
    const sum = planned.sums['EUR'] ?? 0;
    if (sum > asked - off || sum <= 0) found.push(`D5 ${fact.messageId} asks ${sum}: ${asked} less ${off}`);
    const all = [...before.items.values()].reduce(
      (most, item) => most + Math.max(0, askableOf(item, before, fact.on, kept.inPlan)),
      0,
    );
    if (sum > all - loose)
      found.push(`D4 ${fact.messageId} asks ${sum} of ${all} that may be asked, less ${loose} received`);
    return found;
  });

/** How far an account's journal was looked at. */
type Looked = { verified: ChainStart; ofDunning: ReturnType<typeof dunningJournalCheck> };

/** Entries the store has after a place. */
const storedAfter = ({ stores }: Month, accountId: string, afterVersion: number): Promise<Entry[]> =>
  stores.base.accounts.entries(everything, { companyId, accountId }, { afterVersion, limit: 10_000 });

/** L2 what was stored since the place verified last continues it, and is what was written. */
const chainFaults = async (month: Month, { account, entries }: Kept, looked: Looked): Promise<string[]> => {
  const { accountId } = account.head;
  const { verified } = looked;
  const stored = await storedAfter(month, accountId, verified.version);
  const broken = verifyChainFrom(verified, account.head, stored, hashOfContent);
  const isAsWritten = isSameJson(stored, entries.slice(verified.version));
  looked.verified = { version: account.head.version, hash: account.head.lastHash };
  return [
    ...(broken === undefined ? [] : [`L2 ${accountId} ${broken.what} at ${broken.version}`]),
    ...(isAsWritten ? [] : [`L2 ${accountId} is stored otherwise than it was written`]),
  ];
};

const accountFaults = async (month: Month, kept: Kept, looked: Looked): Promise<string[]> => {
  const { account, entries } = kept;
  const { accountId } = account.head;
  const stored = await month.stores.base.accounts.load(everything, { companyId, accountId });
  const items = [...account.items.values()];
  const since = entries.slice(looked.verified.version);
  const isOfCase = since.some(({ facts }) =>
    facts.some(({ kind }) => kind.startsWith('dispute') || kind.startsWith('part')),
  );
  const found = [
    ...checkAccount({ head: account.head, items, hasAllOpen: true }),
    ...checkDunning(account.head, items),
    ...since.flatMap(looked.ofDunning),
    ...(isOfCase ? checkCases({ account }, entries) : []),
  ].map(({ invariant, what }) => `${invariant} ${accountId}: ${what}`);
  if (!isSameJson(stored.account.head, account.head))
    found.push(`L6 ${accountId} is not what its journal comes to`);
  return [...found, ...(await chainFaults(month, kept, looked))];
};

export const checksOf = (month: Month, journal: Journal) => {
  const claims: string[] = [];
  const all = new Map<Kept, Looked>();
  const lookedAt = (kept: Kept): Looked => {
    const looked = all.get(kept) ?? { verified: { version: 0, hash: '' }, ofDunning: dunningJournalCheck() };
    all.set(kept, looked);
    return looked;
  };
  journal.hear((written) => claims.push(...claimFaults(written, journal.of(written.entry))));
  return {
    /** After a step: of the accounts that were written to. */
    step: async (): Promise<string[]> => {
      const found = claims.splice(0);
      for (const kept of journal.changed()) {
        kept.isSeen = true;
        found.push(...(await accountFaults(month, kept, lookedAt(kept))));
      }
      return found;
    },
    /** At the end: of all accounts, as they are stored, from their first entry on. */
    end: async (): Promise<string[]> => {
      const found: string[] = [];
      for (const { account, entries } of journal.books.values()) {
        const { accountId } = account.head;
        const stored = await storedAfter(month, accountId, 0);
        const broken = verifyChainFrom({ version: 0, hash: '' }, account.head, stored, hashOfContent);
        if (broken !== undefined)
          found.push(`L2 ${accountId} ${broken.what} at ${broken.version} in the end`);
        if (!isSameJson(stored, entries))
          found.push(`L2 ${accountId} is stored otherwise than it was written`);
      }
      return found;
    },
  };
};

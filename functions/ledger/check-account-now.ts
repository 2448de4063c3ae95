/**
 * Holds one account against everything that must be true of it, as of one version.
 * From: the night's run, or one account sent again. Next: what was found is parked.
 * An account that changes during each look is left for another night: only what is certain is reported.
 */
import type { AccountHead, AccountItem, AccountKey } from '../../shared/domain/account.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import type { ChainStart, Entry } from '../../shared/domain/entry.ts';
import { checkAccount, type Violation } from '../../shared/domain/invariants.ts';
import { checkDunning, checkDunningJournal } from '../../shared/domain/invariants-dunning.ts';
import {
  checkCases,
  checkChain,
  checkContribution,
  checkLag,
  checkReplay,
  replayWithCells,
  type Replayed,
} from '../../shared/domain/invariants-journal.ts';
import { shardOf } from '../../shared/domain/report-shard.ts';
import type { CheckCall, CheckParts, Finding } from './check-parts.ts';

const mostLooks = 3;
const entriesPerRead = 200;
const itemsPerRead = 500;
/** Reports may be behind by this much. */
const latestReportMinutes = 60;

export const wholeChain: ChainStart = { version: 0, hash: '' };

type Seen = { head: AccountHead; entries: Entry[]; items: AccountItem[] };

/** Its journal from the place given on; the whole of it is also replayed and compared with the reports. */
export const checkAccountNow = async (
  key: AccountKey,
  start: ChainStart,
  call: CheckCall,
  parts: CheckParts,
): Promise<{ found: Finding[]; entries: Entry[] }> => {
  const seen = await lookAt(key, start, call, parts);
  if (seen === undefined) return { found: [], entries: [] };
  const { head, entries, items } = seen;
  const chain = checkChain(start, head, entries, parts.hashOf);
  const violations = [
    ...checkAccount({ head, items, hasAllOpen: true }),
    ...chain,
    ...checkDunning(head, items),
    ...(start.version === 0 ? checkDunningJournal(entries) : []),
    ...(start.version === 0 && chain.length === 0 ? await checkWhole(key, seen, call, parts) : []),
  ];
  const about = `${key.accountId} ${head.version}`;
  const { accountId } = key;
  return { found: onePerInvariant(violations).map((one) => ({ ...one, about, accountId })), entries };
};

const onePerInvariant = (violations: readonly Violation[]): Violation[] => [
  ...new Map(violations.toReversed().map((one) => [one.invariant, one])).values(),
];

/** Head, entries and open items as of one version; undefined while it keeps changing. */
const lookAt = async (
  key: AccountKey,
  start: ChainStart,
  { scope }: CheckCall,
  { accounts }: CheckParts,
): Promise<Seen | undefined> => {
  for (let look = 1; look <= mostLooks; look += 1) {
    const { head } = (await accounts.load(scope, key)).account;
    const entries: Entry[] = [];
    for (let page: Entry[] = [], isFirst = true; isFirst || page.length === entriesPerRead; isFirst = false) {
      const afterVersion = entries.at(-1)?.version ?? start.version;
      page = await accounts.entries(scope, key, { afterVersion, limit: entriesPerRead });
      entries.push(...page);
    }
    const items: AccountItem[] = [];
    let after: string | undefined;
    do {
      const mark = after === undefined ? {} : { after };
      const page = await accounts.openItems(scope, key, { limit: itemsPerRead, ...mark });
      items.push(...page.items);
      ({ after } = page);
    } while (after !== undefined);
    const { lastHash } = (await accounts.load(scope, key)).account.head;
    if (lastHash === head.lastHash) return { head, entries, items };
  }
  return undefined;
};

const checkWhole = async (
  key: AccountKey,
  { head, entries }: Seen,
  { scope, now }: CheckCall,
  { reports }: CheckParts,
): Promise<Violation[]> => {
  const replayed = replayOf(key, entries);
  if ('invariant' in replayed) return [replayed];
  const place = { companyId: key.companyId, shard: shardOf(key.accountId) };
  const contribution = (await reports.contributions(scope, place, [key.accountId])).get(key.accountId);
  const applied = contribution?.appliedVersion ?? 0;
  // reports may have read entries that came after this look at the account
  const shown = applied > head.version ? undefined : contribution;
  return [
    ...checkReplay(head, replayed),
    ...checkCases(replayed, entries),
    ...checkContribution(shown, replayed),
    ...checkLag(
      entries.filter(({ version }) => version > applied),
      textOfInstant(now.subtract({ minutes: latestReportMinutes })),
    ),
  ];
};

/** Facts that lead to no account are a finding, not a fault of the check. */
const replayOf = (key: AccountKey, entries: readonly Entry[]): Replayed | Violation => {
  try {
    return replayWithCells(key, entries);
  } catch (fault) {
    return { invariant: 'L6', what: `its journal cannot be replayed: ${String(fault)}` };
  }
};

/**
 * Keeps the rows of the worklist as accounts are: written when something happened, and anew before what they tell
 * beforehand is over.
 * From: subscription `ar-events/collections`, ticks. Next: `worklist`. What is written is made of the account as it
 * stands, and the account is looked at again after writing: whoever comes late mends what they wrote.
 */
import type { ArEvent } from '../../shared/contracts/messages.ts';
import type { AccountHead, AccountKey } from '../../shared/domain/account.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { sum, zero, type AmountMinor } from '../../shared/domain/money.ts';
import { partyOf, type BlockedOrder, type WorklistParty } from '../../shared/domain/worklist-of-account.ts';
import { pool, worklistRowOf, type WorklistRow } from '../../shared/domain/worklist-row.ts';
import { saysAsMuch } from '../../shared/domain/worklist-same.ts';
import type { AccountStore, LoadedAccount } from '../../shared/ports/account-store.ts';
import { isNewer, type WorklistStore } from '../../shared/ports/worklist-store.ts';
import { openOf, readClaims, readMaster } from './read-account.ts';
import type { CompanyRows, RowsOf } from './worklist-frame.ts';

export type RowParts = { accounts: AccountStore; worklist: WorklistStore; rowsOf: RowsOf };

/** Accounts at once. */
const atOnce = 8;
/** Looks at what changes meanwhile, before its events come back another time. */
const mostLooks = 5;

/** Of these alone no row says anything: what it tells is as it was. */
const silent: ReadonlySet<string> = new Set<Fact['kind']>([
  ...(['reviewPlanned', 'messageClaimed', 'reminderWithheld', 'reminderFree', 'messageReported'] as const),
  ...(['messageInDoubt', 'noteWritten'] as const),
  ...(['noticePlanned', 'noticeClaimed', 'noticeSent', 'noticeInDoubt', 'noticeWithheld'] as const),
]);

/** One look at each account of a batch. @throws when a store fails: the bus delivers the events again. */
export const keepRows = async (
  events: readonly ArEvent[],
  call: { scope: Scope; now: Instant },
  parts: RowParts,
): Promise<void> => {
  const wanted = new Map<string, AccountKey & { version: number }>();
  for (const { companyId, accountId, version, kinds } of events) {
    if (kinds.every((kind) => silent.has(kind))) continue;
    const name = JSON.stringify([companyId, accountId]);
    const before = wanted.get(name)?.version ?? 0;
    wanted.set(name, { companyId, accountId, version: Math.max(before, version) });
  }
  const all = [...wanted.values()];
  for (let first = 0; first < all.length; first += atOnce)
    await Promise.all(all.slice(first, first + atOnce).map((one) => keepRow(one, call, parts)));
};

/** As the account stands now; `version`: it is at least at this one. `foundIn`: a list it may have left. */
export const keepRow = async (
  { version, foundIn, ...key }: AccountKey & { version: number; foundIn?: string },
  { scope, now }: { scope: Scope; now: Instant },
  parts: RowParts,
): Promise<void> => {
  const frame = await parts.rowsOf(key.companyId, now);
  // nobody has a list in a company that was never set up
  if (frame === undefined) return;
  let loaded = await readClaims(parts.accounts, scope, key);
  for (let look = 1; look <= mostLooks; look += 1) {
    const at = loaded?.account.head.version ?? 0;
    if (at < version) throw new Error(`account ${key.accountId} is not at ${version} yet`);
    if (loaded !== undefined) {
      const mayStandElsewhere = look > 1 || (foundIn !== undefined && foundIn !== listOf(loaded));
      // whoever changes something after this looks again themselves, or finds a row they did not read
      if ((await writeRow(loaded, mayStandElsewhere, frame, scope, parts)) === 'settled') return;
    }
    const { account: now } = await parts.accounts.load(scope, key);
    if (now.head.version === at) return;
    loaded = await readClaims(parts.accounts, scope, key);
  }
  throw new Error(`account ${key.accountId} changed during each of ${mostLooks} looks`);
};

const listOf = ({ account }: LoadedAccount): string => account.head.assignedTo || pool;

/**
 * Most news of an account are none of its row: what is there and says as much stays. `settled`: there is nothing to look
 * again for. A row in place of just the one that was read is settled, too: were it taken off this list by then, for a
 * later version, it would not have been there to be replaced; taken off after, it is gone.
 */
const writeRow = async (
  loaded: LoadedAccount,
  mayStandElsewhere: boolean,
  frame: CompanyRows,
  scope: Scope,
  { accounts, worklist }: RowParts,
): Promise<'written' | 'settled'> => {
  const { head } = loaded.account;
  const place = { companyId: head.companyId, accountId: head.accountId, collectorId: listOf(loaded) };
  const kept = await worklist.read(scope, place);
  const there = kept?.row;
  // off the other lists first: one that dies between the two comes back, and finds it missing here
  const others =
    there === undefined || mayStandElsewhere
      ? (await worklist.ofAccount(scope, place)).filter(
          ({ collectorId }) => collectorId !== place.collectorId,
        )
      : [];
  for (const other of others) await worklist.remove(scope, other, head.version);
  const settled = others.length === 0 && !mayStandElsewhere ? 'settled' : 'written';
  const blockedOrders = frame.ordersOf(head.accountId);
  const isSameFrame =
    there?.frame === frame.frameOf(place.collectorId) && (there.orders ?? 0) === worthOf(blockedOrders);
  if (isSameFrame && isTold(there, head.version, frame)) return settled;
  const party = partyIn(there, head) ?? partyOf(await readMaster(accounts, scope, loaded.account));
  const row = worklistRowOf({ head, items: openOf(loaded), party, blockedOrders }, frame, frame.today);
  if (there !== undefined && row !== undefined && saysAsMuch(there, row, frame.today)) return settled;
  if (kept !== undefined && row !== undefined && !isNewer(kept.row, row))
    if (await worklist.replace(scope, kept, row)) return settled;
  if (row !== undefined) await worklist.put(scope, row);
  else if (there !== undefined) await worklist.remove(scope, place, head.version);
  else return settled;
  return 'written';
};

/** Who the account is, where the row that is there was made by the same paper. */
const partyIn = (there: WorklistRow | undefined, { masterData }: AccountHead): WorklistParty | undefined =>
  there?.party === undefined || there.party.of !== masterData
    ? undefined
    : { ...(there.name !== undefined && { name: there.name }), ...there.party };

export const worthOf = (orders: readonly BlockedOrder[]): AmountMinor =>
  sum(zero, ...orders.map(({ amount }) => amount));

/** Of this version and of today, or newer: an event that comes twice writes nothing. */
const isTold = (there: WorklistRow | undefined, version: number, { today }: CompanyRows): boolean =>
  there !== undefined && (there.version > version || (there.version === version && there.writtenOn >= today));

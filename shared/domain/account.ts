/**
 * An account: the debtor items are posted to, at one company, and the boundary within which all is true at once.
 * From: `evolve.ts`, which alone makes one from facts. Next: decisions; the stores keep head and items apart.
 * The head knows every open item while there are few; above that only totals, and items are read when needed.
 */
import type { Day } from './calendar.ts';
import type { OpenDispute } from './disputes-position.ts';
import type { DunningPosition, HeldPart } from './dunning-position.ts';
import type { ContestChange } from './item-history.ts';
import type { Item } from './item.ts';
import { negate, zero, type AmountMinor, type Currency } from './money.ts';
import type { ReleasedOrder } from './order-release.ts';
import type { TaxRelief } from './tax-relief.ts';
import type { MoneyTakenBack, ProvisionalReceipt } from './unbooked-money.ts';
import { isCreditKind, type LedgerAccount, type ReductionReason } from './postings.ts';

/** Open items the head lists; with one more they leave it and do not come back. */
export const mostItemsInside = 60;
export const largestHeadBytes = 16 * 1024;

export type ChangeReason = ReductionReason | 'application' | 'allocation' | 'adjustment' | 'beforeFirstSight';

/** What moved an item's open amount; all raise or lower its size, whatever its sign. */
export type ItemChange = {
  id: string;
  by: ChangeReason;
  amount: AmountMinor;
  on: Day;
  /** The payment or credit it came from, of an application or allocation. */
  from?: string;
  /** Kept when it was undone, so that the same command coming late is not carried out again. */
  isReversed: boolean;
  /** The posting day of its undoing. */
  reversedOn?: Day;
  /** A bank took the money back: what it said, as `returned:AM04`. */
  returnedAs?: string;
};

/** What an item was due by from a posting day on; the first says how it was posted. */
export type TermsChange = { on: Day; dueOn?: Day; retention?: NonNullable<Item['retention']> | null };

/** What a journal said about an item before its open amount showed it; moves nothing by itself. */
export type Explanation = {
  id: string;
  by: ReductionReason;
  /** The whole of what was told. */
  amount: AmountMinor;
  /** What no reduction has shown yet; 0 once all of it was seen or it was taken back. */
  left: AmountMinor;
  on: Day;
};

/** The last snapshot of a source that was applied to an account, so that an older one coming late is not. */
export type FeedMark = {
  /** ISO instant of extraction. */
  asOf: string;
  /** Where the spans of what it cleared begin: the snapshot before in which an absence could be believed. */
  fromAt?: string;
  /** A row's key could not be read, so that its absences could not be believed. */
  isUnsure?: true;
};

export type WriteOff = {
  id: string;
  amount: AmountMinor;
  reason: string;
  requestedBy: string;
  approvedBy?: string;
  state: 'requested' | 'approved' | 'done';
  /** Once done: the posting day, and when its tax may be claimed back. */
  doneOn?: Day;
  relief?: TaxRelief;
};

export type Recovery = { id: string; amount: AmountMinor; on: Day };

/** An item with its history as far as decisions need it. */
export type AccountItem = Item & {
  changes: readonly ItemChange[];
  /** Of a payment or credit: what it has given to other items. Never negative. */
  allocated: AmountMinor;
  provisional: readonly ProvisionalReceipt[];
  takenBack?: readonly MoneyTakenBack[];
  /** The day the mail with it was planned; once. */
  mailedOn?: Day;
  writeOffs: readonly WriteOff[];
  recoveries: readonly Recovery[];
  /** Promised and disputed parts, each by its promise or dispute. */
  heldParts?: readonly HeldPart[];
  /** How often it was promised, whatever came of it. */
  promisedTimes?: number;
  explanations?: readonly Explanation[];
  /** Only where due day or retention were amended, in the order of the journal. */
  terms?: readonly TermsChange[];
  /** Only where parts were contested: how much each case held from which day on, in the order of the journal. */
  contests?: readonly ContestChange[];
};

/** What the head says of an open item. */
export type OpenItem = Pick<Item, 'id' | 'kind' | 'currency' | 'open' | 'dueOn' | 'stage'> & {
  /** What stands here is all its claim goes by (`plain-item.ts`); absent too where it was listed before this was told. */
  isPlain?: true;
};

export type Balance = {
  /** The sum of open amounts: what is owed less what is unapplied. */
  open: AmountMinor;
  /** Received and not yet in the accounts: lowers the claim, never `open` (B3). */
  provisional: AmountMinor;
  /** By ledger account, from the debit side; the sum is 0. */
  ledger: Partial<Record<LedgerAccount, AmountMinor>>;
};

export type Hold = {
  id: string;
  code: string;
  placedOn: Day;
  untilOn?: Day;
  /** Absent: all of the account. */
  itemIds?: readonly string[];
};

/** Money that came in (above 0) or went back out on one posting day in one currency. */
export type RecentMoney = {
  on: Day;
  currency: Currency;
  amount: AmountMinor;
  /** `cash` was seen; `impliedCash` is what left the feed without another reason known. */
  as: 'cash' | 'impliedCash';
};

export type AccountKey = { companyId: string; accountId: string };

export type AccountHead = AccountKey & {
  /** Of the last entry; 0 before the first. */
  version: number;
  /** Hash of the last entry, empty before the first. */
  lastHash: string;
  /** The `contact:` document that holds name and addresses. */
  masterData?: string;
  balances: Readonly<Record<Currency, Balance>>;
  openCount: number;
  /** The earliest due day of all items that claim money. */
  oldestDueOn?: Day;
  /** In the order of due days; absent once there were more than `mostItemsInside`. */
  openItems?: readonly OpenItem[];
  dunning: DunningPosition;
  /** Open disputes, each with what it keeps out of the claim. */
  disputes?: readonly OpenDispute[];
  /** Days on which cases were accepted without a person, the last of them. */
  acceptedAlone?: readonly Day[];
  holds: readonly Hold[];
  /** Orders let go although it owes, newest first. */
  releasedOrders?: readonly ReleasedOrder[];
  assignedTo?: string;
  /** People and teams that sell to it. */
  salesOwners?: readonly string[];
  /** As its source groups customers; absent or empty: none. */
  segment?: string;
  /** There is a note beside it, so that looking for pinned ones is worth a read. */
  hasNotes?: true;
  /** Money of the last days on which any came or went, newest first. */
  recentMoney?: readonly RecentMoney[];
  /** UTC instant as ISO text. */
  nextReviewAt?: string;
  /** By source, then by the currency a snapshot was limited to, or `*`. */
  feeds?: Readonly<Record<string, Readonly<Record<Currency, FeedMark>>>>;
  /** Written off without a second person, in the quarter named. */
  smallWriteOffs: Readonly<Record<Currency, { quarter: string; amount: AmountMinor }>>;
};

export type Account = {
  head: AccountHead;
  /** Those that were asked for or changed, by id. */
  items: ReadonlyMap<string, AccountItem>;
  /** The earliest due day of open items that are in neither the head nor `items`. */
  restOldestDueOn?: Day;
};

/** An account nothing has happened to. */
export const newAccount = ({ companyId, accountId }: AccountKey): Account => ({
  head: {
    ...{ companyId, accountId, version: 0, lastHash: '', balances: {}, openCount: 0, openItems: [] },
    ...{ dunning: { stage: 0 }, holds: [], smallWriteOffs: {} },
  },
  items: new Map(),
});

export const noBalance: Balance = { open: zero, provisional: zero, ledger: {} };

/** The size of an amount, whatever its sign. */
export const sizeOf = (amount: AmountMinor): AmountMinor => Math.abs(amount) as AmountMinor;

/** An amount of this size with the sign of the item's kind. */
export const signedFor = ({ kind }: Pick<Item, 'kind'>, size: AmountMinor): AmountMinor =>
  isCreditKind(kind) ? negate(size) : size;

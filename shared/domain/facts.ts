/**
 * What happens to an account, in the past tense: ids, amounts, days and codes, no personal data.
 * From: the decisions beside this file. Next: `evolve.ts` makes the account of them, an entry keeps them for ever.
 * `on` is the posting day; facts about money carry their two sides.
 */
import type { Explanation, FeedMark, Hold } from './account.ts';
import type { Day } from './calendar.ts';
import type { DunningHeadFact, DunningItemFact } from './dunning-facts.ts';
import type { AccountDisputeFact } from './disputes-position.ts';
import type { ClearingSpan, Item } from './item.ts';
import type { AmountMinor, Currency } from './money.ts';
import type { ReleasedOrder } from './order-release.ts';
import type { Posting, ReductionReason } from './postings.ts';
import type { TaxRelief } from './tax-relief.ts';

/** An item without its free text, which may name a person and stays on the item's document. */
export type PostedItem = Omit<Item, 'references' | 'open'> & {
  references: Omit<Item['references'], 'text'>;
};

/** What a feed or a person may amend after posting; absent fields stay. */
export type Amendment = Partial<
  Pick<
    Item,
    | 'dueOn'
    | 'discountTiers'
    | 'method'
    | 'assignedTo'
    | 'isInsured'
    | 'retention'
    | 'erpBlock'
    | 'apStatus'
    | 'apPayOn'
    | 'apStatusOn'
    | 'parties'
    | 'faults'
    | 'newsAt'
  > & {
    references: PostedItem['references'];
    /** Fields that hold nothing any more. */
    emptied: readonly EmptiedField[];
  }
>;
export type EmptiedField = 'method' | 'assignedTo' | 'retention' | 'erpBlock' | 'apStatus' | 'apPayOn';

type OnItem = { itemId: string; on: Day };
type Change = OnItem & { changeId: string; posting: Posting };

export type MoneyFact =
  | { kind: 'itemPosted'; item: PostedItem; settledBefore: AmountMinor; on: Day; posting: Posting }
  | ({ kind: 'itemReduced'; by: ReductionReason; clearedBetween?: ClearingSpan } & Change)
  | ({ kind: 'itemReopened' } & Change)
  | ({ kind: 'debitAdjusted'; reason: string } & Change)
  | {
      kind: 'paymentReceived';
      item: PostedItem;
      receiptId: string;
      on: Day;
      posting: Posting;
    }
  | ({ kind: 'paymentApplied'; paymentId: string; clearedBetween?: ClearingSpan } & Change)
  | ({ kind: 'creditAllocated'; creditId: string; clearedBetween?: ClearingSpan } & Change)
  | ({ kind: 'applicationReversed'; from: string; reason: string } & Change)
  | ({ kind: 'writeOffDone'; by: string; isSmall: boolean; relief?: TaxRelief } & Change)
  | ({ kind: 'recoveryReceived' } & Change)
  /** What money of another currency was worth beyond what it settles: gain or loss, by a stored rate (M8). */
  | {
      kind: 'exchangeDifferenceNoted';
      paymentId: string;
      rateId: string;
      rateOn: Day;
      received: { amount: AmountMinor; currency: Currency };
      on: Day;
      posting: Posting;
    };

export type ItemFact =
  | ({ kind: 'itemAmended'; amendment: Amendment } & OnItem)
  | ({
      kind: 'writeOffRequested';
      writeOffId: string;
      amount: AmountMinor;
      reason: string;
      by: string;
    } & OnItem)
  | ({ kind: 'writeOffApproved'; writeOffId: string; by: string } & OnItem)
  | ({
      kind: 'provisionalNoted';
      receiptId: string;
      amount: AmountMinor;
      currency: Currency;
      /** ISO instant, where known. */
      receivedAt?: string;
      /** Money for no item: a payment of nothing in the book that carries it. */
      item?: PostedItem;
    } & OnItem)
  | ({ kind: 'explanationKnown'; explanation: Explanation } & OnItem)
  /** Shown by the open amount, or taken back by the journal. */
  | ({ kind: 'explanationUsed'; explanationId: string; amount: AmountMinor; isTakenBack?: true } & OnItem)
  | ({ kind: 'provisionalConfirmed'; receiptId: string } & OnItem)
  | ({ kind: 'provisionalWithdrawn'; receiptId: string; reason: string } & OnItem)
  /** A bank took back what had paid an item of a book that is not ours: its feed will show it. */
  | ({
      kind: 'moneyTakenBack';
      receiptId: string;
      amount: AmountMinor;
      currency: Currency;
      receivedOn: Day;
      reason: string;
    } & OnItem);

export type HeadFact =
  /** Without an instant: not before something happens to it. */
  | { kind: 'reviewPlanned'; nextReviewAt?: string; on: Day }
  | { kind: 'accountAssigned'; to: string; on: Day }
  | { kind: 'salesOwnersNamed'; owners: readonly string[]; on: Day }
  /** As its source groups customers; empty: none any more. Neither tab nor line break is in it. */
  | { kind: 'segmentNamed'; segment: string; on: Day }
  | { kind: 'masterDataNoted'; masterData: string; on: Day }
  /** A `note:` document beside the account; its text is not in the journal. */
  | { kind: 'noteWritten'; noteId: string; on: Day }
  | { kind: 'feedReconciled'; source: string; currency: Currency; mark: FeedMark; on: Day }
  | { kind: 'holdPlaced'; hold: Hold; on: Day }
  | { kind: 'holdLifted'; holdId: string; on: Day }
  | { kind: 'orderReleased'; order: ReleasedOrder; on: Day }
  | AccountDisputeFact
  | DunningHeadFact;

export type Fact = MoneyFact | ItemFact | HeadFact | DunningItemFact;

export const isMoneyFact = (fact: Fact): fact is MoneyFact => 'posting' in fact;

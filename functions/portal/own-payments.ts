/**
 * Money the seller has of a customer, whichever way it came: transfers, cards, cheques, what the seller's books show.
 * From: the account's journal, from its end. Next: the page of payments; what was started here is beside it.
 */
import type { OwnMoney } from '../../shared/contracts/portal.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { negate } from '../../shared/domain/money.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import type { PortalStores } from './portal-parts.ts';
import { ownAccount, type OwnCall } from './read-own.ts';

/** Entries looked through for a page: one read, whatever they hold. */
const entriesPerPage = 50;

/** Newest first; `next`: ask for those before it, also when a page holds none; null at the beginning. */
export const listReceived = async (
  parts: PortalStores,
  call: OwnCall,
  key: AccountKey,
  before: number | undefined,
): Promise<Outcome<{ received: OwnMoney[]; next: number | null }, 'not-found'>> => {
  const own = await ownAccount(parts, call, key);
  if (!own.ok) return own;
  const newest = own.value.loaded.account.head.version;
  const end = Math.min((before ?? newest + 1) - 1, newest);
  const afterVersion = Math.max(0, end - entriesPerPage);
  const limit = end - afterVersion;
  const entries = limit <= 0 ? [] : await parts.accounts.entries(call.scope, key, { afterVersion, limit });
  const received = entries.toReversed().flatMap(({ facts }) => facts.flatMap(moneyOf));
  return done({ received, next: afterVersion > 0 ? afterVersion + 1 : null });
};

const moneyOf = (fact: Fact): OwnMoney[] => {
  switch (fact.kind) {
    case 'paymentReceived': {
      const { id, currency, original } = fact.item;
      return [{ is: 'received', payment: id, on: fact.on, currency, amount: negate(original), item: null }];
    }
    case 'provisionalNoted': {
      const { receiptId, on, currency, amount, itemId } = fact;
      // money for no item is carried by a payment of its own
      const item = itemId.startsWith('payment:') ? null : itemId;
      return [{ is: 'underWay', payment: receiptId, on, currency, amount, item }];
    }
    case 'paymentApplied': {
      const { paymentId, on, posting, itemId: item } = fact;
      const { currency, amount } = posting;
      return [{ is: 'applied', payment: paymentId, on, currency, amount, item }];
    }
    case 'itemReduced': {
      const { by, on, posting, itemId: item } = fact;
      const { currency, amount } = posting;
      return by === 'payment' ? [{ is: 'booked', payment: null, on, currency, amount, item }] : [];
    }
    case 'applicationReversed': {
      const { on, posting, itemId: item } = fact;
      const { currency, amount } = posting;
      return [{ is: 'takenBack', payment: fact.from, on, currency, amount, item }];
    }
    default:
      return [];
  }
};

/**
 * What a snapshot speaks of: a company's accounts, or those of a named range, in all currencies or one.
 * From: the scope a file declares. Next: rows outside of it are refused, items outside of it are left alone.
 */
import type { FeedScope } from './imports.ts';
import type { Currency } from './money.ts';

export const isInFeedScope = (
  { currency, accounts }: FeedScope,
  { accountId, currency: own }: { accountId: string; currency: Currency },
): boolean =>
  (currency === undefined || currency === own) &&
  (accounts === undefined || (accounts.from <= accountId && accountId <= accounts.to));

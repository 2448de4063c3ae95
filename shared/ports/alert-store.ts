/**
 * Alerts as they were raised: once each, by an id that derives from what they are about.
 * From: whoever sees a rule broken (`shared/domain/alert-rules.ts`). Next: `shared/azure/cosmos-alerts.ts`; reporting
 * mails them and lists them. Ids and amounts only.
 */
import type { AmountMinor, Currency } from '../domain/money.ts';
import type { Scope } from '../domain/scope.ts';

export type AlertRecord = {
  /** Of the breach: the same breach is the same alert. */
  id: string;
  companyId: string;
  /** Of `alert-rules.ts`. */
  rule: string;
  /** What is out of bounds of that rule, where it has several: `age`, `amount`. */
  breach?: string | undefined;
  /** Ids of what it is about. */
  accountId?: string | undefined;
  caseId?: string | undefined;
  amount?: AmountMinor | undefined;
  currency?: Currency | undefined;
  /** What led to it, in order: days, names and counts. */
  history?: readonly string[] | undefined;
  /** Roles or people it goes to. */
  to: readonly string[];
  /** ISO instant it was raised at. */
  at: string;
  /** Who has it in hand, and since when (ISO instant). */
  acknowledged?: { by: string; at: string } | undefined;
};

export type AlertPage = { alerts: AlertRecord[]; after?: string };

export interface AlertStore {
  /** Keeps it once; `known` when it was raised before. @throws outside the scope. */
  raise(scope: Scope, alert: AlertRecord): Promise<'raised' | 'known'>;
  /** Notes who has it in hand, the first alone, and gives it back; undefined when there is none, or outside the scope. */
  acknowledge(
    scope: Scope,
    companyId: string,
    id: string,
    acknowledged: { by: string; at: string },
  ): Promise<AlertRecord | undefined>;
  /** Those raised at an instant or later, in order of time, behind `after`. */
  since(
    scope: Scope,
    companyId: string,
    at: string,
    page: { limit: number; after?: string },
  ): Promise<AlertPage>;
}

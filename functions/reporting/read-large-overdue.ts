/**
 * Reads which large items are overdue with the start of a company's day (R24): heads page by page; of an account of more
 * items than its head lists, its open items up to the last that is overdue.
 * From: the first tick of the company's day. Next: `evaluate-alerts.ts`; `read-account-alerts.ts` reads items by the same.
 */
import type { AccountHead } from '../../shared/domain/account.ts';
import {
  largeItemReadings,
  type AlertItem,
  type SubjectReading,
} from '../../shared/domain/alert-readings.ts';
import type { Day } from '../../shared/domain/calendar.ts';
import type { AccountAlertParts } from './read-account-alerts.ts';
import type { ReportCall } from './compose-report.ts';

const perRead = 100;

export const largeOverdueReadings = async (
  { accounts }: Pick<AccountAlertParts, 'accounts'>,
  { scope }: ReportCall,
  companyId: string,
  today: Day,
): Promise<SubjectReading[]> => {
  const readings: SubjectReading[] = [];
  let after: string | undefined;
  do {
    const page = await accounts.heads(scope, companyId, { limit: perRead, ...(after && { after }) });
    for (const head of page.heads) {
      const items = await itemsForAlerts(accounts, scope, head, today);
      readings.push(...largeItemReadings(head.accountId, items, today));
    }
    after = page.after;
  } while (after !== undefined);
  return readings;
};

/** Open items of an account: all where its head lists them, else up to the last that is overdue, the oldest first. */
export const itemsForAlerts = async (
  accounts: AccountAlertParts['accounts'],
  scope: ReportCall['scope'],
  { companyId, accountId, openItems }: AccountHead,
  today: Day,
): Promise<readonly AlertItem[]> => {
  if (openItems !== undefined) return openItems;
  const items: AlertItem[] = [];
  let after: string | undefined;
  do {
    const page = await accounts.openItems(
      scope,
      { companyId, accountId },
      { limit: perRead, ...(after && { after }) },
    );
    items.push(...page.items);
    after = (items.at(-1)?.dueOn ?? today) < today ? page.after : undefined;
  } while (after !== undefined);
  return items;
};

/**
 * Items of somebody's own accounts that turned overdue since the morning mail before (R24), and those that fall due in as
 * many days as they set (R23), by the company's calendar.
 * From: heads within the reader's scope; of an account of more items than its head lists, its open items by due day.
 * Next: the report of each collector's day.
 */
import { daysAheadFrom, dueSoonPlace } from '../../shared/contracts/due-soon.ts';
import type { AccountHead, OpenItem } from '../../shared/domain/account.ts';
import { addDays, type Day } from '../../shared/domain/calendar.ts';
import { morningOf, saidOf, type Morning } from '../../shared/domain/due-mornings.ts';
import { day, money, perPage, text, type ReadSection, type SectionCall } from './section-cells.ts';
import type { SectionParts } from './section-cells.ts';
import { rowList, wholeAt } from './section-rows.ts';
import { headsIn } from './sections-own.ts';

type DueItem = Pick<OpenItem, 'id' | 'currency' | 'open' | 'dueOn'>;

export const dueSections: ReadSection = async (parts, call) => {
  const { company, dueOn: today } = call;
  const daysAhead = await daysAheadOf(parts, call);
  const morning = morningOf(today, await parts.calendarOf(company.country, today));
  const about = {
    columns: ['account', 'item', 'due', 'currency', 'open'],
    wholeAt: wholeAt(company.companyId, 'worklist'),
  };
  const lists = {
    turnedOverdue: rowList({ title: 'Turned overdue', ...about }),
    dueSoon: rowList({ title: `Due in ${daysAhead} days`, ...about }),
  };
  for await (const head of headsIn(parts, call))
    for await (const { id, currency, open, dueOn } of itemsOf(parts, call, head, morning, daysAhead)) {
      const said = open > 0 ? saidOf(dueOn, morning, daysAhead) : undefined;
      if (said === undefined) continue;
      const row = [text(head.accountId), text(id), day(dueOn), text(currency), money(open, currency)];
      lists[said].add(row);
    }
  return [lists.turnedOverdue.section(), lists.dueSoon.section()];
};

const daysAheadOf = async ({ settings }: SectionParts, call: SectionCall): Promise<number> => {
  const { reader, system, company } = call;
  if (reader === undefined) return daysAheadFrom(undefined);
  const kept = await settings.read(system, dueSoonPlace(company.companyId, reader));
  return daysAheadFrom(kept?.value);
};

/** Read from the day before the morning's first on, up to the last that may be said something of. */
async function* itemsOf(
  { accounts }: Pick<SectionParts, 'accounts'>,
  { scope }: Pick<SectionCall, 'scope'>,
  { companyId, accountId, openItems }: AccountHead,
  { after: first, today }: Morning,
  daysAhead: number,
): AsyncGenerator<DueItem> {
  if (openItems !== undefined) return yield* openItems;
  const last = addDays(today, daysAhead);
  // a mark is the due day of the item before, then its id
  let after: string | undefined = `${addDays(first, -1)} ` as Day;
  while (after !== undefined) {
    const page = await accounts.openItems(scope, { companyId, accountId }, { limit: perPage, after });
    yield* page.items;
    after = (page.items.at(-1)?.dueOn ?? last) > last ? undefined : page.after;
  }
}

/**
 * The reminder in the house before retained money may be asked for: fourteen days ahead, so that whoever has to accept
 * the work is asked in time (`defaults.md` §3.3). The customer is asked for nothing before the day.
 * From: `run-tracks.ts`. Next: a task for each day of release; the days on which accounts are looked at for it.
 */
import type { AccountItem } from './account.ts';
import { addDays, type Day } from './calendar.ts';
import type { Fact } from './facts.ts';
import { smaller, sum, zero, type AmountMinor, type Currency } from './money.ts';

const daysAhead = 14;

type Retained = { releaseOn: Day; currency: Currency; amount: AmountMinor };

const retainedOf = (items: Iterable<AccountItem>): Retained[] => {
  const retained: Retained[] = [];
  for (const { kind, open, currency, retention } of items) {
    if (retention?.releaseOn === undefined) continue;
    const { releaseOn } = retention;
    const amount = kind === 'retention' ? open : smaller(retention.amount, open);
    if (amount > 0) retained.push({ releaseOn, currency, amount });
  }
  return retained;
};

/** One for each day of release that is near, by that day: once it was there it does not come again. */
export const releaseFacts = (items: Iterable<AccountItem>, today: Day): Fact[] => {
  const near = retainedOf(items).filter(
    ({ releaseOn }) => releaseOn >= today && addDays(releaseOn, -daysAhead) <= today,
  );
  return [...Map.groupBy(near, ({ releaseOn }) => releaseOn)].map(([dueOn, some]): Fact => {
    const sums: Record<Currency, AmountMinor> = {};
    for (const { currency, amount } of some) sums[currency] = sum(sums[currency] ?? zero, amount);
    const task = { id: `task:track:release:${dueOn}`, act: 'releaseRetention', stage: 0, createdOn: today };
    return {
      kind: 'taskCreated',
      task: { ...task, does: ['collector'], dueOn, sums, items: [] },
      on: today,
    };
  });
};

/** Days on which such a reminder is due. */
export const releaseDays = (items: Iterable<AccountItem>, today: Day): Day[] =>
  retainedOf(items)
    .map(({ releaseOn }) => addDays(releaseOn, -daysAhead))
    .filter((day) => day > today);

/**
 * Payment plans in a month: staff agree instalments, longer ones wait for another person; customers pay them
 * or not, and a manager ends some before their time.
 * From: the seed. Next: `staff.ts`; `checks.ts` asks that nothing of a running plan is asked for.
 */
import type { StaffCall } from '../../../functions/dunning/change-by-staff.ts';
import { approvePlan, endPlan, proposePlan } from '../../../functions/dunning/keep-plans.ts';
import type { AccountItem } from '../../../shared/domain/account.ts';
import { addDays } from '../../../shared/domain/calendar.ts';
import { openItemsOf } from './customers.ts';
import { companyId, type Month } from './world.ts';

type Ask = (what: string, act: (call: StaffCall) => Promise<unknown>) => void;

export const plansOf = (month: Month, ask: Ask) => {
  const { draw, parts, journal } = month;
  const itemsOf = (accountId: string): AccountItem[] =>
    openItemsOf(month, accountId).slice(0, 1 + draw.below(3));

  /** Two or three instalments, now and then more than a manager may agree alone. */
  const agree = (accountId: string): void => {
    const items = itemsOf(accountId);
    const all = items.reduce((sum, { open }) => sum + open, 0);
    const count = draw.chance(0.3) ? 7 : 2 + draw.below(2);
    const first = 2 + draw.below(4);
    const part = Math.floor(all / count);
    const instalments = Array.from({ length: count }, (_, n) => ({
      on: addDays(month.today(), first + 4 * n),
      amount: n === count - 1 ? all - part * (count - 1) : part,
    }));
    const body = { currency: 'EUR', instalments, itemIds: items.map(({ id }) => id) };
    ask('plan', (call) => proposePlan(parts.dunning, { companyId, accountId }, body, call));
  };
  /** Another person than asked. */
  const approve = (accountId: string): void => {
    const { tasks = [] } = journal.of({ companyId, accountId }).account.head.dunning;
    for (const { id, act } of tasks)
      if (act === 'approvePlan' && draw.chance(0.7))
        ask('approve', (call) =>
          approvePlan(parts.dunning, { companyId, accountId }, id.slice('task:plan:'.length), {
            ...call,
            caller: { ...call.caller, id: 'u:bea' },
          }),
        );
  };
  /** Now and then a manager ends one before its time. */
  const end = (accountId: string): void => {
    const { plan } = journal.of({ companyId, accountId }).account.head.dunning;
    if (plan === undefined || !draw.chance(0.1)) return;
    ask('end plan', (call) =>
      endPlan(parts.dunning, { companyId, accountId }, plan.id, 'asked for another', call),
    );
  };
  return { agree, approve, end };
};

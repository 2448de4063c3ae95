/**
 * What a dunning morning costs beside its decisions: the same looks as the run makes them, on in-memory ports, against
 * the bare loop on what they loaded; and whether ten times the accounts take ten times as long.
 * From: `npm run bench -- dunning`. Next: lines with their targets; `dunning-night.ts` posts by the same.
 */
import { lookAtAccount } from '../../functions/dunning/look-at-account.ts';
import type { DunningParts } from '../../functions/dunning/parts.ts';
import { addDays, instantFromText } from '../../shared/domain/calendar.ts';
import { decidePlan } from '../../shared/domain/decide-plan.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { postItem } from '../../shared/domain/post-item.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import { inputOf } from '../../shared/edge/read-dunning-frame.ts';
import { companyId, dunningWorld } from '../functions/dunning/world.ts';
import { factsOf } from '../support/account-examples.ts';
import { late, today } from '../support/dunning-examples.ts';
import { memoryAccounts } from '../support/memory/account-store.ts';
import { everything as scope } from '../support/test-edge.ts';
import { weekdays } from '../support/weekdays.ts';
import { timedMs, type BenchLine } from './kit.ts';

const overdue = 5;
const few = 2_000;
const many = 20_000;

export const at = (days: number, time: string) => instantFromText(`${addDays(today, days)}T${time}:00Z`);

/** An account with so many open invoices, some of them late by a first reminder's days on the day looked at. */
export const post = async (
  store: AccountStore,
  accountId: string,
  count: number,
  lateCount: number,
): Promise<void> => {
  const loaded = await store.load(scope, { companyId, accountId });
  const items = Array.from({ length: count }, (_, n) =>
    late(`item:invoice:${accountId}-${n}`, 10_000 + n, n < lateCount ? 3 : -20 - n),
  );
  const facts: Fact[] = [
    { kind: 'masterDataNoted', masterData: 'contact:master:1', on: today },
    ...items.flatMap((item) => factsOf(postItem(loaded.account, item))),
  ];
  const change = {
    at: at(-30, '09:00'),
    facts,
    actor: { kind: 'job', id: 'bench' },
    cause: { kind: 'row', id: '1' },
  } as const;
  const content = { email: `ap@${accountId}.example`, country: 'DE', treatment: { policyId: 'standard' } };
  await store.append(scope, loaded, change, undefined, [{ id: 'contact:master:1', content }]);
};

export const look = async (parts: DunningParts, accountId: string, days: number): Promise<void> => {
  const call = { scope, now: at(days, '09:00') };
  const outcome = await lookAtAccount(parts, { v: 1, companyId, accountId, because: 'event' }, call);
  if (!outcome.ok) throw new Error(outcome.detail);
};

type Night = { wholeMs: number; bareMs: number };

/** So many accounts with five late invoices each: looked at by the run, and decided alone. */
const night = async (count: number): Promise<Night> => {
  const accounts = memoryAccounts();
  const calendar = await weekdays();
  const calendarOf = async () => calendar;
  const parts = { ...(await dunningWorld()).parts(), accounts, calendarOf };
  const ids = Array.from({ length: count }, (_, n) => `a${n}`);
  for (const id of ids) await post(accounts, id, overdue, overdue);
  const frame = (await parts.frameOf(companyId, at(0, '09:00')))!;
  const masterData = { treatment: { policyId: 'standard' }, email: 'ap@a.example' };
  let bareMs = 0;
  for (const accountId of ids) {
    const key = { companyId, accountId };
    const { account } = await accounts.load(scope, key, ({ openItems = [] }) =>
      openItems.map(({ id }) => id),
    );
    const items = [...account.items.values()];
    const input = await inputOf(frame, { head: account.head, items, masterData }, calendarOf);
    bareMs += await timedMs(() => decidePlan(account, input, frame));
  }
  const wholeMs = await timedMs(async () => {
    for (const id of ids) await look(parts, id, 0);
  });
  return { wholeMs, bareMs };
};

export const dunningOnMemory = async (): Promise<BenchLine[]> => {
  await night(few);
  const [small, large] = [await night(few), await night(many)];
  const ratio = small.wholeMs / small.bareMs;
  const growth = large.wholeMs / small.wholeMs / (many / few);
  return [
    {
      ...{ job: 'dunning morning on memory against the bare loop, 10k overdue of 2,000 accounts' },
      ...{ figure: ratio, unit: 'times', target: '≤ 3', met: ratio <= 3 },
    },
    { job: 'dunning morning on memory, 10k overdue', figure: small.wholeMs, unit: 'ms' },
    {
      ...{ job: 'dunning morning on memory, 100k overdue against ten times 10k' },
      ...{ figure: growth, unit: 'times', target: '≤ 1.5', met: growth <= 1.5 },
    },
  ];
};

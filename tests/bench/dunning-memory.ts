/**
 * What a dunning morning costs beside its decisions: the same looks as the run makes them, on in-memory ports, against
 * the bare loop on what they load; and whether ten times the accounts take ten times as long. The accounts were looked
 * at the day before, as every account is that has something open. Loop and run take turns, so that both meet the same
 * machine.
 * From: `npm run bench -- dunning`. Next: lines with their targets; `dunning-night.ts` posts by the same.
 */
import { lookAtAccount } from '../../functions/dunning/look-at-account.ts';
import type { DunningParts } from '../../functions/dunning/parts.ts';
import type { Account } from '../../shared/domain/account.ts';
import { addDays, instantFromText, type Instant } from '../../shared/domain/calendar.ts';
import { decidePlan } from '../../shared/domain/decide-plan.ts';
import type { PlanInput } from '../../shared/domain/planned-message.ts';
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
import { percentile, type BenchLine } from './kit.ts';

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

export const look = async (
  parts: DunningParts,
  accountId: string,
  now: Instant,
  because: 'event' | 'due' = 'event',
): Promise<void> => {
  const outcome = await lookAtAccount(parts, { v: 1, companyId, accountId, because }, { scope, now });
  if (!outcome.ok) throw new Error(outcome.detail);
};

/** Milliseconds of processor `work` took: what else the machine does meanwhile does not count. */
const cpuMs = async (work: () => unknown): Promise<number> => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};

/** Of so many accounts at once: how long the run took and how long the bare loop. */
type Night = { wholeMs: number[]; bareMs: number[] };

const atOnce = 50;

/** So many accounts with five late invoices each: looked at by the run, and decided alone. */
const night = async (count: number): Promise<Night> => {
  const calendar = await weekdays();
  const calendarOf = async () => calendar;
  const world = (await dunningWorld()).parts();
  const ids = Array.from({ length: count }, (_, n) => `a${n}`);
  const lookedAt = async (): Promise<DunningParts> => {
    const parts = { ...world, accounts: memoryAccounts('objects'), calendarOf };
    for (const id of ids) await post(parts.accounts, id, overdue, overdue);
    for (const id of ids) await look(parts, id, at(-1, '09:00'));
    return parts;
  };
  // one for the loop and one for the run, so that neither finds read what the other read
  const [{ accounts }, parts] = [await lookedAt(), await lookedAt()];
  const now = at(0, '09:00');
  const frame = (await parts.frameOf(companyId, now))!;
  const masterData = { treatment: { policyId: 'standard' }, email: 'ap@a.example' };
  const night: Night = { wholeMs: [], bareMs: [] };
  for (let from = 0; from < count; from += atOnce) {
    const some = ids.slice(from, from + atOnce);
    const loaded: { account: Account; input: PlanInput }[] = [];
    for (const accountId of some) {
      const { account } = await accounts.load(scope, { companyId, accountId }, ({ openItems = [] }) =>
        openItems.map(({ id }) => id),
      );
      const known = { head: account.head, items: [...account.items.values()], masterData };
      loaded.push({ account, input: await inputOf(frame, known, calendarOf) });
    }
    const bareMs = await cpuMs(() => {
      for (const { account, input } of loaded) decidePlan(account, input, frame);
    });
    const wholeMs = await cpuMs(async () => {
      for (const id of some) await look(parts, id, now, 'due');
    });
    night.bareMs.push(bareMs);
    night.wholeMs.push(wholeMs);
  }
  return night;
};

const middle = (timesMs: readonly number[]): number => percentile(timesMs, 0.5);

export const dunningOnMemory = async (): Promise<BenchLine[]> => {
  // the many first, so that what is compiled while it runs is compiled for both
  const [large, small] = [await night(many), await night(few)];
  const ratio = middle(small.wholeMs) / middle(small.bareMs);
  const growth = middle(large.wholeMs) / middle(small.wholeMs);
  return [
    {
      ...{ job: 'dunning morning on memory against the bare loop, 10k overdue of 2,000 accounts' },
      ...{ figure: ratio, unit: 'times', target: '≤ 3', met: ratio <= 3 },
    },
    {
      ...{ job: 'dunning morning on memory, 10k overdue', unit: 'ms' },
      figure: (middle(small.wholeMs) * few) / atOnce,
    },
    {
      ...{ job: 'dunning morning on memory, 100k overdue against ten times 10k' },
      ...{ figure: growth, unit: 'times', target: '≤ 1.5', met: growth <= 1.5 },
    },
  ];
};

/**
 * What a dunning morning costs: request units on the local Cosmos DB, and time on in-memory ports beside the bare loop.
 * From: `npm run bench -- dunning-night`. Next: lines with the targets of the architecture.
 */
import { CosmosClient } from '@azure/cosmos';
import { lookAtAccount } from '../../functions/dunning/look-at-account.ts';
import type { DunningParts } from '../../functions/dunning/parts.ts';
import { createClock } from '../../local/clock.ts';
import { startCosmos } from '../../local/cosmos/start.ts';
import { createFaultSwitch } from '../../local/kit/faults.ts';
import { ownerName } from '../../local/kit/keys.ts';
import { cosmosAccounts } from '../../shared/azure/cosmos-accounts.ts';
import { topology } from '../../shared/contracts/topology.ts';
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
import { timedMs, type Bench, type BenchLine } from './kit.ts';

const open = 50;
const overdue = 5;
const dunned = 40;
const inMemory = 2_000;
const at = (days: number, time: string) => instantFromText(`${addDays(today, days)}T${time}:00Z`);

/** An account with so many open invoices, some of them late by a first reminder's days on the day looked at. */
const post = async (
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

const look = async (parts: DunningParts, accountId: string, days: number): Promise<void> => {
  const call = { scope, now: at(days, '09:00') };
  const outcome = await lookAtAccount(parts, { v: 1, companyId, accountId, because: 'event' }, call);
  if (!outcome.ok) throw new Error(outcome.detail);
};

const onCosmos = async (): Promise<BenchLine[]> => {
  const clock = createClock();
  const cosmos = await startCosmos({
    ...{ port: 0, stateDir: undefined, topology, clock },
    ...{ faults: createFaultSwitch(), log: () => undefined },
  });
  const client = new CosmosClient({ endpoint: cosmos.url, key: cosmos.key(ownerName) });
  let units = 0;
  const accounts = cosmosAccounts(
    () => client.database(topology.database).container('ledger'),
    (_operation, requestUnits) => (units += requestUnits),
  );
  const parts = { ...(await dunningWorld()).parts(), accounts };
  const unitsOf = async (prefix: string, lateCount: number): Promise<number> => {
    for (let n = 0; n < dunned; n += 1) {
      await post(accounts, `${prefix}${n}`, open, lateCount);
      await look(parts, `${prefix}${n}`, -1);
    }
    units = 0;
    for (let n = 0; n < dunned; n += 1) await look(parts, `${prefix}${n}`, 0);
    return units / dunned;
  };
  try {
    const quiet = (await unitsOf('q', 0)) / open;
    const whole = await unitsOf('d', overdue);
    return [
      line('dunning morning, per open invoice with nothing due', quiet, 'RU', 0.5),
      line('dunning morning, per dunned invoice', (whole - (open - overdue) * quiet) / overdue, 'RU', 3.5),
      { job: 'dunning morning, per account of 50 open, 5 dunned', figure: whole, unit: 'RU' },
    ];
  } finally {
    client.dispose();
    await cosmos.close();
    clock.close();
  }
};

const line = (job: string, figure: number, unit: string, most: number): BenchLine => ({
  ...{ job, figure, unit, target: `≤ ${most}`, met: figure <= most },
});

/** Looks as the run makes them, on memory, against the decision alone on what they loaded. */
const onMemory = async (): Promise<BenchLine[]> => {
  const accounts = memoryAccounts();
  const calendar = await weekdays();
  const calendarOf = async () => calendar;
  const parts = { ...(await dunningWorld()).parts(), accounts, calendarOf };
  const ids = Array.from({ length: inMemory }, (_, n) => `a${n}`);
  for (const id of ids) await post(accounts, id, overdue, overdue);
  const frame = (await parts.frameOf(companyId, at(0, '09:00')))!;
  const masterData = { treatment: { policyId: 'standard' }, email: 'ap@a.example' };
  const loaded = await Promise.all(
    ids.map(async (accountId) => {
      const key = { companyId, accountId };
      const { account } = await accounts.load(scope, key, ({ openItems = [] }) =>
        openItems.map(({ id }) => id),
      );
      const items = [...account.items.values()];
      return { account, input: await inputOf(frame, { head: account.head, items, masterData }, calendarOf) };
    }),
  );
  const bare = await timedMs(() => {
    for (const { account, input } of loaded) decidePlan(account, input, frame);
  });
  const whole = await timedMs(async () => {
    for (const id of ids) await look(parts, id, 0);
  });
  return [
    line(
      'dunning morning on memory against the bare loop, 10k overdue of 2,000 accounts',
      whole / bare,
      'times',
      3,
    ),
    { job: 'dunning morning on memory', figure: whole, unit: 'ms' },
  ];
};

export const dunningNightBench: Bench = {
  name: 'dunning-night',
  run: async () => [...(await onCosmos()), ...(await onMemory())],
};

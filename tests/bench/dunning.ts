/**
 * How fast a dunning night decides: 10,000 overdue invoices of 2,000 accounts, no store in between. What the night on
 * stores is held against.
 * From: invented accounts. Next: the bench table.
 */
import { newAccount, type Account, type AccountItem } from '../../shared/domain/account.ts';
import { addDays, dayFromText, instantFromText, type Day } from '../../shared/domain/calendar.ts';
import { decidePlan } from '../../shared/domain/decide-plan.ts';
import { dunningFrame } from '../../shared/domain/dunning-input.ts';
import { amountOf, zero } from '../../shared/domain/money.ts';
import { defaultPolicies } from '../../shared/domain/policy-defaults.ts';
import { defaultDunningRules } from '../../shared/domain/policy-rules.ts';
import { sha256 } from '../../shared/azure/entry-hash.ts';
import { dunningOnMemory } from './dunning-memory.ts';
import { percentile, timedMs, type Bench, type BenchLine } from './kit.ts';

const accounts = 2_000;
const overdueEach = 5;
const rounds = 5;
const today = dayFromText('2026-06-16');
const calendar = { weekend: [6, 7], holidays: new Set<Day>() };

const itemAt = (at: number): AccountItem => {
  const open = amountOf(5_000 + (at % 977) * 113);
  const dueOn = addDays(today, -(1 + ((at * 7) % 70)));
  const id = `item:invoice:${at}`;
  return {
    ...{ id, kind: 'invoice', source: 'books', number: String(at), part: '1', currency: 'EUR' },
    ...{ documentOn: addDays(dueOn, -30), postedOn: addDays(dueOn, -30), firstDueOn: dueOn, dueOn },
    ...{ original: open, open, discountTiers: [], parties: {}, references: {}, stage: at % 3 },
    ...{ isInsured: false, isIntercompany: false, changes: [], allocated: zero, provisional: [] },
    ...{ writeOffs: [], recoveries: [] },
  };
};

const accountAt = (at: number): Account => {
  const items = Array.from({ length: overdueEach }, (_, one) => itemAt(at * overdueEach + one));
  const { head } = newAccount({ companyId: 'c1', accountId: `a${at}` });
  return {
    head: { ...head, version: 1, lastHash: sha256(String(at)) },
    items: new Map(items.map((one) => [one.id, one])),
  };
};

const run = async (): Promise<BenchLine[]> => {
  const all = Array.from({ length: accounts }, (_, at) => accountAt(at));
  const payer = { zone: 'Europe/Berlin', calendar, invoiceCount: 40 };
  const policy = defaultPolicies[0]!;
  const times: number[] = [];
  let messages = 0;
  for (let round = 0; round < rounds; round += 1) {
    messages = 0;
    times.push(
      await timedMs(() => {
        const frame = dunningFrame({
          ...{ now: instantFromText('2026-06-16T06:30:00Z'), zone: 'Europe/Berlin', calendar, blocks: [] },
          ...{ rules: defaultDunningRules, disclosedFactors: new Set<string>(), hash: sha256 },
        });
        for (const account of all) {
          const facts = decidePlan(
            account,
            { items: [...account.items.values()], policy, payer, rule: 'sales-medium' },
            frame,
          );
          messages += facts.filter(({ kind }) => kind === 'messagePlanned').length;
        }
      }),
    );
  }
  const figure = percentile(times, 0.5);
  return [
    {
      job: 'bare domain loop: plan 10k overdue of 2,000 accounts',
      figure,
      unit: 'ms',
      target: '≤ 1,000 ms',
      met: figure <= 1_000,
    },
    { job: 'messages planned by it', figure: messages, unit: 'messages' },
    ...(await dunningOnMemory()),
  ];
};

export const dunningBench: Bench = { name: 'dunning', run };

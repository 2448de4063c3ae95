/**
 * Cases of the demo: three invoices on which pricing and logistics do not agree, a product whose price is contested by
 * four customers, and others, so that about one twentieth of what is owed is disputed.
 * From: `acts.ts`. Next: the routes of cases.
 */
import { createdItem, type Calls } from './calls.ts';
import { today } from './plan.ts';
import { contestedProduct } from './stories-ledger.ts';
import type { Invoice, World } from './world.ts';

const gmbh = 'harrowmint-gmbh';

const open = (calls: Calls, company: string, account: string, body: object): Promise<unknown> =>
  calls.must('CSR', 'POST', `accounts/${company}/${account}/cases`, body);

async function openContested(calls: Calls): Promise<void> {
  const items = [
    ...[
      { item: createdItem('GS-601'), amount: 14_200_00 },
      { item: createdItem('GS-602'), amount: 11_900_00 },
    ],
    { item: createdItem('GS-603'), amount: 9_800_00 },
  ];
  const text = 'Charged by the old list, and two pallets fewer than billed.';
  await open(calls, gmbh, 'G-2020', { code: 'PRICE', items, text });
}

async function openCluster(calls: Calls): Promise<void> {
  for (const at of [1, 2, 3, 4]) {
    const items = [{ item: createdItem(`GS-70${at}`), amount: 2_100_00 + at * 150_00 }];
    await open(calls, gmbh, `G-202${at}`, {
      code: 'PRICE',
      items,
      text: `Price of ${contestedProduct} is not the agreed one.`,
    });
  }
}

/** Minor units of the company that are contested beside the stories. */
const others: readonly [number, string, number][] = [
  [0, 'QTY', 21_000_00],
  [0, 'QUAL', 14_000_00],
  [1, 'DAMAGE', 21_000_00],
  [2, 'FREIGHT', 28_000_00],
];

async function openOthers(calls: Calls, worlds: readonly World[]): Promise<void> {
  const taken = new Set<string>();
  for (const [at, code, wanted] of others) {
    const world = worlds[at]!;
    let left = wanted;
    for (const one of largest(world)) {
      if (left < 500_00) break;
      if (taken.has(one.account)) continue;
      taken.add(one.account);
      const amount = Math.min(left, one.amount);
      const items = [{ item: createdItem(one.number), amount }];
      await open(calls, world.plan.id, one.account, { code, items, text: 'See the delivery note.' });
      left -= amount;
    }
  }
}

/** Of accounts without a story, known to the product since the first day. */
const largest = ({ invoices }: World): Invoice[] =>
  invoices
    .filter(
      ({ clearedOn, type, number, dueOn, documentOn }) =>
        clearedOn === undefined &&
        type === undefined &&
        !/^[LGI]S-/.test(number) &&
        dueOn > today &&
        documentOn < '2026-10-10',
    )
    .toSorted((a, b) => b.amount - a.amount);

type Listed = { cases: { case: string; account: string }[] };
export const contestedCase = (calls: Calls): Promise<string> => caseOf(calls, 'G-2020');

const caseOf = async (calls: Calls, account: string): Promise<string> => {
  const path = `companies/${gmbh}/cases?account=${account}`;
  const { cases: found } = (await calls.must('CRM', 'GET', path)) as Listed;
  return `cases/${gmbh}/${encodeURIComponent(found[0]?.case ?? '')}`;
};

async function contest(calls: Calls): Promise<void> {
  const path = await contestedCase(calls);
  await calls.must('DSO', 'POST', `${path}/steps`, { step: 'validate', text: 'The list of May was agreed.' });
  const contested = {
    step: 'contest',
    department: 'logistics',
    text: 'The pallets were delivered, says the carrier.',
  };
  await calls.must('DSO', 'POST', `${path}/steps`, contested);
}

/** The owner of prices knows the four by now, and looks for what was agreed. */
async function confirmCluster(calls: Calls): Promise<void> {
  for (const at of [1, 2, 3, 4]) {
    const path = `${await caseOf(calls, `G-202${at}`)}/steps`;
    const text = `The same price of ${contestedProduct} as the others.`;
    await calls.must('DSO', 'POST', path, { step: 'validate', text });
    await calls.must('DSO', 'POST', path, { step: 'facts', text: 'The list of May says less.' });
  }
}

export const cases = {
  opened: [openContested, openCluster, openOthers],
  contested: [contest, confirmCluster],
  wanted: [],
} as const;

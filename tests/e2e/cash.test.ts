/**
 * Money from the bank file to the accounts over HTTP alone, in a company that keeps its book here and in one whose
 * ERP does; hosted as in the cloud on the local Azure.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readEnvironment } from '../../local/environment.ts';
import { runLocal, type Running } from '../../local/run.ts';
import { accountAnswer } from '../../shared/contracts/accounts.ts';
import {
  itemAnswer,
  proposalAnswer,
  proposalsAnswer,
  receiptAnswer,
  receiptsAnswer,
} from '../../shared/contracts/cash-desk.ts';
import { agingAnswer } from '../../shared/contracts/reporting.ts';
import { searchAnswer } from '../../shared/contracts/search.ts';
import { camtText } from '../formats/bank/examples.ts';
import { createStaff, type Staff } from './staff.ts';

let running: Running;
let staff: Staff;

const own = 'acme';
const mirrored = 'brio';

beforeAll(async () => {
  running = await runLocal(readEnvironment(['--memory'], { DUNWELL_LOCAL_PORTS: 'any' }), () => undefined);
  staff = createStaff(running);
  for (const [company, mode] of [
    [own, 'dunwellLed'],
    [mirrored, 'erpLed'],
  ] as const)
    await staff.must('ADM', 'PUT', `companies/${company}`, {
      ...{ legalName: `${company} Ltd`, mode, zone: 'UTC', country: 'DE', currency: 'EUR' },
      ...{ after: 0, reason: 'test' },
    });
  for (const persona of ['CRM', 'ARC', 'COL']) await staff.giveReach(persona, [own, mirrored]);
  for (const company of [own, mirrored]) {
    await staff.upload('ARC', {
      ...{ company, name: 'invoices.csv', kind: 'invoices', source: 'erp', text: invoices },
    });
    await staff.must('CRM', 'POST', `accounts/${company}/C-1/assignment`, {
      to: await staff.personOf('COL'),
    });
  }
});
afterAll(() => running.close());

const invoices = [
  'invoice_number,customer_number,customer_name,issue_date,due_date,currency,amount',
  'RE-1001,C-1,Alpha,2026-10-01,2026-10-31,EUR,100.00',
  'RE-1002,C-1,Alpha,2026-10-02,2026-11-01,EUR,250.00',
  'RE-1003,C-1,Alpha,2026-10-02,2026-11-01,EUR,500.00',
  'RE-2001,C-2,Beta,2026-10-03,2026-11-02,EUR,400.00',
  'RE-2002,C-2,Beta,2026-10-03,2026-11-02,EUR,90.00',
  'RE-3001,C-3,Gamma,2026-10-04,2026-11-03,EUR,70.00',
  'RE-3002,C-3,Gamma,2026-10-05,2026-11-04,EUR,6000.00',
  '',
].join('\n');
const invoiced = 10_000 + 25_000 + 50_000 + 40_000 + 9_000 + 7_000 + 600_000;

const statement = (company: string) => ({
  ...{ company, name: 'bank.xml', kind: 'bankStatement', source: 'bank' },
  text: camtText({
    ...{ account: 'DE89370400440532013000', day: '2026-11-20', opening: 0 },
    bookings: [
      { amount: 35_000, reference: `B1-${company}`, text: 'Invoices RE-1001 and RE-1002' },
      { amount: 60_000, reference: `B2-${company}`, text: 'thank you' },
    ],
  }),
});

const accountOf = async (company: string, account: string) =>
  accountAnswer.parse(await staff.must('CRM', 'GET', `accounts/${company}/${account}`));
const balanceOf = async (company: string, account: string) => (await accountOf(company, account)).balances[0];
const itemOf = async (company: string, account: string, number: string) =>
  (await accountOf(company, account)).openItems.find((one) => one.number === number)!.item;
const numbersOpen = async (company: string, account: string) =>
  (await accountOf(company, account)).openItems.map(({ number }) => number);
const receiptsIn = async (company: string, state: string) =>
  receiptsAnswer.parse(await staff.must('ARC', 'GET', `companies/${company}/receipts?state=${state}`))
    .receipts;
/** What the aging says is open of the company, once it says so much. */
const openInAging = (company: string, amount: number) =>
  staff.until(
    async () =>
      agingAnswer.parse(await staff.must('CRM', 'GET', `aging?company=${company}`)).groups[0]?.currencies[0]
        ?.open,
    (open) => open === amount,
  );
/** Payers are found by numbers once the search knows them. */
const numberKnown = (company: string, number: string) =>
  staff.until(
    async () => searchAnswer.parse(await staff.must('CRM', 'GET', `search?company=${company}&q=${number}`)),
    ({ hits }) => hits.some(({ field }) => field === 'number'),
  );
const refusedWith = (status: number, code: string) => ({ status, json: { code } });

it('a wire that names invoices is applied, and account and aging follow', async () => {
  expect(await openInAging(own, invoiced)).toBe(invoiced);
  await numberKnown(own, 'RE-1002');
  expect(await staff.upload('ARC', statement(own))).toMatchObject({ state: 'done', rows: { accepted: 2 } });
  expect(await numbersOpen(own, 'C-1')).toEqual(['RE-1003']);
  const [applied] = await receiptsIn(own, 'settled');
  expect(applied).toMatchObject({ amount: 35_000, free: 0, payer: { accountId: 'C-1' } });
  expect(await openInAging(own, invoiced - 35_000)).toBe(invoiced - 35_000);
});

it('the bank file is nothing the credit manager may send', async () => {
  const { text, ...file } = statement(own);
  const query = new URLSearchParams(file).toString();
  const answer = await staff.call('CRM', 'POST', `imports/file?${query}`, Buffer.from(text));
  expect(answer).toMatchObject(refusedWith(403, 'action-not-allowed'));
});

it('an unknown wire waits for a name, then is split over three accounts', async () => {
  const [unknown, ...others] = await receiptsIn(own, 'unidentified');
  expect([unknown?.amount, others]).toEqual([60_000, []]);
  const path = `companies/${own}/receipts/${unknown!.id}`;
  const portions = [
    {
      account: { companyId: own, accountId: 'C-2' },
      itemId: await itemOf(own, 'C-2', 'RE-2001'),
      amount: 40_000,
    },
    {
      account: { companyId: own, accountId: 'C-3' },
      itemId: await itemOf(own, 'C-3', 'RE-3001'),
      amount: 7_000,
    },
    { account: { companyId: own, accountId: 'C-1' }, amount: 13_000 },
  ];
  expect(await staff.call('ARC', 'POST', `${path}/portions`, { portions })).toMatchObject(
    refusedWith(400, 'input-not-valid'),
  );
  await staff.must('ARC', 'POST', `${path}/payer`, { accountId: 'C-1', remember: true });
  const named = receiptAnswer.parse(await staff.must('ARC', 'GET', path));
  // more than C-1 owes: it lies on account there until somebody says better
  expect(named).toMatchObject({ payer: { accountId: 'C-1' }, state: 'onAccount', free: 0 });
  const split = receiptAnswer.parse(await staff.must('ARC', 'POST', `${path}/portions`, { portions }));
  expect(split.free).toBe(0);
  expect(split.portions.map(({ state }) => state)).toEqual([...['reversed', 'posted', 'posted', 'posted']]);
  expect(await balanceOf(own, 'C-1')).toMatchObject({ open: 37_000 });
  expect(await balanceOf(own, 'C-3')).toMatchObject({ open: 600_000 });
  expect(await numbersOpen(own, 'C-2')).toEqual(['RE-2002']);
  expect(await receiptsIn(own, 'unidentified')).toEqual([]);
  expect(await openInAging(own, invoiced - 95_000)).toBe(646_000);
});

it('what was applied is taken back: the item is open again, the money on account', async () => {
  const split = await receiptsIn(own, 'onAccount');
  const receipt = split.find(({ amount }) => amount === 60_000)!;
  const portion = receipt.portions.find(({ account }) => account.accountId === 'C-2')!;
  const undo = { portionId: portion.id, changeId: portion.uses[0]!.changeId, reason: 'WRONG' };
  const path = `companies/${own}/receipts/${receipt.id}`;
  expect(await staff.call('COL', 'POST', `${path}/unapplications`, undo)).toMatchObject({ status: 403 });
  const undone = receiptAnswer.parse(await staff.must('ARC', 'POST', `${path}/unapplications`, undo));
  expect(undone.portions.find(({ id }) => id === portion.id)?.uses).toEqual([]);
  const account = await accountOf(own, 'C-2');
  expect(account.balances[0]).toMatchObject({ open: 9_000, onAccount: 40_000 });
  expect(account.openItems.map(({ number, open }) => [number, open])).toContainEqual(['RE-2001', 40_000]);
  const wish = { portionId: portion.id, itemId: portion.uses[0]!.itemId, amount: 40_000 };
  await staff.must('ARC', 'POST', `${path}/applications`, wish);
  expect(await numbersOpen(own, 'C-2')).toEqual(['RE-2002']);
});

it('money is divided only over what is there, and a refused division holds nothing', async () => {
  const [receipt] = await receiptsIn(own, 'onAccount');
  const path = `companies/${own}/receipts/${receipt!.id}`;
  const before = receiptAnswer.parse(await staff.must('ARC', 'GET', path));
  const there = { companyId: own, accountId: 'C-3' };
  for (const share of [
    { account: { companyId: own, accountId: 'C-99' }, amount: 1 },
    { account: { companyId: 'zeta', accountId: 'C-1' }, amount: 1 },
    { account: there, itemId: 'item:never', amount: 1 },
  ])
    expect([share, await staff.call('ARC', 'POST', `${path}/portions`, { portions: [share] })]).toMatchObject(
      [share, { status: 404 }],
    );
  expect(receiptAnswer.parse(await staff.must('ARC', 'GET', path))).toEqual(before);
});

it('a collector writes off a little at once; more is asked for, and another person approves', async () => {
  const account = `companies/${own}/accounts/C-1`;
  const itemId = await itemOf(own, 'C-1', 'RE-1003');
  const write = (persona: string, path: string, body: object) =>
    staff.call(persona, 'POST', `${account}/${path}`, body);
  const small = { itemId, amount: 4_000, reason: 'SMALL' };
  expect(await write('COL', 'small-write-offs', small)).toMatchObject({
    status: 200,
    json: { open: 46_000 },
  });
  const more = { itemId, amount: 45_000, reason: 'BAD_DEBT' };
  expect(await write('COL', 'small-write-offs', more)).toMatchObject(refusedWith(403, 'above-limit'));
  const asked = itemAnswer.parse(await staff.must('COL', 'POST', `${account}/write-offs`, more));
  expect(asked).toMatchObject({ open: 46_000, writeOff: { amount: 45_000, state: 'requested' } });
  const approval = `write-offs/${encodeURIComponent(asked.writeOff!.id)}/approval`;
  expect(await write('COL', approval, { itemId })).toMatchObject(refusedWith(403, 'action-not-allowed'));
  const approved = { open: 1_000, writeOff: { amount: 45_000, state: 'done' } };
  expect(await write('CRM', approval, { itemId })).toMatchObject({ status: 200, json: approved });
  expect(await write('CRM', approval, { itemId })).toMatchObject({ status: 200, json: approved });
  expect((await balanceOf(own, 'C-1'))?.open).toBe(1_000 - 13_000);
});

it('what is above the credit manager’s limit the executive approves', async () => {
  const account = `companies/${own}/accounts/C-3`;
  const itemId = await itemOf(own, 'C-3', 'RE-3002');
  const wish = { itemId, amount: 600_000, reason: 'BAD_DEBT' };
  const asked = itemAnswer.parse(await staff.must('ARC', 'POST', `${account}/write-offs`, wish));
  const path = `${account}/write-offs/${encodeURIComponent(asked.writeOff!.id)}`;
  const tooMuch = await staff.call('CRM', 'POST', `${path}/approval`, { itemId });
  expect(tooMuch).toMatchObject(refusedWith(403, 'above-limit'));
  const done = itemAnswer.parse(await staff.must('EXE', 'POST', `${path}/top-approval`, { itemId }));
  expect(done).toMatchObject({ open: 0, writeOff: { state: 'done' } });
});

it('an account of another collector is not there', async () => {
  const wish = { itemId: await itemOf(own, 'C-2', 'RE-2002'), amount: 1, reason: 'SMALL' };
  const answers = ['C-2', 'C-99'].map((account) =>
    staff.call('COL', 'POST', `companies/${own}/accounts/${account}/small-write-offs`, wish),
  );
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([404, 404]);
});

it('in the ERP’s book nothing is written off here: it is proposed, approved, and listed for the ERP once', async () => {
  const itemId = await itemOf(mirrored, 'C-1', 'RE-1002');
  const wish = { itemId, amount: 25_000, reason: 'BAD_DEBT' };
  const direct = await staff.call('COL', 'POST', `companies/${mirrored}/accounts/C-1/write-offs`, wish);
  expect(direct).toMatchObject(refusedWith(409, 'propose-instead'));
  const { amount, reason } = wish;
  const proposed = proposalAnswer.parse(
    await staff.must('COL', 'POST', `companies/${mirrored}/proposals/write-offs`, {
      ...{ kind: 'writeOff', accountId: 'C-1', currency: 'EUR', reason, items: [{ itemId, amount }] },
    }),
  );
  const list = async (state: string) =>
    proposalsAnswer.parse(await staff.must('ARC', 'GET', `companies/${mirrored}/proposals?state=${state}`));
  expect((await list('proposed')).proposals.map(({ id }) => id)).toEqual([proposed.id]);
  expect(await staff.call('ARC', 'GET', exportPath)).toMatchObject(refusedWith(404, 'posting-export-empty'));
  const path = `companies/${mirrored}/proposals/${encodeURIComponent(proposed.id)}/write-off-approval`;
  expect(await staff.call('COL', 'POST', path, {})).toMatchObject({ status: 403 });
  const approved = proposalAnswer.parse(await staff.must('CRM', 'POST', path, {}));
  expect(approved).toMatchObject({ state: 'approved', approvedBy: await staff.personOf('CRM') });
  const lines = [{ id: proposed.id, kind: 'writeOff', accountId: 'C-1', itemId, amount }];
  const first = await staff.must('ARC', 'GET', exportPath);
  expect(first).toMatchObject({ number: 1, lines });
  expect(await staff.must('ARC', 'GET', exportPath)).toEqual(first);
  expect(await staff.call('ARC', 'GET', `${exportPath}&after=1`)).toMatchObject({ status: 404 });
  const { exportId } = first as { exportId: string };
  const took = { lines: [{ id: proposed.id, reference: 'ERP-1' }] };
  const acknowledge = () =>
    staff.must('ARC', 'POST', `companies/${mirrored}/posting-export/${exportId}/acknowledgement`, took);
  expect(await acknowledge()).toEqual({ acknowledged: 1, known: 0 });
  expect(await acknowledge()).toEqual({ acknowledged: 0, known: 1 });
  expect((await balanceOf(mirrored, 'C-1'))?.open).toBe(85_000);
});

const exportPath = `companies/${mirrored}/posting-export?format=json`;

it('a wire of a company whose book the ERP keeps lowers the claim, never the book, and goes out to be posted', async () => {
  await numberKnown(mirrored, 'RE-1002');
  expect(await staff.upload('ARC', statement(mirrored))).toMatchObject({ state: 'done' });
  expect(await balanceOf(mirrored, 'C-1')).toMatchObject({ open: 85_000, provisional: 35_000 });
  const next = await staff.must('ARC', 'GET', `${exportPath}&after=1`);
  expect(next).toMatchObject({
    number: 2,
    lines: [
      { kind: 'receipt', accountId: 'C-1' },
      { kind: 'receipt', accountId: 'C-1' },
    ],
  });
});

/**
 * One story in seven scenes: a file, its entries, a reminder, the link in it, a payment, the cash, the report. Beside it a
 * dispute that holds its amount and a promise that stops reminders. On the local Azure, over HTTP alone.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readEnvironment } from '../../local/environment.ts';
import { runLocal, type Running } from '../../local/run.ts';
import { accountAnswer } from '../../shared/contracts/accounts.ts';
import { withheldAnswer } from '../../shared/contracts/dunning.ts';
import { homeAnswer } from '../../shared/contracts/home.ts';
import { createdAnswer, importAnswer } from '../../shared/contracts/imports.ts';
import { topology } from '../../shared/contracts/topology.ts';
import { kpisAnswer } from '../../shared/contracts/reports.ts';
import { agingAnswer, balancesAnswer } from '../../shared/contracts/reporting.ts';
import { checkoutAnswer, linkAnswer } from '../../shared/contracts/portal.ts';
import { whyAnswer, worklistAnswer } from '../../shared/contracts/worklist.ts';
import { mailsAfter } from '../../scripts/walk/mailbox.ts';
import { createStaff, type Staff } from '../e2e/staff.ts';

let running: Running;
let staff: Staff;
let link: string;

const company = 'acme';
const reason = 'test';
const head = 'number,account,name,posting_date,due_date,currency,open_amount';
const row = {
  north1: 'RE-1001,C-1,North Retail,2026-05-10,2026-06-09,EUR,1250.00',
  north2: 'RE-1002,C-1,North Retail,2026-05-11,2026-06-10,EUR,300.00',
  south: 'RE-2001,C-2,South Foods,2026-05-10,2026-06-09,EUR,800.00',
  west: 'RE-3001,C-3,West Mills,2026-05-10,2026-06-09,EUR,400.00',
};
const contacts = ['C-1', 'C-2', 'C-3'].map(
  (account) => `${account},Accounts Payable,ap@${account}.example,AP,en`,
);

beforeAll(async () => {
  const environment = readEnvironment(['--memory', '--at', '2026-06-16T04:00:00Z'], {
    DUNWELL_LOCAL_PORTS: 'any',
  });
  running = await runLocal(environment, () => undefined);
  staff = createStaff(running);
  await staff.must('ADM', 'PUT', `companies/${company}`, {
    ...{ legalName: 'Acme Tools Ltd', mode: 'erpLed', zone: 'Europe/Berlin', country: 'DE', currency: 'EUR' },
    ...{ after: 0, reason },
  });
  for (const persona of ['CRM', 'ARC', 'CSR']) await staff.giveReach(persona, [company]);
  await staff.must('ADM', 'PUT', `companies/${company}/mail-setting`, {
    ...{ from: 'billing@dunwell.example', replyDomain: 'reply.dunwell.example', address: ['1 Mill Lane'] },
    sender: { name: 'Ann Lee', email: 'ann@acme.example', phone: '+49 30 1', hours: '9-17' },
    ...{ linkOrigin: 'https://pay.acme.example', after: 0, reason },
  });
  const bank = { holder: 'Acme Tools Ltd', account: 'DE02120300000000202051', reason };
  await staff.must('ARC', 'POST', `companies/${company}/own-bank-details`, bank);
  await staff.must('CRM', 'POST', `companies/${company}/own-bank-details/1/release`, {});
  await staff.must('CRM', 'PUT', `companies/${company}/dunning/start`, {
    ...{ goLiveOn: '2026-01-01', disclosedFactors: [], after: 0, reason },
  });
}, 120_000);
afterAll(() => running.close());

/** Sends a file; what it came to is read by what it answers with. */
const hand = async (file: Record<string, string>, lines: readonly string[]) => {
  const query = new URLSearchParams({ company, source: 'erp', ...file }).toString();
  const bytes = Buffer.from([...lines, ''].join('\n'));
  const sent = createdAnswer.parse(await staff.must('ARC', 'POST', `imports/file?${query}`, bytes));
  return async () =>
    importAnswer.parse(await staff.must('ARC', 'GET', `imports/${company}/${sent.import.importId}`));
};
const send = async (file: Record<string, string>, lines: readonly string[]) =>
  staff.until(await hand(file, lines), ({ state }) => ['done', 'refused', 'held'].includes(state));
/** A minute of business goes by, and no more. */
const aMinute = () => running.clock.sleepTo(running.clock.now() + 60_000);
/** Of 92 days of sales by 9,000.00, in hundredths of days. */
const dsoOf = (receivables: number) => Math.round((receivables / 9_000_00) * 92_00);
/** Before anything is paid. */
const atNight = {
  ...{ open: 1_550_00, provisional: 0, receivables: 2_750_00, overdue: 2_750_00, dso: dsoOf(2_750_00) },
  ...{ feedAsOf: '2026-06-16T03:00:00Z', bankAsOf: null },
};
/** What a refresh shows: to the CEO a balance and tiles with how old they are, to the collectors' head the worklist. */
const refreshed = async (id: string) => {
  const [balance] = (await account(id)).balances;
  const home = homeAnswer.parse(await staff.must('EXE', 'GET', `home/${company}/ceo`));
  const list = worklistAnswer.parse(
    await staff.must('CRM', 'GET', `companies/${company}/worklist?list=team&limit=50`),
  );
  const tile = (name: string, part: string | null = null) =>
    home.tiles.find((one) => one.name === name && (part === null || one.part === part))?.value;
  const listed = [...list.due, ...list.ranked].find((one) => one.account === id);
  // whoever was written to today has no place on the list; what is claimed of them is told all the same
  const { claim } = whyAnswer.parse(
    await staff.must('CRM', 'GET', `companies/${company}/worklist/${id}/why?list=team`),
  );
  const { dataAt, book } = home;
  return {
    ...{ open: balance?.open, provisional: balance?.provisional, claim, listed },
    ...{ receivables: tile('receivables'), overdue: tile('overdue'), dso: tile('dso', 'simple') },
    ...{ dataAt, feedAsOf: book?.feedAsOf, bankAsOf: book?.bankAsOf },
  };
};
const moveTo = (instant: string) => running.clock.sleepTo(Date.parse(instant));
const account = async (id: string) =>
  accountAnswer.parse(await staff.must('CRM', 'GET', `accounts/${company}/${id}`));
const remindersTo = async (id: string) =>
  (await mailsAfter({ mailbox: running.endpoints.email }, '0')).filter(
    ({ to, subject }) => to === `ap@${id}.example` && /reminder/i.test(subject),
  );
const item = (number: string) => `item:invoice:${number}`;
const portal = async (path: string, body?: object): Promise<unknown> => {
  const answer = await fetch(`${running.urls['portal']}/api/portal/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Link ${link}`,
      origin: `http://localhost:${topology.apps['portal']!.localPort}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': 'pays' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
};

it('1. the file of the night is taken whole, with the contacts beside it', async () => {
  const people = await send({ kind: 'contacts', name: 'contacts.csv', locale: 'plain' }, [
    'account,name,contact_email,role,language',
    ...contacts,
  ]);
  expect(people).toMatchObject({ state: 'done', rows: { read: 3, accepted: 3, rejected: 0 } });
  const sales = await send({ kind: 'sales', name: 'sales.csv', locale: 'plain' }, [
    'from,to,currency,gross',
    ...['2026-03-01,2026-03-31', '2026-04-01,2026-04-30', '2026-05-01,2026-05-31'].map(
      (month) => `${month},EUR,3000.00`,
    ),
  ]);
  expect(sales).toMatchObject({ state: 'done', rows: { read: 3, accepted: 3, rejected: 0 } });
  const night = { kind: 'snapshot', name: 'night.csv', asOf: '2026-06-16T03:00:00Z' };
  const report = await send(night, [head, ...Object.values(row)]);
  expect(report).toMatchObject({
    ...{ state: 'done', rows: { read: 4, accepted: 4, rejected: 0 } },
    posted: { change: { EUR: 2_750_00 } },
  });
}, 120_000);

it('2. it is in the books: each account and the aging say so', async () => {
  expect((await account('C-1')).balances).toMatchObject([{ currency: 'EUR', open: 1_550_00 }]);
  const aging = await staff.until(
    async () => agingAnswer.parse(await staff.must('CRM', 'GET', `aging?company=${company}`)),
    ({ groups }) => groups[0]?.currencies[0]?.open === 2_750_00,
  );
  expect(aging.groups[0]?.currencies[0]?.receivables.buckets).toMatchObject({ '1-30': 2_750_00, notDue: 0 });
  const opened = await staff.must('CSR', 'POST', `accounts/${company}/C-2/cases`, {
    ...{ code: 'PRICE', items: [{ item: item('RE-2001'), amount: 500_00 }], text: 'Other price agreed.' },
  });
  expect(opened).toMatchObject({ state: expect.any(String) as string });
  await staff.must('CRM', 'POST', `companies/${company}/accounts/C-3/promises`, {
    ...{ dueOn: '2026-06-22', currency: 'EUR', items: [{ itemId: item('RE-3001'), amount: 400_00 }] },
  });
}, 120_000);

it('3. in the morning one reminder each is in the mailbox, but not of what is disputed or promised', async () => {
  await moveTo('2026-06-16T07:00:00Z');
  const [north, ...more] = await staff.until(
    () => remindersTo('C-1'),
    (mails) => mails.length > 0,
  );
  expect(more).toEqual([]);
  expect(north?.sums).toEqual({ EUR: 1_550_00 });
  expect(north?.items.map(({ number }) => number).toSorted()).toEqual(['RE-1001', 'RE-1002']);
  const [south] = await staff.until(
    () => remindersTo('C-2'),
    (mails) => mails.length > 0,
  );
  expect(south?.sums).toEqual({ EUR: 300_00 });
  expect(south?.plain).toContain('We are looking into');
  expect(await remindersTo('C-3')).toEqual([]);
  const withheld = withheldAnswer.parse(
    await staff.must('CRM', 'GET', `companies/${company}/dunning/withheld?reason=promised`),
  );
  expect(withheld.accounts.map((one) => one.account)).toEqual(['C-3']);
  link = /https:\/\/pay\.acme\.example\/pay\/(\S+)/.exec(north!.plain)![1]!;
}, 120_000);

it('4. the link in it opens what it asked for, and nothing else', async () => {
  const shown = linkAnswer.parse(await portal('link'));
  expect(shown).toMatchObject({ account: 'C-1', seller: 'Acme Tools Ltd', sums: [{ toPay: 1_550_00 }] });
  expect(shown.items.map(({ number, toPay }) => [number, toPay])).toEqual([
    ['RE-1001', 1_250_00],
    ['RE-1002', 300_00],
  ]);
});

it('5. one invoice of it is paid at the provider', async () => {
  expect(await refreshed('C-1')).toMatchObject({ ...atNight, claim: 1_550_00 });
  const wanted = { currency: 'EUR', items: [{ item: item('RE-1001') }] };
  const started = checkoutAnswer.parse(await portal(`accounts/${company}/C-1/payments`, wanted));
  expect(started).toMatchObject({ amount: 1_250_00, state: 'open' });
  const paid = await fetch(started.url!, {
    ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams({ method: 'paid' }) },
  });
  expect(paid.status).toBe(303);
  expect(paid.headers.get('location')).toContain(`/payments/${started.payment}`);
}, 120_000);

it('6. the cash lowers the claim within a minute, and the book with all that shows it when the file does', async () => {
  await aMinute();
  // the ERP has not posted it: less is claimed, the book and what is made of it stand
  const before = await refreshed('C-1');
  expect(before).toMatchObject({ ...atNight, provisional: 1_250_00, claim: 300_00 });
  await moveTo('2026-06-17T04:00:00Z');
  const sentAt = running.clock.now();
  const night = { kind: 'snapshot', name: 'next.csv', asOf: '2026-06-17T03:00:00Z' };
  const report = await hand(night, [head, row.north2, row.south, row.west]);
  await aMinute();
  expect(await report()).toMatchObject({ state: 'done', posted: { change: { EUR: -1_250_00 } } });
  const after = await refreshed('C-1');
  expect(after).toMatchObject({
    ...{ open: 300_00, provisional: 0, claim: 300_00, listed: { claim: 300_00, oldestDueOn: '2026-06-10' } },
    ...{ receivables: 1_500_00, overdue: 1_500_00, dso: dsoOf(1_500_00) },
    ...{ feedAsOf: '2026-06-17T03:00:00Z', bankAsOf: null },
  });
  const [olderAt, dataAt] = [before, after].map((one) => Date.parse(one.dataAt!));
  expect(olderAt).toBeLessThan(sentAt);
  expect(dataAt).toBeGreaterThanOrEqual(sentAt);
}, 120_000);

it('7. the report shows it, and nobody is asked twice', async () => {
  await moveTo('2026-06-17T09:00:00Z');
  const { groups } = agingAnswer.parse(
    await staff.must('CRM', 'GET', `aging?company=${company}&disputed=apart`),
  );
  const [figures] = groups[0]!.currencies;
  expect(figures).toMatchObject({ open: 1_500_00, receivables: { total: 1_500_00 } });
  expect(figures!.receivables).toMatchObject({
    buckets: { '1-30': 1_000_00 },
    columns: { disputed: 500_00 },
  });
  const [total] = balancesAnswer.parse(
    await staff.must('CRM', 'GET', `balances?company=${company}`),
  ).companies;
  expect(total).toMatchObject({ accounts: 3, openByCurrency: { EUR: 1_500_00 } });
  const query = 'firstOn=2026-06-16&asOf=2026-06-17';
  const { tiles } = kpisAnswer.parse(await staff.must('EXE', 'GET', `reports/${company}/kpis?${query}`));
  const told = Object.fromEntries(tiles.map(({ name, value }) => [name, value]));
  expect(told).toMatchObject({
    receivables: 1_500_00,
    overdue: 1_500_00,
    disputed: 500_00,
    promised: 400_00,
  });
  expect(told['collectedBooked']).toBe(1_250_00);
  expect(told['disputesOpened']).toBe(1);
  expect(await remindersTo('C-1')).toHaveLength(1);
  expect(await remindersTo('C-2')).toHaveLength(1);
  expect(await remindersTo('C-3')).toEqual([]);
}, 120_000);

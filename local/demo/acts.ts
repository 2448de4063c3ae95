/**
 * What people of the company and its customers do on each day before the demo opens: the stories' own acts.
 * From: `days.ts`, by day. Next: the routes they use. Each act is one that a person would do on a page, in a mailbox or at
 * the payment provider.
 */
import { createdItem, type Calls } from './calls.ts';
import { cases } from './acts-cases.ts';
import { csv, decimal, isLate } from './files.ts';
import { dayAfter } from './numbers.ts';
import { today } from './plan.ts';
import { staff } from './set-up.ts';
import { fourAnswer, payInPortal, ticketAnswers } from './acts-customers.ts';
import { answeredIll, calledByIll } from './stories-ledger.ts';
import type { World } from './world.ts';

const [ltd, gmbh, inc] = ['harrowmint-ltd', 'harrowmint-gmbh', 'harrowmint-inc'];

type Act = (calls: Calls, worlds: readonly World[]) => Promise<void>;

/** Before the morning's look at accounts, and after its drafts were released. */
export const acts: Record<string, { before?: readonly Act[]; after?: readonly Act[] }> = {
  '2026-10-14': { before: [treat, assign, pullToFinal], after: [promise, ...cases.opened] },
  '2026-10-15': { after: [ticketAnswers, ...cases.contested] },
  '2026-10-16': { before: [nameThePayer] },
  '2026-10-19': { after: [callTwelve] },
  '2026-10-20': { before: [sendNews], after: [payInPortal, fourAnswer, hearOfInsolvency, ...cases.wanted] },
  [today]: { after: [fallIll] },
};

async function treat(calls: Calls): Promise<void> {
  const treated = (company: string, account: string, body: object): Promise<unknown> =>
    calls.must('CRM', 'PUT', `companies/${company}/accounts/${account}/treatment`, body);
  const mandate = { reference: 'M-2017', announceDays: 5, mayRetry: true };
  await treated(gmbh, 'G-2017', { paysByDirectDebit: true, mandate });
  await treated(gmbh, 'G-2019', { kind: 'government' });
  for (const [company, account] of keyAccounts) await treated(company!, account!, { isKey: true });
  // sales wants a few days with this customer first
  const hold = { code: 'sales-hold', untilOn: '2026-10-20', reason: 'sales visits them this week' };
  await treated(inc, 'I-3010', { policyId: 'standard' });
  await calls.must('CRM', 'POST', `companies/${inc}/accounts/I-3010/holds`, hold);
}

export const keyAccounts = [
  ...[
    [ltd, 'L-1001'],
    [ltd, 'L-1002'],
    [gmbh, 'G-2001'],
    [gmbh, 'G-2020'],
  ],
  ...[
    [inc, 'I-3005'],
    [inc, 'I-3007'],
    [inc, 'I-3008'],
    [inc, 'I-3009'],
  ],
];

/** Everybody's accounts: the ill collector's are those of his story. */
async function assign(calls: Calls, worlds: readonly World[]): Promise<void> {
  const ofIll = new Set([...calledByIll, ...answeredIll]);
  const others = staff.collectors.filter((persona) => persona !== staff.ill);
  const ids = new Map<string, string>();
  for (const persona of staff.collectors) ids.set(persona, await calls.personOf(persona));
  await Promise.all(
    worlds.map(({ plan, accounts, invoices }) => {
      const late = new Set(invoices.filter(isLate).map(({ account }) => account));
      return inTurn(accounts.entries(), async ([at, { id }]) => {
        if (!ofIll.has(id) && !late.has(id)) return; // nobody's: any collector may take it from the pool
        const to = ids.get(ofIll.has(id) ? staff.ill : others[at % others.length]!);
        await calls.must('CRM', 'POST', `accounts/${plan.id}/${id}/assignment`, { to });
      });
    }),
  );
}

const inTurn = async <One>(all: Iterable<One>, take: (one: One) => Promise<void>): Promise<void> => {
  for (const one of all) await take(one);
};

async function promise(calls: Calls): Promise<void> {
  const made = (
    company: string,
    account: string,
    currency: string,
    dueOn: string,
    items: [string, number][],
  ) =>
    calls.must('CRM', 'POST', `companies/${company}/accounts/${account}/promises`, {
      ...{ currency, dueOn, who: 'accounts payable', channel: 'call' },
      items: items.map(([number, amount]) => ({ itemId: createdItem(number), amount })),
    });
  await made(ltd, 'L-1004', 'GBP', '2026-10-14', [['LS-401', 2_600_00]]);
  await made(ltd, 'L-1004', 'GBP', '2026-10-15', [['LS-402', 1_950_00]]);
  await made(gmbh, 'G-2016', 'EUR', '2026-10-16', [
    ['GS-201', 4_900_00],
    ['GS-202', 1_500_00],
  ]);
}

/** Money of a customer who wrote nothing: the clerk knows the bank account, and not the invoices. */
async function nameThePayer(calls: Calls): Promise<void> {
  const answer = await calls.must('ARC', 'GET', `companies/${gmbh}/receipts?state=unidentified`);
  const { receipts } = answer as { receipts: { id: string; payerName?: string }[] };
  const found = receipts.find(({ payerName = '' }) => payerName.startsWith('Eschental'));
  if (found === undefined) throw new Error('the money of Eschental is not among what nobody could place');
  const named = { accountId: 'G-2016', remember: true };
  await calls.must('ARC', 'POST', `companies/${gmbh}/receipts/${encodeURIComponent(found.id)}/payer`, named);
}

async function pullToFinal(calls: Calls): Promise<void> {
  const pulled = { itemIds: [createdItem('IS-903')], stage: 6, reason: 'called about before' };
  await calls.must('CRM', 'POST', `companies/${inc}/accounts/I-3010/stages`, pulled);
}

async function callTwelve(calls: Calls): Promise<void> {
  for (const account of calledByIll)
    await calls.must(staff.ill, 'POST', `accounts/${ltd}/${account}/calls`, {
      ...{ code: 'messageLeft', durationSeconds: 40, note: 'left word with the office' },
      followUp: { on: today },
    });
}

/** An order that waits for money, and an invoice that a hospital's platform did not take. */
async function sendNews(calls: Calls): Promise<void> {
  const holds = csv(
    ['account', 'order', 'currency', 'amount', 'held_date', 'reason'],
    [
      {
        account: 'I-3007',
        order: 'SO-8600',
        currency: 'USD',
        amount: decimal(86_000_00),
        held_date: '2026-10-19',
        reason: 'overdue',
      },
    ],
  );
  const status = csv(
    ['account', 'number', 'status', 'status_date'],
    [{ account: 'G-2019', number: 'GS-501', status: 'rejected', status_date: '2026-10-20' }],
  );
  const sent = [
    { company: inc, name: 'order-holds.csv', kind: 'orderHolds', source: 'erp', text: holds },
    { company: gmbh, name: 'ap-status.csv', kind: 'apStatus', source: 'platform', text: status },
  ] as const;
  for (const { state, rows, kind } of await calls.upload('ARC', sent))
    if (state !== 'done' || rows.rejected > 0) throw new Error(`${kind}: ${state}`);
}

async function hearOfInsolvency(calls: Calls): Promise<void> {
  const told = { court: 'Amtsgericht Kassel, 660 IN 12/26', administrator: 'Dr. Imke Rahlfs' };
  await calls.must('CRM', 'POST', `accounts/${gmbh}/G-2018/calls`, {
    ...{ code: 'insolvent', durationSeconds: 180, note: 'filed today, says the managing director' },
    answers: { day: dayAfter(today, -1), told },
  });
}

async function fallIll(calls: Calls): Promise<void> {
  const [who, deputy] = [await calls.personOf(staff.ill), await calls.personOf(staff.deputy)];
  const away = { who, deputy, firstOn: today, lastOn: dayAfter(today, 2), reason: 'ill' };
  await calls.must('CRM', 'POST', `companies/${ltd}/absences`, away);
}

/**
 * What people do about feeds, over HTTP alone: a held file, the morning check in three colours, what the ERP is to
 * post and what it says of it; hosted as in the cloud on the local Azure.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readEnvironment } from '../../local/environment.ts';
import { runLocal, type Running } from '../../local/run.ts';
import { accountAnswer } from '../../shared/contracts/accounts.ts';
import { proposalAnswer } from '../../shared/contracts/cash-desk.ts';
import { feedsAnswer, morningCheckAnswer } from '../../shared/contracts/erp-exchange.ts';
import { createStaff, type Staff } from './staff.ts';

let running: Running;
let staff: Staff;

const acme = 'acme';
const foreign = 'brio';

beforeAll(async () => {
  running = await runLocal(readEnvironment(['--memory'], { DUNWELL_LOCAL_PORTS: 'any' }), () => undefined);
  staff = createStaff(running);
  for (const company of [acme, foreign])
    await staff.must('ADM', 'PUT', `companies/${company}`, {
      ...{ legalName: `${company} Ltd`, mode: 'erpLed', zone: 'UTC', country: 'DE', currency: 'EUR' },
      ...{ after: 0, reason: 'test' },
    });
  for (const persona of ['CRM', 'ARC']) await staff.giveReach(persona, [acme]);
});
afterAll(() => running.close());

/** Sixty invoices of 100 each on the first day; `gone` of them are missing later. */
const night = async (day: number, gone = 0) => {
  const rows = Array.from({ length: 60 - gone }, (_, at) => {
    const number = gone + at;
    return `RE-${1_000 + number},C-${number % 6},2026-10-01,2026-10-31,EUR,100.00`;
  });
  const text = ['number,account,document_date,due_date,currency,open_amount', ...rows, ''].join('\n');
  const file = { company: acme, name: `${day}.csv`, kind: 'snapshot', source: 'erp', text };
  return staff.upload('ARC', { ...file, ...{ asOf: asOf(day) } });
};
const asOf = (day: number): string => `2026-11-${day}T05:00:00Z`;
const refusedWith = (status: number, code: string) => ({ status, json: { code } });
const check = async () =>
  morningCheckAnswer.parse(await staff.must('CRM', 'GET', `companies/${acme}/morning-check`));
const control = (day: number, EUR: number) =>
  staff.must('ARC', 'PUT', `companies/${acme}/control-account`, {
    ...{ on: `2026-11-${day}`, balances: { EUR } },
  });

it('a held file: a clerk asks, and may not release it alone; the manager does, and only then it is posted', async () => {
  expect(await night(10)).toMatchObject({ state: 'done' });
  const held = await night(11, 55);
  expect(held).toMatchObject({ state: 'held', because: { code: 'snapshot-shrank' }, waitsFor: 'person' });
  const path = `imports/${acme}/${held.importId}/release`;
  const reason = { reason: 'a branch was sold' };
  expect(await staff.must('ARC', 'POST', path, reason)).toMatchObject({ outcome: 'requested' });
  expect(await staff.call('COL', 'POST', path, reason)).toMatchObject({ status: 403 });
  expect((await check()).checks[0]).toMatchObject({ asOf: asOf(10), lines: [{ closing: 600_000 }] });
  expect(await staff.must('CRM', 'POST', path, reason)).toMatchObject({ outcome: 'released' });
  const after = await staff.until(check, ({ checks: [one] }) => one?.asOf === asOf(11));
  expect(after).toMatchObject({
    colour: 'green',
    checks: [{ lines: [{ cleared: 550_000, closing: 50_000 }] }],
  });
  expect(await staff.call('CRM', 'POST', path, reason)).toMatchObject(refusedWith(409, 'import-not-held'));
});

it('of a company nobody reaches, the held file is not there', async () => {
  const path = `imports/${foreign}/imp-1/release`;
  expect(await staff.call('CRM', 'POST', path, { reason: 'a guess' })).toMatchObject({ status: 404 });
});

it('the morning check is green to the cent, amber up to 0.1 % of the receivables, red above', async () => {
  expect(await night(12, 0)).toMatchObject({ state: 'done' });
  expect(await check()).toMatchObject({ colour: 'green', isDunningStopped: false });
  for (const [balance, colour, isDunningStopped] of [
    [600_000, 'green', false],
    [600_600, 'amber', false],
    [600_601, 'red', true],
  ] as const) {
    await control(12, balance);
    expect(await check()).toMatchObject({ colour, isDunningStopped });
  }
  expect((await check()).checks[0]?.lines[0]).toMatchObject({
    ...{ control: 600_601, closing: 600_000, reasons: ['control-account-differs'] },
  });
});

it('red is released by the manager alone, with a reason; the next red check stops dunning again', async () => {
  const path = `companies/${acme}/morning-check/release`;
  const reason = { reason: 'booked tomorrow' };
  expect(await staff.call('ARC', 'POST', path, reason)).toMatchObject({ status: 403 });
  expect(await staff.call('CRM', 'POST', path, { reason: '' })).toMatchObject({ status: 400 });
  expect(await staff.must('CRM', 'POST', path, reason)).toEqual({ released: ['company'] });
  expect(await check()).toMatchObject({
    ...{ colour: 'red', isDunningStopped: false, checks: [{ released: reason }] },
  });
  expect(await staff.call('CRM', 'POST', path, reason)).toMatchObject(
    refusedWith(409, 'morning-check-not-red'),
  );
  await night(13);
  await control(13, 1);
  expect(await check()).toMatchObject({ colour: 'red', isDunningStopped: true });
});

it('beside a balance stands whose book it is, of when, and what the control account lacks', async () => {
  const { book } = accountAnswer.parse(await staff.must('CRM', 'GET', `accounts/${acme}/C-1`));
  expect(book).toMatchObject({ mode: 'erpLed', feedAsOf: asOf(13) });
});

const exportPath = `companies/${acme}/posting-export`;
let exportId = '';
let proposalId = '';

it('an approved write-off is in the posting export once, as a table and as JSON', async () => {
  expect(await staff.download('ARC', exportPath)).toMatchObject({ status: 404 });
  const items = [{ itemId: 'item:invoice:RE-1000', amount: 10_000 }];
  const wish = { kind: 'writeOff', accountId: 'C-0', currency: 'EUR', reason: 'BAD_DEBT', items };
  const asked = proposalAnswer.parse(
    await staff.must('ARC', 'POST', `companies/${acme}/proposals/write-offs`, wish),
  );
  proposalId = asked.id;
  const approval = `companies/${acme}/proposals/${encodeURIComponent(asked.id)}/write-off-approval`;
  await staff.must('CRM', 'POST', approval, {});
  const table = await staff.download('ARC', exportPath);
  expect(table).toMatchObject({ status: 200 });
  expect(table.headers.get('content-type')).toContain('text/csv');
  expect(table.text.split('\r\n')[1]).toMatch(
    /^proposal:[0-9a-f]+,writeOff,C-0,item:invoice:RE-1000,EUR,10000,/,
  );
  const json = await staff.must('ARC', 'GET', `${exportPath}?format=json`);
  expect(json).toMatchObject({ number: 1, lines: [{ id: proposalId, amount: 10_000 }] });
  exportId = (json as { exportId: string }).exportId;
  const next = await staff.download('ARC', `${exportPath}?after=1`);
  expect([next.status, JSON.parse(next.text)]).toMatchObject([404, { code: 'posting-export-empty' }]);
});

it('is acknowledged once; another export, another company or a line that is not in it are refused', async () => {
  const say = (id: string, export_ = exportId, company = acme) =>
    staff.call('ARC', 'POST', `companies/${company}/posting-export/${export_}/acknowledgement`, {
      lines: [{ id, reference: 'ERP-7' }],
    });
  expect(await say('line-that-is-not-there')).toMatchObject(refusedWith(422, 'posting-line-unknown'));
  expect(await say(proposalId, 'export-9-0000')).toMatchObject(refusedWith(422, 'posting-line-unknown'));
  expect(await say(proposalId, exportId, foreign)).toMatchObject(refusedWith(422, 'posting-line-unknown'));
  expect(await say(proposalId)).toEqual({ status: 200, json: { acknowledged: 1, known: 0 } });
  expect(await say(proposalId)).toEqual({ status: 200, json: { acknowledged: 0, known: 1 } });
});

it('is done when the next file shows it, and waits for nothing any more', async () => {
  await running.clock.moveTo(running.clock.now() + 60_000);
  const text = `number,account,document_date,due_date,currency,open_amount\nRE-1001,C-1,2026-10-01,2026-10-31,EUR,100.00\n`;
  const later = new Date(running.clock.now()).toISOString();
  const file = { company: acme, name: 'last.csv', kind: 'snapshot', source: 'erp', text };
  const held = await staff.upload('ARC', { ...file, ...{ asOf: later } });
  await staff.must('CRM', 'POST', `imports/${acme}/${held.importId}/release`, { reason: 'all was paid' });
  const done = await staff.until(
    () => staff.must('ARC', 'GET', `companies/${acme}/proposals?state=done`),
    (answer) => (answer as { proposals: unknown[] }).proposals.length > 0,
  );
  expect(done).toMatchObject({ proposals: [{ id: proposalId, state: 'done', shownBy: held.importId }] });
  const feeds = feedsAnswer.parse(await staff.must('ARC', 'GET', `companies/${acme}/feeds`));
  expect(feeds).toMatchObject({ mode: 'erpLed', notPosted: [] });
});

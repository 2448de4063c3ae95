/**
 * The month-end pack (R163): aging, roll-forward and provision as they were known when the month closed, and how the book
 * stands to the control account; what is booked into the month later, or corrected in it, stands beside, never inside.
 */
import { expect, it } from 'vitest';
import { closeMonths } from '../../../functions/reporting/close-month.ts';
import { foldTail } from '../../../functions/reporting/fold-tail.ts';
import { projectEvents } from '../../../functions/reporting/project-events.ts';
import { receivePayment } from '../../../shared/domain/apply-payment.ts';
import type { BookStanding } from '../../../shared/domain/book-standing.ts';
import { instantFromText, type Day } from '../../../shared/domain/calendar.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { allShards } from '../../../shared/domain/report-shard.ts';
import type { SectionName } from '../../../shared/domain/report-schedules.ts';
import { after, day, factsOf, itemWith, money } from '../../support/account-examples.ts';
import { everything } from '../../support/test-edge.ts';
import { appendFacts, companyId } from './projection-support.ts';
import { newReportParts } from './report-parts.ts';
import { readSectionsFor } from './section-calls.ts';

const march = { dueOn: day('2026-04-03'), firstOn: day('2026-03-01'), lastOn: day('2026-03-31') };
const book: BookStanding = {
  ...{ mode: 'erpLed', feedAsOf: null, bankAsOf: null, silentBecause: [] },
  control: { on: day('2026-03-31'), differences: { EUR: money(250) } },
};

const newMonth = async () => {
  const { parts, world } = newReportParts();
  const all = { ...parts, bookOf: async () => book };
  const post = async (account: string, on: string, amount: number, dueOn: string, bookedOn = on) => {
    const id = `item:invoice:${account}-${on}-${amount}`;
    const days = {
      documentOn: on as Day,
      postedOn: on as Day,
      dueOn: dueOn as Day,
      firstDueOn: dueOn as Day,
    };
    const item = itemWith({ id, ...days, original: money(amount), open: money(amount) });
    const facts = factsOf(postItem(after(), item));
    await projectEvents(await appendFacts(world, account, bookedOn, facts, [id]), everything, world);
  };
  const pay = async (account: string, on: string, amount: number, bookedOn = on) => {
    const paymentId = `item:payment:${account}-${on}`;
    const payment = {
      ...{ paymentId, receiptId: paymentId, amount: money(amount), currency: 'EUR', portion: '' },
      ...{ source: 'test', receivedOn: on as Day, on: on as Day },
    };
    const facts = factsOf(receivePayment(after(), payment));
    await projectEvents(await appendFacts(world, account, bookedOn, facts, [paymentId]), everything, world);
  };
  const night = async (at: string) => {
    for (const shard of allShards) await foldTail(everything, { companyId, shard }, world.reports);
    await closeMonths({ companyId, zone: 'UTC' }, everything, instantFromText(at), world);
  };
  const rows = async (name: SectionName, title: string) => {
    const sections = await readSectionsFor(all, name, march);
    const { columns, rows: cells } = sections.find((one) => one.title === title)!;
    const shown = cells.map((row) => row.map((cell) => ('text' in cell ? cell.text : '')));
    return {
      columns,
      rows: Object.fromEntries(shown.map(([currency, what, ...sums]) => [`${currency} ${what}`, sums])),
    };
  };
  await post('a', '2026-02-10', 100_000, '2026-02-28');
  await post('b', '2026-03-05', 40_000, '2026-04-30');
  await pay('a', '2026-03-10', 30_000);
  await night('2026-03-02T00:05:00Z');
  await night('2026-04-02T00:05:00Z');
  return { post, pay, night, rows };
};
const beside = ['as known then', 'as corrected since', 'difference'];

it('rolls from opening to closing, ages and provides what stood, and proves the control account', async () => {
  const { rows } = await newMonth();
  const rolled = await rows('rollForward', 'Roll-forward');
  expect(rolled.columns.slice(2)).toEqual(beside);
  expect(rolled.rows).toMatchObject({
    'EUR opening': ['1000.00', '1000.00', '0.00'],
    'EUR documents posted': ['400.00', '400.00', '0.00'],
    'EUR money received': ['-300.00', '-300.00', '0.00'],
    'EUR discounts, differences, charges': ['0.00', '0.00', '0.00'],
    'EUR closing': ['1100.00', '1100.00', '0.00'],
  });
  expect((await rows('rollForward', 'Control account')).rows).toEqual({ '2026-03-31 EUR': ['2.50'] });
  const aged = await rows('frozenAging', 'Aging');
  expect(aged.columns.slice(2)).toEqual(beside);
  expect(aged.rows).toMatchObject({
    'EUR not due': ['400.00', '400.00', '0.00'],
    'EUR 31-60': ['1000.00', '1000.00', '0.00'],
    'EUR credits': ['-300.00', '-300.00', '0.00'],
    'EUR total': ['1100.00', '1100.00', '0.00'],
  });
  expect((await rows('provision', 'Provision')).rows['EUR total']?.[1]).toBe('41.20');
});

it('what is booked into the month later stands beside every figure, and changes none', async () => {
  const { post, pay, night, rows } = await newMonth();
  const known = async () => ({
    rolled: Object.entries((await rows('rollForward', 'Roll-forward')).rows).map(([what, [then]]) => [
      what,
      then,
    ]),
    aged: Object.entries((await rows('frozenAging', 'Aging')).rows).map(([what, [then]]) => [what, then]),
    provided: (await rows('provision', 'Provision')).rows,
  });
  const before = await known();
  await post('c', '2026-03-20', 70_000, '2026-03-25', '2026-04-06');
  await pay('a', '2026-03-30', 20_000, '2026-04-07');
  await night('2026-04-08T00:05:00Z');
  await night('2026-05-02T00:05:00Z');
  expect(await known()).toEqual(before);
  expect((await rows('rollForward', 'Roll-forward')).rows).toMatchObject({
    'EUR opening': ['1000.00', '1000.00', '0.00'],
    'EUR documents posted': ['400.00', '1100.00', '700.00'],
    'EUR money received': ['-300.00', '-500.00', '-200.00'],
    'EUR discounts, differences, charges': ['0.00', '0.00', '0.00'],
    'EUR closing': ['1100.00', '1600.00', '500.00'],
  });
  expect((await rows('frozenAging', 'Aging')).rows).toMatchObject({
    'EUR 1-30': ['0.00', '700.00', '700.00'],
    'EUR total': ['1100.00', '1600.00', '500.00'],
  });
});

/**
 * The effect of policies: money within 7 and within 14 days of the last reminder, replies of people; for each version of a
 * policy's step, too (R27), where a policy and no person chose the text.
 */
import { expect, it } from 'vitest';
import type { Day } from '../../shared/domain/calendar.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { sumRows } from '../../shared/domain/figure-sums.ts';
import { countsOf } from '../../shared/domain/kpis.ts';
import { figureRows, nothingWatched } from '../../shared/domain/report-figures.ts';
import { itemWith, money } from '../support/account-examples.ts';

const planned = (on: string, stage: number): Fact =>
  ({ kind: 'messagePlanned', message: { id: `message:${on}:mail`, stage, sums: { EUR: 900 } }, on }) as never;
const sent = (on: string): Fact => ({
  ...{ kind: 'messageSent', messageId: `message:${on}:mail`, leftToCarry: 0, on: on as Day },
});
const paid = (on: string, cents: number): Fact => ({
  kind: 'paymentReceived',
  receiptId: `r:${on}`,
  item: itemWith({ id: `item:paymentOnAccount:${on}`, kind: 'paymentOnAccount' }),
  posting: { debit: 'cash', credit: 'unapplied', amount: money(cents), currency: 'EUR' },
  on: on as Day,
});
const held = (code: string): Fact =>
  ({ kind: 'holdPlaced', hold: { id: `hold:${code}`, code }, on: '2026-03-04' }) as never;

it('money counts on the day of the reminder before it, within 7 and within 14 days, by its stage', () => {
  const { rows } = figureRows(nothingWatched, [
    paid('2026-03-01', 5),
    ...[planned('2026-03-02', 2), sent('2026-03-02')],
    ...[paid('2026-03-01', 10), paid('2026-03-09', 100), paid('2026-03-10', 1_000), paid('2026-03-17', 40)],
    ...[planned('2026-03-16', 4), sent('2026-03-16'), paid('2026-03-17', 7)],
  ]);
  const moves = sumRows(rows);
  expect(moves['2026-03-02' as Day]).toEqual({
    ...{ 'sent 2': 1, 'cashIn7 2 EUR': 100, 'cashIn14 2 EUR': 1_100 },
  });
  expect(moves['2026-03-16' as Day]).toEqual({ 'sent 4': 1, 'cashIn7 4 EUR': 7, 'cashIn14 4 EUR': 7 });
  const tiles = countsOf(moves['2026-03-02' as Day]).filter(({ name }) => name.startsWith('cash'));
  expect(tiles.map(({ name, part, currency, value }) => [name, part, currency, value])).toEqual([
    ['cashIn14', '2', 'EUR', 1_100],
    ['cashIn7', '2', 'EUR', 100],
  ]);
});

it('a reply of a person counts once, other holds do not', () => {
  const { rows } = figureRows(nothingWatched, [held('reply-waiting'), held('placed')]);
  const tiles = countsOf(sumRows(rows)['2026-03-04' as Day]);
  expect(tiles.find(({ name }) => name === 'replies')?.value).toBe(1);
});

it('of each version of a step: sends, money, on the first of the month; not where a person chose the text', () => {
  const of = (on: string, policyVersion?: number): Fact =>
    ({
      ...planned(on, 2),
      message: {
        ...{ id: `message:${on}:mail`, stage: 2, sums: { EUR: 900 }, policyId: 'standard' },
        ...(policyVersion === undefined ? {} : { policyVersion }),
      },
    }) as never;
  const { rows } = figureRows(nothingWatched, [
    ...[of('2026-03-02', 3), sent('2026-03-02'), paid('2026-03-04', 100)],
    ...[of('2026-03-20'), sent('2026-03-20'), paid('2026-03-21', 7)],
  ]);
  expect(sumRows(rows)['2026-03-01' as Day]).toEqual({
    ...{ 'step standard 3 2 sends': 1, 'step standard 3 2 cashIn7 EUR': 100 },
    'step standard 3 2 cashIn14 EUR': 100,
  });
});

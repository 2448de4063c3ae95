/**
 * Write-offs, recoveries and their share of sales by month, reason and approver (R126), over what a desk did: asked for,
 * approved by another, alone within one's limit, undone, paid after all; and only for who sees the whole company.
 */
import { describe, expect, it } from 'vitest';
import {
  approveAsked,
  askWriteOff,
  recordRecovery,
  writeOffAtOnce,
} from '../../../functions/ledger/write-off-items.ts';
import { readBadDebt } from '../../../functions/reporting/read-bad-debt.ts';
import { badDebtAnswer } from '../../../shared/contracts/report-bad-debt.ts';
import type { AccountItem } from '../../../shared/domain/account.ts';
import { badDebtOf } from '../../../shared/domain/bad-debt.ts';
import type { SalesRow } from '../../../shared/domain/other-rows.ts';
import { scopeOf, scopeOver, type Scope } from '../../../shared/domain/scope.ts';
import type { ReferenceStore } from '../../../shared/ports/reference-store.ts';
import type { ReportStore } from '../../../shared/ports/report-store.ts';
import { day, itemWith, money } from '../../support/account-examples.ts';
import { all, idOf, invoice } from '../../support/cash-world.ts';
import { by, deskWorld, valueOf, type Desk } from '../../support/desk-world.ts';

const a1 = { companyId: 'c1', accountId: 'a1' };
const sale = (month: string, lastDay: number, gross: number): SalesRow => ({
  ...{ row: 1, fromOn: day(`${month}-01`), toOn: day(`${month}-${lastDay}`), currency: 'EUR' },
  gross: money(gross),
});
const references: Pick<ReferenceStore, 'newest'> = {
  newest: async () =>
    [
      { kind: 'sales', row: sale('2026-02', 28, 500_000) },
      { kind: 'sales', row: sale('2026-03', 31, 750_000_00) },
    ] as never,
};
const read = ({ parts }: Desk, scope: Scope = all, firstMonth = '2026-01', lastMonth = '2026-12') =>
  readBadDebt('c1', { firstMonth, lastMonth }, scope, {
    ...{ accounts: parts.accounts, references, reports: {} as ReportStore, zoneOf: async () => 'UTC' },
  });
const wish = (item: string, amount: number, reason: string) => ({
  itemId: idOf(item),
  amount: money(amount),
  reason,
});

const worked = async (): Promise<Desk> => {
  const desk = await deskWorld();
  const early = { postedOn: day('2026-01-05') };
  await desk.post('a1', invoice('1', 900_000, early), invoice('2', 4_000, early), invoice('3', 3_000, early));
  const asked = valueOf(await askWriteOff(desk.parts, by('ann'), a1, wish('1', 300_000, 'BANKRUPT')));
  const named = { itemId: idOf('1'), writeOffId: asked.writeOff!.id };
  valueOf(await approveAsked(desk.parts, by('cm'), a1, named, 'manager'));
  const february = { ...by('ann'), now: by('ann').now.subtract({ hours: 24 * 20 }) };
  valueOf(await writeOffAtOnce(desk.parts, february, a1, wish('2', 4_000, 'OLD')));
  valueOf(await writeOffAtOnce(desk.parts, by('ann'), a1, wish('3', 3_000, 'OLD')));
  valueOf(
    await recordRecovery(desk.parts, by('ann', 'r'), a1, {
      ...{ itemId: idOf('2'), amount: money(1_500), receivedOn: day('2026-03-02') },
    }),
  );
  return desk;
};

describe('bad debt by month', () => {
  it('says what by which reason, who approved, what came back, and its share of the sales', async () => {
    const answer = badDebtAnswer.parse(valueOf(await read(await worked())));
    const alone = { reason: 'OLD', approver: null, asked: 'ann' };
    expect(answer.months).toEqual([
      {
        ...{ month: '2026-02', currency: 'EUR', writtenOff: 4_000, recovered: 0, sales: 500_000 },
        ...{ ratioHundredths: 80, parts: [{ ...alone, amount: 4_000 }] },
      },
      {
        ...{ month: '2026-03', currency: 'EUR', writtenOff: 303_000, recovered: 1_500, sales: 75_000_000 },
        ratioHundredths: 40,
        parts: [
          { reason: 'BANKRUPT', approver: 'cm', asked: 'ann', amount: 300_000 },
          { ...alone, amount: 3_000 },
        ],
      },
    ]);
  });

  it('the worked example: 9,000 less 1,500 of 750,000 is 1.00 %', () => {
    const item = {
      ...itemWith({ id: 'item:invoice:1', original: money(900_000), open: money(0) }),
      ...{
        changes: [
          { id: 'w', by: 'writeOff', amount: money(900_000), on: day('2026-03-05'), isReversed: false },
        ],
      },
      ...{ writeOffs: [{ id: 'w', amount: money(900_000), reason: 'OLD', requestedBy: 'a', state: 'done' }] },
      recoveries: [{ id: 'r', amount: money(150_000), on: day('2026-03-30') }],
    } as unknown as AccountItem;
    const march = { firstMonth: '2026-03', lastMonth: '2026-03' };
    expect(badDebtOf([item], [sale('2026-03', 31, 75_000_000)], march)).toMatchObject([{ ratio: 100 }]);
    expect(badDebtOf([item], [], march)).toMatchObject([{ sales: undefined, ratio: undefined }]);
    const undone = { ...item.changes[0]!, isReversed: true, reversedOn: day('2026-04-01') };
    const both = { firstMonth: '2026-03', lastMonth: '2026-04' };
    expect(badDebtOf([{ ...item, changes: [undone] }], [], both)).toMatchObject([
      { month: '2026-03', writtenOff: 900_000 },
      { month: '2026-04', writtenOff: -900_000 },
    ]);
    const asked = { ...item, changes: [] };
    expect(badDebtOf([asked], [], march)).toMatchObject([{ writtenOff: 0, recovered: 150_000 }]);
  });

  it('is of the months asked for alone', async () => {
    const only = valueOf(await read(await worked(), all, '2026-02', '2026-02'));
    expect(only.months.map(({ month }) => month)).toEqual(['2026-02']);
  });

  it.each<[string, Scope]>([
    ['another company', scopeOver(['c2'])],
    [
      'a part of the company',
      scopeOf([{ companies: ['c1'], accounts: { by: 'collector', collectorIds: ['ann'] } } as never]),
    ],
  ])('is not there for who sees %s', async (_who, scope) => {
    expect(await read(await deskWorld(), scope)).toMatchObject({ code: 'not-found' });
  });
});

/**
 * What clerks do with receipts and open amounts: within their limits, never alone, never into a book kept elsewhere.
 */
import { describe, expect, it } from 'vitest';
import { acknowledgePostings } from '../../../functions/erp-exchange/acknowledge-postings.ts';
import { listNotPosted } from '../../../functions/ledger/list-not-posted.ts';
import { approve, propose } from '../../../functions/ledger/propose-change.ts';
import {
  applyOnAccount,
  identifyPayer,
  splitReceipt,
  unapply,
} from '../../../functions/ledger/split-receipt.ts';
import {
  approveAsked,
  askWriteOff,
  recordRecovery,
  writeOffAtOnce,
} from '../../../functions/ledger/write-off-items.ts';
import { receiptsAnswer } from '../../../shared/contracts/cash-desk.ts';
import { linesOfReceipt } from '../../../shared/domain/posting-export.ts';
import { tenOClock } from '../../support/test-edge.ts';
import { instantFromText } from '../../../shared/domain/calendar.ts';
import { money } from '../../support/account-examples.ts';
import { all, idOf, invoice, wire } from '../../support/cash-world.ts';
import { by, codeOf, deskWorld, receiptKey, valueOf } from '../../support/desk-world.ts';

const a1 = { companyId: 'c1', accountId: 'a1' };

const desk = async (mode: 'dunwellLed' | 'erpLed' = 'dunwellLed') => {
  const world = await deskWorld(mode);
  await world.post('a1', invoice('1', 1_000_000), invoice('2', 30_000));
  return { world, parts: { ...world.parts, feeds: world.feeds } };
};
const { accountId: _nobody, ...unknown } = wire('w1', 4_321, { payerBankAccount: 'DE07' });

describe('an unidentified receipt', () => {
  it('goes to the payer a clerk names, and the bank account is known from then on', async () => {
    const { world, parts } = await desk();
    await world.receive([unknown]);
    const named = await identifyPayer(parts, by('ann'), receiptKey('w1'), {
      accountId: 'a1',
      remember: true,
    });
    expect(valueOf(named)).toMatchObject({ free: 0, plan: { rung: 'on-account' } });
    await world.receive([{ ...unknown, receiptId: 'w2' }], undefined, { importId: 'import-2' });
    expect((await world.receipt('w2')).payer).toEqual(a1);
  });

  it('is not given to an account that does not exist, nor divided before somebody paid it', async () => {
    const { world, parts } = await desk();
    await world.receive([unknown]);
    const named = identifyPayer(parts, by('ann'), receiptKey('w1'), { accountId: 'nobody', remember: false });
    expect(codeOf(await named)).toBe('not-found');
    const split = splitReceipt(parts, by('ann'), receiptKey('w1'), [{ account: a1, amount: money(1) }]);
    expect(codeOf(await split)).toBe('input-not-valid');
  });

  it('money on account settles an item, and is taken back, once each', async () => {
    const { world, parts } = await desk();
    await world.receive([wire('w1', 4_321)]);
    const [portion] = (await world.receipt('w1')).portions;
    const wish = { portionId: portion!.id, itemId: idOf('2'), amount: money(4_000) };
    for (const _ of [1, 2]) valueOf(await applyOnAccount(parts, by('ann'), receiptKey('w1'), wish));
    expect((await world.open('a1', idOf('2')))?.open).toBe(26_000);
    const [use] = (await world.receipt('w1')).portions[0]!.uses;
    const undo = { portionId: portion!.id, changeId: use!.changeId, reason: 'WRONG' };
    for (const _ of [1, 2]) valueOf(await unapply(parts, by('ann'), receiptKey('w1'), undo));
    expect((await world.open('a1', idOf('2')))?.open).toBe(30_000);
    expect((await world.receipt('w1')).portions[0]?.uses).toEqual([]);
  });
});

describe('a write-off', () => {
  const wish = (amount: number) => ({ itemId: idOf('1'), amount: money(amount), reason: 'SMALL' });

  it('of 50 is a collector’s own, of a cent more it is not', async () => {
    const { parts } = await desk();
    expect(codeOf(await writeOffAtOnce(parts, by('ann'), a1, wish(5_001)))).toBe('above-limit');
    expect(valueOf(await writeOffAtOnce(parts, by('ann'), a1, wish(5_000)))).toMatchObject({
      ...{ open: 995_000, writeOff: { state: 'done' } },
    });
  });

  it('needs another person, up to 5,000 the manager, above it the top', async () => {
    const { parts } = await desk();
    const asked = valueOf(await askWriteOff(parts, by('ann'), a1, wish(500_001)));
    const named = { itemId: idOf('1'), writeOffId: asked.writeOff!.id };
    expect(codeOf(await approveAsked(parts, by('ann', 'x'), a1, named, 'top'))).toBe('same-person');
    expect(codeOf(await approveAsked(parts, by('cm'), a1, named, 'manager'))).toBe('above-limit');
    expect(valueOf(await approveAsked(parts, by('cfo'), a1, named, 'top')).open).toBe(499_999);
    const back = await recordRecovery(parts, by('ann', 'r'), a1, { itemId: idOf('1'), amount: money(700) });
    expect(valueOf(back).open).toBe(499_999);
  });

  it('is proposed where the ERP keeps the book, and approved by somebody else', async () => {
    const { parts } = await desk('erpLed');
    expect(codeOf(await writeOffAtOnce(parts, by('ann'), a1, wish(10)))).toBe('propose-instead');
    const items = [{ itemId: idOf('1'), amount: money(10) }];
    const content = { kind: 'writeOff', accountId: 'a1', currency: 'EUR', reason: 'OLD', items } as const;
    const { id: proposalId } = valueOf(await propose(parts, by('ann'), 'c1', content));
    const named = { companyId: 'c1', proposalId };
    expect(codeOf(await approve(parts, by('ann', 'x'), named, 'writeOff'))).toBe('same-person');
    expect(valueOf(await approve(parts, by('cm'), named, 'writeOff'))).toMatchObject({ state: 'approved' });
  });
});

describe('the list "payment not posted"', () => {
  // the money came on Tuesday 10 March
  it.each([
    ['2026-03-12T10:00:00Z', []],
    ['2026-03-13T10:00:00Z', [4_321]],
  ])('at %s, after the weekdays between', async (at, amounts) => {
    const { world, parts } = await desk('erpLed');
    await world.receive([wire('w1', 4_321)]);
    const asked = { now: instantFromText(at), limit: 9 };
    const listed = valueOf(await listNotPosted(parts, all, 'c1', asked));
    expect(listed.receipts.map(({ amount }) => amount)).toEqual(amounts);
  });

  it('holds at once what three snapshots do not show, and the claim stays lowered', async () => {
    const { world, parts } = await desk('erpLed');
    await world.receive([wire('w1', 4_321)]);
    for (const on of ['11', '12', '13'])
      await world.deliver({ v: 1, companyId: 'c1', feedId: `f${on}`, asOf: `2026-03-${on}T06:00:00Z` });
    const asked = { now: instantFromText('2026-03-11T10:00:00Z'), limit: 9 };
    expect(valueOf(await listNotPosted(parts, all, 'c1', asked)).receipts).toHaveLength(1);
    expect((await world.account('a1')).head.balances['EUR']?.provisional).toBe(4_321);
  });

  it('holds at once what the ERP would not post, with its reason, and the money stays provisional', async () => {
    const { world, parts } = await desk('erpLed');
    await world.receive([wire('w1', 4_321), wire('w2', 1_000)]);
    const lines = linesOfReceipt(await world.receipt('w1'), 'c1');
    const call = { scope: all, companyId: 'c1', exportId: 'e1', now: tenOClock };
    const at = '2026-03-11T06:00:00Z';
    await parts.feeds.keepExport(all, { companyId: 'c1', exportId: 'e1', number: 1, at, by: 'x', lines });
    const said = { lines: lines.map(({ id }) => ({ id, refusedBecause: 'period is closed' })) };
    const caller = { id: 'erp', principals: [] };
    valueOf(await acknowledgePostings({ ...parts }, { ...call, caller }, said));
    const asked = { now: instantFromText('2026-03-11T10:00:00Z'), limit: 9 };
    const listed = valueOf(await listNotPosted(parts, all, 'c1', asked)).receipts;
    expect(receiptsAnswer.parse({ receipts: listed }).receipts).toMatchObject([
      { amount: 4_321, standing: 'provisional', refusedBecause: 'period is closed' },
    ]);
  });
});

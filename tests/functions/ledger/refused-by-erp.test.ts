/**
 * What two persons here agreed on and the ERP would not post: it is dropped with the ERP's reason, and the money of a
 * refund lies on account again, once, whatever dies in between.
 */
import { describe, expect, it } from 'vitest';
import { askForDetails, release } from '../../../functions/ledger/keep-payee.ts';
import { listProposals } from '../../../functions/ledger/list-proposals.ts';
import { approve, propose } from '../../../functions/ledger/propose-change.ts';
import { receivePayments } from '../../../functions/ledger/receive-payments.ts';
import { askRefund } from '../../../functions/ledger/refund-receipt.ts';
import { instantFromText } from '../../../shared/domain/calendar.ts';
import { done } from '../../../shared/domain/outcome.ts';
import { money } from '../../support/account-examples.ts';
import { all, idOf, invoice, now, wire } from '../../support/cash-world.ts';
import { by, deskWorld, endsTheSame, receiptKey, valueOf, type Desk } from '../../support/desk-world.ts';

const a1 = { companyId: 'c1', accountId: 'a1' };
const because = 'posting period 03 is closed';
const wish = (amount = 4_321) => ({
  ...{ accountId: 'a1', amount: money(amount), detailsVersion: '1', reason: 'DOUBLE' },
});
const on = (text: string, id: string) => ({ ...by(id), now: instantFromText(text) });

/** 43.21 of the ERP's own journal on account; details in force. */
const prepare = async (desk: Desk): Promise<void> => {
  await desk.post('a1', invoice('1', 30_000));
  const details = { holder: 'A Ltd', account: '12345678', reason: 'their letter' };
  valueOf(await askForDetails(desk.parts, on('2026-03-08T08:00:00Z', 'ann'), a1, details));
  valueOf(await release(desk.parts, on('2026-03-08T09:00:00Z', 'cm'), a1, 1));
  const journal = { importId: 'journal-1', kind: 'journal' } as const;
  await desk.receive([wire('w1', 4_321)], undefined, journal);
};
const approvedRefund = async ({ parts }: Desk, amount?: number) => {
  const { id } = valueOf(await askRefund(parts, by('ann'), receiptKey('w1'), wish(amount)));
  valueOf(await approve(parts, by('cm'), { companyId: 'c1', proposalId: id }, 'refund'));
  return id;
};
const refusalOf = (refusedProposal: string) => ({ v: 1 as const, companyId: 'c1', refusedProposal, because });
const where = async (desk: Desk) => {
  const { free, returns, portions } = await desk.receipt('w1');
  const posted = portions.filter(({ state }) => state === 'posted').map(({ amount }) => amount);
  return { free, returns: returns.map(({ amount }) => amount), posted };
};

describe('a refund that the ERP refuses', () => {
  it.each([4_321, 1_000])('puts the %i back on account, shown with the reason', async (amount) => {
    const desk = await deskWorld('erpLed');
    await prepare(desk);
    const id = await approvedRefund(desk, amount);
    expect((await where(desk)).returns).toEqual([amount]);
    for (const _ of [1, 2]) await desk.deliver(refusalOf(id));
    const { returns, posted, free } = await where(desk);
    expect([returns, free, posted.reduce((sum, one) => sum + one, 0)]).toEqual([[], 0, 4_321]);
    const page = { state: 'dropped', limit: 9, now } as const;
    const { proposals } = valueOf(await listProposals(desk.parts, all, 'c1', page));
    expect(proposals).toMatchObject([{ id, state: 'dropped', refusedBecause: because }]);
  });

  it('can be asked for again, and be paid then', async () => {
    const desk = await deskWorld('erpLed');
    await prepare(desk);
    await desk.deliver(refusalOf(await approvedRefund(desk)));
    const { id } = valueOf(await askRefund(desk.parts, by('ann', 'again'), receiptKey('w1'), wish()));
    const named = { companyId: 'c1', proposalId: id };
    expect(valueOf(await approve(desk.parts, by('cm', 'again'), named, 'refund'))).toMatchObject({
      state: 'approved',
    });
    expect((await where(desk)).returns).toEqual([4_321]);
  });

  it('and was paid all the same stays paid: what a feed has shown is not taken back', async () => {
    const desk = await deskWorld('erpLed');
    await prepare(desk);
    const id = await approvedRefund(desk);
    const loaded = (await desk.parts.proposals.load(all, 'c1', id))!;
    await desk.parts.proposals.save(all, { ...loaded, proposal: { ...loaded.proposal, state: 'done' } });
    await desk.deliver(refusalOf(id));
    expect((await where(desk)).returns).toEqual([4_321]);
  });

  it('ends the same whatever crashes between its effects', () =>
    endsTheSame(
      {
        accounts: ['a1'],
        prepare,
        act: async (parts) => {
          const asked = await askRefund(parts, by('ann'), receiptKey('w1'), wish(1_000));
          if (!asked.ok) return asked;
          const named = { companyId: 'c1', proposalId: asked.value.id };
          const approved = await approve(parts, by('cm'), named, 'refund');
          if (!approved.ok) return approved.code === 'not-approved' ? done(undefined) : approved;
          return receivePayments(parts, refusalOf(asked.value.id), { now, scope: all });
        },
      },
      7,
      'erpLed',
    ));
});

it('a write-off that the ERP refuses is dropped with its reason, and its item is as open as it was', async () => {
  const desk = await deskWorld('erpLed');
  await prepare(desk);
  const items = [{ itemId: idOf('1'), amount: money(30_000) }];
  const asked = { kind: 'creditNote', accountId: 'a1', currency: 'EUR', reason: 'GOODWILL', items } as const;
  const { id } = valueOf(await propose(desk.parts, by('ann'), 'c1', asked));
  valueOf(await approve(desk.parts, by('cm'), { companyId: 'c1', proposalId: id }, 'other'));
  await desk.deliver(refusalOf(id));
  expect((await desk.parts.proposals.load(all, 'c1', id))?.proposal).toMatchObject({
    ...{ state: 'dropped', refusedBecause: because },
  });
  expect((await desk.open('a1', idOf('1')))?.open).toBe(30_000);
});

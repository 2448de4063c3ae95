/**
 * Money that goes back to a payer (R164): to details in force and nowhere else, by two persons, never more than came
 * in (M10), and what is left of it stays visible.
 */
import { describe, expect, it } from 'vitest';
import { askForDetails, readPayee, release } from '../../../functions/ledger/keep-payee.ts';
import { listWaitingPayees } from '../../../functions/ledger/list-waiting-payees.ts';
import { approve } from '../../../functions/ledger/propose-change.ts';
import { askRefund } from '../../../functions/ledger/refund-receipt.ts';
import { takeBack } from '../../../functions/ledger/reverse-receipt.ts';
import { bankDetailsBody } from '../../../shared/contracts/payee-details.ts';
import { instantFromText } from '../../../shared/domain/calendar.ts';
import { scopeOf, scopeOver } from '../../../shared/domain/scope.ts';
import { day, money } from '../../support/account-examples.ts';
import { all, invoice, told, wire } from '../../support/cash-world.ts';
import {
  by,
  codeOf,
  deskWorld,
  endsTheSame,
  receiptKey,
  valueOf,
  type Desk,
} from '../../support/desk-world.ts';

const a1 = { companyId: 'c1', accountId: 'a1' };
const at = (text: string, id: string, request?: string) => ({
  ...by(id, request),
  now: instantFromText(text),
});
const details = (account = '12345678') =>
  bankDetailsBody.parse({ holder: 'A Ltd', account, reason: 'their letter of 1 March' });
const wish = (amount = 4_321) => ({
  ...{ accountId: 'a1', amount: money(amount), detailsVersion: '1', reason: 'DOUBLE' },
});

/** Details 1 in force since 9 March; 43.21 on account on the 10th. */
const prepare = async (desk: Desk): Promise<void> => {
  await desk.post('a1', invoice('1', 30_000));
  valueOf(await askForDetails(desk.parts, at('2026-03-08T08:00:00Z', 'ann'), a1, details()));
  valueOf(await release(desk.parts, at('2026-03-08T09:00:00Z', 'cm'), a1, 1));
  await desk.receive([wire('w1', 4_321)]);
};
const asked = async ({ parts }: Desk, amount?: number, request?: string) => ({
  companyId: 'c1',
  proposalId: valueOf(await askRefund(parts, by('ann', request), receiptKey('w1'), wish(amount))).id,
});

describe('bank details', () => {
  it('are released by somebody else, and are in force a day later, not a minute before', async () => {
    const desk = await deskWorld();
    await desk.post('a1', invoice('1', 1));
    for (const _ of [1, 2])
      valueOf(await askForDetails(desk.parts, at('2026-03-08T08:00:00Z', 'ann'), a1, details()));
    expect(codeOf(await release(desk.parts, at('2026-03-08T09:00:00Z', 'ann'), a1, 1))).toBe('same-person');
    for (const hour of ['09', '10'])
      valueOf(await release(desk.parts, at(`2026-03-08T${hour}:00:00Z`, 'cm'), a1, 1));
    const read = async (text: string) =>
      valueOf(await readPayee(desk.parts, { scope: all, now: instantFromText(text) }, a1));
    expect(await read('2026-03-09T08:59:59Z')).toMatchObject({ next: { version: 1, releasedBy: 'cm' } });
    expect(await read('2026-03-09T09:00:00Z')).toMatchObject({
      inForce: { version: 1, account: '12345678' },
    });
  });

  it('wait in one list of the company until somebody else releases them', async () => {
    const desk = await deskWorld();
    const waiting = async (scope = all, page: { limit: number; after?: string } = { limit: 9 }) => {
      const call = { scope, now: instantFromText('2026-03-08T12:00:00Z') };
      return valueOf(await listWaitingPayees(desk.parts, call, 'c1', page));
    };
    for (const accountId of ['a1', 'a 2', 'a3']) {
      await desk.post(accountId, invoice('1', 1));
      const ref = { companyId: 'c1', accountId };
      valueOf(await askForDetails(desk.parts, at('2026-03-08T08:00:00Z', 'ann'), ref, details()));
    }
    const named = ({ bankDetails }: Awaited<ReturnType<typeof waiting>>) =>
      bankDetails.map(({ accountId }) => accountId);
    expect(named(await waiting())).toEqual(['a 2', 'a1', 'a3']);
    expect(await waiting(all, { limit: 1 })).toMatchObject({
      ...{ after: 'a 2', bankDetails: [{ accountId: 'a 2', waiting: { version: 1, askedBy: 'ann' } }] },
    });
    expect(named(await waiting(all, { limit: 9, after: 'a 2' }))).toEqual(['a1', 'a3']);
    const lent = { by: 'grant', accountId: 'a3', itemIds: 'all' } as const;
    expect(named(await waiting(scopeOf([{ companies: ['c1'], accounts: lent }])))).toEqual(['a3']);
    expect(named(await waiting(scopeOver(['c2'])))).toEqual([]);
    valueOf(await release(desk.parts, at('2026-03-08T09:00:00Z', 'cm'), a1, 1));
    expect(named(await waiting())).toEqual(['a 2', 'a3']);
  });

  it('that are asked for while others are in force change nothing until they are, too', async () => {
    const desk = await deskWorld();
    await prepare(desk);
    valueOf(await askForDetails(desk.parts, by('ann', '2'), a1, details('87654321')));
    const now = valueOf(await readPayee(desk.parts, by('x'), a1));
    expect(now).toMatchObject({ inForce: { version: 1 }, next: { version: 2, account: '87654321' } });
    expect(codeOf(await release(desk.parts, by('cm', '3'), a1, 1))).toBe('done');
    expect(codeOf(await release(desk.parts, by('cm', '4'), a1, 3))).toBe('not-found');
  });

  it('of an account that is not there are not kept', async () => {
    const { parts } = await deskWorld();
    expect(codeOf(await askForDetails(parts, by('ann'), a1, details()))).toBe('not-found');
  });

  it.each([
    ['DE89 3704 0044 0532 0130 00', true],
    ['DE88 3704 0044 0532 0130 00', false],
    ['GB82-WEST-1234-5698-7654-32', true],
    ['12345678', true],
    ['12', false],
  ])('%s: written rightly %s', (account, isRight) => {
    expect(bankDetailsBody.safeParse({ holder: 'A', account, reason: 'x' }).success).toBe(isRight);
  });
});

describe('a refund', () => {
  it('needs a second person, and leaves receipt and account once', async () => {
    const desk = await deskWorld();
    await prepare(desk);
    const named = await asked(desk);
    expect(codeOf(await approve(desk.parts, by('ann', 'x'), named, 'refund'))).toBe('refund-second-person');
    for (const _ of [1, 2])
      expect(valueOf(await approve(desk.parts, by('cm'), named, 'refund'))).toMatchObject({ state: 'done' });
    expect((await desk.receipt('w1')).returns).toMatchObject([{ kind: 'refund', amount: 4_321 }]);
    expect((await desk.account('a1')).head.balances['EUR']?.ledger.unapplied).toBe(0);
  });

  it('goes to no details that are not released, not a day old, or replaced since', async () => {
    const desk = await deskWorld();
    await desk.post('a1', invoice('1', 30_000));
    await desk.receive([wire('w1', 4_321)]);
    const named = await asked(desk);
    const tried = async (text: string) => codeOf(await approve(desk.parts, at(text, 'cm'), named, 'refund'));
    expect(await tried('2026-03-10T10:00:00Z')).toBe('refund-details-unverified');
    valueOf(await askForDetails(desk.parts, at('2026-03-10T10:00:00Z', 'ann'), a1, details()));
    expect(await tried('2026-03-12T10:00:00Z')).toBe('refund-details-unverified');
    valueOf(await release(desk.parts, at('2026-03-12T10:00:00Z', 'cm'), a1, 1));
    expect(await tried('2026-03-13T09:59:00Z')).toBe('refund-details-unverified');
    valueOf(await askForDetails(desk.parts, at('2026-03-13T10:00:00Z', 'ann', '2'), a1, details('999999')));
    expect(await tried('2026-03-13T10:01:00Z')).toBe('done');
  });

  it('of a part leaves the rest on account', async () => {
    const desk = await deskWorld();
    await prepare(desk);
    valueOf(await approve(desk.parts, by('cm'), await asked(desk, 1_000), 'refund'));
    const { free, portions } = await desk.receipt('w1');
    expect([free, portions.filter(({ state }) => state === 'posted').map(({ amount }) => amount)]).toEqual([
      0,
      [3_321],
    ]);
    expect((await desk.account('a1')).head.balances['EUR']?.ledger.unapplied).toBe(-3_321);
  });

  it('of more than lies on account is refused', async () => {
    const desk = await deskWorld();
    await prepare(desk);
    await desk.receive([wire('w2', 25_000), told('w2', '1', 25_000)], undefined, { importId: 'import-2' });
    const wanted = await askRefund(desk.parts, by('ann'), receiptKey('w2'), wish(1));
    expect(codeOf(wanted)).toBe('refund-exceeds-credit');
  });

  it('never goes to an account the money is not of', async () => {
    const desk = await deskWorld();
    await prepare(desk);
    await desk.post('a2', invoice('9', 100));
    const elsewhere = { ...wish(1), accountId: 'a2' };
    expect(codeOf(await askRefund(desk.parts, by('ann'), receiptKey('w1'), elsewhere))).toBe('not-found');
    expect((await desk.receipt('w1')).returns).toEqual([]);
  });

  it('and another refund and a chargeback never come to more than was received (M10)', async () => {
    const desk = await deskWorld();
    await prepare(desk);
    const [first, second] = [await asked(desk, 3_000), await asked(desk, 3_000, 'ann-2')];
    expect(codeOf(await approve(desk.parts, by('cm'), first, 'refund'))).toBe('done');
    expect(codeOf(await approve(desk.parts, by('cm', '2'), second, 'refund'))).toBe('refund-exceeds-credit');
    const back = { id: 'cb', kind: 'chargeback', amount: money(1_322), on: day('2026-03-11') } as const;
    expect(codeOf(await takeBack(desk.parts, by('bank'), receiptKey('w1'), back, 'returned'))).not.toBe(
      'done',
    );
    const { returns, free } = await desk.receipt('w1');
    expect([returns.map(({ amount }) => amount), free]).toEqual([[3_000], 0]);
  });

  it('in an ERP-led company waits until the ERP has the money, and is then exported, not posted', async () => {
    const desk = await deskWorld('erpLed');
    await prepare(desk);
    expect(codeOf(await askRefund(desk.parts, by('ann'), receiptKey('w1'), wish()))).toBe(
      'refund-before-posting',
    );
    await desk.receive([wire('w3', 4_321, { method: 'x' })], undefined, {
      ...{ importId: 'journal-1', kind: 'journal', source: 'bank' },
    });
    const key = receiptKey('w3');
    const { id } = valueOf(await askRefund(desk.parts, by('ann'), key, wish()));
    const before = await desk.account('a1');
    const approved = approve(desk.parts, by('cm'), { companyId: 'c1', proposalId: id }, 'refund');
    expect(valueOf(await approved)).toMatchObject({ state: 'approved' });
    expect((await desk.account('a1')).head).toEqual(before.head);
    expect((await desk.receipt('w3')).returns).toMatchObject([{ amount: 4_321 }]);
  });

  it('ends the same whatever crashes between its effects', () =>
    endsTheSame(
      {
        accounts: ['a1'],
        prepare,
        act: async (parts) => {
          const asking = await askRefund(parts, by('ann'), receiptKey('w1'), wish(1_000));
          if (!asking.ok) return asking;
          return approve(parts, by('cm'), { companyId: 'c1', proposalId: asking.value.id }, 'refund');
        },
      },
      7,
    ));
});

describe('money for an invoice that was paid before', () => {
  const paidTwice = async (desk: Desk) => {
    await prepare(desk);
    for (const id of ['w8', 'w9'])
      await desk.receive([wire(id, 30_000), told(id, '1', 30_000)], undefined, { importId: `import-${id}` });
  };
  const proposals = async ({ parts }: Desk) =>
    (await parts.proposals.list(all, 'c1', 'proposed', { limit: 9 })).proposals;

  it('is proposed for a refund, once, by nobody and to nowhere', async () => {
    const desk = await deskWorld();
    await paidTwice(desk);
    await desk.deliver({ v: 1, companyId: 'c1', receiptId: receiptKey('w9').receiptId });
    const [proposal, ...others] = await proposals(desk);
    expect(proposal).toMatchObject({
      kind: 'refund',
      amount: 30_000,
      reason: 'DOUBLE',
      by: 'received-payments',
    });
    expect(others).toEqual([]);
    const named = { companyId: 'c1', proposalId: proposal!.id };
    expect(codeOf(await approve(desk.parts, by('cm'), named, 'refund'))).toBe('refund-details-unverified');
  });

  it('is paid back once a person has asked for it and another approved', async () => {
    const desk = await deskWorld();
    await paidTwice(desk);
    for (const _ of [1, 2]) valueOf(await askRefund(desk.parts, by('ann'), receiptKey('w9'), wish(30_000)));
    const [proposal, ...others] = await proposals(desk);
    expect([proposal?.by, others]).toEqual(['ann', []]);
    const named = { companyId: 'c1', proposalId: proposal!.id };
    expect(codeOf(await approve(desk.parts, by('ann', 'x'), named, 'refund'))).toBe('refund-second-person');
    expect(valueOf(await approve(desk.parts, by('cm'), named, 'refund'))).toMatchObject({ state: 'done' });
  });
});

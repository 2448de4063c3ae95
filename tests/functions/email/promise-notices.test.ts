/**
 * What a customer is mailed of promises, plans, receipts and statements, from whoever plans it to the mail as it went out
 * (T6, T7, T13, T14, T15).
 */
import { describe, expect, it } from 'vitest';
import { recordPromise } from '../../../functions/dunning/keep-promises.ts';
import { declinePlan } from '../../../functions/dunning/decline-plan.ts';
import { approvePlan, proposePlan } from '../../../functions/dunning/keep-plans.ts';
import { askForPlan, readOwnPlans } from '../../../functions/portal/ask-for-plan.ts';
import { receiveCheckout } from '../../../functions/ledger/receive-checkout.ts';
import { statementPdf } from '../../../shared/formats/statement-pdf.ts';
import { addDays } from '../../../shared/domain/calendar.ts';
import { money } from '../../support/account-examples.ts';
import { callerOf } from '../../support/dispute-world.ts';
import { cashWorld } from '../../support/cash-world.ts';
import { everything } from '../../support/test-edge.ts';
import { linesIn } from '../../formats/texts/read-pdf.ts';
import { dunningOf, lookNow, noticeMail } from './desks.ts';
import { companyId, createMailWorld, headOf, lateItem, open, run, today, tuesday } from './mail-world.ts';
import { payment } from './payment.ts';
import { portalWorld } from '../portal/portal-world.ts';

const key = { companyId, accountId: 'north' };
const one = 'item:invoice:north-1';
const later = (days: number) => tuesday.add({ hours: 24 * days });
const staff = (requestId: string) => ({
  ...{ scope: everything, now: tuesday, caller: callerOf('u:manager', 'CRM'), requestId },
});
const started = async (...late: number[]) => {
  const world = await createMailWorld();
  world.parts.statementOf = statementPdf;
  await open(
    world,
    'north',
    late.map((days, at) => lateItem('north', at + 1, days)),
  );
  return world;
};

describe('a promise in the mail', () => {
  const promised = async () => {
    const world = await started(5);
    const body = { dueOn: addDays(today, 3), currency: 'EUR', method: 'bank transfer' };
    const items = [{ itemId: one, amount: 40_000 }];
    const made = await recordPromise(dunningOf(world), key, { ...body, items }, staff('promise'));
    if (!made.ok) throw new Error(made.detail);
    return world;
  };

  it('noted: what, by when, for which invoice, how; the promised part stays in the balance', async () => {
    const { text } = await noticeMail(await promised(), 'north', 'T6');
    expect(text).toMatch(/400\.00.EUR|EUR.400\.00/);
    expect(text).toContain('19 June 2026');
    expect(text).toContain('north-1');
    expect(text).toContain('bank transfer');
    expect(text).toMatch(/500\.00/);
  });

  it('missed: what came of it and what did not, and the sum of its invoice by a day', async () => {
    const world = await promised();
    await noticeMail(world, 'north', 'T6');
    await payment(world, 'north', one, 5_000);
    for (const days of [7, 8, 9, 10]) await lookNow(world, 'north', 'event', later(days));
    const { text } = await noticeMail(world, 'north', 'T7', later(10));
    expect(text).toMatch(/You told us that .*400\.00.* would be paid on 19 June 2026 for north-1/);
    expect(text).toMatch(/We have received .*50\.00.*; .*350\.00.* is missing/);
    expect(text).toMatch(/Please pay .*450\.00.* by 3 July 2026/);
  });

  it('missed and paid before it goes out: withheld as paid, nothing is asked', async () => {
    const world = await promised();
    await noticeMail(world, 'north', 'T6');
    for (const days of [7, 8, 9, 10]) await lookNow(world, 'north', 'event', later(days));
    await payment(world, 'north', one, 50_000);
    const notice = (await headOf(world, 'north')).dunning.notices?.find(({ text }) => text === 'T7');
    expect(await run(world, 'north', notice!.id, later(10))).toEqual({ ok: true, value: 'paid' });
    expect(world.mailer.accepted).toHaveLength(1);
  });
});

describe('a plan in the mail', () => {
  const agreed = async () => {
    const world = await started(5, 6);
    const made = await proposePlan(
      dunningOf(world),
      key,
      {
        ...{ currency: 'EUR', itemIds: [one, 'item:invoice:north-2'] },
        instalments: [
          { on: addDays(today, 7), amount: 60_000 },
          { on: addDays(today, 14), amount: 40_000 },
        ],
      },
      staff('plan'),
    );
    if (!made.ok) throw new Error(made.detail);
    return world;
  };

  it('agreed: its sum, its invoices, every instalment and what ends it', async () => {
    const { text } = await noticeMail(await agreed(), 'north', 'T15');
    expect(text).toMatch(/We confirm the payment plan \w+ for .*1,000\.00.*, covering north-1, north-2/);
    expect(text).toMatch(/23 June 2026.*600\.00/);
    expect(text).toMatch(/30 June 2026.*400\.00/);
    expect(text).toContain('It ends when the last instalment is paid');
  });

  it('before an instalment: what is to be paid by when; after one that did not come: what is missing', async () => {
    const world = await agreed();
    await noticeMail(world, 'north', 'T15');
    await lookNow(world, 'north', 'event', later(6));
    const soon = await noticeMail(world, 'north', 'T15', later(6));
    expect(soon.text).toMatch(/600\.00.* is to be paid by 23 June 2026/);
    expect(soon.text).not.toContain('We confirm');
    await lookNow(world, 'north', 'event', later(9));
    await lookNow(world, 'north', 'event', later(10));
    const missed = await noticeMail(world, 'north', 'T15', later(10));
    expect(missed.text).toMatch(/was to be paid by 23 June 2026; .*600\.00.* has not reached us/);
  });
});

describe('a plan a customer asks for', () => {
  const body = {
    ...{ currency: 'EUR', items: [one, 'item:invoice:north-2'] },
    instalments: [
      { on: addDays(today, 7), amount: money(60_000) },
      { on: addDays(today, 14), amount: money(40_000) },
    ],
  };
  const asked = async () => {
    const world = await started(40, 45);
    const { stores } = await portalWorld();
    const own = { ...stores, accounts: world.accounts, settings: world.settings };
    const call = { scope: everything, systemScope: everything, now: tuesday, callerId: 'contact:1' };
    const ask = (requestId: string) => askForPlan(own, { ...call, requestId }, key, body);
    const plans = async () => {
      const found = await readOwnPlans(own, call, key);
      return found.ok ? found.value.plans : [];
    };
    const made = await ask('r1');
    if (!made.ok) throw new Error(made.detail);
    return { world, ask, plans, made, planId: made.value.plan };
  };

  it('waits for a person, once, and is told of by mail when it is agreed', async () => {
    const { world, ask, plans, made, planId } = await asked();
    expect(await ask('r1')).toEqual(made);
    expect(await ask('r2')).toMatchObject({ ok: false, code: 'plan-asked' });
    const { plan, tasks } = (await headOf(world, 'north')).dunning;
    expect([plan, tasks]).toMatchObject([undefined, [{ act: 'approvePlan' }]]);
    expect(await plans()).toMatchObject([{ is: 'asked', instalments: body.instalments, items: body.items }]);
    const agreed = await approvePlan(dunningOf(world), key, planId, staff('agree'));
    expect(agreed).toMatchObject({ ok: true, value: { is: 'agreed' } });
    expect(await plans()).toMatchObject([{ plan: planId, is: 'agreed', answeredBy: null }]);
    const { text } = await noticeMail(world, 'north', 'T15');
    expect(text).toMatch(/We confirm the payment plan \w+ for .*1,000\.00/);
  });

  it('not agreed: they hear so by mail, nothing else changes, and they may ask anew', async () => {
    const { world, ask, plans, planId } = await asked();
    const declined = await declinePlan(dunningOf(world), key, planId, 'they broke two', staff('no'));
    expect(declined).toMatchObject({ ok: true });
    expect(await declinePlan(dunningOf(world), key, planId, 'they broke two', staff('no'))).toEqual(declined);
    expect(await approvePlan(dunningOf(world), key, planId, staff('agree'))).toMatchObject({ ok: false });
    expect(await plans()).toEqual([]);
    const { text } = await noticeMail(world, 'north', 'T15');
    expect(text).toMatch(/We cannot agree to the payment plan \w+ you asked for, .*1,000\.00/);
    expect(text).toMatch(/23 June 2026.*600\.00/);
    expect(text).not.toContain('two');
    expect(text).not.toContain('While the plan runs');
    expect(await ask('r3')).toMatchObject({ ok: true });
  });

  it('what staff proposed among themselves is no plan the customer sees, or hears the end of', async () => {
    const world = await started(40, 45);
    const { stores } = await portalWorld();
    const instalments = [0, 1, 2, 3, 4, 5, 6].map((n) => ({
      on: addDays(today, 7 * n + 7),
      amount: n === 0 ? 99_994 : 1,
    }));
    const long = { currency: 'EUR', itemIds: body.items, instalments };
    const made = await proposePlan(dunningOf(world), key, long, staff('plan'));
    if (!made.ok) throw new Error(made.detail);
    expect(made.value.is).toBe('proposed');
    const call = { scope: everything, systemScope: everything, now: tuesday };
    const own = { ...stores, accounts: world.accounts, settings: world.settings };
    expect(await readOwnPlans(own, call, key)).toEqual({ ok: true, value: { plans: [] } });
    await declinePlan(dunningOf(world), key, made.value.planId, 'too long', staff('no'));
    expect((await headOf(world, 'north')).dunning.notices ?? []).toEqual([]);
  });
});

describe('money and balance in the mail', () => {
  it('a statement shows all that is open and brings it on paper, with what is promised in it', async () => {
    const world = await started(40, 5);
    await lookNow(world, 'north', 'statement', tuesday);
    const mail = await noticeMail(world, 'north', 'T13');
    expect(mail.text).toMatch(/1,000\.00/);
    expect(mail.files.map(({ name }) => name)).toEqual(['statement.pdf']);
    const words = linesIn(Buffer.from(mail.files[0]!.base64, 'base64')).join('\n');
    for (const said of ['Statement of account', 'north-1', 'north-2', '1,000.00'])
      expect(words).toContain(said);
  });

  it('a receipt says what came, for what, and what is left', async () => {
    const world = await started(5);
    const cash = await cashWorld();
    const paid = {
      ...{ ...key, checkoutId: 'k1', paymentId: 'pay1', currency: 'EUR', amount: money(30_000) },
      ...{ paidAt: tuesday.toString(), method: 'card', returns: [] },
      lines: [{ itemId: one, number: 'north-1', amount: money(30_000) }],
    };
    const received = await receiveCheckout(
      { ...cash.parts, accounts: world.accounts, settings: world.settings },
      {
        ...{ scope: everything, now: tuesday, actor: { kind: 'job', id: 'cash' } },
        cause: { kind: 'checkout', id: 'k1' },
      } as never,
      paid,
    );
    expect(received.ok).toBe(true);
    const { text } = await noticeMail(world, 'north', 'T14');
    expect(text).toMatch(/300\.00/);
    expect(text).toContain('north-1');
    expect(text).toMatch(/200\.00/);
  });
});

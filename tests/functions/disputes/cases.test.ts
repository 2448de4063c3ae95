/**
 * Cases from opening to closure (R78, R80, R83, R84): amounts held, authority, effects in the books, the customer told.
 */
import { describe, expect, it } from 'vitest';
import { decideCase } from '../../../functions/disputes/decide-case.ts';
import { showCase } from '../../../functions/disputes/show-case.ts';
import { stepCase } from '../../../functions/disputes/step-case.ts';
import { stepCases } from '../../../functions/disputes/step-cases.ts';
import { listCases } from '../../../functions/disputes/list-cases.ts';
import { applyPayment } from '../../../shared/domain/apply-payment.ts';
import { claimableOf } from '../../../shared/domain/item-parts.ts';
import { statesOfItem } from '../../../shared/domain/item-standing.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { casesQuery } from '../../../shared/contracts/disputes.ts';
import { day, factsOf, itemWith, money } from '../../support/account-examples.ts';
import { callerOf, disputeWorld, type DisputeWorld } from '../../support/dispute-world.ts';

const [one, two, three] = ['item:invoice:1', 'item:invoice:2', 'item:invoice:3'] as const;
const dso = (id: string) => callerOf(id, 'DSO');
const reason = 'checked against the list';
type Place = { company: string; case: string };

const claimOf = async (world: DisputeWorld, id: string): Promise<number> => {
  const account = await world.account(id);
  const frame = { today: day('2026-11-24'), disclosedFactors: new Set<string>() } as never;
  const item = account.items.get(id)!;
  return claimableOf(item, statesOfItem(item, account.head, frame), day('2026-11-24')).claimed;
};
const decide = (world: DisputeWorld, by: string, place: Place, body: object) =>
  decideCase(world.parts, world.callBy(by), dso(by), place, { reason, ...body });
const noticesOf = async (world: DisputeWorld): Promise<string[]> =>
  (await world.entries()).flatMap(({ facts }) =>
    facts.flatMap((fact) => (fact.kind === 'noticePlanned' ? [fact.notice.text] : [])),
  );

describe('a case', () => {
  it('300.00 of 1,000.00 leaves 700.00 to ask for, tells the customer, and is seen with what is missing', async () => {
    const world = await disputeWorld();
    await world.post({ id: one, original: money(100_000) });
    const place = await world.open('PRICE', { [one]: 30_000 });
    expect(await claimOf(world, one)).toBe(70_000);
    expect(await noticesOf(world)).toEqual(['T8']);
    const shown = await showCase(world.parts, world.callBy('u:collector'), callerOf('u:c', 'COL'), place);
    expect(shown).toMatchObject({
      ok: true,
      value: {
        ...{
          code: 'PRICE',
          owner: 'u:pricing',
          dueOn: '2026-11-25',
          missing: ['order', 'price list', 'contract'],
        },
        ...{ next: { step: 'validate', level: 'owner', isPast: false }, customerSees: 'received' },
        items: [{ item: one, amount: 30_000, open: 100_000 }],
      },
    });
    expect(await world.violations()).toEqual([]);
  });

  it('opened twice by one request is one; more than is left is refused', async () => {
    const world = await disputeWorld();
    await world.post({ id: one });
    const first = await world.open('PRICE', { [one]: 6_000 }, 'u:c', 'same');
    expect(await world.open('PRICE', { [one]: 6_000 }, 'u:c', 'same')).toEqual(first);
    await expect(world.open('QTY', { [one]: 4_001 })).rejects.toThrow('above-open');
    expect((await world.account()).head.disputes).toHaveLength(1);
  });

  it('a step whose answer was lost is done once: more time, and a hand it went on from since', async () => {
    const world = await disputeWorld();
    await world.post({ id: one });
    const place = await world.open('PRICE', { [one]: 6_000 });
    const step = (request: string, body: Parameters<typeof stepCase>[4]) =>
      stepCase(world.parts, world.callBy('u:manager', request), dso('u:manager'), place, body);
    for (let time = 0; time < 2; time += 1)
      expect(await step('t1', { step: 'time', days: 3 })).toMatchObject({ ok: true });
    await step('h1', { step: 'reassign', department: 'logistics' });
    await step('h2', { step: 'reassign', department: 'pricing' });
    expect(await step('h1', { step: 'reassign', department: 'logistics' })).toMatchObject({ ok: true });
    const { extraDays, hands } = await world.caseOf(place.case);
    expect(extraDays).toBe(3);
    expect(hands.map(({ owner }) => owner)).toEqual(['u:pricing', 'u:logistics', 'u:pricing']);
  });

  it('a split with every effect posts: credit, repayment, write-off, the rest asked for again; the books balance', async () => {
    const world = await disputeWorld();
    await world.post({ id: one, original: money(40_000) }, { id: two, original: money(20_000) });
    const place = await world.open('PRICE', { [one]: 40_000, [two]: 20_000 });
    const parts = { credited: money(20_000), repaid: money(5_000), writtenOff: money(10_001) };
    const decided = await decide(world, 'u:pricing', place, {
      ...parts,
      cause: 'wrong list',
      department: 'sales',
    });
    expect(decided).toMatchObject({ ok: true, value: { state: 'decided' } });
    await world.hear();
    expect(await world.caseOf(place.case)).toMatchObject({
      state: 'closed',
      closed: { cause: 'wrong list', department: 'sales' },
    });
    const account = await world.account(one, two);
    const open = [one, two].map((id) => account.items.get(id)!.open);
    expect(open[0]! + open[1]!).toBe(60_000 - 20_000 - 10_001);
    expect(account.head.balances['EUR']!.open).toBe(60_000 - 25_000 - 10_001);
    expect(await noticesOf(world)).toEqual(['T8', 'T9']);
    expect(await world.violations()).toEqual([]);
    expect((await claimOf(world, one)) + (await claimOf(world, two))).toBe(29_999);
  });

  it('rejected is asked for again the same day, and the account is looked at now', async () => {
    const world = await disputeWorld();
    await world.post({ id: one });
    const place = await world.open('PRICE', { [one]: 6_000 });
    await decide(world, 'u:pricing', place, {});
    expect(await claimOf(world, one)).toBe(10_000);
    expect((await world.account()).head.nextReviewAt).toBe('2026-11-24T09:00:00Z');
    await world.hear();
    expect(await world.caseOf(place.case)).toMatchObject({
      state: 'closed',
      closed: { cause: 'not-justified' },
    });
  });

  it('is never decided by who opened it, nor above what a role may', async () => {
    const world = await disputeWorld();
    await world.post({ id: one, original: money(2_000_000) });
    const place = await world.open('PRICE', { [one]: 200_000 }, 'u:pricing');
    const codes = [];
    for (const by of ['u:pricing', 'u:deputy', 'u:head-pricing']) {
      const outcome = await decide(world, by, place, { credited: money(200_000) });
      codes.push(outcome.ok ? 'ok' : outcome.code);
    }
    expect(codes).toEqual(['same-person', 'above-authority', 'ok']);
  });

  it('over three invoices, pricing and logistics do not agree: it is the CFO’s, and steps go on after', async () => {
    const world = await disputeWorld();
    await world.post({ id: one }, { id: two }, { id: three });
    const place = await world.open('PRICE', { [one]: 3_000, [two]: 3_000, [three]: 3_000 });
    const step = (by: string, body: Parameters<typeof stepCase>[4]) =>
      stepCase(world.parts, world.callBy(by), dso(by), place, body);
    await step('u:pricing', { step: 'validate' });
    await step('u:pricing', { step: 'reassign', department: 'logistics' });
    await step('u:logistics', { step: 'contest', department: 'logistics', text: 'it was delivered' });
    expect((await world.caseOf(place.case)).hands.map(({ owner }) => owner)).toEqual([
      ...['u:pricing', 'u:logistics', 'u:cfo'],
    ]);
    expect(await decide(world, 'u:manager', place, {})).toMatchObject({ ok: false, code: 'above-authority' });
    await world.hear();
    expect(world.alerts.raised.map(({ breach, to }) => [breach, ...to])).toContainEqual(['owners', 'u:cfo']);
    const accepted = await decide(world, 'u:cfo', place, { credited: money(9_000) });
    expect(accepted).toMatchObject({ ok: true });
    await world.hear();
    expect(await world.caseOf(place.case)).toMatchObject({
      state: 'closed',
      decision: { by: 'u:cfo', role: 'cfo' },
    });
    expect(await world.violations()).toEqual([]);
  });

  it('a payment beside it lowers what is contested to what is open; paid whole, it is over', async () => {
    const world = await disputeWorld();
    await world.post({ id: one }, { id: 'payment:r1', kind: 'paymentOnAccount', original: money(-10_000) });
    const place = await world.open('PRICE', { [one]: 6_000 });
    const pay = (amount: number, changeId: string) =>
      world.append(
        (account) =>
          factsOf(
            applyPayment(account, {
              ...{ paymentId: 'payment:r1', itemId: one, changeId, amount: money(amount) },
              on: day('2026-11-24'),
            }),
          ),
        [one, 'payment:r1'],
      );
    await pay(7_000, 'p1');
    await world.hear();
    expect((await world.caseOf(place.case)).items).toEqual([{ itemId: one, amount: 3_000 }]);
    await pay(3_000, 'p2');
    await world.hear();
    expect(await world.caseOf(place.case)).toMatchObject({ state: 'closed', closed: { cause: 'paid' } });
    expect(await world.violations()).toEqual([]);
  });

  it('a dispute owner lists and sees what is addressed to them, and nothing else is there', async () => {
    const world = await disputeWorld();
    await world.post({ id: one }, { id: two });
    const mine = await world.open('PRICE', { [one]: 3_000 });
    const other = await world.open('QTY', { [two]: 3_000 });
    const { scopeOf } = await import('../../../shared/domain/scope.ts');
    const call = { ...world.callBy('u:pricing'), scope: scopeOf([]) };
    const listed = await listCases(world.parts, call, dso('u:pricing'), 'c1', casesQuery.parse({}));
    expect(listed).toMatchObject({ ok: true, value: { cases: [{ case: mine.case }] } });
    expect(await showCase(world.parts, call, dso('u:pricing'), mine)).toMatchObject({ ok: true });
    expect(await showCase(world.parts, call, dso('u:pricing'), other)).toMatchObject({ code: 'not-found' });
    expect(await showCase(world.parts, call, callerOf('u:pricing', 'SAL'), mine)).toMatchObject({
      code: 'not-found',
    });
  });
});

it('one step for all cases of a code leaves a record on each; what one refuses holds back none', async () => {
  const world = await disputeWorld();
  const ids = Array.from({ length: 24 }, (_, n) => `item:invoice:b${n}`);
  for (const id of ids) await world.post({ id, original: money(1_000), open: money(1_000) });
  const cases: string[] = [];
  for (const id of ids) cases.push((await world.open('PRICE', { [id]: 100 })).case);
  const all = { cases, step: { step: 'validate', text: 'order of May' } as const };
  const call = world.callBy('u:pricing', 'r-batch');
  for (const _again of [1, 2])
    expect(await stepCases(world.parts, call, callerOf('u:pricing'), 'c1', all)).toMatchObject({
      value: { done: 24 },
    });
  for (const id of cases) expect(await world.caseOf(id)).toMatchObject({ state: 'validated' });
  const entries = await world.entries();
  expect(entries.filter(({ facts }) => facts.some(({ kind }) => kind === 'disputeValidated'))).toHaveLength(
    24,
  );
  const mixed = { cases: [cases[0]!, 'dispute:never'], step: { step: 'facts' } as const };
  expect(await stepCases(world.parts, world.callBy('u:pricing'), callerOf('u:pricing'), 'c1', mixed)).toEqual(
    {
      ok: true,
      value: {
        done: 1,
        cases: [
          { case: cases[0], state: 'factsKnown' },
          { case: 'dispute:never', refused: 'not-found' },
        ],
      },
    },
  );
});

it('items posted later do not disturb a case', async () => {
  const world = await disputeWorld();
  await world.post({ id: one });
  await world.open('PRICE', { [one]: 3_000 });
  await world.append((account) => factsOf(postItem(account, itemWith({ id: two }))));
  await world.hear();
  expect(await world.violations()).toEqual([]);
});

/**
 * Cases from opening to closure (R78, R80, R82): amounts held, authority, deadlines, reopening, alerts to the CFO.
 * From: `shared/domain/*dispute*.ts`.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayFromText, type Day } from '../../shared/domain/calendar.ts';
import { acceptByItself, decideDispute, rolesFor } from '../../shared/domain/decide-dispute.ts';
import {
  defaultDisputeCodes,
  defaultDisputeRules as rules,
  defaultQueryCodes,
  type DecisionRole,
} from '../../shared/domain/dispute-codes.ts';
import {
  breachesOf,
  controlAlerts,
  defaultControlRules,
  sameKind,
  timesOf,
  type ControlBreach,
} from '../../shared/domain/dispute-control.ts';
import {
  chainOfHands,
  contestUntil,
  customerStatus,
  holdsUntil,
  queryTimes,
  standingOf,
} from '../../shared/domain/dispute-deadlines.ts';
import {
  closeDispute,
  effectOf,
  findFacts,
  giveTime,
  proposeEffect,
  reassignDispute,
  recodeDispute,
  validateDispute,
} from '../../shared/domain/dispute-steps.ts';
import { heldByDispute, missingPapers, type Dispute, type DisputeFact } from '../../shared/domain/dispute.ts';
import { evolveDispute } from '../../shared/domain/evolve-dispute.ts';
import { amountOf } from '../../shared/domain/money.ts';
import { isAcceptedByItself, openDispute, reopenDispute } from '../../shared/domain/open-dispute.ts';
import type { Outcome } from '../../shared/domain/outcome.ts';

/** A Tuesday. */
const on = dayFromText('2026-11-24');
const calendar = { weekend: [6, 7], holidays: new Set<Day>() };
const codeOf = (code: string) => defaultDisputeCodes.find((one) => one.code === code)!;
const who = { by: 'u:owner', on };
const known = (open: number, contested = 0) =>
  new Map([['i1', { id: 'i1', currency: 'EUR', open: amountOf(open), contested: amountOf(contested) }]]);

const request = (amount: number, code = 'PRICE') => ({
  ...{ as: 'dispute' as const, from: 'staff' as const, accountId: 'A-1', by: 'u:collector', on },
  ...{ at: '2026-11-24T09:00:00Z', papers: ['order'], recipe: codeOf(code), recipeVersion: 1 },
  items: [{ itemId: 'i1', amount: amountOf(amount) }],
  ownerOf: (department: string) => `u:${department}`,
});
const codesOf = (outcome: Outcome<unknown>) => (outcome.ok ? 'ok' : outcome.code);
const after = (before: Dispute | undefined, outcome: Outcome<DisputeFact[]>): Dispute => {
  if (!outcome.ok) throw new Error(outcome.detail);
  return outcome.value.reduce<Dispute | undefined>((one, fact) => evolveDispute('c1', one, fact), before)!;
};
const caseOf = (amount: number, code = 'PRICE', changes: Partial<Dispute> = {}): Dispute => ({
  ...after(undefined, openDispute(request(amount, code), known(10_000_000_00))),
  ...changes,
});
const decide = (one: Dispute, role: DecisionRole, parts: object = {}) =>
  decideDispute(one, { by: 'u:decider', role, on, reason: 'checked', ...parts }, rules);

describe('codes', () => {
  it('are the twenty of the table and the six queries', () => {
    expect([defaultDisputeCodes.length, defaultQueryCodes.length]).toEqual([20, 6]);
    expect(codeOf('WHT').deadlines).toEqual({ validate: 1, decide: 60 });
    expect(codeOf('OTHER').deadlines).toEqual({ validate: 1 });
    expect(codeOf('FREIGHT')).toMatchObject({ autoEuroCents: 3_500, adjustmentReason: '54' });
  });
});

describe('opening', () => {
  it('300.00 of 1,000.00 holds 300.00 and leaves 700.00', () => {
    const one = after(undefined, openDispute(request(300_00), known(1_000_00)));
    expect(heldByDispute(one)).toEqual([{ itemId: 'i1', amount: 300_00 }]);
  });

  it.each([
    ['more than is open', request(1_000_01), known(1_000_00), 'above-open'],
    ['more than is left beside another case', request(701_00), known(1_000_00, 300_00), 'above-open'],
    ['nothing', request(0), known(1_000_00), 'amount-not-right'],
    ['an item of somebody else', request(1), new Map(), 'item-not-found'],
    ['no item', { ...request(1), items: [] }, known(1), 'items-missing'],
  ])('is refused for %s', (_what, asked, items, code) => {
    expect(codesOf(openDispute(asked, items as ReturnType<typeof known>))).toBe(code);
  });

  it('CONTRACT goes to the account manager, to legal from 5,000', () => {
    const owner = (amount: number) => caseOf(amount, 'CONTRACT').hands[0]?.owner;
    expect([owner(4_999_99), owner(5_000_00)]).toEqual(['u:accountManager', 'u:legal']);
  });

  it('names the papers it has not', () => {
    expect(missingPapers(caseOf(100))).toEqual(['price list', 'contract']);
  });
});

describe('accepted without a person', () => {
  const days = (...ago: number[]) => ago.map((one) => addDays(on, -one));
  it.each([
    ['up to the sum of the code', 25_00, 'PRICE', [], true],
    ['not a cent above', 25_01, 'PRICE', [], false],
    ['never where the code says 0', 1, 'QUAL', [], false],
    ['the third time in 90 days', 25_00, 'PRICE', days(1, 89), true],
    ['not the fourth', 25_00, 'PRICE', days(1, 2, 89), false],
    ['again when one is 90 days ago', 25_00, 'PRICE', days(1, 2, 90), true],
  ])('%s', (_what, amount, code, before, expected) => {
    expect(isAcceptedByItself(caseOf(amount, code), before, on, rules)).toEqual({
      ok: true,
      value: expected,
    });
  });

  it('is a credit of the whole', () => {
    const one = after(caseOf(25_00), acceptByItself(caseOf(25_00), on));
    expect(effectOf(one.decision!)).toEqual([{ kind: 'creditNote', amount: 25_00 }]);
  });
});

describe('who decides', () => {
  it.each<[number, boolean, DecisionRole[]]>([
    [1_000_00, false, ['owner', 'head', 'creditManager', 'cfo']],
    [1_000_01, false, ['head', 'creditManager', 'cfo']],
    [10_000_00, false, ['head', 'creditManager', 'cfo']],
    [10_000_01, false, ['cfo']],
    [10_00, true, ['cfo']],
  ])('%i cents, contested %s: %s', (amount, contested, roles) => {
    expect(rolesFor(amountOf(amount), 'EUR', rules, contested)).toEqual({ ok: true, value: roles });
  });

  it.each([
    ['above the authority', () => decide(caseOf(1_000_01), 'owner'), 'above-authority'],
    ['by who opened it', () => decide(caseOf(1), 'cfo', { by: 'u:collector' }), 'same-person'],
    ['without a reason', () => decide(caseOf(1), 'cfo', { reason: '' }), 'reason-missing'],
    ['of more than the case', () => decide(caseOf(100), 'cfo', { credited: amountOf(101) }), 'not-the-sum'],
    ['of less than nothing', () => decide(caseOf(100), 'cfo', { repaid: amountOf(-1) }), 'not-the-sum'],
    ['of a decided one', () => decide(after(caseOf(1), decide(caseOf(1), 'cfo')), 'cfo'), 'wrong-state'],
  ])('is refused %s', (_what, run, code) => {
    expect(codesOf(run())).toBe(code);
  });

  it('the parts of any decision sum to the case, and the hold to what is given up', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 900_000 }), fc.nat(100), fc.nat(100), (amount, a, b) => {
        const credited = amountOf(Math.floor((amount * a) / 200));
        const writtenOff = amountOf(Math.floor((amount * b) / 200));
        const one = after(caseOf(amount), decide(caseOf(amount), 'cfo', { credited, writtenOff }));
        const { split } = one.decision!;
        expect(split.credited + split.repaid + split.writtenOff + split.upheldForUs).toBe(amount);
        expect(heldByDispute(one).reduce((all, part) => all + part.amount, 0)).toBe(credited + writtenOff);
      }),
    );
  });
});

describe('the course', () => {
  it('from opening to closing, with its effects posted', () => {
    let one = after(caseOf(300_00), validateDispute(caseOf(300_00), who));
    one = after(one, findFacts(one, who));
    one = after(one, decide(one, 'owner', { credited: amountOf(100_00) }));
    expect([one.decision?.outcome, customerStatus(one, false)]).toEqual(['partlyAccepted', 'decidedPartly']);
    expect(codesOf(proposeEffect(one, [], on))).toBe('posting-missing');
    one = after(one, proposeEffect(one, ['p1'], on));
    const end = { cause: 'price list', department: 'sales', posted: new Set<string>() };
    expect(codesOf(closeDispute(one, end, who))).toBe('posting-missing');
    expect(codesOf(closeDispute(one, { ...end, cause: '' }, who))).toBe('cause-missing');
    one = after(one, closeDispute(one, { ...end, posted: new Set(['p1']) }, who));
    expect([one.state, standingOf(one, on, calendar, rules), heldByDispute(one)]).toEqual([
      'closed',
      undefined,
      [],
    ]);
    expect(closeDispute(one, end, who)).toEqual({ ok: true, value: [] });
  });

  it('rejected: nothing is held any more, the same day', () => {
    const one = after(caseOf(300_00), decide(caseOf(300_00), 'owner'));
    expect([one.decision?.outcome, heldByDispute(one)]).toEqual(['rejected', []]);
  });

  it('more time once, five business days at most', () => {
    const one = after(caseOf(1), giveTime(caseOf(1), 5, who, rules));
    expect([codesOf(giveTime(one, 1, who, rules)), codesOf(giveTime(caseOf(1), 6, who, rules))]).toEqual([
      ...['no-more-time', 'no-more-time'],
    ]);
  });

  it('another code brings its recipe and its clock', () => {
    const later = addDays(on, 2);
    const news = { recipe: codeOf('QUAL'), recipeVersion: 4, owner: 'u:q', at: '2026-11-26T08:00:00Z' };
    const one = after(caseOf(1, 'OTHER'), recodeDispute(caseOf(1, 'OTHER'), news, { by: 'u:x', on: later }));
    expect(one).toMatchObject({ recipeVersion: 4, clockFrom: later, recipe: { code: 'QUAL' } });
    expect(chainOfHands(one, addDays(on, 5)).map(({ days }) => days)).toEqual([2, 3]);
    expect(codesOf(reassignDispute(one, { owner: 'u:q', department: 'quality', at: '' }, who))).toBe(
      'owner-same',
    );
  });

  it('opened again only for a paper it has not had', () => {
    const one = after(caseOf(1), decide(caseOf(1), 'owner'));
    const again = (paperId?: string) => reopenDispute(one, { paperId, by: 'u:c', on });
    expect([again(), again('c1:order'), again('new-1')].map(codesOf)).toEqual([
      ...['paper-not-new', 'paper-not-new', 'ok'],
    ]);
    expect(codesOf(reopenDispute(caseOf(1), { paperId: 'new-1', by: 'u:c', on }))).toBe('not-decided');
    expect(after(one, again('new-1'))).toMatchObject({ state: 'opened', reopened: 1, items: one.items });
  });
});

describe('deadlines of PRICE 1/3/7, opened on a Tuesday', () => {
  const standing = (one: Dispute, days: number) => standingOf(one, addDays(on, days), calendar, rules);
  const found = caseOf(1, 'PRICE', { state: 'factsKnown' });

  it.each<[string, Dispute, string, string]>([
    ['validate by Wednesday', caseOf(1), 'validate', '2026-11-25'],
    ['facts by Friday', caseOf(1, 'PRICE', { state: 'validated' }), 'facts', '2026-11-27'],
    ['decide by Thursday week', found, 'decide', '2026-12-03'],
    ['with two days more, by Monday', { ...found, extraDays: 2 }, 'decide', '2026-12-07'],
    ['OTHER is told apart in two', caseOf(1, 'OTHER', { state: 'validated' }), 'recode', '2026-11-26'],
  ])('%s', (_what, one, step, dueOn) => {
    expect(standing(one, 0)).toMatchObject({ step, dueOn, owner: one.hands[0]!.owner });
  });

  it('the reminder comes at 80 %, the fifth of seven days', () => {
    expect(standing(found, 0)?.remindOn).toBe('2026-12-01');
  });

  it.each([
    [9, 'owner', false],
    [10, 'superior', true],
    [13, 'superior', true],
    [14, 'creditManager', true],
  ])('%i days later it is with the %s', (days, level, isPast) => {
    expect(standing(found, days)).toMatchObject({ level, isPast });
  });

  it('a portal case holds five business days until it is validated, a staff case until decided', () => {
    expect(holdsUntil(caseOf(1, 'PRICE', { from: 'portal' }), calendar, rules)).toBe('2026-12-01');
    expect(holdsUntil(caseOf(1), calendar, rules)).toBeUndefined();
  });

  it('a query is done in its days and pauses five', () => {
    const po = defaultQueryCodes.find(({ code }) => code === 'PO')!;
    expect(queryTimes(po, on, calendar, rules)).toEqual({ dueOn: '2026-11-26', pausesUntil: '2026-12-01' });
  });

  it('a deduction is contested within 60 days of its payment', () => {
    expect(contestUntil(caseOf(1, 'PRICE', { takenOn: on }), rules)).toBe(addDays(on, 60));
    expect(contestUntil(caseOf(1), rules)).toBeUndefined();
  });
});

describe('out of control', () => {
  const breaches = (one: Dispute, open = 1_000_000_00, days = 0) =>
    breachesOf(one, amountOf(open), addDays(on, days), defaultControlRules);
  const hand = (owner: string) => ({ owner, department: 'x', fromAt: '2026-11-24T09:00:00Z' });

  it.each<[string, string[], string[]]>([
    ['30 days is not yet', breaches(caseOf(1), undefined, 30), []],
    ['31 days', breaches(caseOf(1), undefined, 31), ['age']],
    ['25,000', breaches(caseOf(25_000_00)), ['amount']],
    ['20 % of what the customer owes', breaches(caseOf(200), 1_000), ['share']],
    ['19.9 % is not', breaches(caseOf(199), 1_000), []],
    ['three owners', breaches(caseOf(1, 'PRICE', { hands: ['a', 'b', 'c'].map(hand) })), ['owners']],
    [
      'two missed dates',
      breaches(
        caseOf(1, 'PRICE', {
          missed: [
            { step: 'a', on },
            { step: 'b', on },
          ],
        }),
      ),
      ['missedDates'],
    ],
    ['opened again', breaches(caseOf(1, 'PRICE', { reopened: 1 })), ['reopened']],
    ['closed', breaches(caseOf(25_000_00, 'PRICE', { state: 'closed' })), []],
  ])('%s', (_what, found, expected) => {
    expect(found).toEqual(expected);
  });

  it('the CFO hears of each breach once', () => {
    const one = caseOf(25_000_00);
    const first = controlAlerts(one, ['amount'], new Set());
    const sent = new Set(first.map(({ id }) => id));
    expect(first).toHaveLength(1);
    expect(controlAlerts(one, ['amount', 'age'], sent).map(({ breach }) => breach)).toEqual(['age']);
  });

  it.each<[string, ControlBreach, Partial<Dispute>, number, number]>([
    ['31 days', 'age', {}, 31, 1],
    ['61 days', 'age', {}, 61, 1],
    ['62 days: twice the 31 that broke the rule', 'age', {}, 62, 2],
    ['four times', 'age', {}, 124, 4],
    ['five owners', 'owners', { hands: ['a', 'b', 'c', 'd', 'e'].map(hand) }, 0, 1],
    ['six owners', 'owners', { hands: ['a', 'b', 'c', 'd', 'e', 'f'].map(hand) }, 0, 2],
    ['opened again twice', 'reopened', { reopened: 2 }, 0, 2],
    ['a sum, however large, is told once', 'amount', {}, 0, 1],
  ])('%s', (_what, breach, more, days, expected) => {
    const one = caseOf(90_000_00, 'PRICE', more);
    const grown = timesOf(one, breach, addDays(on, days), defaultControlRules);
    expect(grown).toBe(expected);
    const [alert] = controlAlerts(one, [breach], new Set(), () => grown);
    expect(alert?.id.endsWith(`:${breach}${grown > 1 ? `:x${grown}` : ''}`)).toBe(true);
  });

  it('says how many of this kind there were', () => {
    const earlier = (code: string, back: number, outcome?: string) => ({
      ...{ code, openedOn: addDays(on, -back), outcome },
    });
    const before = [
      ...[earlier('PRICE', 0, 'rejected'), earlier('PRICE', 1, 'partlyAccepted'), earlier('PRICE', 90)],
      ...[earlier('PRICE', 91, 'accepted'), earlier('PRICE', -1, 'accepted'), earlier('QTY', 1, 'accepted')],
    ];
    expect(sameKind(before, { code: 'PRICE', on, days: 90 })).toEqual({ count: 3, upheld: 1 });
  });
});

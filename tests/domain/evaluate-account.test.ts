/**
 * What a policy asks for at an instant: the stage of a message, netting to the cent, every reason why not.
 * From: invented accounts. Next: the run, the preview and the gate use the same function.
 */
import { describe, expect, it } from 'vitest';
import type { Account } from '../../shared/domain/account.ts';
import { addDays, dayFromText, instantFromText, type Day } from '../../shared/domain/calendar.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { evolve } from '../../shared/domain/evolve.ts';
import { standingOfItem } from '../../shared/domain/item-standing.ts';
import type { Item } from '../../shared/domain/item.ts';
import { defaultPolicies } from '../../shared/domain/policy-defaults.ts';
import { isWithheldReason, withheldReasons } from '../../shared/domain/withheld-reasons.ts';
import { noteProvisional } from '../../shared/domain/note-provisional.ts';
import { reduceItem } from '../../shared/domain/reduce-item.ts';
import { factsOf, money } from '../support/account-examples.ts';
import {
  accountOf,
  dayOf,
  evaluated,
  frameOn,
  late,
  mailOf,
  payer,
  remindedAt,
  today,
  week,
} from '../support/dunning-examples.ts';

const held = (account: Account, code: string, itemIds?: string[]): Account =>
  evolve(account, [
    {
      kind: 'holdPlaced',
      hold: { id: code, code, placedOn: today, ...(itemIds ? { itemIds } : {}) },
      on: today,
    },
  ]);
const reasons = (account: Account, choice = {}): string[] => {
  const { account: all, items } = evaluated(account, choice);
  return [...all, ...items.map(({ reason }) => reason)];
};

describe('the message', () => {
  it('nets from the highest stage down: 1,000, 800 and 300 less 400 is one message of stage 3 asking 1,700', () => {
    const account = accountOf(
      late('a', 100_000, 4),
      late('b', 80_000, 12, remindedAt(2, 8)),
      late('c', 30_000, 30, remindedAt(4, 8)),
      late('k', -40_000, 5),
    );
    const found = evaluated(account);
    expect(mailOf(found)).toMatchObject({ stage: 3, tone: 'clear', text: 'T3', sums: { EUR: 170_000 } });
    expect(found.items).toEqual([{ itemId: 'c', reason: 'covered-by-credit' }]);
    expect(mailOf(found)?.items.map(({ itemId, stage, isDue }) => [itemId, stage, isDue])).toEqual([
      ['a', 2, true],
      ['b', 3, true],
      ['c', 4, false],
    ]);
    expect(mailOf(found)?.credits).toEqual([{ itemId: 'k', amount: 40_000 }]);
  });

  it('an unnamed credit turns a final notice into a clear one', () => {
    const account = accountOf(
      late('a', 30_000, 50, remindedAt(6, 9)),
      late('b', 80_000, 12, remindedAt(2, 8)),
    );
    expect(mailOf(evaluated(account))?.tone).toBe('final');
    const credited = accountOf(
      ...[
        late('a', 30_000, 50, remindedAt(6, 9)),
        late('b', 80_000, 12, remindedAt(2, 8)),
        late('k', -10_000, 1),
      ],
    );
    expect(mailOf(evaluated(credited))).toMatchObject({ stage: 3, sums: { EUR: 100_000 } });
  });

  it.each([
    ['standard', 3, 'T2'],
    ['key', 3, 'T2'],
    ['small', 3, 'T2'],
    ['public', 5, 'T2'],
    ['watch', 1, 'T2'],
  ] as const)('%s begins on day %i with %s, not a day before', (policy, day, text) => {
    const amount = 100_000;
    expect(mailOf(evaluated(accountOf(late('a', amount, day)), { policy }))?.text).toBe(text);
    expect(mailOf(evaluated(accountOf(late('a', amount, day - 1)), { policy }))).toBeUndefined();
  });

  it('an item that missed its days goes on one stage at a time, a gap apart', () => {
    expect(mailOf(evaluated(accountOf(late('a', 50_000, 30))))?.stage).toBe(2);
    expect(mailOf(evaluated(accountOf(late('a', 50_000, 30, remindedAt(2, 6)))))).toBeUndefined();
    expect(mailOf(evaluated(accountOf(late('a', 50_000, 30, remindedAt(2, 7)))))?.stage).toBe(3);
  });

  it('a stage below its amount is passed over with its reason', () => {
    const step = mailOf(evaluated(accountOf(late('a', 50_000, 30, remindedAt(3, 8)))));
    expect(step).toMatchObject({ stage: 5, items: [{ skipped: [{ stage: 4, reason: 'below-minimum' }] }] });
    expect(reasons(accountOf(late('a', 50_000, 20, remindedAt(3, 8))))).toEqual(['below-minimum']);
    expect(evaluated(accountOf(late('a', 50_000, 20, remindedAt(3, 8)))).nextReviewAt).toBe(
      '2026-06-22T06:30:00Z',
    );
  });

  it('two currencies stand beside each other and are never added', () => {
    const account = accountOf(late('a', 50_000, 4), late('b', 70_000, 4, { currency: 'USD' }));
    expect(mailOf(evaluated(account))?.sums).toEqual({ EUR: 50_000, USD: 70_000 });
  });

  it('older items paid: what is left begins at its own first stage', () => {
    expect(mailOf(evaluated(accountOf(late('b', 80_000, 4))))?.stage).toBe(2);
  });

  it('a call and a mail of one day are two steps, each with its own items', () => {
    const account = accountOf(late('a', 150_000, 20, remindedAt(3, 8)), late('b', 60_000, 4));
    const { steps } = evaluated(account);
    expect(steps.map(({ channel, stage, text }) => [channel, stage, text])).toEqual([
      ['mail', 2, 'T2'],
      ['call', 4, 'C2'],
    ]);
    const due = steps.map(({ items }) => items.filter(({ isDue }) => isDue).map(({ itemId }) => itemId));
    expect(due).toEqual([['b'], ['a']]);
  });

  it('a final notice waits for the credit manager, asks by a day and is also posted', () => {
    const step = mailOf(evaluated(accountOf(late('a', 90_000, 50, remindedAt(6, 9)))));
    expect(step).toMatchObject({ needs: ['creditManager'], payByOn: '2026-06-26', hasLetter: true });
  });

  it('beside a final notice nothing softer goes out by itself', () => {
    const account = accountOf(late('a', 90_000, 50, remindedAt(7, 3)), late('b', 60_000, 4));
    expect(mailOf(evaluated(account))).toBeUndefined();
    expect(reasons(account)).toEqual(['at-final']);
  });

  it('under another policy an item goes on above its last tone, never below', () => {
    const account = accountOf(late('a', 90_000, 30, remindedAt(3, 9, 'standard')));
    expect(mailOf(evaluated(account, { policy: 'watch' }))).toMatchObject({ stage: 4, tone: 'firm' });
  });

  it('before the due day only who is new or usually late hears of it', () => {
    const account = accountOf(late('a', 200_000, -5));
    expect(mailOf(evaluated(account))).toBeUndefined();
    expect(mailOf(evaluated(account, { payer: { invoiceCount: 3 } }))).toMatchObject({
      text: 'T1',
      stage: 1,
    });
    expect(mailOf(evaluated(account, { payer: { usualLatenessDays: 5 } }))?.tone).toBe('courtesy');
  });

  it.each<[number, object | undefined, string[]]>([
    [50_000, { sums: { EUR: 150_000 }, unallocated: { EUR: 50_000 } }, []],
    [200_000, undefined, ['covered-by-cash']],
  ])('money of %i that waits to be allocated is taken off what falls due', (cents, mail, withheld) => {
    let account = accountOf(late('a', 200_000, -5), late('b', 250_000, -20));
    const on = addDays(today, -1);
    const noted = { itemId: 'b', receiptId: 'r1', amount: money(cents), on };
    account = evolve(account, factsOf(noteProvisional(account, noted)));
    const credited = { itemId: 'b', changeId: 'c1', by: 'credit', amount: money(250_000), on } as const;
    account = evolve(account, factsOf(reduceItem(account, credited)));
    const found = evaluated(account, { payer: { invoiceCount: 3 } });
    if (mail === undefined) expect(mailOf(found)).toBeUndefined();
    else expect(mailOf(found)).toMatchObject(mail);
    expect(found.items.map(({ reason }) => reason)).toEqual(withheld);
    expect(found.nextReviewAt).toBeDefined();
  });
});

describe('going live', () => {
  const live = frameOn(today, { goLiveOn: addDays(today, -1) });
  it('all are drafts, an old item starts no higher than clear, nothing beyond 90 days is mailed', () => {
    const step = mailOf(evaluated(accountOf(late('a', 90_000, 60)), { frame: live }));
    expect(step).toMatchObject({ stage: 3, tone: 'clear', needs: ['draft'] });
    expect(reasons(accountOf(late('a', 90_000, 91)), { frame: live })).toEqual(['review-list']);
  });
  it('3,000 old items send nothing by themselves', () => {
    for (let at = 0; at < 3_000; at += 60) {
      const items = Array.from({ length: 60 }, (_, one) =>
        late(`i${at + one}`, 5_000 + one, 1 + ((at + one) % 400)),
      );
      const step = mailOf(evaluated(accountOf(...items), { frame: live }));
      expect(step?.needs ?? ['draft']).toContain('draft');
      expect(step?.items.every(({ itemId }) => Number(itemId.slice(1)) % 400 < 90) ?? true).toBe(true);
    }
  });
});

describe('why not', () => {
  const one = (more: Partial<Item> = {}): Account => accountOf(late('a', 50_000, 4, more));
  it.each<[string, Account, string]>([
    ['held as a whole', held(one(), 'on-hold'), 'on-hold'],
    ['held by sales', held(one(), 'sales-hold'), 'sales-hold'],
    ['says paid, for the item', held(one(), 'says-paid', ['a']), 'says-paid'],
    ['a hold of an unknown kind', held(one(), 'whatever'), 'on-hold'],
    ['a reply waits', held(one(), 'reply-waiting'), 'reply-waiting'],
    ['with an agency', held(one(), 'placed'), 'placed'],
    ['insolvent', held(one(), 'insolvent'), 'insolvent'],
    ['approved in the AP portal', held(one(), 'ap-approved', ['a']), 'ap-approved'],
    ['query open', held(one(), 'query-open', ['a']), 'query-open'],
    ['blocked in the ERP', one({ erpBlock: 'D' }), 'erp-dunning-block'],
    ['its row could not be read', one({ faults: ['source-row-refused'] }), 'source-row-refused'],
    ['direct debit', one({ method: 'directDebit' }), 'direct-debit'],
    ['intercompany', one({ isIntercompany: true }), 'intercompany'],
    ['retention', one({ retention: { amount: money(50_000) } }), 'retention'],
    [
      'money on account',
      accountOf(late('a', 50_000, 4), late('p', -50_000, 4, { kind: 'paymentOnAccount' })),
      'covered-by-cash',
    ],
    ['credits', accountOf(late('a', 50_000, 4), late('k', -50_000, 4)), 'covered-by-credit'],
    ['below the amount', accountOf(late('a', 50_000, 4), late('k', -48_000, 4)), 'below-minimum'],
  ])('%s', (_name, account, reason) => {
    expect(evaluated(account).steps).toEqual([]);
    expect(reasons(account)).toEqual([reason]);
  });

  it('sold to a factor the customer was told of, not to one it was not', () => {
    const account = one({ assignedTo: 'f1' });
    expect(reasons(account, { frame: frameOn(today, { disclosedFactors: new Set(['f1']) }) })).toEqual([
      'factored',
    ]);
    expect(mailOf(evaluated(account))).toBeDefined();
  });

  it.each(['feed-stale', 'cash-stale', 'reconciliation-red', 'stop-all'] as const)(
    '%s stops the whole company',
    (block) => {
      const found = evaluated(one(), { frame: frameOn(today, { blocks: [block] }) });
      expect([found.steps, found.account]).toEqual([[], [block]]);
      expect(found.nextReviewAt).toBe('2026-06-17T06:30:00Z');
      const notDue = accountOf(late('a', 50_000, 5, remindedAt(2, 2)));
      expect(reasons(notDue, { frame: frameOn(today, { blocks: [block] }) })).toEqual([]);
    },
  );

  it.each(['no-valid-contact', 'bounced', 'language-missing', 'opted-out', 'suppressed'] as const)(
    '%s',
    (contactProblem) => {
      expect(evaluated(one(), { payer: { contactProblem } }).account).toEqual([contactProblem]);
    },
  );

  it('a payment on its way lowers the claim at once; all of it: payment-pending', () => {
    const note = (amount: number): Fact => ({
      ...{
        kind: 'provisionalNoted',
        itemId: 'a',
        receiptId: 'r',
        amount: money(amount),
        currency: 'EUR',
        on: today,
      },
    });
    expect(mailOf(evaluated(evolve(one(), [note(20_000)])))?.sums).toEqual({ EUR: 30_000 });
    expect(reasons(evolve(one(), [note(50_000)]))).toEqual(['payment-pending']);
  });

  it('the payer rests on its due day: the first reminder waits, at most a week', () => {
    const friday = late('a', 50_000, 3, { dueOn: dayFromText('2026-06-13') });
    const calendar = { weekend: [6, 7], holidays: new Set<Day>(['2026-06-15', '2026-06-16'] as Day[]) };
    expect(reasons(accountOf(friday), { payer: { calendar } })).toEqual(['pay-run-wait']);
    const runs = { usualLatenessDays: 4, payRunsOn: [dayFromText('2026-06-19')] };
    const waits = evaluated(accountOf(late('a', 50_000, 4)), { payer: runs });
    expect([waits.items[0]?.reason, waits.nextReviewAt]).toEqual(['pay-run-wait', '2026-06-22T06:30:00Z']);
    expect(
      mailOf(evaluated(accountOf(late('a', 50_000, 10)), { payer: { ...runs, payRunsOn: [today] } })),
    ).toBeDefined();
  });

  it('an item of which parts are promised is looked at the day after the first of them ends', () => {
    const part = (id: string, amount: number, days: number): Fact => ({
      ...{ kind: 'partHeld', itemId: 'a', on: today },
      part: { id, code: 'promised', amount: money(amount), untilOn: addDays(today, days) },
    });
    const account = evolve(accountOf(late('a', 50_000, 5, remindedAt(2, 1))), [
      ...[part('p1', 20_000, 9), part('p2', 30_000, 2)],
    ]);
    expect(evaluated(account).nextReviewAt).toBe('2026-06-19T06:30:00Z');
  });

  it('so is one of which a part is disputed until a day', () => {
    const account = accountOf(late('a', 50_000, 5));
    const part = { id: 'd', code: 'disputed' as const, amount: money(50_000), untilOn: addDays(today, 2) };
    const item = { ...account.items.get('a')!, heldParts: [part] };
    expect(standingOfItem(item, account.head, frameOn())).toMatchObject({
      ...{ claim: 0, reason: 'disputed', untilOn: addDays(today, 2) },
    });
  });

  it('a currency whose limits nobody set goes to a list for a person', () => {
    expect(reasons(one({ currency: 'AUD' }))).toEqual(['review-list']);
  });

  it('every code has words, and every policy names steps in order', () => {
    expect(Object.keys(withheldReasons)).toHaveLength(45);
    expect(isWithheldReason('toString')).toBe(false);
    for (const { steps } of defaultPolicies)
      expect(steps.every(({ stage }, at) => at === 0 || stage >= steps[at - 1]!.stage)).toBe(true);
  });
});

describe('hours and limits', () => {
  it('at 20:30 at the recipient it waits until the morning; on its holiday until the day after', () => {
    const at = (now: string, more = {}) =>
      mailOf(
        evaluated(accountOf(late('a', 50_000, 4)), {
          frame: frameOn(today, { now: instantFromText(now) }),
          payer: { ...payer, ...more },
        }),
      )?.notBefore;
    expect(at('2026-06-16T18:30:00Z')).toBe('2026-06-17T06:00:00Z');
    expect(at('2026-06-16T07:00:00Z')).toBeUndefined();
    expect(at('2026-06-16T07:00:00Z', { zone: 'America/New_York' })).toBe('2026-06-16T12:00:00Z');
    const calendar = { ...week, holidays: new Set<Day>([today]) };
    expect(at('2026-06-16T07:00:00Z', { calendar })).toBe('2026-06-17T06:00:00Z');
  });

  it('the next reminder is a week after the last; a person’s contact moves it five business days', () => {
    const { account } = dayOf(accountOf(late('a', 50_000, 4), late('b', 50_000, 0)), today);
    const on = (days: number) => evaluated(account, { frame: frameOn(addDays(today, days)) });
    expect(on(6).account).toEqual(['recent-contact']);
    expect(mailOf(on(7))?.items.map(({ itemId }) => itemId)).toEqual(['a', 'b']);
    const contact = { on: addDays(today, 6), by: 'person', channel: 'call' } as const;
    const called = evolve(account, [{ kind: 'contactMade', contact, on: contact.on }]);
    expect(evaluated(called, { frame: frameOn(addDays(today, 7)) }).account).toEqual(['recent-contact']);
    expect(mailOf(evaluated(called, { frame: frameOn(addDays(today, 13)) }))).toBeDefined();
  });

  it('two automated mails in a week are the most, with the day it ends', () => {
    const account = accountOf(late('a', 50_000, 5, remindedAt(2, 4, 'watch')));
    const facts = [1, 5].map((days): Fact => {
      const on = addDays(today, -days);
      return { kind: 'contactMade', contact: { on, by: 'auto', channel: 'mail', tone: 'courtesy' }, on };
    });
    const watched = evolve(accountOf(late('b', 50_000, 4)), facts);
    expect(evaluated(account, { policy: 'watch' }).account).toEqual([]);
    expect(evaluated(watched, { policy: 'watch' })).toMatchObject({
      account: ['frequency-cap'],
      nextReviewAt: '2026-06-18T06:30:00Z',
    });
  });
});

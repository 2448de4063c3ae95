/**
 * The third call in a row that reached nobody has T3 sent by itself: once, in gaps and ceilings, beside nothing held.
 * From: invented accounts. Next: the look that a logged call asks for, the gate, previews.
 */
import { describe, expect, it } from 'vitest';
import type { Account } from '../../shared/domain/account.ts';
import { addDays, type Day } from '../../shared/domain/calendar.ts';
import type { LoggedCall } from '../../shared/domain/dunning-facts.ts';
import { passGate } from '../../shared/domain/dunning-gate.ts';
import { evolve } from '../../shared/domain/evolve.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { checkDunningJournal } from '../../shared/domain/invariants-dunning.ts';
import {
  accountOf,
  dayOf,
  evaluated,
  frameOn,
  inputOf,
  late,
  mailOf,
  planned,
  remindedAt,
  today,
} from '../support/dunning-examples.ts';

const call = (on: Day, more: Partial<LoggedCall> = {}): Fact => {
  const made = { code: 'noAnswer', by: 'u:ann', at: `${on}T06:00:00Z`, durationSeconds: 20, itemIds: [] };
  return {
    kind: 'callLogged',
    call: { id: `c:${on}:${more.id ?? ''}`, ...made, isTalk: false, isUnreached: true, ...more },
    on,
  };
};
/** So many unreached calls in a row, a day each, the last today. */
const called = (account: Account, times: number, on = today): Account =>
  evolve(
    account,
    Array.from({ length: times }, (_, n) => call(addDays(on, n + 1 - times))),
  );
const talk = (on: Day): Fact => call(on, { isTalk: true, isUnreached: false });
const mailAfter = (account: Account, policy = 'standard', on = today) =>
  mailOf(evaluated(account, { policy, frame: frameOn(on) }));
const reasonsOf = (account: Account, choice = {}): readonly string[] => {
  const found = evaluated(account, choice);
  return [...found.account, ...found.items.map(({ reason }) => reason)];
};

/** Its T3 was a while ago, its next mail is days off: nothing but the calls asks for one. */
const behind = () => accountOf(late('a', 50_000, 20, remindedAt(3, 8)));

describe('after calls in a row that reached nobody', () => {
  it.each([
    [0, undefined],
    [2, undefined],
    [3, 'T3'],
    [4, 'T3'],
  ])('%i of them: the mail is %s', (times, text) => {
    expect(mailAfter(called(behind(), times))?.text).toBe(text);
  });

  it('the item before its T3 has it early, and never again', () => {
    const account = called(accountOf(late('a', 50_000, 9, remindedAt(2, 7))), 3);
    const step = mailAfter(account);
    expect(step).toMatchObject({ stage: 3, text: 'T3', items: [{ itemId: 'a', stage: 3, isDue: true }] });
    const after = dayOf(account, today).account;
    expect(after.items.get('a')).toMatchObject({ stage: 3, reminded: { on: today } });
    for (let days = 1; days < 15; days += 1)
      expect(mailAfter(after, 'standard', addDays(today, days))?.stage).not.toBe(3);
  });

  it.each([
    ['standard', 3],
    ['small', 5],
    ['watch', 4],
  ])('behind its T3, %s asks again and moves no stage', (policy, stage) => {
    const account = called(accountOf(late('a', 80_000, 10, remindedAt(stage, 8, policy))), 3);
    const step = mailAfter(account, policy);
    expect(step).toMatchObject({ stage, text: 'T3', tone: 'clear', sums: { EUR: 80_000 } });
    expect(step?.items).toMatchObject([{ itemId: 'a', stage, isDue: false }]);
  });

  it('one mail for three calls: the next comes with the sixth, a talk starts anew', () => {
    let account = called(behind(), 3);
    const facts: Fact[] = [];
    const live = (on: Day, ...more: Fact[]): string | undefined => {
      account = evolve(account, more);
      const day = dayOf(account, on);
      account = day.account;
      facts.push(...day.facts);
      return day.facts.flatMap((fact) => (fact.kind === 'messagePlanned' ? [fact.message.text] : []))[0];
    };
    expect(live(today)).toBe('T3');
    const at = (days: number): Day => addDays(today, days);
    // T4 of day 24 has to wait for its gap, and for the calls that go on: it is what answers the sixth
    expect([1, 2].map((days) => live(at(days), call(at(days))))).toEqual([undefined, undefined]);
    expect(live(at(3), talk(at(3)))).toBeUndefined();
    expect([4, 5].map((days) => live(at(days), call(at(days))))).toEqual([undefined, undefined]);
    expect(live(at(6))).toBeUndefined();
    expect(account.head.dunning).toMatchObject({ unreachedCalls: 2 });
    const mails = facts.filter(({ kind }) => kind === 'messagePlanned');
    expect(mails).toHaveLength(1);
    expect(checkDunningJournal([{ version: 1, facts }])).toEqual([]);
  });

  it('the sixth asks for one more, a gap after the first', () => {
    const first = dayOf(called(behind(), 3), today).account;
    const six = evolve(
      first,
      [1, 2, 3].map((days) => call(addDays(today, days))),
    );
    expect(mailAfter(six, 'standard', addDays(today, 3))).toBeUndefined();
    expect(mailAfter(six, 'standard', addDays(today, 7))?.text).toBe('T4');
  });

  it('calls two weeks old ask for nothing', () => {
    const account = called(behind(), 3, addDays(today, -14));
    expect(mailAfter(account)).toBeUndefined();
    expect(mailAfter(called(behind(), 3, addDays(today, -13)))?.text).toBe('T3');
  });
});

describe('gaps, ceilings and holds hold as ever', () => {
  const mailed = (account: Account, ...ago: number[]): Account =>
    evolve(
      account,
      ago.map((days): Fact => {
        const on = addDays(today, -days);
        return { kind: 'contactMade', contact: { on, by: 'auto', channel: 'mail', tone: 'clear' }, on };
      }),
    );

  it.each<[string, (account: Account) => Account, string]>([
    ['a mail six days ago', (one) => mailed(one, 6), 'recent-contact'],
    ['five mails in thirty days', (one) => mailed(one, 8, 14, 20, 26, 29), 'frequency-cap'],
    [
      'a mail of a person',
      (one) =>
        evolve(one, [
          { kind: 'contactMade', contact: { on: today, by: 'person', channel: 'mail' }, on: today },
        ]),
      'recent-contact',
    ],
    [
      'a hold of the account',
      (one) =>
        evolve(one, [
          { kind: 'holdPlaced', hold: { id: 'h', code: 'sales-hold', placedOn: today }, on: today },
        ]),
      'sales-hold',
    ],
  ])('%s keeps it back, with the reason', (_what, change, reason) => {
    const account = change(called(behind(), 3));
    expect(mailAfter(account)).toBeUndefined();
    expect(reasonsOf(account)).toContain(reason);
  });

  it('a talk before the three still rests the account', () => {
    const spoken = evolve(behind(), [talk(addDays(today, -3))]);
    expect(mailAfter(called(spoken, 3))).toBeUndefined();
  });

  it('nothing softer goes out beside a final notice', () => {
    const account = called(accountOf(late('a', 90_000, 50, remindedAt(7, 8))), 3);
    expect(mailAfter(account)).toBeUndefined();
    expect(reasonsOf(account)).toContain('at-final');
  });

  it('where nothing is owed there is no mail', () => {
    const account = called(accountOf(late('a', 50_000, 20, remindedAt(3, 8)), late('k', -50_000, 1)), 3);
    expect(mailAfter(account)).toBeUndefined();
  });

  it('a customer who is reached before it goes out gets none', () => {
    const account = called(behind(), 3);
    const after = evolve(account, planned(account));
    const message = planned(account).flatMap((one) =>
      one.kind === 'messagePlanned' ? [one.message] : [],
    )[0]!;
    expect(passGate(message, inputOf(after), frameOn())).toEqual({ is: 'send' });
    expect(passGate(message, inputOf(evolve(after, [talk(today)])), frameOn()).is).toBe('withhold');
  });
});

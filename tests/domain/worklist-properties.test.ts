/**
 * The promises of the worklist (R34) over any accounts, and over 10,000 of them in well under a second of a core.
 * From: `shared/domain/worklist*.ts`, random accounts.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../shared/domain/calendar.ts';
import { amountOf, sum } from '../../shared/domain/money.ts';
import { riskClasses } from '../../shared/domain/worklist-rules.ts';
import { whatWouldMakeFirst, whyNotFirst } from '../../shared/domain/worklist-why.ts';
import { scorerFor } from '../../shared/domain/worklist-score.ts';
import { worklistOf, type RankedRow, type Worklist } from '../../shared/domain/worklist.ts';
import { accountWith, anyAccount, anyAccounts, lateBy, setting, today } from './worklist-examples.ts';

const namesOf = ({ due, ranked, off }: Worklist) =>
  [due, ranked, off].map((rows: readonly RankedRow[]) => rows.map(({ account }) => account.accountId));

/** One to five items, different ones for each number, the same on every run. */
const numbered = (at: number) =>
  accountWith({
    accountId: `A-${at}`,
    items: Array.from({ length: 1 + (at % 5) }, (__, item) =>
      lateBy(1 + ((at * 7 + item * 31) % 240), 20 + ((at * 131 + item * 977) % 40_000), { id: `i${item}` }),
    ),
    risk: riskClasses[at % 4]!,
    credits: amountOf(at % 9 === 0 ? 30_000 : 0),
    brokenPromiseOpen: amountOf(at % 13 === 0 ? 70_000 : 0),
    blockedOrders: amountOf(at % 17 === 0 ? 900_000 : 0),
    lastContactOn: addDays(today, -(at % 40)),
    dues: at % 50 === 0 ? [{ id: `d${at}`, kind: 'followUp', on: today }] : [],
  });

/** 10,000 accounts; every tenth is as the one before it but for its number: nothing but the number tells them apart. */
const manyAccounts = Array.from({ length: 10_000 }, (_, at) => ({
  ...numbered(at % 10 === 9 ? at - 1 : at),
  accountId: `A-${at}`,
}));

/** A stride without a common factor visits all in another order. */
const shuffled = manyAccounts.map((_, at) => manyAccounts[(at * 7919) % manyAccounts.length]!);

describe('any accounts', () => {
  it('the order does not depend on the order of the input', () => {
    fc.assert(
      fc.property(
        anyAccounts.chain((accounts) =>
          fc.tuple(fc.constant(accounts), fc.shuffledSubarray(accounts, { minLength: accounts.length })),
        ),
        ([accounts, other]) => {
          expect(namesOf(worklistOf(other, setting))).toEqual(namesOf(worklistOf(accounts, setting)));
        },
      ),
    );
  });

  it("the order of an account's items changes nothing", () => {
    const scorer = scorerFor(setting);
    fc.assert(
      fc.property(anyAccount('A'), (account) => {
        expect(scorer({ ...account, items: account.items.toReversed() })).toEqual(scorer(account));
      }),
    );
  });

  it('parts sum to the score', () => {
    const scorer = scorerFor(setting);
    fc.assert(
      fc.property(anyAccount('A'), (account) => {
        const { points, parts } = scorer(account);
        expect(sum(...parts.map((part) => part.points))).toBe(points);
      }),
      { numRuns: 1_000 },
    );
  });

  it('each is in the list once, in one place', () => {
    fc.assert(
      fc.property(anyAccounts, (accounts) => {
        expect(namesOf(worklistOf(accounts, setting)).flat().toSorted()).toEqual(
          accounts.map(({ accountId }) => accountId).toSorted(),
        );
      }),
    );
  });

  it('a larger overdue amount never lowers the rank', () => {
    const more = fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 3_000_000 }));
    const placeOf = (list: Worklist) => list.ranked.findIndex(({ account }) => account.accountId === 'A-0');
    fc.assert(
      fc.property(anyAccounts, anyAccount('A-0'), fc.nat(2), more, (others, account, item, raise) => {
        const items = account.items.map((one, at) =>
          at === item ? { ...one, claimable: amountOf(one.claimable + raise) } : one,
        );
        const rest = others.filter(({ accountId }) => accountId !== 'A-0');
        const before = placeOf(worklistOf([account, ...rest], setting));
        const after = placeOf(worklistOf([{ ...account, items }, ...rest], setting));
        if (before >= 0) expect(after).toBeGreaterThanOrEqual(0);
        if (before >= 0) expect(after).toBeLessThanOrEqual(before);
      }),
      { numRuns: 1_000 },
    );
  });

  it('a larger overdue amount never lowers the score by a cent', () => {
    const scorer = scorerFor(setting);
    fc.assert(
      fc.property(anyAccount('A'), fc.nat(2), fc.integer({ min: 1, max: 300 }), (account, item, raise) => {
        const items = account.items.map((one, at) =>
          at === item ? { ...one, claimable: amountOf(one.claimable + raise) } : one,
        );
        expect(scorer({ ...account, items }).points).toBeGreaterThanOrEqual(scorer(account).points);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('why not first, and what would make it first', () => {
  it('the gaps of the factors sum to the gap of the scores', () => {
    fc.assert(
      fc.property(anyAccounts, (accounts) => {
        const { ranked } = worklistOf(accounts, setting);
        const [first] = ranked;
        for (const row of ranked.slice(1)) {
          const why = whyNotFirst(row, first!);
          expect(why?.factors.reduce((all, { gap }) => all + gap, 0)).toBe(why?.gap);
          expect(why?.gap).toBe(first!.score.points - row.score.points);
        }
      }),
    );
  });

  it('the first has no answer to either', () => {
    const { ranked } = worklistOf([accountWith()], setting);
    expect(whyNotFirst(ranked[0]!, ranked[0]!)).toBeUndefined();
    expect(whatWouldMakeFirst(ranked[0]!, ranked[0]!, setting)).toEqual([]);
  });

  const one = accountWith({ items: [lateBy(45, 12_000)] });
  const two = accountWith({ accountId: 'A-2', items: [lateBy(20, 4_000), lateBy(72, 2_500)], risk: 'C' });
  const { ranked } = worklistOf([one, two], setting);
  const answers = whatWouldMakeFirst(ranked[1]!, ranked[0]!, setting);

  it('of the worked example: 0.44 points apart, by time', () => {
    expect(whyNotFirst(ranked[1]!, ranked[0]!)).toEqual({
      gap: 44,
      isTie: false,
      factors: [
        { factor: 'time', here: 9_97, first: 18_41, gap: 8_44 },
        { factor: 'decay', here: 38_00, first: 30_00, gap: -8_00 },
      ],
    });
  });

  it.each(['moreOverdue', 'orderBlocked', 'promiseBroken', 'silence', 'riskD', 'ceiling'] as const)(
    'of the worked example: %s would do, and the list agrees',
    (change) => {
      expect(answers.map((answer) => answer.change)).toContain(change);
    },
  );

  it('the least overdue amount that would do does, and a cent less does not', () => {
    const { least } = answers.find(({ change }) => change === 'moreOverdue')!;
    const firstWith = (more: number) => {
      const items = two.items.map((item, at) =>
        at === 1 ? { ...item, claimable: amountOf(item.claimable + more) } : item,
      );
      return worklistOf([one, { ...two, items }], setting).ranked[0]!.account.accountId;
    };
    expect([firstWith(least!), firstWith(least! - 1)]).toEqual(['A-2', 'A-1']);
  });

  it('what would not do is not named', () => {
    const far = accountWith({ accountId: 'A-3', items: [lateBy(10, 60)] });
    const list = worklistOf([one, far], setting).ranked;
    expect(whatWouldMakeFirst(list[1]!, list[0]!, setting).map(({ change }) => change)).toEqual([
      ...['moreOverdue', 'orderBlocked', 'promiseBroken'],
    ]);
  });
});

describe('10,000 accounts', () => {
  it('make the same list in any order, in well under a second of one core', () => {
    const runs = [1, 2, 3, 4].map(() => {
      const before = process.threadCpuUsage();
      worklistOf(manyAccounts, setting);
      const { user, system } = process.threadCpuUsage(before);
      return (user + system) / 1000; // of its own thread: what else the machine does is not its time
    });
    const list = worklistOf(manyAccounts, setting);
    expect(namesOf(worklistOf(shuffled, setting))).toEqual(namesOf(list));
    expect(Math.min(...runs)).toBeLessThan(800);
  });

  it('each with parts that sum to its score', () => {
    const { due, ranked, off } = worklistOf(manyAccounts, setting);
    const wrong = [...due, ...ranked, ...off].filter(
      ({ score }) => score.parts.reduce((all, { points }) => all + points, 0) !== score.points,
    );
    expect(wrong).toEqual([]);
    expect(ranked.length).toBeGreaterThan(8_000);
  });
});

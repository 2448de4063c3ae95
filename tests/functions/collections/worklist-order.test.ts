/**
 * Rows written ahead give the very order of a full recomputation (R34), day by day, over 10,000 generated accounts; whatever
 * the order they were written in.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { rankedRows } from '../../../functions/collections/read-worklist.ts';
import type { CompanyRows } from '../../../functions/collections/worklist-frame.ts';
import { newAccount, type AccountItem, type OpenItem } from '../../../shared/domain/account.ts';
import { addDays, type Day } from '../../../shared/domain/calendar.ts';
import type { ContactMade } from '../../../shared/domain/dunning-position.ts';
import { isPlainItem, plainItemOf } from '../../../shared/domain/plain-item.ts';
import { riskClasses, defaultWorklistRules } from '../../../shared/domain/worklist-rules.ts';
import { partyOf, worklistAccountOf, type KnownAccount } from '../../../shared/domain/worklist-of-account.ts';
import { worklistRowOf, type RowFrame, type WorklistRow } from '../../../shared/domain/worklist-row.ts';
import {
  byDueOfDay,
  byRankOfDay,
  isDue,
  isRanked,
  markOf,
  rowOnDay,
} from '../../../shared/domain/worklist-top.ts';
import { worklistOf } from '../../../shared/domain/worklist.ts';
import { itemWith, money } from '../../support/account-examples.ts';
import { memoryWorklist } from '../../support/memory/worklist-store.ts';
import { all, today } from './worklist-world.ts';

const frame: RowFrame = {
  ...{
    currency: 'EUR',
    calendar: { weekend: [6, 7], holidays: new Set<Day>() },
    rules: defaultWorklistRules,
  },
  ...{ disclosedFactors: new Set<string>(), worth: (amount) => amount },
};

/** Numbers that look random and are the same on every run. */
const roll = (at: number, salt: number, below: number): number => {
  const mixed = Math.imul((at + 1) * 2_654_435_761 + salt * 40_503, 2_246_822_519) >>> 0;
  return ((mixed ^ (mixed >>> 15)) >>> 0) % below;
};

const itemOf = (at: number, part: number): AccountItem => {
  const dueOn = addDays(today, 25 - roll(at, part, 230));
  const open = money(1_000 + roll(at, part + 50, 2_000_000));
  const isCredit = roll(at, part + 90, 12) === 0;
  const base = itemWith({
    id: `item:invoice:${at}-${part}`,
    kind: isCredit ? 'creditNote' : 'invoice',
    dueOn,
  });
  const size = isCredit ? money(0 - open) : open;
  const promised = { id: 'p', code: 'promised' as const, amount: money(500), untilOn: addDays(today, 4) };
  return {
    ...{ ...base, original: size, open: size, isInsured: roll(at, part + 70, 9) === 0 },
    ...{ changes: [], allocated: money(0), provisional: [], writeOffs: [], recoveries: [] },
    ...(!isCredit && roll(at, part + 30, 8) === 0 && { heldParts: [promised] }),
  };
};

const accountOf = (at: number): KnownAccount => {
  const { head } = newAccount({ companyId: 'acme', accountId: `a-${at}` });
  const items = Array.from({ length: 1 + roll(at, 1, 5) }, (_, part) => itemOf(at, part));
  const on = addDays(today, -roll(at, 2, 30));
  const contact: ContactMade = { on, by: 'person', channel: 'call', ...(at % 3 === 0 && { isTalk: true }) };
  const dues =
    at % 40 === 0
      ? [{ id: `t${at}`, act: 'followUp', stage: 0, createdOn: on, dueOn: addDays(today, at % 7) }]
      : [];
  const until =
    at % 30 === 0 ? [{ id: 'h', code: 'placed', placedOn: today, untilOn: addDays(today, 3) }] : [];
  return {
    head: { ...head, version: 1, holds: until, dunning: { stage: 0, contacts: [contact], tasks: dues } },
    items,
    party: partyOf({ treatment: { risk: riskClasses[at % 4]! } }),
  };
};

const accounts = Array.from({ length: 10_000 }, (_, at) => accountOf(at));
let rows: WorklistRow[];
beforeAll(() => {
  rows = accounts.flatMap((known) => worklistRowOf(known, frame, today) ?? []);
}, 60_000);

const recomputed = (day: Day) =>
  worklistOf(
    accounts.map((known) => worklistAccountOf(known, frame, day)),
    { ...frame, today: day },
  );

describe.each([0, 1, 2, 3, 4])('over 10,000 accounts, %i days after they were written', (ahead) => {
  const day = addDays(today, ahead);

  it('the whole list is that of a full recomputation, points and parts too', () => {
    const { ranked, due } = recomputed(day);
    const shown = rows.flatMap((row) => rowOnDay(row, day) ?? []);
    const mine = shown.filter(isRanked).toSorted(byRankOfDay);
    expect(mine.length).toBeGreaterThan(1_000);
    expect(mine.map(({ row, phase }) => [row.accountId, phase.points, phase.parts])).toEqual(
      ranked.map(({ account, score }) => [account.accountId, score.points, score.parts]),
    );
    expect(
      shown
        .filter(isDue)
        .toSorted(byDueOfDay)
        .map(({ row }) => row.accountId),
    ).toEqual(due.map(({ account }) => account.accountId));
  });

  it('parts sum to the points, and no day is worth more than the row says at most', () => {
    for (const { phases, best } of rows)
      for (const { off, points, parts } of phases) {
        expect(parts.reduce((total, part) => total + part.points, 0)).toBe(points);
        if (off === undefined) expect(points).toBeLessThanOrEqual(best ?? -Infinity);
      }
  });
});

it('rows made of what the head tells of plain items are the very rows made of the items', () => {
  const told = ({ items, ...known }: KnownAccount): KnownAccount => ({
    ...known,
    items: items.map((item) => (isPlainItem(item) ? plainItemOf(listed(item)) : item)),
  });
  const listed = ({ id, kind, currency, open, dueOn, stage }: AccountItem): OpenItem => ({
    ...{ id, kind, currency, open, dueOn, stage },
  });
  expect(accounts.flatMap(({ items }) => items).filter(isPlainItem).length).toBeGreaterThan(10_000);
  expect(accounts.flatMap((known) => worklistRowOf(told(known), frame, today) ?? [])).toEqual(rows);
});

describe('pages', () => {
  it.each<[string, (all: WorklistRow[]) => WorklistRow[]]>([
    ['as they come', (some) => some],
    ['the other way round', (some) => some.toReversed()],
  ])(
    'of rows written %s are the first of the recomputed list, none lost and none twice',
    async (_how, order) => {
      const store = memoryWorklist();
      const some = rows.filter((_, at) => at % 5 === 0);
      for (const row of order(some)) await store.put(all, row);
      const day = addDays(today, 3);
      const names = new Set(some.map(({ accountId }) => accountId));
      const wanted = recomputed(day).ranked.filter(({ account }) => names.has(account.accountId));
      const company = { ...frame, today: day, company: { companyId: 'acme' } } as unknown as CompanyRows;
      const seen: string[] = [];
      let mark: ReturnType<typeof markOf> | undefined;
      for (let page = 1; page <= 6; page += 1) {
        const found = await rankedRows(
          store,
          company,
          'all',
          { limit: 20, fits: () => true, ...(mark && { mark }) },
          all,
        );
        seen.push(...found.rows.map(({ row }) => row.accountId));
        mark = markOf(found.rows.at(-1)!);
      }
      expect(seen).toEqual(wanted.slice(0, 120).map(({ account }) => account.accountId));
    },
    60_000,
  );
});

it('a larger overdue amount never lowers the place', () => {
  const day = today;
  const before = new Map(recomputed(day).ranked.map(({ account }, at) => [account.accountId, at]));
  for (let at = 0; at < accounts.length; at += 97) {
    const known = accounts[at]!;
    const place = before.get(known.head.accountId);
    const overdue = known.items.find(({ open, dueOn, heldParts }) => open > 0 && dueOn < day && !heldParts);
    if (place === undefined || overdue === undefined) continue;
    const more = money(overdue.open + 1 + roll(at, 5, 500_000));
    const items = known.items.map((item) =>
      item === overdue ? { ...item, open: more, original: more } : item,
    );
    const [was, is] = [known, { ...known, items }].map((one) =>
      rowOnDay(worklistRowOf(one, frame, day)!, day)!,
    );
    expect(byRankOfDay(is!, was!)).toBeLessThanOrEqual(0);
  }
});

/**
 * The journal: chained, checked, replayed; the head lists few items and knows the totals of many.
 */
import { describe, expect, it } from 'vitest';
import { largestHeadBytes, newAccount, type Account } from '../../shared/domain/account.ts';
import { asOf } from '../../shared/domain/as-of.ts';
import { addDays, instantFromText } from '../../shared/domain/calendar.ts';
import { appendTo, replay, verifyChain, type Entry } from '../../shared/domain/entry.ts';
import { evolve } from '../../shared/domain/evolve.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { postItem } from '../../shared/domain/post-item.ts';
import { reduceItem } from '../../shared/domain/reduce-item.ts';
import { hashOfContent } from '../../shared/azure/entry-hash.ts';
import { day, factsOf, itemWith, key, money, noon } from '../support/account-examples.ts';

const on = day('2026-03-10');
const change = (facts: readonly Fact[], at = noon) => ({
  ...{ at, facts, actor: { kind: 'job', id: 'import' } as const, cause: { kind: 'row', id: '1' } },
});
const posted = (account: Account, id: string, more = {}) =>
  factsOf(postItem(account, itemWith({ id, ...more })));
const cleared = (account: Account, itemId: string) =>
  factsOf(reduceItem(account, { itemId, changeId: 'f', by: 'implied', amount: money(10_000), on }));

/** An account with so many invoices, each due a day after the other, in appends of 50. */
const withInvoices = (count: number): { account: Account; entries: Entry[] } => {
  let account = newAccount(key);
  const entries: Entry[] = [];
  for (let first = 0; first < count; first += 50) {
    const numbers = Array.from({ length: Math.min(50, count - first) }, (_, n) => first + n);
    const facts = numbers.flatMap((n) => posted(account, `item:invoice:${n}`, { dueOn: addDays(on, n) }));
    const append = appendTo(account, change(facts), hashOfContent);
    account = append.account;
    entries.push(append.entry);
  }
  return { account, entries };
};

describe('the chain', () => {
  const { account, entries } = withInvoices(200);
  const [first, second, third, fourth] = entries as [Entry, Entry, Entry, Entry];
  const broken = (some: readonly Entry[]) => verifyChain(account.head, some, hashOfContent);

  it('is whole as it was written', () => {
    expect(broken(entries)).toBeUndefined();
  });

  it.each<[string, Entry[], object]>([
    ['an entry edited', [first, { ...second, at: 'x' }, third, fourth], { version: 2, what: 'hash' }],
    ['an entry taken out', [first, third, fourth], { version: 2, what: 'not-next' }],
    ['two entries changed places', [first, third, second, fourth], { version: 2, what: 'not-next' }],
    ['an entry put in', [first, first, second, third, fourth], { version: 2, what: 'not-next' }],
    ['the end cut off', [first, second, third], { version: 4, what: 'not-next' }],
    [
      'an entry of another account',
      [{ ...first, accountId: 'a2' }, second, third, fourth],
      { version: 1, what: 'other-account' },
    ],
  ])('%s is found where it is', (_what, some, found) => {
    expect(broken(some)).toEqual(found);
  });

  it('a fork that is consistent in itself is found at the head', () => {
    const { account: before } = { account: replay(key, [first, second, third]) };
    const other = appendTo(before, change(posted(before, 'item:invoice:x')), hashOfContent);
    expect(broken([first, second, third, other.entry])).toEqual({ version: 4, what: 'previous-hash' });
  });

  it('an edit with a hash made new is found at the entry after it', () => {
    const { hash: _old, ...content } = { ...second, cause: { kind: 'row', id: '2' } };
    const forged = { ...content, hash: hashOfContent(content) };
    expect(broken([first, forged, third, fourth])).toEqual({ version: 3, what: 'previous-hash' });
  });
});

describe('the head', () => {
  it('lists 60 open items', () => {
    const { head } = withInvoices(60).account;
    expect([head.openItems?.length, head.openCount]).toEqual([60, 60]);
  });

  it('lists none once there were 61, and does not take them back', () => {
    const { account } = withInvoices(61);
    expect([account.head.openItems, account.head.openCount]).toEqual([undefined, 61]);
    const later = evolve(
      account,
      [0, 1, 2].flatMap((n) => cleared(account, `item:invoice:${n}`)),
    );
    expect(later.head).toMatchObject({ openCount: 58, oldestDueOn: addDays(on, 3) });
    expect(later.head.openItems).toBeUndefined();
    expect(later.head.balances['EUR']?.open).toBe(58 * 10_000);
  });

  it('lets its items go when few of them are already too large for it', () => {
    const long = (n: number) => `item:invoice:${'9'.repeat(180)}${n}`;
    let account = newAccount(key);
    for (let n = 0; n < 60; n += 1)
      account = appendTo(account, change(posted(account, long(n))), hashOfContent).account;
    expect(account.head.openItems).toBeUndefined();
    expect(JSON.stringify(account.head).length).toBeLessThanOrEqual(largestHeadBytes);
  });

  it('knows the oldest due day of items that are not at hand', () => {
    const { account } = withInvoices(61);
    const one = { ...account, items: new Map([...account.items].slice(0, 1)) };
    const partly: Account = { ...one, restOldestDueOn: addDays(on, 1) };
    expect(evolve(partly, cleared(partly, 'item:invoice:0')).head.oldestDueOn).toBe(addDays(on, 1));
  });

  it('keeps review, assignment, master data and holds', () => {
    const hold = { id: 'h1', code: 'SALES', placedOn: on };
    const facts: Fact[] = [
      { kind: 'reviewPlanned', nextReviewAt: '2026-03-11T07:30:00Z', on },
      { kind: 'accountAssigned', to: 'ann', on },
      { kind: 'masterDataNoted', masterData: 'contact:1', on },
      { kind: 'holdPlaced', hold, on },
    ];
    const account = evolve(newAccount(key), facts);
    expect(account.head).toMatchObject({
      ...{ nextReviewAt: '2026-03-11T07:30:00Z', assignedTo: 'ann', masterData: 'contact:1', holds: [hold] },
    });
    expect(evolve(account, [{ kind: 'holdLifted', holdId: 'h1', on }]).head.holds).toEqual([]);
  });
});

describe('what is wrong is never kept', () => {
  const before = withInvoices(1).account;
  const [fact] = cleared(before, 'item:invoice:0') as [Extract<Fact, { kind: 'itemReduced' }>];

  it.each([
    ['M2', { ...fact, posting: { ...fact.posting, amount: money(10_001) } }],
    ['M1', { ...fact, posting: { ...fact.posting, credit: 'cash', debit: 'clearing' } as const }],
    ['not at hand', { ...fact, itemId: 'item:invoice:9' }],
  ])('%s', (invariant, wrong) => {
    expect(() => evolve(before, [wrong])).toThrow(invariant);
  });

  it('an entry out of turn is not applied', () => {
    const { entries } = withInvoices(100);
    expect(() => replay(key, [entries[1]!])).toThrow('does not follow');
  });

  it('an entry without facts is not made', () => {
    expect(() => appendTo(before, change([]), hashOfContent)).toThrow('at least one fact');
  });
});

describe('a past day', () => {
  const { account, entries } = withInvoices(1);
  const late = appendTo(
    account,
    change(cleared(account, 'item:invoice:0'), instantFromText('2026-03-20T23:30:00Z')),
    hashOfContent,
  );
  const openOn = (text: string, view: 'known' | 'corrected', zone = 'UTC') =>
    asOf(key, [...entries, late.entry], { day: day(text), zone, view }).head.balances['EUR']?.open;

  it('is as known then: the payment of the 10th was entered on the 20th', () => {
    expect([openOn('2026-03-19', 'known'), openOn('2026-03-20', 'known')]).toEqual([10_000, 0]);
  });

  it('or as corrected since: the payment counts from the 10th', () => {
    expect([openOn('2026-03-09', 'corrected'), openOn('2026-03-10', 'corrected')]).toEqual([10_000, 0]);
  });

  it("ends in the company's zone", () => {
    expect(openOn('2026-03-20', 'known', 'Europe/Berlin')).toBe(10_000);
  });
});

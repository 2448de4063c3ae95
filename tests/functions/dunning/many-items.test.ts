/**
 * Accounts with more open items than a head lists, up to 20,000: what a look writes fits into one append, what a message
 * moves too, and nothing throws.
 * From: invented accounts. Next: the bounds of planner and message.
 */
import { describe, expect, it } from 'vitest';
import { papersOf } from '../../../functions/dunning/papers-of-facts.ts';
import { hashOfContent } from '../../../shared/azure/entry-hash.ts';
import { newAccount, type Account, type AccountItem } from '../../../shared/domain/account.ts';
import { instantFromText } from '../../../shared/domain/calendar.ts';
import { appendTo } from '../../../shared/domain/entry.ts';
import { decidePlan } from '../../../shared/domain/decide-plan.ts';
import type { Fact } from '../../../shared/domain/facts.ts';
import { carryOn, claimMessage, noteSent } from '../../../shared/domain/message-life.ts';
import { negate, sum, zero, type AmountMinor } from '../../../shared/domain/money.ts';
import { largestAppendBytes, mostItemsPerAppend } from '../../../shared/ports/account-store.ts';
import { documentsOf } from '../../../shared/ports/append-documents.ts';
import { frameOn, inputOf, late, remindedAt, today } from '../../support/dunning-examples.ts';

const accountWith = (count: number, more: object = {}, days = 3): Account => {
  const items = Array.from({ length: count }, (_, n): AccountItem => ({
    ...late(`item:invoice:2026-000${n}`, 10_000 + n, days + (n % 9), more),
    ...{ changes: [], allocated: zero, provisional: [], writeOffs: [], recoveries: [] },
  }));
  const { openItems: _none, ...head } = newAccount({ companyId: 'c1', accountId: 'a1' }).head;
  const open = sum(...items.map((one) => one.open));
  const balances = {
    EUR: { open, provisional: zero, ledger: { receivables: open, billed: negate(open) } },
  };
  return {
    head: { ...head, version: 1, balances, openCount: count },
    items: new Map(items.map((one) => [one.id, one])),
  };
};

/** Appends as a store does. @throws where an append would not fit. */
const append = (
  account: Account,
  facts: readonly Fact[],
): { account: Account; bytes: number; docs: number } => {
  const at = instantFromText(`${today}T08:30:00Z`);
  const change = {
    at,
    facts,
    actor: { kind: 'job', id: 'dunning' },
    cause: { kind: 'test', id: '1' },
  } as const;
  const appended = appendTo(account, change, hashOfContent);
  const documents = documentsOf(appended, undefined, papersOf(facts));
  return {
    account: appended.account,
    bytes: Buffer.byteLength(JSON.stringify(documents)),
    docs: documents.items.length + documents.papers.length,
  };
};

describe.each([60, 61, 20_000])('an account with %i late items', (count) => {
  it('gets one message; plan, sending and every carrying fit into one append each', () => {
    let account = accountWith(count);
    const facts = decidePlan(account, inputOf(account), frameOn());
    const message = facts.flatMap((fact) => (fact.kind === 'messagePlanned' ? [fact.message] : []))[0]!;
    const apply = (more: readonly Fact[]): void => {
      const done = append(account, more);
      expect(done.bytes).toBeLessThanOrEqual(largestAppendBytes);
      expect(done.docs).toBeLessThanOrEqual(mostItemsPerAppend);
      account = done.account;
    };
    apply(facts);
    expect(message.sums).toEqual({ EUR: message.items.reduce((all, { asked }) => sum(all, asked), zero) });
    const claim = { messageId: message.id, operationId: 'op', at: `${today}T08:31:00Z`, on: today };
    const claimed = claimMessage(account, claim);
    if (!claimed.ok) throw new Error(claimed.code);
    apply(claimed.value);
    const sent = noteSent(account, message, today);
    if (!sent.ok) throw new Error(sent.code);
    apply(sent.value);
    for (let more = carryOn(account, message, today); more.ok && more.value.length > 0;) {
      apply(more.value);
      more = carryOn(account, message, today);
    }
    const moved = [...account.items.values()].filter(({ carriedBy }) => carriedBy === message.id);
    expect(moved).toHaveLength(message.items.filter(({ isDue }) => isDue).length);
    expect(account.head.dunning.message).toBeUndefined();
  }, 90_000);

  it('whose call is due has one task that fits', () => {
    const account = accountWith(count, remindedAt(3, 20), 17);
    const facts = decidePlan(account, inputOf(account), frameOn());
    expect(facts.filter(({ kind }) => kind === 'taskCreated')).toMatchObject([{ task: { act: 'call' } }]);
    expect(append(account, facts).bytes).toBeLessThanOrEqual(largestAppendBytes);
  });

  it('of which each is held for a reason has them all counted, and fits', () => {
    const account = accountWith(count, { erpBlock: 'Z' });
    const facts = decidePlan(account, inputOf(account), frameOn());
    const done = append(account, facts);
    expect(done.bytes).toBeLessThanOrEqual(largestAppendBytes);
    expect(done.account.head.dunning.withheld?.reasons).toEqual({ 'erp-dunning-block': count });
  });

  it('is asked in the order of age, so that what does not fit waits for the next message', () => {
    const account = accountWith(count);
    const facts = decidePlan(account, inputOf(account), frameOn());
    const asked = facts.flatMap((fact) => (fact.kind === 'messagePlanned' ? fact.message.items : []));
    const days = asked.map(({ itemId }) => account.items.get(itemId)!.dueOn).toSorted();
    const isAsked = new Set(asked.map(({ itemId }) => itemId));
    const left = [...account.items.values()].filter(({ id }) => !isAsked.has(id));
    expect(left.every(({ dueOn }) => dueOn >= days.at(-1)!)).toBe(true);
    expect(asked.every(({ asked: amount }): boolean => amount > (0 as AmountMinor))).toBe(true);
  });
});

/**
 * Cases in the journal of their account: what is held is what the cases say, in the head, on the items, in replay.
 * From: `shared/domain/{note-dispute,disputes-position,invariants-journal}.ts`.
 */
import { describe, expect, it } from 'vitest';
import { newAccount, type Account } from '../../shared/domain/account.ts';
import { decideDispute } from '../../shared/domain/decide-dispute.ts';
import { defaultDisputeCodes, defaultDisputeRules as rules } from '../../shared/domain/dispute-codes.ts';
import { closeDispute, proposeEffect } from '../../shared/domain/dispute-steps.ts';
import type { Dispute, DisputeFact } from '../../shared/domain/dispute.ts';
import { mostOpenDisputes } from '../../shared/domain/disputes-position.ts';
import { appendTo, replay, type Entry } from '../../shared/domain/entry.ts';
import { evolve } from '../../shared/domain/evolve.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { casesOf, checkCases } from '../../shared/domain/invariants-journal.ts';
import { checkAccount } from '../../shared/domain/invariants.ts';
import { claimableOf } from '../../shared/domain/item-parts.ts';
import { statesOfItem } from '../../shared/domain/item-standing.ts';
import { noteDispute } from '../../shared/domain/note-dispute.ts';
import { openDispute } from '../../shared/domain/open-dispute.ts';
import type { Outcome } from '../../shared/domain/outcome.ts';
import { postItem } from '../../shared/domain/post-item.ts';
import { linesOf } from '../../shared/domain/timeline-words.ts';
import { hashOfContent } from '../../shared/azure/entry-hash.ts';
import { day, factsOf, itemWith, key, money, noon } from '../support/account-examples.ts';

const on = day('2026-03-10');
const items = ['item:invoice:1', 'item:invoice:2'];
const price = defaultDisputeCodes[0]!;

/** An account with a journal, and a case moved by decisions. */
const book = (as: 'dispute' | 'deduction' = 'dispute') => {
  let account: Account = newAccount(key);
  const entries: Entry[] = [];
  const cases = new Map<string, Dispute>();
  const append = (facts: readonly Fact[]): void => {
    const actor = { kind: 'job', id: 'test' } as const;
    const change = { at: noon, actor, cause: { kind: 'test', id: 't' }, facts };
    const made = appendTo(account, change, hashOfContent);
    account = made.account;
    entries.push(made.entry);
  };
  for (const id of items) append(factsOf(postItem(account, itemWith({ id }))));
  const note = (id: string, facts: readonly DisputeFact[]) => {
    const noted = noteDispute(account, { id, before: cases.get(id), facts }, () => ({ dueOn: on }));
    if (!noted.ok) return noted;
    append(noted.value.facts);
    cases.set(id, noted.value.dispute);
    return noted;
  };
  const open = (id: string, amounts: readonly number[]) => {
    const known = new Map(
      items.map((itemId) => [
        itemId,
        { id: itemId, currency: 'EUR', open: money(10_000), contested: money(0) },
      ]),
    );
    const opened = openDispute(
      {
        ...{ as, from: 'staff', accountId: 'a1', recipe: price, recipeVersion: 1, papers: [], by: 'u:c' },
        ...{ on, at: noon.toString(), ownerOf: (department) => `u:${department}` },
        items: amounts.map((amount, at) => ({ itemId: items[at]!, amount: money(amount) })),
      },
      known,
    );
    return opened.ok ? note(id, opened.value) : opened;
  };
  const move = (id: string, decide: (one: Dispute) => Outcome<DisputeFact[]>) => {
    const facts = decide(cases.get(id)!);
    if (!facts.ok) throw new Error(facts.detail);
    return note(id, facts.value);
  };
  return { open, move, append, now: () => account, entries, cases };
};

const decide = (parts: object) => (one: Dispute) =>
  decideDispute(one, { by: 'u:d', role: 'owner', on, reason: 'text:1', ...parts }, rules);
const claimOf = (account: Account, at: number): number => {
  const item = account.items.get(items[at]!)!;
  const frame = { today: on, disclosedFactors: new Set<string>() } as never;
  return claimableOf(item, statesOfItem(item, account.head, frame), on).claimed;
};

describe('a case in the journal', () => {
  it('takes its amounts out of the claim of each item, and leaves the rest', () => {
    const { open, now } = book();
    open('dispute:1', [3_000, 500]);
    expect([claimOf(now(), 0), claimOf(now(), 1)]).toEqual([7_000, 9_500]);
    expect(now().head.disputes).toEqual([
      {
        ...{ id: 'dispute:1', code: 'PRICE', state: 'opened', owner: 'u:pricing', currency: 'EUR' },
        ...{ held: 3_500, dueOn: on },
      },
    ]);
  });

  it('decided, holds what is given up until that is posted; closed, nothing', () => {
    const { open, move, now } = book();
    open('dispute:1', [3_000, 500]);
    move('dispute:1', decide({ credited: money(700) }));
    expect([claimOf(now(), 0), claimOf(now(), 1)]).toEqual([9_400, 9_900]);
    move('dispute:1', (one) => proposeEffect(one, ['p1'], on));
    move('dispute:1', (one) =>
      closeDispute(one, { cause: 'PRICE', department: 'pricing', posted: new Set(['p1']) }, { by: 'u', on }),
    );
    expect([claimOf(now(), 0), claimOf(now(), 1), now().head.disputes]).toEqual([10_000, 10_000, undefined]);
  });

  it('rejected, asks for all of it again the same day', () => {
    const { open, move, now } = book();
    open('dispute:1', [3_000]);
    move('dispute:1', decide({}));
    expect(claimOf(now(), 0)).toBe(10_000);
  });

  it('replayed, is the same case and the same head', () => {
    const { open, move, now, entries, cases } = book();
    open('dispute:1', [3_000, 500]);
    open('dispute:2', [100]);
    move('dispute:1', decide({ writtenOff: money(3_500), cause: 'list', department: 'pricing' }));
    expect(casesOf(entries)).toEqual(cases);
    const again = replay(key, entries);
    expect(again).toEqual(now());
    expect(checkCases({ account: again }, entries)).toEqual([]);
  });

  it('is seen by the check when the parts are not what the case says', () => {
    const { open, append, now, entries } = book();
    open('dispute:1', [3_000]);
    append([
      {
        ...{ kind: 'partHeld', itemId: items[0]!, on },
        part: { id: 'dispute:1', code: 'disputed', amount: money(2_999) },
      },
    ]);
    expect(checkCases({ account: now() }, entries)).toMatchObject([{ invariant: 'C1' }]);
  });

  it('a part of no case, or above what its case holds, is never kept', () => {
    const { open, now } = book();
    open('dispute:1', [3_000]);
    const held = (id: string, amount: number): Fact => ({
      ...{ kind: 'partHeld', itemId: items[1]!, on },
      part: { id, code: 'disputed', amount: money(amount) },
    });
    expect(() => evolve(now(), [held('dispute:2', 1)])).toThrow('C1');
    expect(() => evolve(now(), [held('dispute:1', 3_001)])).toThrow('C1');
    expect(checkAccountOf(now())).toEqual([]);
  });

  it('the head keeps so many and refuses one more', () => {
    const { open, now } = book();
    for (let n = 0; n < mostOpenDisputes; n += 1) open(`dispute:${n}`, [1]);
    expect(open('dispute:more', [1])).toMatchObject({ ok: false, code: 'too-many-cases' });
    expect(now().head.disputes).toHaveLength(mostOpenDisputes);
  });

  it('a deduction holds nothing: its item is one, and the head does not list it', () => {
    const { open, now, entries } = book('deduction');
    open('dispute:1', [3_000]);
    expect([claimOf(now(), 0), now().head.disputes]).toEqual([10_000, undefined]);
    expect(checkCases({ account: now() }, entries)).toEqual([]);
  });

  it('reads as plain words', () => {
    const { open, move, entries } = book();
    open('dispute:1', [3_000]);
    move('dispute:1', decide({}));
    const texts = entries.slice(2).flatMap((entry) => linesOf(entry).map(({ text }) => text));
    expect(texts).toContain('dispute PRICE opened: 30.00 EUR');
    expect(texts).toContain('case rejected');
  });
});

const checkAccountOf = ({ head, items: all }: Account) =>
  checkAccount({ head, items: all.values(), hasAllOpen: true });

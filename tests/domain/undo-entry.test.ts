/** What was typed in is taken back only while nobody has used it, and what came from elsewhere never. */
import { describe, expect, it } from 'vitest';
import type { Account, AccountItem } from '../../shared/domain/account.ts';
import { allocateCredit } from '../../shared/domain/allocate-credit.ts';
import { manualSource } from '../../shared/domain/entered-item.ts';
import { noteProvisional, withdrawProvisional } from '../../shared/domain/note-provisional.ts';
import { postItem } from '../../shared/domain/post-item.ts';
import { reduceItem } from '../../shared/domain/reduce-item.ts';
import { reverseApplication } from '../../shared/domain/reverse-application.ts';
import { undoEntry } from '../../shared/domain/undo-entry.ts';
import { requestWriteOff } from '../../shared/domain/write-off.ts';
import {
  after,
  codeOf,
  day,
  factsOf,
  itemWith,
  money,
  openOf,
  type Decided,
} from '../support/account-examples.ts';

type Step = (account: Account) => Decided;
const on = day('2026-03-02');
const typed: Step = (now) => postItem(now, itemWith({ id: 'i1', source: manualSource }));
const credit: Step = (now) => postItem(now, itemWith({ id: 'c1', kind: 'creditNote', source: manualSource }));
const undo =
  (itemId = 'i1', isKeptHere = true): Step =>
  (now) =>
    undoEntry(now, { itemId, changeId: 'u', on, isKeptHere });
const note: Step = (now) => noteProvisional(now, { itemId: 'i1', receiptId: 'r', amount: money(1), on });
const given: Step = (now) =>
  allocateCredit(now, { creditId: 'c1', itemId: 'i1', changeId: 'a', amount: money(100), on });

describe('an item typed in', () => {
  it('is taken back once while nobody has used it', () => {
    const account = after(typed, undo());
    expect(openOf(account, 'i1')).toBe(0);
    expect(factsOf(undo()(account))).toEqual([]);
  });

  it.each<[string, Step[], string]>([
    ['money was noted beside it', [note], 'i1'],
    ['it was lowered', [(now) => reduceItem(now, reduction)], 'i1'],
    ['a write-off of it was asked for', [(now) => requestWriteOff(now, wish)], 'i1'],
    ['a credit settled part of it', [credit, given], 'i1'],
    ['it is a credit that settled something', [credit, given], 'c1'],
  ])('stays when %s', (_why, steps, itemId) => {
    expect(codeOf(undo(itemId)(after(typed, ...steps)))).toBe('entry-used');
  });

  it('may be taken back once that was taken back itself', () => {
    const back: Step = (now) =>
      withdrawProvisional(now, { itemId: 'i1', receiptId: 'r', on, reason: 'returned' });
    const unsettled: Step = (now) =>
      reverseApplication(now, { itemId: 'i1', changeId: 'a', reason: 'wrong', on });
    expect(codeOf(undo()(after(typed, note, back)))).toBe('done');
    expect(codeOf(undo('c1')(after(typed, credit, given, unsettled)))).toBe('done');
  });

  it.each<[string, Partial<AccountItem>]>([
    ['of a stage already', { stage: 1 }],
    ['that a message carries', { carriedBy: 'm1' }],
  ])('%s stays', (_what, more) => {
    const sent: Step = (now) => postItem(now, itemWith({ id: 'i1', source: manualSource, ...more }));
    expect(codeOf(undo()(after(sent)))).toBe('entry-used');
  });
});

it('what came from a feed is not taken back by hand', () => {
  expect(codeOf(undo()(after((now) => postItem(now, itemWith({ id: 'i1' })))))).toBe('not-typed-in');
});

const reduction = { itemId: 'i1', changeId: 'x', by: 'unexplained', amount: money(1), on } as const;
const wish = { itemId: 'i1', writeOffId: 'w', by: 'ann', on, amount: money(1), reason: 'OLD' };

/**
 * Random lives of one account with everything aging tells apart: kinds, drafts, retention, intercompany,
 * due days amended, parts contested and freed, changes booked late, undone, undone late.
 * From: `tests/domain/aging-moves.test.ts`, the reporting tests. Next: entries with what each of them moved.
 */
import fc from 'fast-check';
import { newAccount, type Account } from '../../shared/domain/account.ts';
import { adjustDebit } from '../../shared/domain/adjust-debit.ts';
import type { Moves } from '../../shared/domain/aging-moves.ts';
import { allocateCredit } from '../../shared/domain/allocate-credit.ts';
import { applyPayment, receivePayment } from '../../shared/domain/apply-payment.ts';
import { addDays, instantFromText, type Day } from '../../shared/domain/calendar.ts';
import type { Decision } from '../../shared/domain/decide.ts';
import { appendTo, type Entry } from '../../shared/domain/entry.ts';
import { itemKinds, type Item } from '../../shared/domain/item.ts';
import { isCreditKind } from '../../shared/domain/postings.ts';
import { amendItem, postItem } from '../../shared/domain/post-item.ts';
import { reduceItem, reopenItem } from '../../shared/domain/reduce-item.ts';
import { reverseApplication } from '../../shared/domain/reverse-application.ts';
import { hashOfContent } from '../../shared/azure/entry-hash.ts';
import { day, itemWith, key, money } from './account-examples.ts';

export type LedgerRun = {
  account: Account;
  entries: Entry[];
  steps: { knownOn: Day; moves: Moves }[];
  today: Day;
};

type Numbers = { n: number; size: number; days: number };
type Make = (account: Account, numbers: Numbers, on: Day) => Decision;

export const beginLedger = (): LedgerRun => ({
  account: newAccount(key),
  entries: [],
  steps: [],
  today: day('2026-03-01'),
});

const idsOf = ({ items }: Account): string[] => [...items.keys()];
const pick = <One>(list: readonly One[], n: number): One | undefined => list[n % Math.max(list.length, 1)];

const itemFrom = ({ n, size, days }: Numbers, on: Day, count: number): Item => {
  const kind = itemKinds[n % itemKinds.length]!;
  const original = money(isCreditKind(kind) ? -size : size);
  const dueOn = addDays(on, days * 3 - 10);
  const retention = { amount: money(size >> 1), ...(days % 3 ? { releaseOn: addDays(on, days * 4) } : {}) };
  return itemWith({
    ...{ id: `item:${kind}:${count}`, kind, original, dueOn, firstDueOn: dueOn, postedOn: on },
    documentOn: addDays(on, -(n % 9)),
    currency: n % 4 === 0 ? 'USD' : 'EUR',
    isIntercompany: n % 7 === 0,
    ...(n % 5 === 1 || kind === 'retention' ? { retention } : {}),
  });
};

const amend: Make = (account, { n, size, days }, on) => {
  const id = pick(idsOf(account), size);
  if (id === undefined) return { ok: true, value: [] };
  const dueOn = addDays(on, days - 6);
  if (n % 3 === 0) return amendItem(account, id, { dueOn }, on);
  if (n % 3 === 1) return amendItem(account, id, { emptied: ['retention'] }, on);
  return amendItem(account, id, { retention: { amount: money(size), releaseOn: dueOn } }, on);
};

const settle: Make = (account, { n, size }, on) => {
  const givers = idsOf(account).filter((id) => isCreditKind(account.items.get(id)!.kind));
  const from = pick(givers, n) ?? 'none';
  const settlement = {
    itemId: pick(idsOf(account), size) ?? 'none',
    changeId: `s${n}${size}`,
    amount: money(size),
    on,
  };
  return account.items.get(from)?.kind === 'creditNote'
    ? allocateCredit(account, { creditId: from, ...settlement })
    : applyPayment(account, { paymentId: from, ...settlement });
};

const undo: Make = (account, { n, size }, on) => {
  const item = pick(
    [...account.items.values()].filter(({ changes }) => changes.length > 0),
    size,
  );
  const change = item && pick(item.changes, n);
  if (item === undefined || change === undefined) return { ok: true, value: [] };
  const named = { itemId: item.id, changeId: change.id, on };
  return change.from === undefined
    ? reopenItem(account, {
        ...named,
        amount: money(n % 2 ? change.amount : Math.max(1, change.amount >> 1)),
      })
    : reverseApplication(account, { ...named, reason: 'error' });
};

const receive: Make = (account, { n, size }, on) =>
  receivePayment(account, {
    ...{ paymentId: `payment:p${n}`, receiptId: `p${n}`, portion: '1', source: 'bank' },
    ...{ amount: money(size * 2), currency: n % 4 === 0 ? 'USD' : 'EUR', receivedOn: on, on },
  });

const reduce: Make = (account, { n, size }, on) => {
  const itemId = pick(idsOf(account), size) ?? 'none';
  const open = Math.abs(account.items.get(itemId)?.open ?? 0);
  const amount = money(n % 2 ? Math.max(open, 1) : size);
  return reduceItem(account, { itemId, changeId: `r${n}${size}`, by: 'implied', amount, on });
};

const raise: Make = (account, { n, size }, on) =>
  adjustDebit(account, {
    ...{ itemId: pick(idsOf(account), size) ?? 'none', changeId: `d${n}${size}` },
    ...{ amount: money(size), reason: 'price', on },
  });

/** A part of an item is contested, some for some days only, or no more; two cases may be about one item. */
const contest: Make = (account, { n, size, days }, on) => {
  // also before its posting day: what is booked ahead or dated back can be contested today
  const itemId = pick(idsOf(account), size);
  const disputeId = `dispute:${n % 2}:${itemId}`;
  const others = (account.head.disputes ?? []).filter(({ id }) => id !== disputeId);
  if (itemId === undefined || others.length > 20) return { ok: true, value: [] };
  const stands = { kind: 'disputeStands', disputeId, on } as const;
  if (n % 4 === 3) return { ok: true, value: [{ kind: 'partFreed', itemId, partId: disputeId, on }, stands] };
  const [held, until] = [money(size), n % 3 === 0 ? { untilOn: addDays(on, days) } : {}];
  const part = { id: disputeId, code: 'disputed' as const, amount: held, ...until };
  const named = {
    id: disputeId,
    code: 'PRICE',
    state: 'opened' as const,
    owner: 'u:1',
    currency: 'EUR',
    held,
  };
  return {
    ok: true,
    value: [
      { kind: 'partHeld', itemId, part, on },
      { ...stands, stands: named },
    ],
  };
};

const post: Make = (account, numbers, on) => postItem(account, itemFrom(numbers, on, account.items.size));

class Step implements fc.Command<object, LedgerRun> {
  readonly text: string;
  readonly run: (model: object, real: LedgerRun) => void;
  constructor(name: string, numbers: Numbers, passDays: number, lateDays: number, make: Make) {
    this.text = `${name} ${JSON.stringify(numbers)} +${passDays}d, ${lateDays}d late`;
    this.run = (_model, real) => {
      real.today = addDays(real.today, passDays);
      take(real, make(real.account, numbers, addDays(real.today, -lateDays)));
    };
  }
  check = () => true;
  toString = () => this.text;
}

/** Appends what was decided, noon of the day it is. */
const take = (run: LedgerRun, decision: Decision): void => {
  if (!decision.ok || decision.value.length === 0) return;
  const at = instantFromText(`${run.today}T12:00:00Z`);
  const cause = { kind: 'step', id: String(run.entries.length) };
  const change = { at, actor: { kind: 'job', id: 'test' } as const, cause, facts: decision.value };
  const { account, entry, moves } = appendTo(run.account, change, hashOfContent);
  run.account = account;
  run.entries.push(entry);
  run.steps.push({ knownOn: run.today, moves });
};

const step = (name: string, make: Make): fc.Arbitrary<Step> =>
  fc
    .record({
      n: fc.nat(40),
      size: fc.integer({ min: 1, max: 900 }),
      days: fc.nat(20),
      pass: fc.nat(3),
      late: fc.nat(6),
    })
    .map(({ pass, late, ...numbers }) => new Step(name, numbers, pass, late, make));

export const ledgerCommands = fc.commands<object, LedgerRun>(
  [
    step('post', post),
    step('post', post),
    step('receive', receive),
    step('settle', settle),
    step('reduce', reduce),
    step('amend', amend),
    step('undo', undo),
    step('contest', contest),
    step('contest', contest),
    step('raise', raise),
  ],
  { maxCommands: 40, size: 'max' },
);

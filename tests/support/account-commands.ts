/**
 * Random commands against an account, beside a model of plain numbers that knows nothing of facts.
 * From: the property in `tests/domain/account-model.test.ts`. Next: journal, states and deltas it checks.
 */
import fc from 'fast-check';
import { newAccount, type Account } from '../../shared/domain/account.ts';
import { adjustDebit } from '../../shared/domain/adjust-debit.ts';
import { allocateCredit } from '../../shared/domain/allocate-credit.ts';
import { applyPayment, receivePayment } from '../../shared/domain/apply-payment.ts';
import { addDays, instantFromText, type Day } from '../../shared/domain/calendar.ts';
import type { Decision } from '../../shared/domain/decide.ts';
import { appendTo, type Entry } from '../../shared/domain/entry.ts';
import { confirmProvisional, noteProvisional } from '../../shared/domain/note-provisional.ts';
import { amendItem, postItem } from '../../shared/domain/post-item.ts';
import { recover } from '../../shared/domain/recover.ts';
import { reduceItem, reopenItem } from '../../shared/domain/reduce-item.ts';
import { reverseApplication } from '../../shared/domain/reverse-application.ts';
import {
  requestWriteOff,
  approveWriteOff,
  completeWriteOff,
  writeOffSmall,
} from '../../shared/domain/write-off.ts';
import { hashOfContent } from '../../shared/azure/entry-hash.ts';
import { day, itemWith, key, money } from './account-examples.ts';

/** Open amounts as plain numbers, and when each of them moved. */
export type Model = {
  open: Map<string, number>;
  moves: { id: string; by: number; enteredOn: Day; on: Day }[];
  today: Day;
};
export type Real = { account: Account; entries: Entry[]; states: Account[]; steps: number };

/** What a command wants to move: item and signed amount. */
type Moves = [id: string, by: number][];
type Try = { decision: Decision; moves: Moves };
type Made = (real: Real, on: Day) => Try;

const names = ['i0', 'i1', 'i2', 'i3'] as const;
const givers = ['c0', 'c1', 'payment:p0', 'payment:p1'] as const;

class Command implements fc.Command<Model, Real> {
  readonly text: string;
  readonly passDays: number;
  readonly lateDays: number;
  readonly make: Made;
  constructor(text: string, passDays: number, lateDays: number, make: Made) {
    this.text = text;
    this.passDays = passDays;
    this.lateDays = lateDays;
    this.make = make;
  }
  check = () => true;
  toString = () => `${this.text} +${this.passDays}d, ${this.lateDays}d late`;
  run(model: Model, real: Real): void {
    model.today = addDays(model.today, this.passDays);
    const { decision, moves } = this.make(real, addDays(model.today, -this.lateDays));
    if (!decision.ok || decision.value.length === 0) return;
    const append = appendTo(
      real.account,
      {
        at: instantFromText(`${model.today}T12:00:00Z`),
        actor: { kind: 'job', id: 'test' },
        cause: { kind: 'step', id: String((real.steps += 1)) },
        facts: decision.value,
      },
      hashOfContent,
    );
    real.account = append.account;
    real.entries.push(append.entry);
    real.states.push(append.account);
    const { on } = decision.value.at(-1)!;
    for (const [id, by] of moves) {
      model.open.set(id, (model.open.get(id) ?? 0) + by);
      model.moves.push({ id, by, enteredOn: model.today, on });
    }
    for (const [id, open] of model.open)
      if (real.account.items.get(id)?.open !== open)
        throw new Error(`${id}: ${real.account.items.get(id)?.open} open, the model says ${open}`);
  }
}

const command = (text: string, make: (n: number, size: number) => Made): fc.Arbitrary<Command> =>
  fc
    .tuple(
      ...([
        fc.nat(15),
        fc.oneof(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 12_000 })),
        fc.nat(3),
        fc.nat(5),
      ] as const),
    )
    .map(([n, size, pass, late]) => new Command(`${text} ${n} ${size}`, pass, late, make(n, size)));

const name = (n: number): string => names[n % names.length]!;
const signOf = (id: string): number => (/^[cp]/.test(id) ? -1 : 1);
const changeOf = (real: Real, id: string, n: number) => {
  const changes = real.account.items.get(id)?.changes ?? [];
  return changes[n % Math.max(changes.length, 1)];
};

/** An account with a few items to begin with, and the model of it. */
export const begin = (): { model: Model; real: Real } => {
  const model: Model = { open: new Map(), moves: [], today: day('2026-03-01') };
  const real: Real = { account: newAccount(key), entries: [], states: [newAccount(key)], steps: 0 };
  const first = [itemWith({ id: 'i0' }), itemWith({ id: 'i1' }), itemWith({ id: 'c0', kind: 'creditNote' })];
  for (const item of first)
    new Command(`post ${item.id}`, 0, 0, ({ account }) => ({
      decision: postItem(account, item),
      moves: [[item.id, item.original]],
    })).run(model, real);
  new Command('receive', 0, 0, ({ account }, on) => receive(account, 'payment:p0', 20_000, on)).run(
    model,
    real,
  );
  return { model, real };
};

const receive = (account: Account, paymentId: string, size: number, on: Day): Try => {
  const common = { paymentId, receiptId: paymentId, portion: '1', source: 'bank', currency: 'EUR' };
  const payment = { ...common, amount: money(size), receivedOn: on, on };
  return { decision: receivePayment(account, payment), moves: [[paymentId, -size]] };
};

/** Every kind of command; ids come from few names, so that commands meet each other. */
export const accountCommands = fc.commands<Model, Real>(
  [
    command('post', (n, size) => ({ account }, on) => {
      const id = n % 3 === 0 ? givers[n % 2]! : name(n);
      const original = money(size * signOf(id));
      const kind = signOf(id) < 0 ? 'creditNote' : n % 5 === 0 ? 'deduction' : 'invoice';
      const item = itemWith({ id, kind, original, postedOn: on, dueOn: addDays(on, n) });
      return { decision: postItem(account, item), moves: [[id, original]] };
    }),
    command(
      'receive',
      (n, size) =>
        ({ account }, on) =>
          receive(account, givers[2 + (n % 2)]!, size, on),
    ),
    command('receive another currency', (n, size) => ({ account }, on) => {
      const paymentId = givers[2 + (n % 2)]!;
      const common = { paymentId, receiptId: paymentId, portion: '1', source: 'bank', currency: 'EUR' };
      const amounts = { from: 'USD', to: 'EUR', fromMinor: money(100), toMinor: money(91) };
      const rate = { id: 'rate:1', on, ...amounts };
      const received = { amount: money(size), currency: 'USD' };
      const exchange = { rate, settles: money(size), gain: money((n % 5) - 2), received };
      const payment = { ...common, amount: money(size), receivedOn: on, on, exchange };
      return { decision: receivePayment(account, payment), moves: [[paymentId, -size]] };
    }),
    command('return', (n, size) => ({ account, steps }, on) => {
      const itemId = givers[2 + (n % 2)]!;
      const named = { itemId, changeId: `b${steps % 20}`, by: 'returned', on } as const;
      return { decision: reduceItem(account, { ...named, amount: money(size) }), moves: [[itemId, size]] };
    }),
    command('settle', (n, size) => (real, on) => {
      const [giver, itemId] = [givers[n % 4]!, name(n >> 2)];
      const settlement = { itemId, changeId: `s${real.steps % 20}`, amount: money(size), on };
      const decision =
        n % 4 < 2
          ? allocateCredit(real.account, { creditId: giver, ...settlement })
          : applyPayment(real.account, { paymentId: giver, ...settlement });
      return {
        decision,
        moves: [
          [itemId, -size],
          [giver, size],
        ],
      };
    }),
    command('undo', (n) => (real, on) => {
      const change = changeOf(real, name(n), n >> 2);
      const [amount, changeId] = [change?.amount ?? 0, change?.id ?? 'none'];
      const reversal = { itemId: name(n), changeId, reason: 'returned', on };
      const moves: Moves = [
        [name(n), amount],
        [change?.from ?? 'none', 0 - amount],
      ];
      return { decision: reverseApplication(real.account, reversal), moves };
    }),
    command('reduce', (n, size) => ({ account, steps }, on) => {
      const id = n % 5 === 4 ? givers[n % 2]! : name(n);
      const reduction = { itemId: id, changeId: `r${steps % 20}`, by: 'unexplained', on } as const;
      const decision = reduceItem(account, { ...reduction, amount: money(size) });
      return { decision, moves: [[id, -size * signOf(id)]] };
    }),
    command('reopen', (n, size) => (real, on) => {
      const changeId = changeOf(real, name(n), n >> 2)?.id ?? 'none';
      const reopening = { itemId: name(n), changeId, amount: money(size), on };
      return { decision: reopenItem(real.account, reopening), moves: [[name(n), size]] };
    }),
    command('adjust', (n, size) => ({ account, steps }, on) => {
      const adjustment = { itemId: name(n), changeId: `a${steps % 20}`, reason: 'unexplained', on };
      const decision = adjustDebit(account, { ...adjustment, amount: money(size) });
      return { decision, moves: [[name(n), size]] };
    }),
    command('amend', (n, size) => ({ account }, on) => ({
      decision: amendItem(account, name(n), { dueOn: addDays(day('2026-03-01'), size % 90) }, on),
      moves: [],
    })),
    command('write off small', (n, size) => ({ account, steps }, on) => {
      const request = { itemId: name(n), writeOffId: `w${steps % 20}`, by: 'ann', reason: 'SMALL', on };
      const limits = { perItem: money(5_000), perAccountAndQuarter: money(9_000) };
      const decision = writeOffSmall(account, { ...request, amount: money(size) }, limits);
      return { decision, moves: [[name(n), -size]] };
    }),
    command('ask, approve, write off', (n, size) => ({ account }, on) => {
      const named = { itemId: name(n), writeOffId: 'big', by: n < 8 ? 'ann' : 'bea', on };
      if (size % 3 === 0)
        return {
          decision: requestWriteOff(account, { ...named, amount: money(size), reason: 'OLD' }),
          moves: [],
        };
      if (size % 3 === 1)
        return { decision: approveWriteOff(account, named, { perItem: money(9_000) }), moves: [] };
      const asked = account.items.get(name(n))?.writeOffs.find(({ id }) => id === 'big')?.amount ?? 0;
      return { decision: completeWriteOff(account, named), moves: [[name(n), 0 - asked]] };
    }),
    command('recover', (n, size) => ({ account, steps }, on) => ({
      decision: recover(account, { itemId: name(n), changeId: `v${steps % 20}`, amount: money(size), on }),
      moves: [],
    })),
    command('note or confirm', (n, size) => ({ account }, on) => {
      const named = { itemId: name(n), receiptId: `n${n % 3}`, on };
      const decision =
        n < 9
          ? noteProvisional(account, { ...named, amount: money(size) })
          : confirmProvisional(account, named);
      return { decision, moves: [] };
    }),
  ],
  { maxCommands: 60, size: 'max' },
);

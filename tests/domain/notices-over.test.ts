/**
 * One notice of a text per cause, for ever: one that was handed over, or may have been, is neither planned nor claimed
 * again (D1); one that the mail service did not take still goes out.
 * From: invented accounts. Next: the senders of notices.
 */
import { expect, it } from 'vitest';
import type { Account } from '../../shared/domain/account.ts';
import { evolve } from '../../shared/domain/evolve.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { checkDunning } from '../../shared/domain/invariants-dunning.ts';
import { claimNotice } from '../../shared/domain/notice-life.ts';
import { mostOverNotices } from '../../shared/domain/notice.ts';
import { planNotice } from '../../shared/domain/plan-notice.ts';
import { accountOf, late, today as on } from '../support/dunning-examples.ts';

const id = (n: number): string => `message:T6:p${n}`;
const planOf = (account: Account, n = 1) => planNotice(account.head, { text: 'T6', causeId: `p${n}` }, on);
const claimOf = (account: Account, n = 1) =>
  claimNotice(account, { messageId: id(n), operationId: `op${n}`, at: `${on}T07:00:00Z`, on });
const after = (account: Account, ...steps: ((account: Account) => readonly Fact[])[]): Account =>
  steps.reduce((now, step) => evolve(now, step(now)), account);
const valueOf = (decided: { ok: boolean; value?: readonly Fact[] }): readonly Fact[] => decided.value ?? [];
const planned =
  (n = 1) =>
  (account: Account) =>
    valueOf(planOf(account, n));
const claimed =
  (n = 1) =>
  (account: Account) =>
    valueOf(claimOf(account, n));
const is =
  (kind: 'noticeSent' | 'noticeInDoubt', n = 1) =>
  (): readonly Fact[] => [{ kind, messageId: id(n), on }];
const withheld = (): readonly Fact[] => [
  { kind: 'noticeWithheld', messageId: id(1), reasons: ['in-doubt'], on },
];
const start = accountOf(late('a', 50_000, 4));

it('sent, it is not planned again', () => {
  const sent = after(start, planned(), claimed(), is('noticeSent'));
  expect(sent.head.dunning.notices).toEqual([]);
  expect(planOf(sent)).toEqual({ ok: true, value: [] });
});

it('in doubt and given up by a person, it is not planned again', () => {
  const over = after(start, planned(), claimed(), is('noticeInDoubt'), withheld);
  expect(planOf(over)).toEqual({ ok: true, value: [] });
});

it('a plan that says otherwise changes nothing, and nobody can claim it', () => {
  const sent = after(start, planned(), claimed(), is('noticeSent'));
  const [again] = valueOf(planOf(start));
  const forced = evolve(sent, [again!]);
  expect(forced.head.dunning.notices).toEqual([]);
  expect(claimOf(forced)).toMatchObject({ ok: false, code: 'message-not-waiting' });
  const notices = [{ id: id(1), text: 'T6', causeId: 'p1', plannedOn: on, state: 'planned' } as const];
  const believed = { ...sent, head: { ...sent.head, dunning: { ...sent.head.dunning, notices } } };
  expect(claimOf(believed)).toMatchObject({ ok: false, code: 'message-not-waiting' });
});

it('not taken by the mail service, it is planned and claimed anew', () => {
  const back = after(start, planned(), claimed(), (account) => {
    const {
      state: _state,
      operationId: _id,
      firstPostAt: _at,
      ...notice
    } = account.head.dunning.notices![0]!;
    return [
      { kind: 'noticeWithheld', messageId: id(1), reasons: ['quota-wait'], on },
      { kind: 'noticePlanned', notice, on },
    ];
  });
  expect(back.head.dunning.notices).toMatchObject([{ id: id(1), state: 'planned' }]);
  expect(claimOf(back)).toMatchObject({ ok: true, value: [{ kind: 'noticeClaimed' }] });
});

it('of many, the last are remembered', () => {
  const many = Array.from({ length: mostOverNotices + 3 }, (_, n) => [
    planned(n),
    claimed(n),
    is('noticeSent', n),
  ]);
  const { head, items } = after(start, ...many.flat());
  expect(head.dunning.overNotices).toHaveLength(mostOverNotices);
  expect(head.dunning.overNotices?.[0]).toBe(id(mostOverNotices + 2));
  expect(checkDunning(head, items.values())).toEqual([]);
});

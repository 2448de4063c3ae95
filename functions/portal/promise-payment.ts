/**
 * A customer promises to pay on a day, within what customers may promise (R58); it is judged on real cash like any other.
 * From: `POST …/promises`. Next: the promised parts are not asked for until then; the customer hears of it by T6.
 */
import type { PromiseBody } from '../../shared/contracts/portal.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Account, AccountKey } from '../../shared/domain/account.ts';
import type { Day } from '../../shared/domain/calendar.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { makePromise, type PromiseWanted } from '../../shared/domain/make-promise.ts';
import type { PromiseData } from '../../shared/domain/message-causes.ts';
import { sum } from '../../shared/domain/money.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { noticeIdOf, planNotice } from '../../shared/domain/plan-notice.ts';
import type { Paper } from '../../shared/ports/account-store.ts';
import type { PortalStores } from './portal-parts.ts';
import { ownAccount } from './read-own.ts';
import type { TellCall } from './tell-us.ts';

const mostTries = 8;

export const promisePayment = async (
  parts: PortalStores,
  call: TellCall,
  key: AccountKey,
  { currency, dueOn, items }: PromiseBody,
): Promise<Outcome<{ promise: string; dueOn: string }, ProblemCode>> => {
  const promiseId: Paper['id'] = `promise:${parts.hashText(call.requestId).slice(0, 32)}`;
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const own = await ownAccount(
      parts,
      call,
      key,
      items.map(({ item }) => item),
    );
    if (!own.ok) return own;
    const { company, loaded, today } = own.value;
    // its paper stays when the promise was judged and has left the head
    if ((await parts.accounts.paper(call.scope, key, promiseId)) !== undefined)
      return done({ promise: promiseId, dueOn });
    const wanted: PromiseWanted = {
      ...{ promiseId, by: 'customer', dueOn: dueOn as Day, currency, on: today },
      items: items.map(({ item, amount }) => ({ itemId: item, amount })),
    };
    const calendar = await parts.calendarOf(company.country, today);
    const made = makePromise(loaded.account, wanted, { calendar });
    if (!made.ok)
      return made.code === 'item-not-found'
        ? refuse('item-not-found', 'One of the invoices is not there.')
        : refuse('promise-not-possible', made.detail);
    if (made.value.length === 0) return done({ promise: promiseId, dueOn });
    const told = notice(loaded.account, wanted, made.value);
    const paper: Paper = { id: promiseId, content: { promise: { currency, dueOn, items } } };
    const change = {
      ...{ at: call.now, actor: { kind: 'customer', id: call.callerId } as const, facts: told.facts },
      cause: { kind: 'request', id: call.requestId },
    };
    const appended = await parts.accounts.append(call.scope, loaded, change, undefined, [
      paper,
      ...told.papers,
    ]);
    if (appended.outcome === 'appended') return done({ promise: promiseId, dueOn });
  }
  return refuse('busy', 'The account is being changed by others.');
};

/** The promise with the notice of it; where too many are on their way the promise stands without. */
const notice = (
  account: Account,
  { promiseId, currency, dueOn, items, on }: PromiseWanted,
  facts: readonly Fact[],
): { facts: readonly Fact[]; papers: Paper[] } => {
  const itemIds = items.map(({ itemId }) => itemId);
  const planned = planNotice(account.head, { text: 'T6', causeId: promiseId, itemIds }, on);
  if (!planned.ok) return { facts, papers: [] };
  const promise: PromiseData = {
    amount: { amount: sum(...items.map(({ amount }) => amount)), currency },
    dueOn,
    items: itemIds.map((id) => account.items.get(id)?.number ?? id),
  };
  const id = noticeIdOf('T6', promiseId) as Paper['id'];
  return { facts: [...facts, ...planned.value], papers: [{ id, content: { cause: { promise } } }] };
};

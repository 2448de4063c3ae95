/**
 * Promises and plans as a text tells of them, also when they are over: out of the head, else out of the journal.
 * From: `cause-of-notice.ts`. Next: T6, T7 and T15.
 */
import type { OpenPromise, PaymentPlan } from '../../shared/domain/dunning-position.ts';
import { dayFromText } from '../../shared/domain/calendar.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import type { PlanData, PromiseData } from '../../shared/domain/message-causes.ts';
import { amountOf, larger, subtract, sum, zero, type AmountMinor } from '../../shared/domain/money.ts';
import type { PendingNotice } from '../../shared/domain/notice.ts';
import { numberOfPlan } from '../../shared/domain/plan-proposal.ts';
import type { CauseSource, Told } from './cause-of-notice.ts';
import { itemsFor, lastFactOf } from './read-message.ts';

/** What came is told where the promise was judged. */
export const causeOfPromise = async (source: CauseSource, { causeId }: PendingNotice): Promise<Told> => {
  const open = source.judged.loaded.account.head.dunning.promises ?? [];
  const promise =
    open.find(({ id }) => id === causeId) ??
    (await fromJournal(source, (fact) =>
      fact.kind === 'promiseMade' && fact.promise.id === causeId ? fact.promise : undefined,
    ));
  if (promise === undefined) return { cause: {} };
  const received = await fromJournal(source, (fact) =>
    fact.kind === 'promiseJudged' && fact.promiseId === causeId ? fact.received : undefined,
  );
  const itemIds = promise.items.map(({ itemId }) => itemId);
  const told = promiseData(promise, received, await numbersOf(source, itemIds));
  const method = await methodOf(source, causeId);
  return { cause: { promise: { ...told, ...(method !== undefined && { method }) } }, itemIds };
};

/** As whoever wrote the promise down heard it. */
const methodOf = async (
  { parts, scope, place }: CauseSource,
  promiseId: string,
): Promise<string | undefined> => {
  const paper = (await parts.accounts.paper(scope, place, `promise:${promiseId}`)) as
    { promise?: { method?: unknown } } | undefined;
  const method = paper?.promise?.method;
  return typeof method === 'string' ? method : undefined;
};

const promiseData = (
  { amount, currency, dueOn }: OpenPromise,
  received: AmountMinor | undefined,
  items: readonly string[],
): PromiseData => ({
  ...{ amount: { amount, currency }, dueOn, items },
  ...(received === undefined
    ? {}
    : {
        received: { amount: received, currency },
        missing: { amount: larger(zero, subtract(amount, received)), currency },
      }),
});

/** A plan is told of when it is agreed; before an instalment and after a missed one the codes say which. */
export const causeOfPlan = async (
  source: CauseSource,
  { causeId, codes = {} }: PendingNotice,
): Promise<Told> => {
  const isMeant = ({ id }: PaymentPlan): boolean => causeId === id || causeId.startsWith(`${id}:`);
  const { plan: running } = source.judged.loaded.account.head.dunning;
  const plan =
    running !== undefined && isMeant(running)
      ? running
      : await fromJournal(source, (fact) =>
          fact.kind === 'planAgreed' && isMeant(fact.plan) ? fact.plan : undefined,
        );
  if (plan === undefined) return { cause: {} };
  const itemIds = plan.items.map(({ itemId }) => itemId);
  return { cause: { plan: planData(plan, codes, await numbersOf(source, itemIds)) }, itemIds };
};

const planData = (
  { id, currency, instalments }: PaymentPlan,
  { is, instalmentOn, missing }: Readonly<Record<string, string>>,
  items: readonly string[],
): PlanData => {
  const step =
    instalmentOn === undefined || missing === undefined
      ? undefined
      : { on: dayFromText(instalmentOn), amount: { amount: amountOf(Number(missing)), currency } };
  return {
    number: numberOfPlan(id),
    total: { amount: sum(...instalments.map(({ amount }) => amount)), currency },
    instalments: instalments.map(({ on, amount }) => ({ on, amount: { amount, currency } })),
    ...{
      items,
      ...(step && is === 'remind' && { next: step }),
      ...(step && is === 'missed' && { missed: step }),
    },
  };
};

const fromJournal = <Found>(
  { parts, scope, place, judged }: CauseSource,
  tell: (fact: Fact) => Found | undefined,
): Promise<Found | undefined> => lastFactOf(parts, scope, place, judged.loaded.account.head.version, tell);

/** As the seller's documents are called, also of what is settled by now. */
export const numbersOf = async (
  { parts, scope, judged }: Pick<CauseSource, 'parts' | 'scope' | 'judged'>,
  itemIds: readonly string[],
): Promise<string[]> => {
  const missing = itemIds.filter((id) => !judged.items.has(id));
  const found = missing.length === 0 ? judged.items : await itemsFor(parts, scope, judged.loaded, itemIds);
  return [...new Set(itemIds.flatMap((id) => found.get(id)?.number ?? []))];
};

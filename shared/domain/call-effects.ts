/**
 * What an outcome of a call does, as facts of one append: promise, hold, case, notice, task; and how it is undone.
 * From: `log-call.ts`, the account with its open items. Next: the journal; papers beside it (`papers`).
 */
import type { Account } from './account.ts';
import { addBusinessDays, type BusinessCalendar } from './business-days.ts';
import type { CallEffect } from './call-outcomes.ts';
import type { Day } from './calendar.ts';
import type { PromiseBy } from './dunning-position.ts';
import type { NewTask } from './dunning-facts.ts';
import { evolve } from './evolve.ts';
import type { Fact } from './facts.ts';
import type { CallAnswers, CallFact as LoggedFact } from './log-call.ts';
import { makePromise } from './make-promise.ts';
import { smaller, subtract, sum, zero, type AmountMinor, type Currency } from './money.ts';
import { done, refuse, type Outcome } from './outcome.ts';
import { planNotice } from './plan-notice.ts';
import type { Duty } from './policy.ts';
import { holdSaysPaid } from './says-paid.ts';

export type EffectFrame = {
  on: Day;
  calendar: BusinessCalendar;
  /** The authority a promise is made by. */
  by: PromiseBy;
  /** Opening a case is the caller's to decide, by its codes and owners. */
  openCase: (account: Account, answers: CallAnswers) => Outcome<readonly Fact[], string>;
};

export type EffectDecision = Outcome<readonly Fact[], string>;

/** Days of the track *says paid*: traced by the third, held for five. */
const [traceDays, heldDays] = [3, 5];

/** All effects of a logged call, each on the account as the ones before left it. */
export const callEffects = (
  account: Account,
  logged: readonly LoggedFact[],
  frame: EffectFrame,
): EffectDecision => {
  const facts: Fact[] = [];
  for (const fact of logged) {
    const now = evolve(account, facts);
    const added = factsOf(now, fact, frame);
    if (!added.ok) return added;
    facts.push(...added.value);
  }
  return done(facts);
};

const factsOf = (account: Account, fact: LoggedFact, frame: EffectFrame): EffectDecision => {
  switch (fact.kind) {
    case 'callLogged':
    case 'mailAsked':
      // the head counts calls that reached nobody: the next look plans the mail
      return done([]);
    case 'followUpSet':
      return done([
        taskFact(fact.callId, fact.at === undefined ? 'followUp' : 'callBack', ['collector'], frame.on, {
          dueOn: fact.on,
          ...(fact.at !== undefined && { at: fact.at }),
        }),
      ]);
    default:
      return effectFacts(account, fact.effect, fact, frame);
  }
};

type Asked = { callId: string; answers: CallAnswers };

const effectFacts = (
  account: Account,
  effect: CallEffect,
  { callId, answers }: Asked,
  frame: EffectFrame,
): EffectDecision => {
  const { on } = frame;
  const itemIds = answers.itemIds ?? [];
  switch (effect) {
    case 'promise':
      return promiseFacts(account, callId, answers, frame);
    case 'confirmPromise':
      return planNotice(account.head, { text: 'T6', causeId: promiseIdOf(callId), itemIds }, on);
    case 'sendCopies':
      return planNotice(
        account.head,
        { text: 'T16', causeId: callId, itemIds, codes: { reason: 'copy' } },
        on,
      );
    case 'saysPaid':
      return done(saysPaidFacts(account, callId, itemIds, frame));
    case 'openCase':
      return frame.openCase(account, answers);
    case 'stopAll':
      return done([
        { kind: 'holdPlaced', hold: { id: insolvencyOf(callId), code: 'insolvent', placedOn: on }, on },
        dueTask(callId, 'legal', ['creditManager'], 1, frame),
      ]);
    case 'softPromise':
    case 'callBack':
    case 'addContact':
    case 'contactInvalid':
      // the call itself says it, its follow-up is set, or it lies in the papers beside the account
      return done([]);
    default:
      return done([dueTask(callId, actOf[effect], dutyOf[effect], 1, frame)]);
  }
};

/** What was named is held, else all that is open, while somebody looks for the money. */
const saysPaidFacts = (
  account: Account,
  callId: string,
  itemIds: readonly string[],
  frame: EffectFrame,
): Fact[] => {
  const heldUntil = addBusinessDays(frame.on, heldDays, frame.calendar);
  const named = itemIds.length > 0 ? itemIds : openIds(account);
  return [
    ...holdSaysPaid(account, { id: callId, heldUntil }, named, frame.on),
    dueTask(callId, 'trace-payment', ['arClerk'], traceDays, frame),
  ];
};

type Plain = 'recodeCase' | 'proposePlan' | 'flagRisk' | 'tellManager' | 'findContact' | 'csrTask';

const actOf: Readonly<Record<Plain, string>> = {
  ...{ recodeCase: 'recodeCase', proposePlan: 'planProposal', flagRisk: 'reviewRisk' },
  ...{ tellManager: 'refusal', findContact: 'findContact', csrTask: 'answer-question' },
};
const dutyOf: Readonly<Record<Plain, readonly Duty[]>> = {
  ...{ recodeCase: ['arClerk'], proposePlan: ['creditManager'], flagRisk: ['creditManager'] },
  ...{ tellManager: ['creditManager'], findContact: ['collector'], csrTask: ['anyCollector'] },
};

export const promiseIdOf = (callId: string): string => `promise:${callId}`;
const insolvencyOf = (callId: string): string => `insolvent:${callId}`;
const taskIdOf = (callId: string, act: string): string => `task:${callId}:${act}`;

const openIds = ({ items }: Account): string[] =>
  [...items.values()].filter(({ open }) => open > 0).map(({ id }) => id);

const taskFact = (
  callId: string,
  act: string,
  does: readonly Duty[],
  on: Day,
  more: Pick<NewTask, 'dueOn' | 'at'>,
): Fact => ({
  kind: 'taskCreated',
  task: { id: taskIdOf(callId, act), act, stage: 0, createdOn: on, does, sums: {}, items: [], ...more },
  on,
});

const dueTask = (
  callId: string,
  act: string,
  does: readonly Duty[],
  days: number,
  { on, calendar }: EffectFrame,
): Fact => taskFact(callId, act, does, on, { dueOn: addBusinessDays(on, days, calendar) });

/** The amount over the items named, the oldest first; never more of one than is free. */
const promiseFacts = (
  account: Account,
  callId: string,
  { amount = zero, day, itemIds = [] }: CallAnswers,
  { on, calendar, by }: EffectFrame,
): EffectDecision => {
  const named = itemIds.flatMap((id) => account.items.get(id) ?? []);
  if (named.length < itemIds.length) return refuse('item-not-found', 'an item is not of this account');
  const currencies = new Set<Currency>(named.map(({ currency }) => currency));
  if (currencies.size !== 1) return refuse('currency-differs', 'a promise is in one currency');
  let left: AmountMinor = amount;
  const items = named
    .toSorted((a, b) => (a.dueOn === b.dueOn ? (a.id < b.id ? -1 : 1) : a.dueOn < b.dueOn ? -1 : 1))
    .flatMap(({ id: itemId, open, heldParts = [] }) => {
      const held = sum(...heldParts.map((part) => part.amount));
      const part = smaller(left, subtract(open, held));
      if (part <= 0) return [];
      left = subtract(left, part);
      return [{ itemId, amount: part }];
    });
  if (left > 0) return refuse('more-than-open', `${amount} is more than is free of these items`);
  const currency = named[0]!.currency;
  const wanted = { promiseId: promiseIdOf(callId), by, dueOn: day ?? on, currency, items, on };
  return makePromise(account, wanted, { calendar });
};

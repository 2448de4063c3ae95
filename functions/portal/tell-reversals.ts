/**
 * A payer's bank took a payment back: somebody of the house answers within the bank's time, and whoever minds is told.
 * From: `work-event.ts`, with all reversals the provider knows of. Next: a task on the account, once each, an alert.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { defaultAlertRules } from '../../shared/domain/alert-rules.ts';
import { isBreach } from '../../shared/domain/alerts.ts';
import { addBusinessDays } from '../../shared/domain/business-days.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import type { Checkout } from '../../shared/domain/checkout.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import type { MoneyBack } from '../../shared/ports/checkout-provider.ts';
import { changeBeside, noted, taskFacts, type BesideCall } from './change-beside.ts';
import type { EndCall } from './end-checkout.ts';
import type { EventStores } from './portal-parts.ts';

/** Banks give a week or more; the paper has to be found first. */
const answerBusinessDays = 1;

export const tellReversals = async (
  parts: EventStores,
  call: EndCall,
  checkout: Checkout,
  reversals: readonly MoneyBack[],
): Promise<Outcome<undefined, ProblemCode>> => {
  for (const reversal of reversals) {
    const told = await tellReversal(parts, call, checkout, reversal);
    if (!told.ok) return told;
    await alert(parts, call, checkout, reversal);
  }
  return done(undefined);
};

/** The note stays when the task is done: told once, whatever comes again. */
const tellReversal = (
  parts: EventStores,
  call: EndCall,
  { companyId, accountId, id: checkoutId }: Checkout,
  { id }: MoneyBack,
): Promise<Outcome<undefined, ProblemCode>> => {
  const name = parts.hashText(`${companyId}\n${accountId}\n${id}`).slice(0, 32);
  const noteId = `note:reversal-${name}` as const;
  const place = { id: noteId, parse: (content: unknown) => Object.keys(content as object).length > 0 };
  const cause = { kind: 'checkout', id: checkoutId };
  const made: BesideCall = { ...call, requestId: id, cause };
  return changeBeside(parts, made, { companyId, accountId }, place, async (isTold, own) => {
    if (isTold) return done({ facts: [], value: undefined });
    const calendar = await parts.calendarOf(own.company.country, own.today);
    const dueOn = addBusinessDays(own.today, answerBusinessDays, calendar);
    const note = noted(made, noteId, `card payment taken back by the payer’s bank: ${id}`, own.today);
    const task = { id: `task:answer-reversal:${name}`, act: 'answer-reversal', dueOn };
    return done({
      facts: [note.fact, ...taskFacts(own, task)],
      papers: [note.paper],
      value: undefined,
    });
  });
};

/** Once for each reversal, by its id. */
const alert = async (
  { alerts }: EventStores,
  { scope, now }: EndCall,
  { companyId, accountId, currency }: Checkout,
  { id, amount }: MoneyBack,
): Promise<void> => {
  for (const rule of defaultAlertRules.filter(({ name }) => name.startsWith('debitReturned'))) {
    const values = { count: 1, amount };
    if (!isBreach(rule, { rule: rule.name, subject: id, currency, values })) continue;
    const about = { companyId, accountId, rule: rule.name, amount, currency };
    await alerts.raise(scope, {
      ...{ id: `${rule.name}:${accountId}:${id}`, ...about, to: rule.to, at: textOfInstant(now) },
    });
  }
};

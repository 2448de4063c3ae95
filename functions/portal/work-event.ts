/**
 * Finds out what became of the checkout or payment an event is about: it asks the provider, since events come late,
 * twice and in any order, and passes all that is known to the ledger (P1, P5).
 * From: queue `payment-events`. Next: queue `received-payments`; the checkout's record; its hold.
 */
import { keptEvent } from '../../shared/contracts/portal-sign-in.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { ReceivedPaymentsMessage } from '../../shared/contracts/messages.ts';
import type { CheckoutPayment, CheckoutReturn } from '../../shared/domain/checkout-payment.ts';
import type { Checkout } from '../../shared/domain/checkout.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { MoneyBack, PaymentState } from '../../shared/ports/checkout-provider.ts';
import { endCheckout, holdLonger, markCheckout, type EndCall } from './end-checkout.ts';
import { inboxId } from './keep-event.ts';
import { tellReversals } from './tell-reversals.ts';
import type { EventStores } from './portal-parts.ts';

/** A bank debit takes days; beyond these the items are asked for again. */
const mostDaysUnderWay = 14;

export const workEvent = async (
  parts: EventStores,
  call: EndCall,
  { provider, eventId }: { provider: string; eventId: string },
): Promise<Outcome<unknown, ProblemCode>> => {
  const id = inboxId(provider, eventId);
  const kept = await parts.inbox.read(call.scope, id);
  if (kept === undefined) return refuse('not-found', `There is no event ${id}.`);
  if (kept.state !== 'new') return done(undefined);
  const { sessionId, paymentId } = keptEvent.parse(kept.content);
  const found = await followEvent(parts, call, provider, { sessionId, paymentId });
  if (!found.ok) return found;
  await parts.inbox.end(call.scope, id, found.value === 'not-ours' ? 'dropped' : 'done', found.value);
  return done(undefined);
};

type About = { sessionId?: string | undefined; paymentId?: string | undefined };
type Result = 'not-ours' | 'nothing-new' | 'ended' | 'processing' | 'passed-on';

const followEvent = async (
  parts: EventStores,
  call: EndCall,
  provider: string,
  { sessionId, paymentId }: About,
): Promise<Outcome<Result, ProblemCode>> => {
  if (paymentId !== undefined) return followPayment(parts, call, provider, paymentId);
  const session = sessionId === undefined ? undefined : await parts.provider.session(provider, sessionId);
  if (session?.mark === undefined || sessionId === undefined) return done('not-ours');
  if (session.paymentId !== undefined && session.state === 'complete')
    return followPayment(parts, call, provider, session.paymentId);
  const checkout = await ours(parts, call, provider, session.mark);
  if (checkout === undefined) return done('not-ours');
  // an earlier try of the same checkout says nothing of the one that is open now
  if (session.state !== 'expired' || checkout.sessionId !== sessionId) return done('nothing-new');
  const ended = await endCheckout(parts, call, checkout, checkout.id);
  return ended.ok ? done('ended') : ended;
};

const ours = async (
  { checkouts }: EventStores,
  { scope }: EndCall,
  provider: string,
  { companyId, accountId, checkoutId }: NonNullable<PaymentState['mark']>,
): Promise<Checkout | undefined> => {
  const kept = await checkouts.read(scope, { companyId, accountId }, checkoutId);
  return kept?.checkout.provider === provider ? kept.checkout : undefined;
};

const followPayment = async (
  parts: EventStores,
  call: EndCall,
  provider: string,
  paymentId: string,
): Promise<Outcome<Result, ProblemCode>> => {
  const payment = await parts.provider.payment(provider, paymentId);
  if (payment?.mark === undefined) return done('not-ours');
  const checkout = await ours(parts, call, provider, payment.mark);
  if (checkout === undefined) return done('not-ours');
  switch (payment.state) {
    case 'waiting':
      return done('nothing-new');
    case 'processing': {
      const marked = await markCheckout(parts, call, checkout, checkout.id, {
        state: 'processing',
        paymentId,
      });
      const held = await holdLonger(parts, call, marked ?? checkout, mostDaysUnderWay);
      return held.ok ? done('processing') : held;
    }
    case 'failed': {
      if (checkout.paymentId !== undefined && checkout.paymentId !== paymentId) return done('nothing-new');
      await markCheckout(parts, call, checkout, checkout.id, { state: 'failed', paymentId });
      const ended = await endCheckout(parts, call, checkout, checkout.id);
      return ended.ok ? done('ended') : ended;
    }
    case 'succeeded':
      return passOn(parts, call, checkout, payment);
  }
};

/** The ledger takes in what is the same as what was started here; all else is for a person. */
const passOn = async (
  parts: EventStores,
  call: EndCall,
  checkout: Checkout,
  payment: PaymentState,
): Promise<Outcome<Result, ProblemCode>> => {
  const { companyId, accountId, id, currency, amount } = checkout;
  if (payment.currency !== currency || payment.amount !== amount)
    return refuse(
      'payment-differs',
      `${payment.paymentId}: ${payment.amount} ${payment.currency}; checkout ${id}: ${amount} ${currency}`,
    );
  await markCheckout(parts, call, checkout, id, { state: 'paid', paymentId: payment.paymentId });
  const told: CheckoutPayment = {
    ...{ companyId, accountId, checkoutId: id, paymentId: payment.paymentId, currency, amount },
    ...{ paidAt: payment.paidAt ?? checkout.changedAt, method: payment.method, lines: checkout.lines },
    returns: [...payment.refunds.map(returnAs('refund')), ...payment.reversals.map(returnAs('chargeback'))],
  };
  const body = { v: 1, companyId, payment: told } as unknown as ReceivedPaymentsMessage;
  const messageId = `checkout:${parts.hashText(JSON.stringify(told)).slice(0, 40)}`;
  await parts.sender.send('received-payments', [{ id: messageId, body }]);
  const tasks = await tellReversals(parts, call, checkout, payment.reversals);
  return tasks.ok ? done('passed-on') : tasks;
};

const returnAs =
  (kind: CheckoutReturn['kind']) =>
  ({ id, amount, at, state }: MoneyBack): CheckoutReturn => ({
    id,
    kind,
    amount,
    at,
    isOver: state === 'over',
  });

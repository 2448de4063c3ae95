/**
 * A payment provider in memory: what a customer, their bank and the seller do there are methods; each leaves events.
 * From and next: workflows under test. Webhooks are "signed" by the word `signed:` before the event's id.
 */
import { instantFromText, textOfInstant, type Instant } from '../../../shared/domain/calendar.ts';
import type { AmountMinor } from '../../../shared/domain/money.ts';
import { done, refuse } from '../../../shared/domain/outcome.ts';
import type {
  CheckoutProvider,
  MoneyBack,
  PaymentState,
  ProviderEvent,
  SessionState,
  StartWanted,
} from '../../../shared/ports/checkout-provider.ts';

type Session = SessionState & { sessionId: string; wanted: StartWanted };

export const memoryProvider = (now: () => Instant, accounts: readonly string[] = ['default']) => {
  const sessions = new Map<string, Session>();
  const keys = new Map<string, string>();
  const payments = new Map<string, PaymentState>();
  const events: ProviderEvent[] = [];
  let ids = 0;
  const id = (prefix: string): string => `${prefix}_${(ids += 1)}`;
  const emit = (type: string, about: { sessionId?: string; paymentId?: string }): ProviderEvent => {
    const event = { eventId: id('evt'), type, at: textOfInstant(now()), ...about };
    events.push(event);
    return event;
  };
  const sessionOf = (sessionId: string): Session => {
    const found = sessions.get(sessionId);
    if (found === undefined) throw new Error(`no session ${sessionId}`);
    return found;
  };
  const change = (paymentId: string, more: Partial<PaymentState>): PaymentState => {
    const after = { ...payments.get(paymentId)!, ...more };
    payments.set(paymentId, after);
    return after;
  };
  const provider: CheckoutProvider = {
    accounts: () => accounts,
    start: async (_account, wanted) => {
      const known = keys.get(wanted.key);
      const sessionId = known ?? id('cs');
      keys.set(wanted.key, sessionId);
      if (known === undefined)
        sessions.set(sessionId, { sessionId, wanted, state: 'open', mark: wanted.mark });
      const expiresAt = textOfInstant(wanted.expiresAt);
      return done({ sessionId, url: `https://provider.example/${sessionId}`, expiresAt });
    },
    session: async (_account, sessionId) => structuredClone(sessions.get(sessionId)),
    expire: async (_account, sessionId) => {
      const session = sessions.get(sessionId);
      if (session?.state === 'open') {
        session.state = 'expired';
        emit('checkout.session.expired', { sessionId });
      }
      return structuredClone(session);
    },
    payment: async (_account, paymentId) => structuredClone(payments.get(paymentId)),
    verify: async (account, { bytes, signature }) => {
      const eventId = new TextDecoder().decode(bytes);
      if (signature !== `signed:${account}:${eventId}`) return refuse('signature-not-right', 'no');
      const event = events.find((one) => one.eventId === eventId);
      return event === undefined ? refuse('event-not-readable', 'no') : done(event);
    },
    events: async (_account, { since, after }) => {
      const listed = events
        .filter(({ at }) => instantFromText(at).epochMilliseconds >= since.epochMilliseconds)
        .toReversed();
      const from = after === undefined ? 0 : listed.findIndex(({ eventId }) => eventId === after) + 1;
      const page = listed.slice(from, from + 100);
      const last = from + 100 < listed.length ? page.at(-1)?.eventId : undefined;
      return { events: page, ...(last === undefined ? {} : { after: last }) };
    },
  };
  return {
    provider,
    events,
    sessions,
    payments,
    signatureOf: (eventId: string, account = 'default') => `signed:${account}:${eventId}`,
    /** The customer pays; `late`: by a method that takes days. */
    pay: (sessionId: string, how: 'at once' | 'late' = 'at once', took?: AmountMinor): string => {
      const session = sessionOf(sessionId);
      if (session.state !== 'open') throw new Error(`session ${sessionId} is ${session.state}`);
      const paymentId = id('pi');
      Object.assign(session, { state: 'complete', paymentId });
      payments.set(paymentId, {
        ...{ paymentId, mark: session.wanted.mark, currency: session.wanted.currency, method: 'card' },
        ...{ state: how === 'late' ? 'processing' : 'succeeded', refunds: [], reversals: [] },
        amount: how === 'late' ? (0 as AmountMinor) : (took ?? session.wanted.amount),
        ...(how === 'late' ? {} : { paidAt: textOfInstant(now()) }),
      });
      emit('checkout.session.completed', { sessionId });
      emit(how === 'late' ? 'payment_intent.processing' : 'payment_intent.succeeded', { paymentId });
      return paymentId;
    },
    settle: (paymentId: string, as: 'succeeded' | 'failed'): void => {
      const { mark } = payments.get(paymentId)!;
      const session = [...sessions.values()].find((one) => one.mark?.checkoutId === mark?.checkoutId)!;
      change(paymentId, {
        state: as,
        ...(as === 'succeeded' ? { amount: session.wanted.amount, paidAt: textOfInstant(now()) } : {}),
      });
      emit(`payment_intent.${as === 'failed' ? 'canceled' : 'succeeded'}`, { paymentId });
    },
    goBack: (paymentId: string, as: 'refunds' | 'reversals', amount: number): string => {
      const back: MoneyBack = {
        id: id('re'),
        amount: amount as AmountMinor,
        at: textOfInstant(now()),
        state: 'taken',
      };
      change(paymentId, { [as]: [...payments.get(paymentId)![as], back] });
      emit(as === 'refunds' ? 'charge.refunded' : 'charge.dispute.created', { paymentId });
      return back.id;
    },
    isOver: (paymentId: string, as: 'refunds' | 'reversals', backId: string): void => {
      const backs = payments.get(paymentId)![as];
      change(paymentId, { [as]: backs.map((one) => (one.id === backId ? { ...one, state: 'over' } : one)) });
      emit(as === 'refunds' ? 'refund.failed' : 'charge.dispute.closed', { paymentId });
    },
  };
};

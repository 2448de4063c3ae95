/**
 * What customers do: pay by wire or in the portal, promise, dispute, ask, say that they paid, answer mails; sometimes
 * they click twice, and they ask again until they have an answer.
 * From: the seed. Next: the portal's workflows; each answer is searched for words of other customers.
 */
import { keepInbound } from '../../../functions/email/keep-inbound.ts';
import { keepEvent } from '../../../functions/portal/keep-event.ts';
import { openOwnCase } from '../../../functions/portal/open-own-case.ts';
import { promisePayment } from '../../../functions/portal/promise-payment.ts';
import { readOwnAccount } from '../../../functions/portal/read-own.ts';
import { startCheckout } from '../../../functions/portal/start-checkout.ts';
import { sayPaid } from '../../../functions/portal/tell-us.ts';
import type { AccountItem } from '../../../shared/domain/account.ts';
import { addDays, dayAt, instantFromMs } from '../../../shared/domain/calendar.ts';
import { everything } from '../../support/test-edge.ts';
import type { Erp } from './erp.ts';
import type { Taken } from './mail-service.ts';
import { companyId, zone, type Month } from './world.ts';

export type Answered = (accountId: string, answer: unknown) => void;
type Acting = { month: Month; erp: Erp; answered: Answered };

const minuteMs = 60_000;
const dayMs = 86_400_000;

export const openItemsOf = ({ journal }: Month, accountId: string): AccountItem[] =>
  [...journal.of({ companyId, accountId }).account.items.values()].filter(({ open }) => open > 0);

export const customersOf = ({ month, erp, answered }: Acting) => {
  const { draw, agenda, bus, parts, provider } = month;
  let requests = 0;

  /** Once, or by a double click; until there is an answer. */
  const ask = (accountId: string, what: string, act: (call: CustomerCall) => Promise<unknown>): void => {
    const requestId = `${accountId}-r${(requests += 1)}`;
    const times = draw.chance(month.faults().people.again) ? 2 : 1;
    for (let time = 0; time < times; time += 1)
      bus.again(agenda.nowMs() + time * draw.rate(minuteMs), what, async () => {
        const call = { scope: everything, systemScope: everything, now: agenda.now() };
        const callerId = `contact:${accountId}`;
        answered(
          accountId,
          await act({
            ...call,
            callerId,
            requestId,
            mayPay: 'all',
            mayContest: 'all',
            caseScope: everything,
          }),
        );
      });
  };

  const payInPortal = (accountId: string, items: readonly AccountItem[]): void => {
    const key = { companyId, accountId };
    const wanted = items.map(({ id }) => ({ item: id }));
    ask(accountId, 'checkout', async (call) => {
      const started = await startCheckout(parts.portal, call, key, {
        currency: 'EUR',
        items: wanted,
        credits: [],
      });
      if (started.ok)
        agenda.at(agenda.nowMs() + draw.rate(20) * minuteMs, 'pays', () =>
          pay(accountId, started.value.payment),
        );
      return started;
    });
  };
  const pay = async (accountId: string, payment: string): Promise<void> => {
    const kept = await month.stores.plain.checkouts.read(everything, { companyId, accountId }, payment);
    const sessionId = kept?.checkout.sessionId;
    if (sessionId === undefined || provider.sessions.get(sessionId)?.state !== 'open' || draw.chance(0.2))
      return;
    const paymentId = tell(() => provider.pay(sessionId, draw.chance(0.2) ? 'late' : 'at once'));
    const isLate = provider.payments.get(paymentId)?.state === 'processing';
    if (isLate)
      agenda.at(agenda.nowMs() + draw.rate(4) * dayMs, 'settles', async () =>
        settle(paymentId, kept!.checkout.lines),
      );
    else settled(paymentId, kept!.checkout.lines);
  };
  type Lines = readonly { number: string; amount: number }[];
  const settle = (paymentId: string, lines: Lines): void => {
    const as = draw.chance(0.8) ? 'succeeded' : 'failed';
    tell(() => provider.settle(paymentId, as));
    if (as === 'succeeded') settled(paymentId, lines);
  };
  const settled = (paymentId: string, lines: Lines): void => {
    const amount = lines.reduce((sum, one) => sum + one.amount, 0);
    const isBack = draw.chance(0.15);
    const back = (): void =>
      tell(() => void provider.goBack(paymentId, draw.pick(['refunds', 'reversals']), Math.ceil(amount / 2)));
    if (isBack) agenda.at(agenda.nowMs() + draw.rate(6) * dayMs, 'goes back', async () => back());
    else for (const { number, amount: paid } of lines) erp.settles(number, paid);
  };
  /** Webhooks of what happens there are lost, late, doubled; the provider's own list has them all. */
  function tell<Result>(happens: () => Result): Result {
    const from = provider.events.length;
    const result = happens();
    const { lost, twice, lateMs } = month.faults().provider;
    for (const event of provider.events.slice(from)) {
      if (draw.chance(lost)) continue;
      for (let time = draw.chance(twice) ? 2 : 1; time > 0; time -= 1)
        bus.again(agenda.nowMs() + draw.rate(lateMs), 'webhook', () =>
          keepEvent(parts.portal, month.call(), 'default', event),
        );
    }
    return result;
  }

  const part = ({ open }: AccountItem): number => (draw.chance(0.5) ? open : Math.max(1, draw.below(open)));
  const acts = (accountId: string, item: AccountItem): readonly (() => void)[] => {
    const key = { companyId, accountId };
    const id = item.id;
    return [
      () => erp.pay(item.number, part(item)),
      () => erp.pay(item.number, item.open),
      () => payInPortal(accountId, openItemsOf(month, accountId).slice(0, 1 + draw.below(3))),
      () => payInPortal(accountId, [item]),
      () =>
        ask(accountId, 'promise', (call) => {
          const dueOn = addDays(month.today(), 1 + draw.below(11));
          return promisePayment(parts.portal, call, key, {
            currency: 'EUR',
            dueOn,
            items: [{ item: id, amount: part(item) as never }],
          });
        }),
      () =>
        ask(accountId, 'says paid', (call) =>
          sayPaid(parts.portal, call, key, {
            paidOn: month.today(),
            how: 'transfer',
            reference: `${accountId} wire`,
            items: [id],
          }),
        ),
      () =>
        ask(accountId, 'case', (call) => {
          const as = draw.pick(['query', 'dispute'] as const);
          const code = as === 'query' ? 'COPY' : draw.pick(['PRICE', 'DAMAGE', 'QTY']);
          return openOwnCase(parts.portal, call, key, {
            as,
            code,
            items: [{ item: id }],
            text: `${accountId} says no`,
          });
        }),
      () => ask(accountId, 'looks', (call) => readOwnAccount(parts.portal, call, key)),
    ];
  };

  return {
    /** Something that this customer does now, where there is anything to pay. */
    act: async (accountId: string): Promise<void> => {
      const items = openItemsOf(month, accountId);
      if (items.length > 0) draw.pick(acts(accountId, draw.pick(items)))();
    },
    /** A mail came: somebody answers it, or a machine does. */
    read: ({ mail }: Taken): void => {
      const [to] = mail.to;
      const recipient = mail.replyTo[0]?.address;
      if (to === undefined || recipient === undefined || !draw.chance(0.1)) return;
      const subject = draw.chance(0.3) ? 'Out of office: back on Monday' : 'Re: your mail';
      const date = dayAt(instantFromMs(agenda.nowMs()), zone);
      const lines = [
        `From: <${to.address}>`,
        `To: ${recipient}`,
        `Subject: ${subject}`,
        `Message-ID: <${date}-${agenda.nowMs()}-${to.address}>`,
      ];
      const bytes = Buffer.from(
        [...lines, 'Content-Type: text/plain; charset=utf-8', '', 'We look into it.'].join('\r\n'),
      );
      bus.again(agenda.nowMs() + draw.rate(dayMs), 'reply', () =>
        keepInbound(parts.mail, { bytes, recipient }, month.call()),
      );
    },
  };
};

type CustomerCall = {
  scope: typeof everything;
  systemScope: typeof everything;
  caseScope: typeof everything;
  now: ReturnType<Month['agenda']['now']>;
  callerId: string;
  requestId: string;
  mayPay: 'all';
  mayContest: 'all';
};

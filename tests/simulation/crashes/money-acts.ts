/**
 * What happens in a story of money besides the run: a customer pays in the portal and comes back, the provider tells of it,
 * the ERP shows it.
 * From: `stage.ts`. Next: `money-stories.ts`.
 */
import { keepEvent } from '../../../functions/portal/keep-event.ts';
import { readOwnAccount } from '../../../functions/portal/read-own.ts';
import { startCheckout } from '../../../functions/portal/start-checkout.ts';
import type { AccountItem } from '../../../shared/domain/account.ts';
import { addDays } from '../../../shared/domain/calendar.ts';
import type { Item } from '../../../shared/domain/item.ts';
import { arrive, idOf } from '../../functions/erp-exchange/snapshot-world.ts';
import { late } from '../../support/dunning-examples.ts';
import { everything } from '../../support/test-edge.ts';
import { companyId } from '../months/world.ts';
import type { Stage } from './stage.ts';

/** An invoice so many days late; its number bears the mark of its account. */
export const owed = (accountId: string, n: number, cents: number, daysLate: number): Item =>
  late(idOf(`${accountId}-${n}`), cents, daysLate, { number: `${accountId}-${n}` });

export const callOf = ({ month }: Stage, accountId: string, requestId: string) => ({
  ...{ scope: everything, systemScope: everything, caseScope: everything, now: month.agenda.now() },
  ...({ callerId: `contact:${accountId}`, requestId, mayPay: 'all', mayContest: 'all' } as const),
});

type Paid = { accountId: string; items: readonly Item[]; day: number; time: string };

/** Starts a checkout at the portal: again with the same request until there is an answer. */
export const starts = (
  stage: Stage,
  { accountId, items, day, time }: Paid,
  then: (payment: string) => void,
): void => {
  const { parts } = stage.month;
  const wanted = { currency: 'EUR', items: items.map(({ id }) => ({ item: id })), credits: [] };
  stage.at(day, time, `${accountId} starts`, async () => {
    const key = { companyId, accountId };
    const call = callOf(stage, accountId, `${accountId}-pays`);
    const started = await startCheckout(parts.portal, call, key, wanted);
    if (!started.ok) throw new Error(started.detail);
    then(started.value.payment);
  });
};

/** What happens at the provider, once; its events. */
export const happensAt = (stage: Stage, accountId: string, payment: string) => {
  const { provider, stores } = stage.month;
  const from = provider.events.length;
  const session = async (): Promise<string> =>
    (await stores.plain.checkouts.read(everything, { companyId, accountId }, payment))!.checkout.sessionId!;
  return {
    pay: async (): Promise<void> => void provider.pay(await session()),
    paymentId: async (): Promise<string> => provider.sessions.get(await session())!.paymentId!,
    tell: (atMs: number): void => {
      for (const event of provider.events.slice(from))
        stage.month.bus.again(atMs, `webhook ${event.eventId}`, () =>
          keepEvent(stage.month.parts.portal, stage.month.call(), 'default', event),
        );
    },
  };
};

/** The customer's page when they come back: what it says of the money. */
const returns = (stage: Stage, accountId: string, payment: string, atMs: number): void => {
  const { month, saw } = stage;
  month.agenda.at(atMs, 'returns', async () => {
    const key = { companyId, accountId };
    const kept = await month.stores.plain.checkouts.read(everything, key, payment);
    const page = await readOwnAccount(month.parts.portal, callOf(stage, accountId, 'looks'), key);
    const shown = page.ok
      ? page.value.items.map(({ open, underWay, state }) => [open, underWay, state])
      : page;
    saw.push(`${accountId} ${kept?.checkout.state} ${JSON.stringify(shown)}`);
  });
};

const minutes = (count: number): number => count * 60_000;

/** Pays ten minutes after the start; the webhook comes and the customer returns so many minutes after that. */
export const pays = (
  stage: Stage,
  paid: Paid,
  webhookAfter: number | undefined,
  returnAfter: number,
): void => {
  let isStarted = false;
  starts(stage, paid, (payment) => {
    if (isStarted) return;
    isStarted = true;
    const at = stage.atMs(paid.day, paid.time) + minutes(10);
    stage.month.agenda.at(at, 'pays', async () => {
      const there = happensAt(stage, paid.accountId, payment);
      await there.pay();
      if (webhookAfter !== undefined) there.tell(at + minutes(webhookAfter));
      returns(stage, paid.accountId, payment, at + minutes(returnAfter));
    });
  });
};

/** The ERP shows what is open. */
export const files = (
  stage: Stage,
  importId: string,
  day: number,
  open: readonly AccountItem[] | readonly Item[],
): void =>
  stage.at(day, '04:00', `snapshot ${importId}`, () =>
    arrive(stage.month.parts.files, importId, {
      asOf: `${addDays(stage.today, day - 1)}T22:00:00Z`,
      open: open.map(({ number, open: left, original, dueOn, documentOn, postedOn }) => [
        ...([number.slice(0, 6), number, left] as const),
        { original, ...(dueOn === undefined ? {} : { dueOn }), documentOn, postedOn },
      ]),
    }),
  );

/**
 * Routes by which customers pay.
 * From: `triggers.ts`. Next: `start-checkout.ts`; the state of payments out of our own records.
 */
import {
  checkoutAnswer,
  checkoutBody,
  type CheckoutAnswer,
  moneyAsked,
  nothingAsked,
  ownAccountParams,
  paymentParams,
  ownPaymentsAnswer,
} from '../../shared/contracts/portal.ts';
import { transferAnswer } from '../../shared/contracts/transfers.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import { chooseTransfer } from './choose-transfer.ts';
import { itemsOfCaller } from './linked-items.ts';
import { listReceived } from './own-payments.ts';
import type { PortalParts, PortalStores } from './portal-parts.ts';
import { notThere, ownAccount, type OwnCall } from './read-own.ts';
import { showPayment } from './show-payment.ts';
import { checkoutAnswerOf, startCheckout } from './start-checkout.ts';

const payments = 'api/portal/accounts/{companyId}/{accountId}/payments';
const transfers = 'api/portal/accounts/{companyId}/{accountId}/transfers';
const mostShown = 50;

/** Newest first: what was started here, whatever became of it. */
export const listCheckouts = async (
  portal: PortalStores,
  call: OwnCall,
  key: AccountKey,
): Promise<Outcome<{ payments: CheckoutAnswer[] }, 'not-found'>> => {
  const own = await ownAccount(portal, call, key);
  if (!own.ok) return notThere();
  const listed = await portal.checkouts.list(call.scope, key, { limit: mostShown });
  return done({ payments: listed.map(checkoutAnswerOf) });
};

export const registerPayments = ({ edge, portal }: PortalParts): void => {
  const systemScope = edge.access.systemScope('acct.read');
  onWrite(edge, {
    ...{ name: 'start-payment', method: 'POST', route: payments, action: 'pay.start', status: 201 },
    ...{ params: ownAccountParams, query: nothingAsked, body: checkoutBody, answer: checkoutAnswer },
    run: async ({ params, body, scope, now, caller, requestId }) => {
      const mayPay = await itemsOfCaller(portal, scope, caller);
      const call = { scope, systemScope, now, callerId: caller.id ?? '', requestId, mayPay };
      return startCheckout(portal, call, params, body);
    },
  });
  onWrite(edge, {
    ...{ name: 'choose-transfer', method: 'POST', route: transfers, action: 'pay.start', status: 201 },
    ...{ params: ownAccountParams, query: nothingAsked, body: checkoutBody, answer: transferAnswer },
    run: async ({ params, body, scope, now, caller, requestId }) => {
      const mayPay = await itemsOfCaller(portal, scope, caller);
      const call = { scope, systemScope, now, callerId: caller.id ?? '', requestId, mayPay };
      return chooseTransfer(portal, call, params, body);
    },
  });
  onRead(edge, {
    ...{ name: 'list-own-payments', route: payments, action: 'pay.list' },
    ...{ params: ownAccountParams, query: moneyAsked, answer: ownPaymentsAnswer },
    run: async ({ params, query, scope, now }) => {
      const call = { scope, systemScope, now };
      const started = await listCheckouts(portal, call, params);
      if (!started.ok) return started;
      const money = await listReceived(portal, call, params, query.before);
      return money.ok ? done({ ...started.value, ...money.value }) : money;
    },
  });
  onRead(edge, {
    ...{ name: 'read-own-payment', route: `${payments}/{payment}`, action: 'pay.list' },
    ...{ params: paymentParams, query: nothingAsked, answer: checkoutAnswer },
    run: ({ params, scope }) => showPayment(portal, scope, params, params.payment),
  });
};

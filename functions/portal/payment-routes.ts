/**
 * Routes by which customers pay.
 * From: `triggers.ts`. Next: `start-checkout.ts`; the state of payments out of our own records.
 */
import {
  checkoutAnswer,
  checkoutBody,
  nothingAsked,
  ownAccountParams,
  paymentParams,
  paymentsAnswer,
} from '../../shared/contracts/portal.ts';
import { done, refuse } from '../../shared/domain/outcome.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import { itemsOfCaller } from './linked-items.ts';
import type { PortalParts } from './portal-parts.ts';
import { notThere, ownAccount } from './read-own.ts';
import { checkoutAnswerOf, startCheckout } from './start-checkout.ts';

const payments = 'api/portal/accounts/{companyId}/{accountId}/payments';
const mostShown = 50;

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
  onRead(edge, {
    ...{ name: 'list-own-payments', route: payments, action: 'pay.list' },
    ...{ params: ownAccountParams, query: nothingAsked, answer: paymentsAnswer },
    run: async ({ params, scope, now }) => {
      const own = await ownAccount(portal, { scope, systemScope, now }, params);
      if (!own.ok) return notThere();
      const listed = await portal.checkouts.list(scope, params, { limit: mostShown });
      return done({ payments: listed.map(checkoutAnswerOf) });
    },
  });
  onRead(edge, {
    ...{ name: 'read-own-payment', route: `${payments}/{payment}`, action: 'pay.list' },
    ...{ params: paymentParams, query: nothingAsked, answer: checkoutAnswer },
    run: async ({ params, scope }) => {
      const kept = await portal.checkouts.read(scope, params, params.payment);
      return kept === undefined
        ? refuse('not-found', 'There is no such payment.')
        : done(checkoutAnswerOf(kept.checkout));
    },
  });
};

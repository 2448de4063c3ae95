/**
 * Routes to keying payments in: enter one or a batch, take one back.
 * From: `triggers.ts`. Next: `enter-payments.ts`, `undo-payment.ts`.
 */
import { receiptAnswer, receiptAnswerOf, receiptParams } from '../../shared/contracts/cash-desk.ts';
import { undoBody } from '../../shared/contracts/entries.ts';
import { paidOf, paymentsBody, paymentsEntered } from '../../shared/contracts/payment-entry.ts';
import { done } from '../../shared/domain/outcome.ts';
import { isLimited } from '../../shared/edge/fields.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { deskCall, type DeskTriggerParts } from './cash-routes.ts';
import { enterPayments } from './enter-payments.ts';
import { takeBackPayment } from './undo-payment.ts';

const action = 'pay.create.manual';

export const registerPaymentEntry = ({ edge, desk }: DeskTriggerParts): void => {
  const entryCall = (call: Parameters<typeof deskCall>[0]) => ({
    ...deskCall(call),
    isLimited: isLimited(action, call.caller.principals),
  });
  onWrite(edge, {
    ...{ name: 'enter-payments', method: 'POST', route: 'api/payments', action },
    ...{ body: paymentsBody, answer: paymentsEntered, status: 201 },
    run: (call) => {
      const { company: companyId, payments, totals } = call.body;
      return enterPayments(desk, entryCall(call), { companyId, payments: payments.map(paidOf), totals });
    },
  });
  onWrite(edge, {
    ...{ name: 'undo-payment', method: 'POST', action, params: receiptParams },
    ...{
      route: 'api/companies/{companyId}/receipts/{receiptId}/undo',
      body: undoBody,
      answer: receiptAnswer,
    },
    run: async (call) => {
      const undone = await takeBackPayment(desk, entryCall(call), call.params, call.body.reason);
      return undone.ok ? done(receiptAnswerOf(undone.value)) : undone;
    },
  });
};

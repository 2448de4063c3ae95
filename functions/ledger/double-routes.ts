/**
 * The clerk's routes to a payment that was perhaps told twice: it is one, it is two, it is not one after all.
 * From: `triggers.ts`. Next: `join-receipts.ts`.
 */
import type { ActionName } from '../../shared/contracts/access.ts';
import {
  otherReceiptBody,
  partBody,
  receiptAnswer,
  receiptAnswerOf,
  receiptFields,
  receiptParams,
  reducedReceipt,
} from '../../shared/contracts/cash-desk.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import type { Receipt } from '../../shared/domain/receipt.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { deskCall, type DeskTriggerParts } from './cash-routes.ts';
import { joinReceipts, keepApart, partReceipts } from './join-receipts.ts';

const one = 'api/companies/{companyId}/receipts/{receiptId}';
const shown = {
  ...{ method: 'POST' as const, action: 'pay.receipt.split' as ActionName, params: receiptParams },
  ...{ answer: receiptAnswer, fields: receiptFields, reduced: reducedReceipt },
  reducedBy: 'pay.receipt.read' as ActionName,
};
const answered = (receipt: Outcome<Receipt, ProblemCode>) =>
  receipt.ok ? done(receiptAnswerOf(receipt.value)) : receipt;

export const registerDoubles = ({ edge, desk }: DeskTriggerParts): void => {
  onWrite(edge, {
    ...{ ...shown, name: 'join-receipts', route: `${one}/same-payment`, body: otherReceiptBody },
    run: async (call) => answered(await joinReceipts(desk, deskCall(call), call.params, call.body.receiptId)),
  });
  onWrite(edge, {
    ...{ ...shown, name: 'keep-receipts-apart', route: `${one}/another-payment`, body: otherReceiptBody },
    run: async (call) => answered(await keepApart(desk, deskCall(call), call.params, call.body.receiptId)),
  });
  onWrite(edge, {
    ...{ ...shown, name: 'part-receipts', route: `${one}/same-payment/undo`, body: partBody },
    run: async (call) => answered(await partReceipts(desk, deskCall(call), call.params)),
  });
};

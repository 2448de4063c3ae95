/**
 * The clerk's routes to receipts: look, say who paid, divide, apply, take back.
 * From: `triggers.ts`. Next: `read-receipts.ts`, `split-receipt.ts`.
 */
import type { ActionName } from '../../shared/contracts/access.ts';
import {
  accountParams,
  agedCreditsAnswer,
  allocationAnswer,
  allocationQuery,
  applyBody,
  companyParams,
  payerBody,
  receiptAnswer,
  receiptAnswerOf,
  receiptFields,
  receiptParams,
  receiptsAnswer,
  receiptsQuery,
  reducedReceipt,
  splitBody,
  unapplyBody,
  type ReceiptAnswer,
} from '../../shared/contracts/cash-desk.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { dayAt, type Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Receipt } from '../../shared/domain/receipt.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { Caller } from '../../shared/edge/access.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import type { CashCall } from './cash-parts.ts';
import { listNotPosted } from './list-not-posted.ts';
import type { DeskParts } from './propose-change.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import { listAgedCredits, listReceipts, proposeAllocation, readReceipt } from './read-receipts.ts';
import { applyOnAccount, identifyPayer, splitReceipt, unapply } from './split-receipt.ts';

export type DeskTriggerParts = { edge: Edge; desk: DeskParts };
/** With what the ERP said of posting exports. */
export type DeskReadParts = { edge: Edge; desk: DeskParts & Parameters<typeof listNotPosted>[0] };

/** Who asks, and the request as cause: ids of changes derive from it. */
export const deskCall = (call: {
  scope: Scope;
  now: Instant;
  caller: Caller;
  requestId: string;
}): CashCall => ({
  ...{ scope: call.scope, now: call.now },
  actor: { kind: 'staff', id: call.caller.id ?? 'nobody' },
  cause: { kind: 'request', id: call.requestId },
});

const answered = (receipt: Outcome<Receipt, ProblemCode>): Outcome<ReceiptAnswer, ProblemCode> =>
  receipt.ok ? done(receiptAnswerOf(receipt.value)) : receipt;

const one = 'api/companies/{companyId}/receipts/{receiptId}';

export const registerReceiptReads = ({ edge, desk }: DeskReadParts): void => {
  onRead(edge, {
    ...{ name: 'list-receipts', route: 'api/companies/{companyId}/receipts', action: 'pay.receipt.read' },
    ...{ params: companyParams, query: receiptsQuery, answer: receiptsAnswer },
    fields: { 'receipts.*.method': 'payment.method', 'receipts.*.bankReference': 'payment.providerId' },
    reduced: reducedReceipt.map((path) => `receipts.*.${path}`),
    run: ({ params: { companyId }, query: { state, ...page }, scope, now }) =>
      state === 'notPosted'
        ? listNotPosted(desk, scope, companyId, { ...page, now })
        : listReceipts(desk, scope, companyId, { ...page, state }),
  });
  onRead(edge, {
    ...{ name: 'read-receipt', route: one, action: 'pay.receipt.read' },
    ...{ params: receiptParams, answer: receiptAnswer, fields: receiptFields, reduced: reducedReceipt },
    run: async ({ params, scope }) => answered(await readReceipt(desk, scope, params)),
  });
  onRead(edge, {
    ...{ name: 'preview-allocation', route: `${one}/proposals`, action: 'pay.receipt.read' },
    ...{ params: receiptParams, query: allocationQuery, answer: allocationAnswer, reduced: [] },
    run: async ({ params, query, scope }) => {
      const planned = await proposeAllocation(desk, scope, params, query.accountId);
      if (!planned.ok) return planned;
      const { plan, wanted } = planned.value;
      return done(allocationAnswer.parse({ ...plan, lines: wanted }));
    },
  });
  onRead(edge, {
    ...{ name: 'list-aged-credits', action: 'pay.receipt.read' },
    route: 'api/companies/{companyId}/accounts/{accountId}/aged-credits',
    ...{ params: accountParams, answer: agedCreditsAnswer, reduced: [] },
    run: async ({ params, scope, now }) => {
      const { account } = await desk.accounts.load(scope, params);
      if (account.head.version === 0) return refuse('not-found', `There is no account ${params.accountId}.`);
      const company = await readCompany(desk.settings, scope, params.companyId);
      if (!company.ok) return company;
      const credits = await listAgedCredits(desk, scope, params, dayAt(now, company.value.zone));
      return done({ credits: credits.map((item) => ({ ...item, itemId: item.id })) });
    },
  });
};

/** A receipt as whoever reads it sees it, also where they changed it. */
const receiptShown = {
  ...{ answer: receiptAnswer, fields: receiptFields, reduced: reducedReceipt },
  reducedBy: 'pay.receipt.read' as ActionName,
};

export const registerReceiptWrites = ({ edge, desk }: DeskTriggerParts): void => {
  onWrite(edge, {
    ...{ name: 'identify-payer', method: 'POST', route: `${one}/payer`, action: 'pay.receipt.split' },
    ...{ params: receiptParams, body: payerBody, ...receiptShown },
    run: async (call) => answered(await identifyPayer(desk, deskCall(call), call.params, call.body)),
  });
  onWrite(edge, {
    ...{ name: 'split-receipt', method: 'POST', route: `${one}/portions`, action: 'pay.receipt.split' },
    ...{ params: receiptParams, body: splitBody, ...receiptShown },
    run: async (call) => answered(await splitReceipt(desk, deskCall(call), call.params, call.body.portions)),
  });
  onWrite(edge, {
    ...{ name: 'apply-on-account', method: 'POST', route: `${one}/applications`, action: 'pay.apply' },
    ...{ params: receiptParams, body: applyBody, ...receiptShown },
    run: async (call) => answered(await applyOnAccount(desk, deskCall(call), call.params, call.body)),
  });
  onWrite(edge, {
    ...{ name: 'unapply', method: 'POST', route: `${one}/unapplications`, action: 'pay.unapply' },
    ...{ params: receiptParams, body: unapplyBody, ...receiptShown },
    run: async (call) => answered(await unapply(desk, deskCall(call), call.params, call.body)),
  });
};

/**
 * The clerk's routes to what payers say: advices whose money is to be looked for, and who may have paid a receipt.
 * From: `triggers.ts`. Next: `list-advices.ts`, `guess-payer.ts`.
 */
import { advicesAnswer, advicesFields, advicesQuery, payersAnswer } from '../../shared/contracts/advices.ts';
import { companyParams, receiptParams } from '../../shared/contracts/cash-desk.ts';
import { done } from '../../shared/domain/outcome.ts';
import { onRead } from '../../shared/edge/http.ts';
import type { DeskTriggerParts } from './cash-routes.ts';
import { guessPayers } from './guess-payer.ts';
import { listAdvices } from './list-advices.ts';

export const registerAdviceReads = ({ edge, desk }: DeskTriggerParts): void => {
  onRead(edge, {
    ...{
      name: 'list-remittances',
      route: 'api/companies/{companyId}/remittances',
      action: 'pay.receipt.read',
    },
    ...{ params: companyParams, query: advicesQuery, answer: advicesAnswer, fields: advicesFields },
    reduced: [],
    run: ({ params: { companyId }, query, scope, now }) =>
      listAdvices(desk, scope, companyId, { ...query, now }),
  });
  onRead(edge, {
    ...{ name: 'guess-payers', route: 'api/companies/{companyId}/receipts/{receiptId}/payers' },
    ...{ action: 'pay.receipt.read', params: receiptParams, answer: payersAnswer, reduced: [] },
    run: async ({ params, scope }) => {
      const guesses = await guessPayers(desk, scope, params);
      if (!guesses.ok) return guesses;
      const { companyId } = params;
      const payers = guesses.value.map(({ accountId, because }) => ({
        account: { companyId, accountId },
        because,
      }));
      return done({ payers });
    },
  });
};

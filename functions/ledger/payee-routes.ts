/**
 * Routes to the bank details refunds go to: look, ask for others, release them, see what waits.
 * From: `triggers.ts`. Next: `keep-payee.ts`.
 */
import { accountParams, companyParams } from '../../shared/contracts/cash-desk.ts';
import {
  bankDetailsBody,
  payeeAnswer,
  payeeFields,
  releaseBody,
  releaseParams,
  waitingPayeesAnswer,
  waitingPayeesFields,
  waitingPayeesQuery,
} from '../../shared/contracts/payee-details.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import { deskCall, type DeskTriggerParts } from './cash-routes.ts';
import { listWaitingPayees } from './list-waiting-payees.ts';
import { askForDetails, readPayee, release } from './keep-payee.ts';

const route = 'api/companies/{companyId}/accounts/{accountId}/bank-details';
const shown = { answer: payeeAnswer, fields: payeeFields };

export const registerPayees = ({ edge, desk }: DeskTriggerParts): void => {
  onRead(edge, {
    ...{ ...shown, name: 'read-bank-details', route, action: 'acct.bank.read', params: accountParams },
    reduced: [],
    run: ({ params, scope, now }) => readPayee(desk, { scope, now }, params),
  });
  onRead(edge, {
    ...{ name: 'list-waiting-bank-details', route: 'api/companies/{companyId}/bank-details' },
    ...{ action: 'acct.bank.read', params: companyParams, query: waitingPayeesQuery },
    ...{ answer: waitingPayeesAnswer, fields: waitingPayeesFields, reduced: [] },
    run: ({ params, query, scope, now }) => listWaitingPayees(desk, { scope, now }, params.companyId, query),
  });
  onWrite(edge, {
    ...{ ...shown, name: 'ask-bank-details', method: 'POST', route, action: 'acct.bank.update' },
    ...{ params: accountParams, body: bankDetailsBody, bodyFields: { account: 'account.bankDetails' } },
    run: (call) => askForDetails(desk, deskCall(call), call.params, call.body),
  });
  onWrite(edge, {
    ...{ ...shown, name: 'release-bank-details', method: 'POST', route: `${route}/{version}/release` },
    ...{ action: 'acct.bank.update.approve', params: releaseParams, body: releaseBody },
    run: (call) => {
      const { companyId, accountId, version } = call.params;
      return release(desk, deskCall(call), { companyId, accountId }, version);
    },
  });
};

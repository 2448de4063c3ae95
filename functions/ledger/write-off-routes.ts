/**
 * Routes to write-offs, recoveries, credits, adjustments, refunds and proposals; the action says whose limit holds.
 * From: `triggers.ts`. Next: `write-off-items.ts`, `propose-change.ts`.
 */
import {
  accountParams,
  adjustBody,
  approvalBody,
  approveProposalBody,
  companyParams,
  itemAnswer,
  proposalAnswer,
  proposalAnswerOf,
  proposalParams,
  proposalsAnswer,
  proposalsQuery,
  proposeBody,
  receiptParams,
  recoveryBody,
  refundBody,
  settleCreditBody,
  undoCreditBody,
  writeOffBody,
  writtenOffAnswer,
  writtenOffQuery,
  writeOffParams,
  type ProposalAnswer,
} from '../../shared/contracts/cash-desk.ts';
import type { ActionName } from '../../shared/contracts/access.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Proposal } from '../../shared/domain/proposal.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import { deskCall, type DeskTriggerParts } from './cash-routes.ts';
import { listProposals } from './list-proposals.ts';
import { listWrittenOff } from './list-written-off.ts';
import { approve, propose } from './propose-change.ts';
import { askRefund } from './refund-receipt.ts';
import {
  approveAsked,
  askWriteOff,
  raiseItem,
  recordRecovery,
  settleWithCredit,
  undoCredit,
  writeOffAtOnce,
} from './write-off-items.ts';

const account = 'api/companies/{companyId}/accounts/{accountId}';
const onAccount = { method: 'POST', params: accountParams, answer: itemAnswer } as const;

export const registerWriteOffs = ({ edge, desk }: DeskTriggerParts): void => {
  onRead(edge, {
    ...{ name: 'list-written-off', route: 'api/companies/{companyId}/written-off' },
    ...{ action: 'inv.writeoff.read', params: companyParams, query: writtenOffQuery },
    answer: writtenOffAnswer,
    run: ({ params, query, scope }) => listWrittenOff(desk, scope, params.companyId, query),
  });
  onWrite(edge, {
    ...{ ...onAccount, name: 'write-off-small', route: `${account}/small-write-offs` },
    ...{ action: 'inv.writeoff.small', body: writeOffBody },
    run: (call) => writeOffAtOnce(desk, deskCall(call), call.params, call.body),
  });
  onWrite(edge, {
    ...{ ...onAccount, name: 'ask-write-off', route: `${account}/write-offs` },
    ...{ action: 'inv.writeoff.request', body: writeOffBody },
    run: (call) => askWriteOff(desk, deskCall(call), call.params, call.body),
  });
  for (const [level, action] of [
    ['manager', 'inv.writeoff.approve'],
    ['top', 'inv.writeoff.approve.top'],
  ] as const)
    onWrite(edge, {
      ...{ name: `approve-write-off-${level}`, method: 'POST', action, body: approvalBody },
      route: `${account}/write-offs/{writeOffId}/${level === 'top' ? 'top-approval' : 'approval'}`,
      ...{ params: writeOffParams, answer: itemAnswer },
      run: (call) => {
        const named = { itemId: call.body.itemId, writeOffId: call.params.writeOffId };
        return approveAsked(desk, deskCall(call), accountOf(call.params), named, level);
      },
    });
};

const accountOf = ({ companyId, accountId }: { companyId: string; accountId: string }) => ({
  companyId,
  accountId,
});

export const registerAccountMoney = ({ edge, desk }: DeskTriggerParts): void => {
  onWrite(edge, {
    ...{ ...onAccount, name: 'record-recovery', route: `${account}/recoveries` },
    ...{ action: 'pay.apply', body: recoveryBody },
    run: (call) => recordRecovery(desk, deskCall(call), call.params, call.body),
  });
  onWrite(edge, {
    ...{ ...onAccount, name: 'settle-with-credit', route: `${account}/credit-allocations` },
    ...{ action: 'pay.apply', body: settleCreditBody },
    run: (call) => settleWithCredit(desk, deskCall(call), call.params, call.body),
  });
  onWrite(edge, {
    ...{ ...onAccount, name: 'undo-credit', route: `${account}/credit-unallocations` },
    ...{ action: 'pay.unapply', body: undoCreditBody },
    run: (call) => undoCredit(desk, deskCall(call), call.params, call.body),
  });
  onWrite(edge, {
    ...{ ...onAccount, name: 'raise-item', route: `${account}/debit-adjustments` },
    ...{ action: 'inv.create.manual', body: adjustBody },
    run: (call) => raiseItem(desk, deskCall(call), call.params, call.body),
  });
};

const answered = (proposal: Outcome<Proposal, ProblemCode>): Outcome<ProposalAnswer, ProblemCode> =>
  proposal.ok ? done(proposalAnswerOf(proposal.value)) : proposal;

/** Whoever may ask for a thing of this kind where the book is kept here may propose it elsewhere. */
const proposers: [name: string, kind: 'writeOff' | 'creditNote' | 'allocation', action: ActionName][] = [
  ['write-off', 'writeOff', 'inv.writeoff.request'],
  ['credit-note', 'creditNote', 'inv.credit.request'],
  ['allocation', 'allocation', 'pay.apply'],
];

/** Which approval is for which proposals, and up to whose limit. */
const approvals: [
  name: string,
  kinds: 'refund' | 'writeOff' | 'other',
  action: ActionName,
  level: 'manager' | 'top',
][] = [
  ['refund', 'refund', 'pay.refund.approve', 'manager'],
  ['write-off', 'writeOff', 'inv.writeoff.approve', 'manager'],
  ['write-off-top', 'writeOff', 'inv.writeoff.approve.top', 'top'],
  ['credit', 'other', 'inv.credit.approve', 'top'],
];

export const registerProposals = ({ edge, desk }: DeskTriggerParts): void => {
  onRead(edge, {
    ...{ name: 'list-proposals', route: 'api/companies/{companyId}/proposals', action: 'pay.receipt.read' },
    ...{ params: companyParams, query: proposalsQuery, answer: proposalsAnswer, reduced: [] },
    run: ({ params, query, scope, now }) => listProposals(desk, scope, params.companyId, { ...query, now }),
  });
  for (const [name, kind, action] of proposers)
    onWrite(edge, {
      ...{ name: `propose-${name}`, method: 'POST', action, params: companyParams, body: proposeBody },
      ...{ route: `api/companies/{companyId}/proposals/${name}s`, answer: proposalAnswer },
      run: async (call) =>
        call.body.kind === kind
          ? answered(await propose(desk, deskCall(call), call.params.companyId, call.body))
          : refuse('input-not-valid', `Here ${kind} is proposed.`),
    });
  for (const [name, kinds, action, level] of approvals)
    onWrite(edge, {
      ...{
        name: `approve-${name}-proposal`,
        method: 'POST',
        action,
        params: proposalParams,
        body: approveProposalBody,
      },
      ...{
        route: `api/companies/{companyId}/proposals/{proposalId}/${name}-approval`,
        answer: proposalAnswer,
      },
      run: async (call) => answered(await approve(desk, deskCall(call), call.params, kinds, level)),
    });
  onWrite(edge, {
    ...{ name: 'ask-refund', method: 'POST', action: 'pay.refund.request', params: receiptParams },
    ...{ route: 'api/companies/{companyId}/receipts/{receiptId}/refunds', body: refundBody },
    answer: proposalAnswer,
    run: async (call) => answered(await askRefund(desk, deskCall(call), call.params, call.body)),
  });
};

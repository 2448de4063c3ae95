/**
 * The cash side of the ledger: which queue and routes lead to which workflow.
 * From: `triggers.ts`. Next: the `receive-…`, `settle-…` and clerk workflows beside this file.
 */
import { receivedPaymentsMessage } from '../../shared/contracts/messages.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { onQueue } from '../../shared/edge/queue.ts';
import type { CashParts } from './cash-parts.ts';
import { receivePayments } from './receive-payments.ts';

export type CashTriggerParts = { edge: Edge; cash: CashParts };

export const registerCashWork = ({ edge, cash }: CashTriggerParts): void =>
  onQueue(edge, {
    name: 'receive-payments',
    queue: 'received-payments',
    action: 'pay.apply',
    schema: receivedPaymentsMessage,
    run: (message, call) => receivePayments(cash, message, call),
  });

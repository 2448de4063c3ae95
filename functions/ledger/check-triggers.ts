/**
 * The nightly check: begun by a tick for each company, gone on with by its own messages.
 * From: queues `ledger-ticks` (by `anchor-triggers.ts`) and `ledger-checks`. Next: `check-ledger.ts`.
 */
import { ledgerCheckMessage } from '../../shared/contracts/messages.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { onQueue } from '../../shared/edge/queue.ts';
import { runCheck } from './check-ledger.ts';
import { checkQueue, type CheckParts } from './check-parts.ts';

export type CheckTriggerParts = { edge: Edge; checking: CheckParts };

export const registerChecking = ({ edge, checking }: CheckTriggerParts): void =>
  onQueue(edge, {
    name: 'check-ledger',
    queue: checkQueue,
    action: 'sys.ledger.check',
    schema: ledgerCheckMessage,
    run: (message, { now, scope }) => runCheck(message, { now, scope }, checking),
  });

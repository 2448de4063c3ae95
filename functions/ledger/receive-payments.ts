/**
 * The queue `received-payments`: a part of an import, one receipt, one advice, the news of a feed, another look.
 * From: ingestion, erp-exchange, the portal, this piece itself. Next: the workflow of that form.
 */
import type { ReceivedPaymentsMessage } from '../../shared/contracts/messages.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { jobCall, type CashParts } from './cash-parts.ts';
import { followAdvice } from './follow-advice.ts';
import { lookAgain } from './look-again.ts';
import { hearFeed } from './receive-feed-news.ts';
import { receivePart } from './receive-part.ts';
import { settleReceipt } from './settle-receipt.ts';

export const receivePayments = async (
  parts: CashParts,
  message: ReceivedPaymentsMessage,
  { now, scope }: { now: Instant; scope: Scope },
): Promise<Outcome<unknown, ProblemCode>> => {
  if ('part' in message)
    return receivePart(parts, jobCall(scope, now, { kind: 'import', id: message.importId }), message);
  if ('feedId' in message)
    return hearFeed(parts, jobCall(scope, now, { kind: 'feed', id: message.feedId }), message);
  if ('adviceId' in message)
    return followAdvice(parts, jobCall(scope, now, { kind: 'advice', id: message.adviceId }), message);
  if ('look' in message)
    return done(await lookAgain(parts, jobCall(scope, now, { kind: 'tick', id: message.slot }), message));
  const { companyId, receiptId } = message;
  const call = jobCall(scope, now, { kind: 'receipt', id: receiptId });
  const settled = await settleReceipt(parts, call, { companyId, receiptId });
  if (!settled.ok) return settled;
  const { hasMoreLeft, receipt } = settled.value;
  if (hasMoreLeft)
    await goOn(
      parts,
      companyId,
      receiptId,
      receipt.portions.filter(({ state }) => state === 'reserved').length,
    );
  return done(undefined);
};

/** What is left names the message: each run leaves less, so that each sends another one. */
const goOn = (
  { sender, hashText }: CashParts,
  companyId: string,
  receiptId: string,
  left: number,
): Promise<void> => {
  const id = `settle-rest:${hashText(`${companyId} ${receiptId}`).slice(0, 40)}:${left}`;
  return sender.send('received-payments', [{ id, body: { v: 1, companyId, receiptId } }]);
};

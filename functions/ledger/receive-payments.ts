/**
 * The queue `received-payments`: a part of an import, one receipt, one advice, a transfer to wait for, the news of a
 * feed, another look.
 * From: ingestion, erp-exchange, the portal, this piece itself. Next: the workflow of that form.
 */
import type { ReceivedPaymentsMessage } from '../../shared/contracts/messages.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import { stateOf } from '../../shared/domain/receipt.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { jobCall, type CashParts } from './cash-parts.ts';
import { causeOfResult } from './count-moved.ts';
import { followAdvice } from './follow-advice.ts';
import { lookAgain } from './look-again.ts';
import { hearRefusal } from './hear-refusal.ts';
import { hearFeed } from './receive-feed-news.ts';
import { receiveCheckout } from './receive-checkout.ts';
import { receivePart } from './receive-part.ts';
import { receiveTransfer } from './receive-transfer.ts';
import { awaitedFor, openCause, reportSettled } from './report-settled.ts';
import { settleReceipt } from './settle-receipt.ts';

export const receivePayments = async (
  parts: CashParts,
  message: ReceivedPaymentsMessage,
  { now, scope }: { now: Instant; scope: Scope },
): Promise<Outcome<unknown, ProblemCode>> => {
  if ('part' in message)
    return receivePart(parts, jobCall(scope, now, causeOfResult(message.importId, message.part)), message);
  if ('feedId' in message)
    return hearFeed(parts, jobCall(scope, now, { kind: 'feed', id: message.feedId }), message);
  if ('adviceId' in message) return followOne(parts, message, { now, scope });
  if ('payment' in message)
    return receiveCheckout(
      ...([parts, jobCall(scope, now, { kind: 'payment', id: message.payment.paymentId })] as const),
      message.payment,
    );
  if ('transfer' in message)
    return receiveTransfer(
      ...([parts, jobCall(scope, now, { kind: 'transfer', id: message.transfer.reference })] as const),
      message.transfer,
    );
  if ('refusedProposal' in message)
    return hearRefusal(parts, jobCall(scope, now, { kind: 'refusal', id: message.refusedProposal }), message);
  if ('look' in message)
    return done(await lookAgain(parts, jobCall(scope, now, { kind: 'tick', id: message.slot }), message));
  return settleOne(parts, message, { now, scope });
};

type Call = { now: Instant; scope: Scope };
type ReceiptMessage = Extract<ReceivedPaymentsMessage, { receiptId: string }>;
type AdviceMessage = Extract<ReceivedPaymentsMessage, { adviceId: string }>;

/** The import that brought it hears where its money is, once nothing of it is on its way. */
const settleOne = async (
  parts: CashParts,
  message: ReceiptMessage,
  { now, scope }: Call,
): Promise<Outcome<undefined, ProblemCode>> => {
  const { companyId, receiptId, importId } = message;
  const awaited =
    importId === undefined
      ? undefined
      : awaitedFor({ companyId, importId }, 'receipt', receiptId, parts.hashText);
  const cause = await openCause(parts, scope, awaited);
  const call = jobCall(scope, now, cause ?? { kind: 'receipt', id: receiptId });
  const settled = await settleReceipt(parts, call, { companyId, receiptId });
  if (!settled.ok) return settled;
  const { hasMoreLeft, receipt, state } = settled.value;
  if (hasMoreLeft)
    await goOn(parts, message, receipt.portions.filter((one) => one.state === 'reserved').length);
  else if (awaited !== undefined && cause !== undefined)
    await reportSettled(parts, call, awaited, [receiptId], state);
  return done(undefined);
};

/** What is left names the message: each run leaves less, so that each sends another one. */
const goOn = ({ sender, hashText }: CashParts, message: ReceiptMessage, left: number): Promise<void> => {
  const { companyId, receiptId, importId = '' } = message;
  const id = `settle-rest:${hashText(`${companyId} ${receiptId} ${importId}`).slice(0, 40)}:${left}`;
  return sender.send('received-payments', [{ id, body: message }]);
};

const followOne = async (
  parts: CashParts,
  { companyId, adviceId, importId }: AdviceMessage,
  { now, scope }: Call,
): Promise<Outcome<undefined, ProblemCode>> => {
  const awaited =
    importId === undefined
      ? undefined
      : awaitedFor({ companyId, importId }, 'advice', adviceId, parts.hashText);
  const cause = await openCause(parts, scope, awaited);
  const call = jobCall(scope, now, cause ?? { kind: 'advice', id: adviceId });
  const followed = await followAdvice(parts, call, { companyId, adviceId });
  if (!followed.ok) return followed;
  if (awaited === undefined || cause === undefined) return done(undefined);
  const receiptId = (await parts.advices.load(scope, companyId, adviceId))?.advice.receiptId;
  const receipt = receiptId && (await parts.receipts.load(scope, { companyId, receiptId })).receipt;
  await reportSettled(
    ...([parts, call, awaited, receiptId === undefined ? [] : [receiptId]] as const),
    receipt ? stateOf(receipt) : 'waiting',
  );
  return done(undefined);
};

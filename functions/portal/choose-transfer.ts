/**
 * Chooses what a transfer is for: items net of credits, priced here, under one reference that the customer's bank passes
 * on (R171). The same choice has the same reference.
 * From: `POST …/transfers` by a customer or the holder of a link. Next: queue `payment-events`, then the ledger, which
 * waits for the money as for that of an advice.
 */
import type { CheckoutBody } from '../../shared/contracts/portal.ts';
import type { PaymentEventMessage } from '../../shared/contracts/messages.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { TransferAnswer } from '../../shared/contracts/transfers.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import { referenceOfTransfer, sumsOfTransfer } from '../../shared/domain/transfer.ts';
import type { MessageSender } from '../../shared/ports/message-sender.ts';
import type { PortalStores } from './portal-parts.ts';
import { pace, price, type StartCall } from './price-payment.ts';
import { bankFor } from './show-item.ts';

export const chooseTransfer = async (
  parts: PortalStores,
  call: StartCall,
  key: AccountKey,
  body: CheckoutBody,
): Promise<Outcome<TransferAnswer, ProblemCode>> => {
  const paced = await pace(parts, call, key);
  if (!paced.ok) return paced;
  const priced = await price(parts, call, key, body, sumsOfTransfer);
  if (!priced.ok) return priced;
  const { id, amount, lines } = priced.value;
  const { companyId, accountId } = key;
  const { currency } = body;
  const [reference, chosenAt] = [referenceOfTransfer(id), textOfInstant(call.now)];
  const transfer = { companyId, accountId, reference, currency, amount, lines, chosenAt };
  const message = { v: 1, companyId, transfer } as const;
  await parts.sender.send('payment-events', [{ id: `transfer:${id}:${chosenAt}`, body: message }]);
  return done({
    ...{ reference, currency, amount, to: await bankFor(parts, call.systemScope, companyId, call.now) },
    lines: lines.map(({ itemId, number, amount: paid }) => ({ item: itemId, number, amount: paid })),
  });
};

type Chosen = Extract<PaymentEventMessage, { transfer: unknown }>;

/** The portal's door may not tell the ledger of money: this does. */
export const passTransfer = async (
  { sender }: { sender: MessageSender },
  message: Chosen,
): Promise<Outcome<undefined, never>> => {
  const { reference, chosenAt } = message.transfer;
  await sender.send('received-payments', [{ id: `transfer:${reference}:${chosenAt}`, body: message }]);
  return done(undefined);
};

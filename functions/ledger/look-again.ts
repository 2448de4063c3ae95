/**
 * Looks again at what was left for want of something that may have come since: money whose payer nobody knew, as long
 * as the index had not heard of the numbers it names; money on account whose items had not come; advices whose money was not here.
 * From: a tick an hour, then its own messages, page by page. Next: `settle-receipt.ts` and `follow-advice.ts`, a
 * message each; the slot names them, so that a tick that comes twice is one.
 */
import type { ReceivedPaymentsMessage } from '../../shared/contracts/messages.ts';
import { addDays, dayAt, instantFromText } from '../../shared/domain/calendar.ts';
import type { OutgoingMessage } from '../../shared/ports/message-sender.ts';
import { receiptMarkAt } from '../../shared/ports/receipt-documents.ts';
import type { CashCall, CashParts } from './cash-parts.ts';
import { dropDivision } from './divide-again.ts';
import { adviceOfReceipt } from './settle-designation.ts';
import { findPayer } from './settle-payer.ts';

export type Look = Extract<ReceivedPaymentsMessage, { look: string }>;

const pageSize = 50;
/** Days for which money is looked at again; after them a person has it. */
const daysBack = 30;
/** Hours (UTC) in whose tick designations and advices are followed: their days are counted in business days. */
const adviceHours = ['00', '06', '12', '18'];

export const lookAgain = async (parts: CashParts, call: CashCall, look: Look): Promise<number> => {
  const { messages, next } = await pages[look.look](parts, call, look);
  const all = next === undefined ? messages : [...messages, lookMessage(next, parts.hashText)];
  if (all.length > 0) await parts.sender.send('received-payments', all);
  return messages.length;
};

/** The first of a slot, sent by its tick. */
export const beginLook = (
  companyId: string,
  slot: string,
  { sender, hashText }: Pick<CashParts, 'sender' | 'hashText'>,
): Promise<void> => {
  const look: Look = { v: 1, companyId, look: 'receipts', slot, after: firstMark(slot) };
  return sender.send('received-payments', [lookMessage(look, hashText)]);
};

const firstMark = (slot: string): string =>
  receiptMarkAt(addDays(dayAt(instantFromText(slot), 'UTC'), -daysBack));

const lookMessage = (look: Look, hashText: CashParts['hashText']): OutgoingMessage => ({
  id: `look:${hashText(JSON.stringify([look.companyId, look.look, look.slot, look.after])).slice(0, 40)}`,
  body: look,
});

type Seen = { messages: OutgoingMessage[]; next?: Look };

const receiptsAgain = async (
  parts: CashParts,
  { scope }: CashCall,
  { companyId, slot, after }: Look,
): Promise<Seen> => {
  const page = { limit: pageSize, ...(after === undefined ? {} : { after }) };
  const found = await parts.receipts.list(scope, companyId, { state: 'unidentified' }, page);
  const messages: OutgoingMessage[] = [];
  for (const receipt of found.receipts) {
    const isKnown =
      (await findPayer(parts, scope, receipt)) ?? (await adviceOfReceipt(parts, scope, receipt));
    if (isKnown === undefined) continue;
    const id = nameOf(parts, 'again', [companyId, receipt.id, slot]);
    messages.push({ id, body: { v: 1, companyId, receiptId: receipt.id } });
  }
  if (found.after !== undefined)
    return { messages, next: { v: 1, companyId, look: 'receipts', slot, after: found.after } };
  return adviceHours.includes(slot.slice(11, 13))
    ? { messages, next: { v: 1, companyId, look: 'designated', slot, after: firstMark(slot) } }
    : { messages };
};

/** Money on account whose payer named items that were not here. */
const designatedAgain = async (
  parts: CashParts,
  call: CashCall,
  { companyId, slot, after }: Look,
): Promise<Seen> => {
  const page = { limit: pageSize, ...(after === undefined ? {} : { after }) };
  const found = await parts.receipts.list(call.scope, companyId, { state: 'onAccount' }, page);
  const messages: OutgoingMessage[] = [];
  for (const receipt of found.receipts) {
    const isDropped = await dropDivision(parts, call, receipt);
    if (!isDropped.ok) throw new Error(`${isDropped.code}: ${isDropped.detail}`);
    if (!isDropped.value) continue;
    const id = nameOf(parts, 'divide', [companyId, receipt.id, slot]);
    messages.push({ id, body: { v: 1, companyId, receiptId: receipt.id } });
  }
  const next = { v: 1, companyId, slot } as const;
  return found.after === undefined
    ? { messages, next: { ...next, look: 'advices' } }
    : { messages, next: { ...next, look: 'designated', after: found.after } };
};

const advicesAgain = async (
  parts: CashParts,
  { scope }: CashCall,
  { companyId, slot, after }: Look,
): Promise<Seen> => {
  const page = { limit: pageSize, ...(after === undefined ? {} : { after }) };
  const found = await parts.advices.list(scope, companyId, 'waiting', page);
  const messages = found.advices.map(({ id }): OutgoingMessage => ({
    id: nameOf(parts, 'follow', [companyId, id, slot]),
    body: { v: 1, companyId, adviceId: id },
  }));
  return found.after === undefined
    ? { messages }
    : { messages, next: { v: 1, companyId, look: 'advices', slot, after: found.after } };
};

const pages = { receipts: receiptsAgain, designated: designatedAgain, advices: advicesAgain } as const;

const nameOf = ({ hashText }: CashParts, what: string, words: readonly string[]): string =>
  `${what}:${hashText(words.join(' ')).slice(0, 40)}`;

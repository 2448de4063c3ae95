/**
 * What the check of the ledger needs, and what its messages are called.
 * From: `functions/parts.ts`. Next: `check-ledger.ts` and its steps.
 */
import type { LedgerCheckMessage } from '../../shared/contracts/messages.ts';
import { escapeId, type HashText } from '../../shared/domain/document-ids.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import type { HashOf } from '../../shared/domain/entry.ts';
import { invariantCodes, type Violation } from '../../shared/domain/invariants.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import type { CustomerStore } from '../../shared/ports/customer-store.ts';
import type { FeedStore } from '../../shared/ports/feed-store.ts';
import type { MessageSender, OutgoingMessage } from '../../shared/ports/message-sender.ts';
import type { ParkedWorkStore } from '../../shared/ports/parked-work-store.ts';
import type { ReceiptStore } from '../../shared/ports/receipt-store.ts';
import type { AnchorParts } from './anchor-ledger.ts';

export type CheckParts = AnchorParts & {
  accounts: AccountStore;
  receipts: ReceiptStore;
  feeds: FeedStore;
  sender: MessageSender;
  parked: ParkedWorkStore;
  customers: CustomerStore;
  hashOf: HashOf;
};

export type CheckCall = { scope: Scope; now: Instant };

/** A message of a night's run, as the run goes on. */
export type CheckStep = Extract<LedgerCheckMessage, { step: string }>;

export const checkQueue = 'ledger-checks';

/** The run documents of a company's nights. */
export const checkJob = (companyId: string): string => `check-ledger:${companyId}`;

const longestMessageId = 128;

/** The same step of the same night has the same name. */
export const checkMessage = (body: CheckStep, hashText: HashText): OutgoingMessage => {
  const id = `check:${escapeId(body.companyId)}:${body.slot}:${body.number}`;
  return { id: id.length > longestMessageId ? hashText(id) : id, body };
};

/** What is wrong, of an account as of a version, of a receipt, or of the company. */
export type Finding = Violation & { about: string; accountId?: string };

/** Parks what was found, each finding once however many nights find it; sent again, its account is checked. */
export const parkFindings = async (
  companyId: string,
  found: readonly Finding[],
  { scope, now }: CheckCall,
  { parked }: Pick<CheckParts, 'parked'>,
): Promise<void> => {
  for (const { invariant, what, about, accountId } of found)
    await parked.park(scope, {
      ...{ companyId, source: checkQueue, workId: `${invariant} ${companyId} ${about}` },
      ...{ code: invariantCodes[invariant], detail: `${invariant} ${about}: ${what}` },
      body: accountId === undefined ? '' : JSON.stringify({ v: 1, companyId, accountId }),
      ...{ attempts: 1, parkedAt: now.toString() },
    });
};

/**
 * The nightly check: accounts that changed since the last one, a rotating sample of all, receipts, the book.
 * From: a tick a night, then its own messages on queue `ledger-checks`, each a short step of the run.
 * Next: violations are parked with their codes; the run's document says where the next night goes on.
 * A message that comes twice finds the same again and sends the same on.
 */
import type { LedgerCheckMessage } from '../../shared/contracts/messages.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import { checkReceipt } from '../../shared/domain/invariants-book.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import { receiptStates } from '../../shared/domain/receipt.ts';
import { anchorCompany } from './anchor-ledger.ts';
import { checkAccountNow, wholeChain } from './check-account-now.ts';
import { checkBookNow, wholeFeed } from './check-book.ts';
import { checkChanged } from './check-changed.ts';
import { forgetCustomers } from './erase-customers.ts';
import { checkJob, checkMessage, checkQueue, parkFindings } from './check-parts.ts';
import type { CheckCall, CheckParts, CheckStep, Finding } from './check-parts.ts';

const accountsInSample = 100;
const receiptsPerStep = 200;

/** Sends the first step of a company's run; the tick that comes twice sends the same. */
export const beginCheck = (
  companyId: string,
  slot: string,
  { sender, hashText }: CheckParts,
): Promise<void> =>
  sender.send(checkQueue, [checkMessage({ v: 1, companyId, slot, step: 'begin', number: 0 }, hashText)]);

export const runCheck = async (
  message: LedgerCheckMessage,
  call: CheckCall,
  parts: CheckParts,
): Promise<Outcome<unknown, ProblemCode>> => {
  if ('accountId' in message) {
    const { companyId, accountId } = message;
    const { found } = await checkAccountNow({ companyId, accountId }, wholeChain, call, parts);
    await parkFindings(companyId, found, call, parts);
    return done(found.length);
  }
  const next = await steps[message.step](message, call, parts);
  if (next === undefined) return done('checked');
  const following = checkMessage({ ...next, number: message.number + 1 }, parts.hashText);
  await parts.sender.send(checkQueue, [following]);
  return done(next.step);
};

type Step = (message: CheckStep, call: CheckCall, parts: CheckParts) => Promise<CheckStep | undefined>;

/** Everything up to now under an anchor: what is newer belongs to the next night. */
const begin: Step = async (message, { scope, now: at }, parts) => {
  const { companyId, slot } = message;
  const last = await parts.runs.latest(scope, checkJob(companyId));
  if (last !== undefined && last.slot >= slot) return undefined;
  const now = await anchorCompany(companyId, slot, scope, parts);
  const before = last?.note?.['anchor'];
  const anchors = { ...(before ? { before } : {}), ...(now ? { now: now.slot } : {}) };
  const { sample: sampled, settled, forgotten } = last?.note ?? {};
  const forget = await forgetCustomers(companyId, forgotten, { scope, now: at }, parts);
  const places = {
    ...{ ...(sampled ? { sample: sampled } : {}), ...(settled ? { settled } : {}) },
    ...(forget === undefined ? {} : { forgotten: forget }),
  };
  const feed = await wholeFeed(companyId, { scope }, parts);
  const compared = feed === undefined ? {} : { feed: feed.importId, since: {} };
  return { ...message, step: 'changed', anchors, next: places, ...compared };
};

/** Heads in the order of the store, on from where the last night ended: also accounts reports never saw. */
const sample: Step = async (message, call, parts) => {
  const { companyId, next = {} } = message;
  const after = next['sample'];
  const page = await parts.accounts.heads(call.scope, companyId, {
    limit: accountsInSample,
    ...(after ? { after } : {}),
  });
  for (const { accountId } of page.heads) {
    const { found } = await checkAccountNow({ companyId, accountId }, wholeChain, call, parts);
    await parkFindings(companyId, found, call, parts);
  }
  const { sample: _before, ...others } = next;
  const places = page.after === undefined ? others : { ...others, sample: page.after };
  const { after: _done, ...rest } = message;
  return { ...rest, step: 'receipts', next: places };
};

/** Receipts with work left, all of them; settled ones from where the last night ended. */
const receipts: Step = async (message, call, parts) => {
  const { companyId, next = {} } = message;
  const [state, place] = placeOf(message);
  const mark = place === '' && state === 'settled' ? (next['settled'] ?? '') : place;
  const page = await parts.receipts.list(
    call.scope,
    companyId,
    { state },
    { limit: receiptsPerStep, ...(mark === '' ? {} : { after: mark }) },
  );
  const found = page.receipts.flatMap((receipt): Finding[] =>
    checkReceipt(receipt).map((one) => ({ ...one, about: receipt.id })),
  );
  await parkFindings(companyId, found, call, parts);
  const places = state === 'settled' && page.after !== undefined ? { ...next, settled: page.after } : next;
  if (page.after !== undefined) return { ...message, after: `${state} ${page.after}`, next: places };
  const following = receiptStates[receiptStates.indexOf(state) + 1];
  if (following !== undefined) return { ...message, after: `${following} `, next: places };
  const { after: _done, ...rest } = message;
  return { ...rest, step: 'book', next: places };
};

const placeOf = ({ after = 'unidentified ' }: CheckStep): [(typeof receiptStates)[number], string] => {
  const [name = '', ...rest] = after.split(' ');
  return [receiptStates.find((one) => one === name) ?? 'unidentified', rest.join(' ')];
};

const book: Step = async (message, call, parts) => {
  const { companyId, slot, anchors = {}, next = {} } = message;
  const { found, note } = await checkBookNow(message, call, parts);
  await parkFindings(companyId, found, call, parts);
  const anchor = anchors.now ?? anchors.before;
  await parts.runs.complete(call.scope, {
    ...{ job: checkJob(companyId), slot, completedAt: textOfInstant(call.now), missedSlots: 0 },
    note: { ...next, ...note, ...(anchor === undefined ? {} : { anchor }) },
  });
  return undefined;
};

const steps: Record<CheckStep['step'], Step> = { begin, changed: checkChanged, sample, receipts, book };

/**
 * What becomes of a document that was typed in: approved or dropped by another person while it waits, taken back
 * while nobody has used it.
 * From: the entry routes. Next: the posting of the document, or its reversal. Posting comes before the request is
 * marked: a call that died between the two finds it posted.
 */
import type { EntryRequestAnswer, UndoAnswer } from '../../shared/contracts/entries.ts';
import { entryRequestAnswerOf } from '../../shared/contracts/entries.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { dayAt } from '../../shared/domain/calendar.ts';
import { mayPostEntry, type EntryRequest } from '../../shared/domain/entry-request.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { AccountRef } from '../../shared/domain/receipt.ts';
import { undoEntry } from '../../shared/domain/undo-entry.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import { changeAccount, type CashCall } from './cash-parts.ts';
import { whileAnnounced } from './enter-announced.ts';
import { isWithinLimit, type EntryCall, type EntryParts } from './enter-items.ts';
import { checkEntry, postEntry } from './post-entry.ts';

type Named = { company: string; request: string };

/** Posts what another person typed in. */
export const approveEntry = async (
  parts: EntryParts,
  call: CashCall,
  { company: companyId, request: id }: Named,
): Promise<Outcome<EntryRequestAnswer, ProblemCode>> => {
  const loaded = await parts.entryRequests.load(call.scope, companyId, id);
  if (loaded === undefined) return refuse('not-found', `There is no entry ${id}.`);
  const { request } = loaded;
  const may = mayPostEntry(request, call.actor.id);
  if (!may.ok) return may;
  if (request.state === 'posted') return done(entryRequestAnswerOf(request));
  const company = await readCompany(parts.settings, call.scope, companyId);
  if (!company.ok) return company;
  // whoever approves, it is the same entry: a second try finds it by the request it came from
  const cause = { kind: 'entry-request', id };
  const posting = { ...call, cause };
  const posted = await whileAnnounced(parts, posting, companyId, [request.row], async () => {
    const checked = await checkEntry(parts, posting, company.value, request.row);
    return checked.ok ? postEntry(parts, posting, company.value, request.row) : checked;
  });
  if (!posted.ok) return posted;
  const { itemId } = posted.value;
  return decided(parts, call, { ...loaded, request: { ...request, state: 'posted', itemId } });
};

/** Takes it out of what waits: whoever typed it, or whoever would have to approve it. */
export const dropEntry = async (
  parts: EntryParts,
  call: CashCall,
  { company, request: id }: Named,
): Promise<Outcome<EntryRequestAnswer, ProblemCode>> => {
  const loaded = await parts.entryRequests.load(call.scope, company, id);
  if (loaded === undefined) return refuse('not-found', `There is no entry ${id}.`);
  const { request } = loaded;
  if (request.state === 'dropped') return done(entryRequestAnswerOf(request));
  if (request.state === 'posted') return refuse('entry-not-waiting', `${id} was posted.`);
  return decided(parts, call, { ...loaded, request: { ...request, state: 'dropped' } });
};

const decided = async (
  { entryRequests }: EntryParts,
  { scope, actor }: CashCall,
  { request, mark }: { request: EntryRequest; mark: string },
): Promise<Outcome<EntryRequestAnswer, ProblemCode>> => {
  const kept = { ...request, decidedBy: actor.id };
  const saved = await entryRequests.save(scope, { request: kept, mark });
  return saved === 'saved'
    ? done(entryRequestAnswerOf(kept))
    : refuse('busy', `Somebody else decided about ${request.id} at the same time.`);
};

/** Reverses what was typed in; above one's limit somebody else does. */
export const takeBackEntry = async (
  parts: EntryParts,
  call: EntryCall,
  ref: AccountRef,
  itemId: string,
): Promise<Outcome<UndoAnswer, ProblemCode>> => {
  const { account } = await parts.accounts.load(call.scope, ref, [itemId]);
  const item = account.items.get(itemId);
  if (item === undefined) return refuse('not-found', 'There is no such item.');
  const company = await readCompany(parts.settings, call.scope, ref.companyId);
  if (!company.ok) return company;
  const isMine = await isWithinLimit(parts, call, company.value, item);
  if (!isMine.ok) return isMine;
  if (!isMine.value) return refuse('above-limit', `${itemId} is of ${item.original}.`);
  const { zone, mode } = company.value;
  const undo = { itemId, changeId: `undo:${call.cause.id}`, on: dayAt(call.now, zone) };
  return changeAccount<UndoAnswer, ProblemCode>(parts, call, ref, [itemId], (now) => {
    const facts = undoEntry(now, { ...undo, isKeptHere: mode === 'dunwellLed' });
    return facts.ok ? done({ facts: facts.value, value: { item: itemId, open: 0 } }) : facts;
  });
};

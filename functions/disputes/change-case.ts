/**
 * Changes one case: load account and paper, decide, save both in one append, again when somebody else was first.
 * From: every workflow of this folder. Next: `AccountStore`, then the row of the case in the index. The journal is
 * true; the row may be behind by what a crash left, and is put right by the event of the append.
 */
import { casePaper, type CasePaper, type CaseText, type Told } from '../../shared/contracts/disputes.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Account, AccountKey } from '../../shared/domain/account.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import type { Dispute, DisputeFact } from '../../shared/domain/dispute.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { itemIdsOf, noteDispute } from '../../shared/domain/note-dispute.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { AccountStore, LoadedAccount } from '../../shared/ports/account-store.ts';
import { entryOfRequest } from '../../shared/ports/entry-of-request.ts';
import { rowOf } from './case-rows.ts';
import { daysOfCase, type DisputeCall, type DisputeFrame, type DisputeParts } from './dispute-parts.ts';
import { planTold } from './tell-customer.ts';

export type CaseId = `dispute:${string}`;

export type KnownCase = { account: Account; dispute: Dispute | undefined; texts: readonly CaseText[] };

export type CaseChange = {
  facts: readonly DisputeFact[];
  /** Of the books or of messages, in the same append, before the facts of the case. */
  more?: readonly Fact[];
  texts?: readonly CaseText[];
  /** Planned in the same append; while too much else is on its way, at a later look. */
  tell?: readonly Told[];
  /** Planned with the change that follows: what the books do not show yet is told to nobody. */
  tellOnceBooked?: readonly Told[];
};

/** `isOwing`: the customer has something to hear that could not be planned yet. */
export type Changed = { dispute: Dispute; version: number; isOwing: boolean };

const mostTries = 8;

export const readCase = async (
  accounts: Pick<AccountStore, 'paper'>,
  scope: Scope,
  key: AccountKey,
  id: string,
): Promise<CasePaper | undefined> => {
  const paper = await accounts.paper(scope, key, id);
  return paper === undefined ? undefined : casePaper.parse(paper);
};

/** The account with the items of the case, and the case as of that version or an earlier one that still holds. */
const loadCase = async (
  { accounts }: Pick<DisputeParts, 'accounts'>,
  scope: Scope,
  key: AccountKey,
  { id, itemIds }: { id: CaseId; itemIds: readonly string[] },
): Promise<{ loaded: LoadedAccount; paper: CasePaper | undefined }> => {
  let wanted = itemIds;
  for (;;) {
    const loaded = await accounts.load(scope, key, wanted);
    // read after the account: what is newer than it does not get past the mark
    const paper = await readCase(accounts, scope, key, id);
    const own = paper === undefined ? [] : itemIdsOf(paper.dispute);
    if (own.every((one) => wanted.includes(one))) return { loaded, paper };
    wanted = [...new Set([...wanted, ...own])];
  }
};

/**
 * `decide` is called again when somebody else was first; no facts and no texts: nothing is written. What a request did to
 * the case is done, even where it was undone since.
 * @throws when the account changes under every try.
 */
export const changeCase = async <Code extends ProblemCode>(
  parts: DisputeParts,
  call: DisputeCall,
  frame: DisputeFrame,
  { key, id, itemIds = [] }: { key: AccountKey; id: CaseId; itemIds?: readonly string[] },
  decide: (known: KnownCase) => Outcome<CaseChange, Code>,
): Promise<Outcome<Changed, Code | 'not-found' | 'too-many-cases'>> => {
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const { loaded, paper } = await loadCase(parts, call.scope, key, { id, itemIds });
    const { account } = loaded;
    if (loaded.mark === undefined) return refuse('not-found', 'There is no such account.');
    const before = paper?.dispute;
    const decided = decide({ account, dispute: before, texts: paper?.texts ?? [] });
    if (before !== undefined && (await wasWorked(parts, call, account, id)))
      return done({ dispute: before, version: account.head.version, isOwing: paper?.owed !== undefined });
    if (!decided.ok) return decided;
    const { facts, more = [], texts = [], tell = [], tellOnceBooked = [] } = decided.value;
    const told = planTold(account, [...(paper?.owed ?? []), ...tell], frame.today);
    const owed = [...told.owed, ...tellOnceBooked];
    const isOwing = owed.length > 0;
    if (facts.length === 0 && texts.length === 0 && told.facts.length === 0) {
      if (before === undefined) return refuse('not-found', 'There is no such case.');
      return done({ dispute: before, version: account.head.version, isOwing });
    }
    const noted = noteDispute(account, { id, before, facts }, daysOfCase(frame));
    if (!noted.ok) return noted;
    const said = facts.length === 0 ? [standsStill(account, id, frame)] : [];
    const change = { at: call.now, actor: call.actor, cause: call.cause };
    const content: CasePaper = {
      dispute: noted.value.dispute,
      texts: [...(paper?.texts ?? []), ...texts].slice(-mostTexts),
      ...(isOwing && { owed }),
    };
    const all = [...more, ...told.facts, ...noted.value.facts, ...said];
    const appended = await parts.accounts.append(
      ...([call.scope, loaded, { ...change, facts: all }, undefined, [{ id, content }]] as const),
    );
    if (appended.outcome !== 'appended') continue;
    const { head } = appended.loaded.account;
    const { dispute } = noted.value;
    await parts.cases.put(parts.ownScope, rowOf(dispute, head, frame, isOwing));
    return done({ dispute, version: head.version, isOwing });
  }
  throw new Error(`account ${key.accountId} changed under each of ${mostTries} tries`);
};

/** Whether the case was changed by this very request of a person. */
const wasWorked = async (
  { accounts }: Pick<DisputeParts, 'accounts'>,
  { scope, cause }: DisputeCall,
  { head }: Account,
  id: CaseId,
): Promise<boolean> => {
  if (cause.kind !== 'request') return false;
  const entry = await entryOfRequest(accounts, scope, head, cause.id);
  return entry?.facts.some((fact) => 'disputeId' in fact && fact.disputeId === id) === true;
};

/** A word alone moves nothing; the journal says that the case is as it was. */
const standsStill = ({ head }: Account, id: CaseId, { today: on }: DisputeFrame): Fact => {
  const stands = head.disputes?.find((one) => one.id === id);
  return { kind: 'disputeStands', disputeId: id, ...(stands && { stands }), on };
};

/** Words kept beside a case; older ones make room. */
const mostTexts = 200;

/** A word of somebody, named by what it came with. */
export const textBy = (
  call: DisputeCall,
  text: string | undefined,
  isInternal: boolean,
  hashText: DisputeParts['hashText'],
): CaseText[] =>
  text === undefined
    ? []
    : [
        {
          ...{ id: `text:${hashText(`${call.cause.kind}:${call.cause.id}`).slice(0, 24)}`, text, isInternal },
          ...{ by: call.actor.id, at: textOfInstant(call.now) },
        },
      ];

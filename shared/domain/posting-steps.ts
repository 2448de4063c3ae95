/**
 * The work on one account while it is decided: the account as it would be after what was decided so far, and the
 * steps that lead there. A step is what must not be torn apart; several together make one append.
 * From: reconciliation, updates, journals, history. Next: the ledger appends the steps in their order.
 */
import type { Account, AccountHead, AccountItem, ItemChange } from './account.ts';
import type { Day } from './calendar.ts';
import type { Decision } from './decide.ts';
import type { HashText } from './document-ids.ts';
import { itemsAfter } from './evolve-item.ts';
import type { Fact } from './facts.ts';
import type { DocumentRow } from './feed-rows.ts';
import type { MasterData } from './master-data.ts';
import type { AmountMinor } from './money.ts';
import type { Elsewhere } from './number-elsewhere.ts';
import type { Refusal } from './outcome.ts';

export type Step = { facts: readonly Fact[]; itemIds: readonly string[] };

/** A row that was not taken at the account, and why. */
export type RefusedRow = { row: AnyRow; refusal: Refusal };
/** What every row has that names a document: enough to find it again in its file. */
export type AnyRow = Pick<DocumentRow, 'row' | 'number'> & { currency?: string; open?: AmountMinor };

/** What is decided by beside the account and the work itself. */
export type PostingFrame = {
  /** Names the import in the ids of changes. */
  importId: string;
  /** Posting day of what carries none of its own: the company's day at the instant of the file. */
  on: Day;
  /** The company's, for rows that carry an instant of their own. */
  zone: string;
  master?: MasterData;
  /** Documents that other accounts have: their rows are held. */
  elsewhere?: Elsewhere;
  hashText: HashText;
};

/** What working on one account comes to. `texts`: free texts of new items, by id. */
export type Posted = {
  steps: Step[];
  refused: RefusedRow[];
  texts: Map<string, string>;
};

export type Draft = Posted & {
  frame: PostingFrame;
  head: AccountHead;
  items: Map<string, AccountItem>;
};

export const draftOf = (account: Account, frame: PostingFrame): Draft => ({
  frame,
  head: account.head,
  items: new Map(account.items),
  steps: [],
  refused: [],
  texts: new Map(),
});

/** The account as the next decision sees it. */
export const accountIn = ({ head, items }: Draft): Account => ({ head, items });

export const postedIn = ({ steps, refused, texts }: Draft): Posted => ({ steps, refused, texts });

/** Several decisions that stand or fall together. */
export type StepDraft = { draft: Draft; facts: Fact[]; itemIds: Set<string> };

/** Makes what `decide` decides one step; nothing decided is no step. */
export const inOneStep = (draft: Draft, decide: (step: StepDraft) => void): void => {
  const step: StepDraft = { draft, facts: [], itemIds: new Set() };
  decide(step);
  if (step.facts.length > 0) draft.steps.push({ facts: step.facts, itemIds: [...step.itemIds] });
};

/** Adds facts to a step. */
export const add = ({ draft, facts, itemIds }: StepDraft, fact: Fact): void => {
  for (const item of itemsAfter(draft.items, fact)) {
    draft.items.set(item.id, item);
    itemIds.add(item.id);
  }
  facts.push(fact);
};

/**
 * Adds a decision that cannot be refused here, since its caller looked at the very same account.
 * @throws when it is: a fault, that must not pass as done.
 */
export const take = (step: StepDraft, decision: Decision): void => {
  if (!decision.ok) throw new Error(`${decision.code}: ${decision.detail}`);
  for (const fact of decision.value) add(step, fact);
};

/** An id for a change of this item that it does not know yet: the state, not the id, keeps from doing it twice. */
export const freshChangeId = (
  { changes }: { changes: readonly ItemChange[] },
  { importId }: PostingFrame,
  cause: string,
): string => {
  const wanted = `${importId}:${cause}`;
  const isTaken = (id: string): boolean =>
    changes.some((change) => change.id === id || change.id === `${id}:rest`);
  if (!isTaken(wanted)) return wanted;
  let n = 2;
  while (isTaken(`${wanted}:${n}`)) n += 1;
  return `${wanted}:${n}`;
};

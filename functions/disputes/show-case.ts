/**
 * One case with everything to decide it by: its items, papers and those beside its invoices, hands, dates, who may
 * decide, what the customer sees (R84). From: staff routes, the addressed link. Next: staff pages, mails with a link.
 */
import type { CaseAnswer, CaseFile } from '../../shared/contracts/disputes.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountItem } from '../../shared/domain/account.ts';
import type { Attachment } from '../../shared/domain/attachment.ts';
import { daysBetween } from '../../shared/domain/calendar.ts';
import { sameKind } from '../../shared/domain/dispute-control.ts';
import { rolesFor } from '../../shared/domain/decide-dispute.ts';
import {
  chainOfHands,
  contestUntil,
  customerStatus,
  standingOf,
} from '../../shared/domain/dispute-deadlines.ts';
import { caseNumberOf } from '../../shared/domain/dispute-shown.ts';
import { disputedAmount, missingPapers, type Dispute } from '../../shared/domain/dispute.ts';
import { itemIdsOf } from '../../shared/domain/note-dispute.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import type { Caller } from '../../shared/edge/access.ts';
import { attachmentsOfItem } from '../../shared/ports/attachments.ts';
import { sortKeyOf } from '../../shared/ports/case-index.ts';
import { readCase } from './change-case.ts';
import type { DisputeCall, DisputeFrame, DisputeParts } from './dispute-parts.ts';
import { reachCase, type Reached } from './reach-case.ts';

export const showCase = async (
  parts: DisputeParts,
  call: DisputeCall,
  caller: Caller,
  place: { company: string; case: string },
): Promise<Outcome<CaseAnswer, ProblemCode>> => {
  const reached = await reachCase(parts, call, caller, place);
  return reached.ok ? done(await answerOfCase(parts, reached.value)) : reached;
};

export const answerOfCase = async (parts: DisputeParts, reached: Reached): Promise<CaseAnswer> => {
  const { key, id, frame, scope } = reached;
  const itemIds = itemIdsOf(reached.dispute);
  const { account } = await loadWithOriginals(parts, reached, itemIds);
  const paper = await readCase(parts.accounts, scope, key, id);
  const dispute = paper?.dispute ?? reached.dispute;
  const files = await filesOf(parts, reached, itemIds);
  const shown = shownOf(dispute, key.accountId, frame);
  return {
    ...{ ...shown, missing: shown.missing.filter((paper) => !files.some((file) => lies(file, paper))) },
    items: dispute.items.map(({ itemId, amount }) => itemAnswer(itemId, amount, account.items)),
    ...historyOf(dispute, frame),
    alike: await alikeBefore(parts, reached, dispute),
    ...{ files, texts: paper?.texts ?? [], customerSees: customerStatus(dispute, false) },
  };
};

/** Papers of recipes by what they are called where they lie beside an invoice. */
const namesOfKinds: Readonly<Partial<Record<string, readonly string[]>>> = {
  order: ['order'],
  delivery: ['packing list', 'return note'],
  proofOfDelivery: ['proof of delivery'],
  tracking: ['tracking'],
  contract: ['contract'],
  certificate: ['certificate'],
};

/** What lies beside the invoice is not asked for once more. */
const lies = ({ is, item }: CaseFile, paper: string): boolean =>
  item !== undefined && (namesOfKinds[is] ?? []).includes(paper);

const alikeDays = 90;
const mostAlike = 100;

/** "6th of this kind, 4 upheld": cases of the customer and code before it and of its day, by the list of cases; at most 100. */
const alikeBefore = async (
  { cases }: DisputeParts,
  { key: { companyId, accountId }, scope }: Reached,
  dispute: Dispute,
): Promise<CaseAnswer['alike']> => {
  const { id, openedOn, recipe } = dispute;
  const { code } = recipe;
  // without an id it sorts before all of its day
  const day = sortKeyOf({ id: '', openedOn, amount: disputedAmount(dispute) }, 'opened');
  const page = { order: 'opened', limit: mostAlike, after: day } as const;
  const { rows } = await cases.list(scope, companyId, { accountId, code }, page);
  const others = rows.filter((row) => row.id !== id);
  const { count, upheld } = sameKind(others, { code, on: openedOn, days: alikeDays });
  return { place: count + 1, upheld, days: alikeDays };
};

const shownOf = (dispute: Dispute, accountId: string, { today, calendar, settings }: DisputeFrame) => {
  const { id, as, recipe, state, currency, openedOn } = dispute;
  const hand = dispute.hands.at(-1);
  const standing = standingOf(dispute, today, calendar, settings.rules);
  const contest = contestUntil(dispute, settings.rules);
  return {
    ...{ case: id, number: caseNumberOf(id), account: accountId, as, code: recipe.code, state, currency },
    ...{ owner: hand?.owner ?? '', department: hand?.department ?? '', amount: disputedAmount(dispute) },
    ...{ openedOn, missing: missingPapers(dispute), meaning: recipe.meaning },
    ...{ recipeVersion: dispute.recipeVersion, ageDays: daysBetween(openedOn, dispute.closed?.on ?? today) },
    ...(standing && {
      dueOn: standing.dueOn,
      next: { step: standing.step, level: standing.level, isPast: standing.isPast },
    }),
    ...(contest !== undefined && { contestUntilOn: contest }),
    ...(dispute.claimNumber !== undefined && { claimNumber: dispute.claimNumber }),
  };
};

const historyOf = (dispute: Dispute, { today, settings }: DisputeFrame) => {
  const contestedBy = [...(dispute.contestedBy ?? [])];
  const amount = disputedAmount(dispute);
  const deciders = rolesFor(amount, dispute.currency, settings.rules, contestedBy.length > 0);
  const { closed, decision } = dispute;
  return {
    ...{ hands: chainOfHands(dispute, today), contestedBy, deciders: deciders.ok ? deciders.value : ['cfo'] },
    ...{ proposals: [...dispute.proposals], reopened: dispute.reopened, missed: [...dispute.missed] },
    ...(decision && { decision }),
    ...(closed && { closed: { on: closed.on, cause: closed.cause, department: closed.department } }),
  };
};

const itemAnswer = (
  itemId: string,
  amount: number,
  items: ReadonlyMap<string, AccountItem>,
): CaseAnswer['items'][number] => {
  const item = items.get(itemId);
  return {
    ...{ item: itemId, amount },
    ...(item && { number: item.number, open: item.open, dueOn: item.dueOn, original: item.original }),
    ...(item?.references.purchaseOrder !== undefined && { purchaseOrder: item.references.purchaseOrder }),
    ...(item?.originalId !== undefined && { of: takenFrom(item, item.originalId, items) }),
  };
};

/** The account with the items of a case and the invoices that deductions were taken from. */
const loadWithOriginals = async (
  { accounts }: Pick<DisputeParts, 'accounts'>,
  { key, scope }: Pick<Reached, 'key' | 'scope'>,
  itemIds: readonly string[],
) => {
  const loaded = await accounts.load(scope, key, itemIds);
  const originals = itemIds.flatMap((id) => loaded.account.items.get(id)?.originalId ?? []);
  return originals.length === 0 ? loaded : accounts.load(scope, key, [...itemIds, ...originals]);
};

/** The payment is named by the change it made of the invoice: of as much as the deduction is. */
const takenFrom = (
  { original }: AccountItem,
  invoice: string,
  items: ReadonlyMap<string, AccountItem>,
): { invoice: string; payment?: string } => {
  const taken = items
    .get(invoice)
    ?.changes.find((one) => one.by === 'residual' && !one.isReversed && one.amount === original);
  const payment = taken?.id.split('#')[0];
  return { invoice, ...(payment !== undefined && { payment }) };
};

/** Items of a case whose papers are gathered; a case over more shows those of the first. */
const mostItemsWithPapers = 20;

/** Papers of the case first, then what lies beside its invoices: the document, delivery, tracking. */
const filesOf = async (
  parts: DisputeParts,
  { key, id }: Reached,
  itemIds: readonly string[],
): Promise<CaseFile[]> => {
  const places = [id, ...itemIds.slice(0, mostItemsWithPapers)];
  const found = await Promise.all(
    places.map(async (place) => {
      const files = await attachmentsOfItem(parts, parts.ownScope, key.companyId, place);
      return files.filter((file) => isOfAccount(file, key.accountId)).map((file) => fileAnswer(file, id));
    }),
  );
  return found.flat();
};

/** One that waits for its account belongs to nobody yet. */
const isOfAccount = (file: Attachment, accountId: string): boolean => file.accountId === accountId;

export const fileAnswer = (file: Attachment, caseId: string): CaseFile => ({
  ...{ paper: file.id, name: file.name, contentType: file.contentType, bytes: file.bytes, at: file.at },
  is: file.paper,
  ...(file.itemId === caseId ? {} : { item: file.itemId }),
});

/**
 * Opens a case: by staff for part of one or more items, or by itself for a deduction somebody took.
 * A customer contests what they saw; what was paid meanwhile is left out, and only where nothing is left are they told so.
 * From: staff routes, the portal, events of the ledger. Next: the journal holds the amount; the customer is told with T8.
 * The id derives from the request or the deduction, so that a second try finds the case that is there.
 */
import type { CaseChanged, OpenCaseBody } from '../../shared/contracts/disputes.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Account, AccountItem, AccountKey } from '../../shared/domain/account.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import type { DisputeFact } from '../../shared/domain/dispute.ts';
import { subtract, sum, zero, type AmountMinor } from '../../shared/domain/money.ts';
import {
  amountsOf,
  openDispute,
  type ContestableItem,
  type OpenRequest,
  type WantedItem,
} from '../../shared/domain/open-dispute.ts';
import { caseNumberOf } from '../../shared/domain/dispute-shown.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import { changeCase, textBy, type CaseId, type Changed } from './change-case.ts';
import {
  codeNamed,
  disputeFrame,
  ownerOf,
  type DisputeCall,
  type DisputeFrame,
  type DisputeParts,
} from './dispute-parts.ts';

export type CaseOrigin = Pick<OpenRequest, 'as' | 'from' | 'takenOn' | 'claimNumber'>;

/** Opened by staff or, with `from: 'portal'`, by the customer. */
export const openCase = async (
  parts: DisputeParts,
  call: DisputeCall,
  key: AccountKey,
  { code, items, text, papers }: OpenCaseBody,
  origin: CaseOrigin = { as: 'dispute', from: call.actor.kind === 'customer' ? 'portal' : 'staff' },
): Promise<Outcome<CaseChanged, ProblemCode>> => {
  const frame = await disputeFrame(parts, call, key.companyId);
  if (!frame.ok) return frame;
  const wanted = joined(items);
  const id: CaseId = `dispute:${parts.hashText(`${key.companyId}\n${key.accountId}\n${call.cause.id}`).slice(0, 32)}`;
  const itemIds = wanted.map(({ itemId }) => itemId);
  const opened = await changeCase<ProblemCode>(
    ...([parts, call, frame.value, { key, id, itemIds }] as const),
    ({ account, dispute }) => {
      if (dispute !== undefined) return done({ facts: [] });
      const facts = opening(account, wanted, { code, papers, ...origin }, call, frame.value);
      if (!facts.ok) return facts;
      const tell = [{ text: 'T8' as const, id, itemIds, codes: { code } }];
      return done({ facts: facts.value, tell, texts: textBy(call, text, true, parts.hashText) });
    },
  );
  return opened.ok ? done(changedAnswer(opened.value)) : opened;
};

export const changedAnswer = ({ dispute }: Changed): CaseChanged => ({
  ...{ case: dispute.id, number: caseNumberOf(dispute.id), state: dispute.state },
});

/** The same item twice is once with both amounts; all of it where one of them says no amount. */
const joined = (items: OpenCaseBody['items']): WantedItem[] =>
  [...Map.groupBy(items, ({ item }) => item)].map(([itemId, some]) => {
    const amounts = some.map(({ amount }) => amount).filter((amount) => amount !== undefined);
    return amounts.length < some.length ? { itemId } : { itemId, amount: sum(...amounts) };
  });

type Asked = CaseOrigin & { code: string; papers: readonly string[] };

const opening = (
  account: Account,
  items: readonly WantedItem[],
  { code, papers, ...origin }: Asked,
  call: DisputeCall,
  frame: DisputeFrame,
): Outcome<DisputeFact[], ProblemCode> => {
  const recipe = codeNamed(frame, code);
  if (!recipe.ok) return recipe;
  const known = new Map([...account.items.values()].map((item) => [item.id, contestable(item)]));
  const amounts = amountsOf(items, known, origin.from === 'portal');
  const request: OpenRequest = {
    ...{ ...origin, accountId: account.head.accountId, items: amounts, papers, ownerOf: ownerOf(frame) },
    ...{ recipe: recipe.value, recipeVersion: frame.version, by: call.actor.id },
    ...{ on: frame.today, at: textOfInstant(call.now) },
  };
  return openDispute(request, known);
};

/** What other cases hold of it is not there to be contested again. */
const contestable = (item: AccountItem): ContestableItem => ({
  ...{ id: item.id, currency: item.currency, open: item.open },
  contested: sum(
    ...(item.heldParts ?? []).filter(({ code }) => code === 'disputed').map(({ amount }) => amount),
    zero,
  ),
});

/** One case for each deduction there is (R79): its code as it was taken, its clock from the payment on. */
export const openDeduction = async (
  parts: DisputeParts,
  call: DisputeCall,
  key: AccountKey,
  itemId: string,
): Promise<Outcome<Changed | undefined, ProblemCode>> => {
  const frame = await disputeFrame(parts, call, key.companyId);
  if (!frame.ok) return frame;
  const id = deductionCaseOf(key, itemId, parts.hashText);
  const { account } = await parts.accounts.load(call.scope, key, [itemId]);
  const item = account.items.get(itemId);
  if (item === undefined || item.open <= 0) return done(undefined);
  return changeCase<ProblemCode>(
    ...([parts, call, frame.value, { key, id, itemIds: [itemId] }] as const),
    ({ account: now, dispute }) => {
      const open = now.items.get(itemId)?.open ?? zero;
      if (dispute !== undefined || open <= 0) return done({ facts: [] });
      const isKnown = codeNamed(frame.value, item.reasonCode ?? '').ok;
      const origin = {
        ...({ as: 'deduction', from: 'shortPayment', takenOn: item.documentOn } as const),
        ...(item.claimNumber !== undefined && { claimNumber: item.claimNumber }),
      };
      const asked = { ...origin, code: isKnown ? item.reasonCode! : 'OTHER', papers: [] };
      const facts = opening(now, [{ itemId, amount: open }], asked, call, frame.value);
      return facts.ok ? done({ facts: facts.value }) : facts;
    },
  );
};

export const deductionCaseOf = (
  { companyId, accountId }: AccountKey,
  itemId: string,
  hashText: DisputeParts['hashText'],
): CaseId => `dispute:${hashText(`deduction\n${companyId}\n${accountId}\n${itemId}`).slice(0, 32)}`;

/** What is open and not held by other cases. */
export const freeOf = (item: AccountItem | undefined, caseId: string): AmountMinor => {
  if (item === undefined) return zero;
  const others = (item.heldParts ?? []).filter(({ code, id }) => code === 'disputed' && id !== caseId);
  return subtract(item.open, sum(zero, ...others.map(({ amount }) => amount)));
};

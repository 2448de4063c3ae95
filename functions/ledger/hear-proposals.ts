/**
 * Which approved proposals a feed of the ERP has shown: their items went down by what was wanted.
 * From: `receive-feed-news.ts`; `propose-change.ts` notes how far the items have come at approval. Next: the account
 * calls the reductions by their reason, the proposal is done. One that no feed shows stays approved, and is a task
 * after three business days.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Account } from '../../shared/domain/account.ts';
import { instantFromText, textOfInstant } from '../../shared/domain/calendar.ts';
import { showProposal, type Shown } from '../../shared/domain/confirm-proposal.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import { isCreditKind } from '../../shared/domain/postings.ts';
import { waitsSince, type Proposal } from '../../shared/domain/proposal.ts';
import { changeAccount, type CashCall, type CashParts } from './cash-parts.ts';
import { openItemsOf } from './settle-plan.ts';

/** A feed that was posted; `accountIds` where it was about these alone. */
export type PostedFeed = {
  companyId: string;
  feedId: string;
  asOf: string;
  accountIds?: ReadonlySet<string> | undefined;
};

type Seen = NonNullable<Proposal['seen']>;
type Wish = Pick<Proposal, 'companyId' | 'accountId' | 'items' | 'from' | 'kind'>;

/** An approved proposal that the ERP's feeds are asked about from now on. */
export const heardSince = async (
  parts: Pick<CashParts, 'accounts'>,
  call: CashCall,
  approved: Proposal,
): Promise<Proposal> => ({
  ...approved,
  approvedAt: textOfInstant(call.now),
  seen: await seenBy(parts, call, approved),
});

/** How many changes each item that may show it has had; open credits, too, where one of them may be it. */
const seenBy = async (parts: Pick<CashParts, 'accounts'>, { scope }: CashCall, wish: Wish): Promise<Seen> => {
  const { companyId, accountId } = wish;
  const ids = await idsFor(parts, { scope }, [wish]);
  const { account } = await parts.accounts.load(scope, { companyId, accountId }, ids);
  return countsOf(account, ids);
};

const countsOf = ({ items }: Account, ids: readonly string[]): Seen =>
  Object.fromEntries(ids.flatMap((id) => (items.has(id) ? [[id, items.get(id)!.changes.length]] : [])));

/** Items the proposals of one account name, items they have seen, and credits that are open now. */
const idsFor = async (
  parts: Pick<CashParts, 'accounts'>,
  { scope }: Pick<CashCall, 'scope'>,
  wishes: readonly (Wish & { seen?: Seen })[],
): Promise<string[]> => {
  const [first] = wishes;
  if (first === undefined) return [];
  const named = wishes.flatMap(({ items, from, seen = {} }) => [
    ...items.map(({ itemId }) => itemId),
    ...(from === undefined ? [] : [from]),
    ...Object.keys(seen),
  ]);
  const isByCredit = wishes.some(({ kind }) => kind === 'creditNote' || kind === 'refund');
  const open = isByCredit ? await openItemsOf(parts, scope, first) : [];
  const credits = open.filter(({ item }) => isCreditKind(item.kind)).map(({ item }) => item.id);
  return [...new Set([...named, ...credits])];
};

/** Twice, late, after any crash: what is done is done, and named reductions are known by the proposal's id. */
export const hearProposals = async (
  parts: CashParts,
  call: CashCall,
  feed: PostedFeed,
): Promise<Outcome<undefined, ProblemCode>> => {
  const approved = await approvedOf(parts, call, feed);
  for (const proposals of Map.groupBy(approved, ({ accountId }) => accountId).values()) {
    let waiting = proposals;
    for (const proposal of proposals) {
      const heard = await hearOne(parts, call, feed, proposal, waiting);
      if (!heard.ok) return heard;
      if (heard.value) waiting = waiting.filter((one) => one !== proposal);
    }
  }
  return done(undefined);
};

const pageOfProposals = 100;

const approvedOf = async (
  { proposals }: CashParts,
  { scope }: CashCall,
  { companyId, accountIds }: PostedFeed,
): Promise<Proposal[]> => {
  const found: Proposal[] = [];
  let after: string | undefined;
  do {
    const page = { limit: pageOfProposals, ...(after === undefined ? {} : { after }) };
    const listed = await proposals.list(scope, companyId, 'approved', page);
    found.push(...listed.proposals);
    after = listed.after;
  } while (after !== undefined);
  return accountIds === undefined ? found : found.filter(({ accountId }) => accountIds.has(accountId));
};

/** Whether it is done now. A feed of before the approval does not show it: what it changed is not it. */
const hearOne = async (
  parts: CashParts,
  call: CashCall,
  feed: PostedFeed,
  proposal: Proposal,
  waiting: readonly Proposal[],
): Promise<Outcome<boolean, ProblemCode>> => {
  const { companyId, accountId } = proposal;
  const isOlder = instantFromText(feed.asOf).since(instantFromText(waitsSince(proposal))).sign < 0;
  if (isOlder) {
    await keep(parts, call, { ...proposal, seen: await seenBy(parts, call, proposal) });
    return done(false);
  }
  const ids = await idsFor(parts, call, waiting);
  const shown = await changeAccount<Shown['is'], ProblemCode>(
    parts,
    call,
    { companyId, accountId },
    ids,
    (account) => {
      const outcome = showProposal(account, proposal, waiting);
      if (!outcome.ok) return outcome;
      const { value } = outcome;
      return done({ facts: value.is === 'shown' ? value.facts : [], value: value.is });
    },
  );
  if (!shown.ok || shown.value === 'not-shown') return shown.ok ? done(false) : shown;
  await keep(parts, call, { ...proposal, state: 'done', shownBy: feed.feedId });
  return done(true);
};

/** @throws when somebody else changed it meanwhile: the news comes back and looks again. */
const keep = async ({ proposals }: CashParts, { scope }: CashCall, changed: Proposal): Promise<void> => {
  const loaded = await proposals.load(scope, changed.companyId, changed.id);
  if (loaded?.proposal.state !== 'approved') return;
  if (JSON.stringify(loaded.proposal) === JSON.stringify(changed)) return;
  if ((await proposals.save(scope, { ...loaded, proposal: changed })) === 'version-conflict')
    throw new Error(`proposal ${changed.id} was changed meanwhile`);
};

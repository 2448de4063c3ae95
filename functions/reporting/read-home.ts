/**
 * The home page of a role: its tiles, its short lists, what to do first (`defaults.md` §10).
 * From: `GET api/home/{company}/…`, one route for each role, by the right its first list needs. Next: the staff client.
 * Its cost does not grow with the ledger: tiles are kept, lists are cut.
 */
import type { ActionName } from '../../shared/contracts/access.ts';
import type { HomeAnswer, HomeRole } from '../../shared/contracts/home.ts';
import { kpisQuery } from '../../shared/contracts/reports.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { isInScope, reachInto, wholeCompany } from '../../shared/domain/scope.ts';
import {
  accountsBlock,
  casesBlock,
  dueBlock,
  forecastBlock,
  promisesBlock,
  rankedBlock,
  receiptsBlock,
  type BlockPlan,
  type HomeCall,
  type ReadBlock,
} from './home-blocks.ts';
import { readKpis } from './read-kpis.ts';
import type { SectionParts } from './section-cells.ts';

export type HomePlan = {
  /** Every list and tile of it is open to whoever has this right. */
  action: ActionName;
  page?: 'ceo' | 'cfo' | 'creditManager';
  blocks: readonly BlockPlan[];
  does: string;
  behind: string;
};

const first = (name: string, behind: string, read?: ReadBlock): BlockPlan => ({
  ...{ name, place: 'first', behind, ...(read && { read }) },
});
const then = (name: string, behind: string, read?: ReadBlock): BlockPlan => ({
  ...{ name, place: 'then', behind, ...(read && { read }) },
});
const of = 'api/companies/{company}';
const reports = 'api/reports/{company}';

/** A list without a read is a way to another page. */
export const homePlans: Readonly<Record<HomeRole, HomePlan>> = {
  ceo: {
    ...{ action: 'rep.exec.read', page: 'ceo', does: 'open the list behind', behind: `${reports}/rows` },
    blocks: [
      first('expected', `${reports}/mails/cashForecast/preview`, forecastBlock),
      then('trend', `${reports}/trend`),
      then('largestCases', `${of}/cases`, casesBlock('amount')),
      then('topRisks', `${of}/team`, rankedBlock('all')),
    ],
  },
  cfo: {
    ...{ action: 'rep.exec.read', page: 'cfo', does: 'decide', behind: `${of}/cases` },
    blocks: [
      first('decisions', `${of}/cases`, casesBlock('due', {}, 'own')),
      first('largestCases', `${of}/cases`, casesBlock('amount')),
      then('expected', `${reports}/mails/cashForecast/preview`, forecastBlock),
      then('writtenOff', `${of}/written-off`),
    ],
  },
  creditManager: {
    ...{
      action: 'rep.exec.read',
      page: 'creditManager',
      does: 'release batch',
      behind: `${of}/dunning/releases`,
    },
    blocks: [
      first('feeds', `${of}/feeds`),
      first('pastDue', `${of}/worklist?list=team`, dueBlock('all')),
      first('cases', `${of}/cases`, casesBlock('due')),
    ],
  },
  collector: {
    ...{ action: 'task.list', does: 'call the first', behind: `${of}/worklist` },
    blocks: [
      first('dueToday', `${of}/worklist?lane=due`, dueBlock('own')),
      first('ranked', `${of}/worklist?lane=ranked`, rankedBlock('own')),
      then('promises', `${of}/worklist`, promisesBlock),
      then('aging', 'api/aging?company={company}'),
    ],
  },
  arClerk: {
    ...{ action: 'pay.receipt.read', does: 'next receipt', behind: `${of}/receipts` },
    blocks: [
      first('reconciliation', `${of}/morning-check`),
      first('importExceptions', 'api/imports?company={company}'),
      first('unidentified', `${of}/receipts?state=unidentified`, receiptsBlock({ state: 'unidentified' })),
      first('toAllocate', `${of}/receipts?state=unassigned`, receiptsBlock({ state: 'unassigned' })),
      first('onAccount', `${of}/receipts?state=onAccount`, receiptsBlock({ state: 'onAccount' })),
      then('notPosted', `${of}/receipts?state=notPosted`, receiptsBlock({ standing: 'provisional' })),
    ],
  },
  disputeOwner: {
    ...{ action: 'inv.dispute.read', does: 'decide', behind: `${of}/cases` },
    blocks: [
      first('ownCases', `${of}/cases`, casesBlock('due', {}, 'own')),
      then('decided', `${of}/cases`, casesBlock('opened', { isOpen: false }, 'own')),
    ],
  },
  customerService: {
    ...{ action: 'inv.dispute.read', does: 'answer, send copy', behind: 'api/search' },
    blocks: [first('search', 'api/search'), then('cases', `${of}/cases`, casesBlock('due'))],
  },
  sales: {
    ...{ action: 'acct.list', does: 'advise, ask for hold', behind: 'api/aging?company={company}' },
    blocks: [
      first('ownAccounts', 'api/aging?company={company}', accountsBlock('sells')),
      then('ownCases', `${of}/cases`, casesBlock('due', {}, 'own')),
    ],
  },
  bookkeeper: {
    ...{ action: 'acct.list', does: 'enter', behind: 'api/items' },
    blocks: [
      first('companies', 'api/companies'),
      then('aging', 'api/aging?company={company}'),
      then('accounts', 'api/aging?company={company}', accountsBlock()),
    ],
  },
  placed: {
    ...{ action: 'leg.case.read', does: 'report', behind: 'api/search' },
    blocks: [first('placed', 'api/search', accountsBlock())],
  },
  it: {
    ...{ action: 'ops.queue.read', does: 'fix', behind: 'api/operations/status' },
    blocks: [
      first('queues', 'api/operations/status'),
      first('parkedWork', 'api/parked-work'),
      then('people', 'api/people'),
      then('looks', 'api/access-log'),
    ],
  },
};

const namedIn = (behind: string, companyId: string): string =>
  behind.replaceAll('{company}', encodeURIComponent(companyId));

/** Of a company nothing of which the caller sees there is none; so it is for owners who never had a case there. */
export const readHome = async (
  parts: SectionParts,
  role: HomeRole,
  call: Omit<HomeCall, 'zone'>,
): Promise<Outcome<HomeAnswer, 'not-found'>> => {
  const { companyId, now } = call;
  const plan = homePlans[role];
  const reached = reachInto(call.scope, companyId);
  // own cases alone, wherever they are: whoever answers for them need not reach into the company
  const isOwners = role === 'disputeOwner';
  const scope = isOwners ? wholeCompany(companyId) : call.scope;
  const isKnown = isOwners || reached !== 'none' || isInScope(scope, companyId);
  const zone = isKnown ? await parts.zoneOf(scope, companyId) : undefined;
  if (zone === undefined) return refuse('not-found', 'There is no such company.');
  const kpis =
    plan.page === undefined
      ? undefined
      : await readKpis(companyId, kpisQuery.parse({ page: plan.page }), scope, now, parts);
  if (kpis?.ok === false) return kpis;
  const blocks = [];
  for (const { read, ...block } of plan.blocks) {
    const found = (await read?.(parts, { ...call, scope, zone })) ?? { rows: [], isMore: true };
    blocks.push({ ...block, ...found, behind: namedIn(block.behind, companyId) });
  }
  if (isOwners && reached === 'none' && blocks.every(({ rows }) => rows.length === 0))
    return refuse('not-found', 'There is no such company.');
  const book = reached === 'none' ? undefined : await parts.bookOf(scope, companyId);
  return done({
    ...{ role, companyId, tiles: kpis?.value.tiles ?? [], dataAt: kpis?.value.freshness.dataAt ?? null },
    ...{ book: book ?? null, blocks },
    action: { does: plan.does, behind: namedIn(plan.behind, companyId) },
  });
};

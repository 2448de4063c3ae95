/**
 * Short lists of home pages, each one read of at most a handful of rows within the caller's scope.
 * From: cases, worklist, receipts, heads found by a mark, the forecast kept. Next: `read-home.ts`.
 */
import type { HomeBlock, HomeRow } from '../../shared/contracts/home.ts';
import type { AccountHead } from '../../shared/domain/account.ts';
import { dayAt, instantFromText, type Day, type Instant } from '../../shared/domain/calendar.ts';
import { mondayOf } from '../../shared/domain/cash-forecast.ts';
import type { HeadMark } from '../../shared/domain/head-marks.ts';
import type { ReceiptState } from '../../shared/domain/receipt.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { WorklistRow } from '../../shared/domain/worklist-row.ts';
import { rowOnDay } from '../../shared/domain/worklist-top.ts';
import type { CaseFilter, CaseOrder } from '../../shared/ports/case-index.ts';
import type { SectionParts } from './section-cells.ts';
import { collectorsIn } from './sections-own.ts';

export type HomeCall = { companyId: string; zone: string; callerId: string; scope: Scope; now: Instant };
export type Read = { rows: HomeRow[]; isMore: boolean };
export type ReadBlock = (parts: SectionParts, call: HomeCall) => Promise<Read>;
export type BlockPlan = Pick<HomeBlock, 'name' | 'place' | 'behind'> & { read?: ReadBlock };

const shown = 5;
const todayOf = ({ now, zone }: HomeCall): Day => dayAt(now, zone);
const plain: HomeRow = { id: '', accountId: null, what: null, currency: null, amount: null, on: null };
const cut = (rows: HomeRow[]): Read => ({ rows: rows.slice(0, shown), isMore: rows.length > shown });

/** `own`: those the caller has in hand. */
export const casesBlock =
  (order: CaseOrder, filter: CaseFilter = {}, own?: 'own'): ReadBlock =>
  async ({ cases }, { companyId, callerId, scope }) => {
    const asked = { isOpen: true, ...filter, ...(own && { owner: callerId }) };
    const { rows } = await cases.list(scope, companyId, asked, { order, limit: shown + 1 });
    return cut(
      rows.map(({ id, accountId, code, currency, amount, dueOn, openedOn }) => ({
        ...{ id, accountId, what: code, currency, amount, on: dueOn ?? openedOn },
      })),
    );
  };

const rowOf =
  (today: Day) =>
  (row: WorklistRow): HomeRow[] => {
    const found = rowOnDay(row, today);
    if (found === undefined) return [];
    const { claim: amount, oldestDueOn } = found.phase;
    const [due] = found.dues;
    const { accountId, currency } = row;
    return [
      {
        id: accountId,
        accountId,
        what: due?.kind ?? null,
        currency,
        amount,
        on: due?.on ?? oldestDueOn ?? null,
      },
    ];
  };

const whoseOf = (call: HomeCall, whose: 'own' | 'all') =>
  whose === 'all' ? 'all' : collectorsIn(call.scope, call.companyId);

export const dueBlock =
  (whose: 'own' | 'all'): ReadBlock =>
  async ({ worklist }, call) => {
    const today = todayOf(call);
    const page = await worklist.due(call.scope, call.companyId, whoseOf(call, whose), {
      today,
      limit: shown,
    });
    return { rows: page.rows.flatMap(rowOf(today)), isMore: page.isMore };
  };

export const rankedBlock =
  (whose: 'own' | 'all'): ReadBlock =>
  async ({ worklist }, call) => {
    const asked = { limit: shown };
    const page = await worklist.ranked(call.scope, call.companyId, whoseOf(call, whose), asked);
    return { rows: page.rows.flatMap(rowOf(todayOf(call))), isMore: page.after !== undefined };
  };

export const receiptsBlock =
  (which: { state: ReceiptState } | { standing: 'provisional' }): ReadBlock =>
  async ({ receipts }, { companyId, zone, scope }) => {
    const page = await receipts.list(scope, companyId, which, { limit: shown + 1 });
    return cut(
      page.receipts.map(({ id, payer, currency, amount, free, receivedAt }) => ({
        ...{ id, accountId: payer?.accountId ?? null, what: null, currency },
        ...{ amount: free > 0 ? free : amount, on: dayAt(instantFromText(receivedAt), zone) },
      })),
    );
  };

const sumsOf = ({ accountId, balances, oldestDueOn }: AccountHead, what: string | null): HomeRow[] =>
  Object.entries(balances)
    .filter(([, { open }]) => open !== 0)
    .map(([currency, { open }]) => ({
      ...{ id: accountId, accountId, what, currency, amount: open, on: oldestDueOn ?? null },
    }));

/** Accounts of the caller; `mark`: those alone that bear it. */
export const accountsBlock =
  (mark?: HeadMark | 'sells'): ReadBlock =>
  async ({ accounts }, { companyId, callerId, scope }) => {
    const by: HeadMark | undefined = mark === 'sells' ? `sells:${callerId}` : mark;
    const asked = { limit: shown + 1, ...(by && { mark: by }) };
    const { heads } = await accounts.heads(scope, companyId, asked);
    const held = ({ holds }: AccountHead): string | null => holds[0]?.code ?? null;
    return cut(heads.flatMap((head) => sumsOf(head, held(head))));
  };

export const promisesBlock: ReadBlock = async ({ accounts }, call) => {
  const asked = { limit: shown + 1, mark: 'promises' as const };
  const { heads } = await accounts.heads(call.scope, call.companyId, asked);
  return cut(
    heads.flatMap(({ accountId, dunning }) =>
      (dunning.promises ?? []).map(({ id, currency, amount, dueOn }) => ({
        ...{ id, accountId, what: null, currency, amount, on: dueOn },
      })),
    ),
  );
};

/** As it was forecast this week; nothing before its report was made. */
export const forecastBlock: ReadBlock = async ({ reports }, call) => {
  const weeks = (await reports.forecast(call.scope, call.companyId, mondayOf(todayOf(call)))) ?? [];
  const rows = weeks.map(({ fromOn, currency, total }) => ({
    ...{ ...plain, id: fromOn, currency, amount: total, on: fromOn },
  }));
  return { rows, isMore: false };
};

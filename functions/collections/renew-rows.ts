/**
 * Writes rows anew before what they tell beforehand is over: some each hour, never all.
 * From: a tick on queue `worklist-ticks`. Next: `keep-rows.ts`. A tick that is missed, late or doubled changes
 * nothing: rows tell days enough, and one that was written anew is not found any more.
 */
import type { TickMessage } from '../../shared/contracts/messages.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import { zero, type AmountMinor } from '../../shared/domain/money.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { renewsBy } from '../../shared/domain/worklist-row.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';
import type { WorklistRow } from '../../shared/domain/worklist-row.ts';
import { keepRow, worthOf, type RowParts } from './keep-rows.ts';
import { frameMark, type CompanyRows } from './worklist-frame.ts';

const prefix = 'company:';
const pageSize = 100;
/** Of one company and tick; the rest is found by the next. */
const mostPages = 20;

export const renewRows = async (
  { job }: TickMessage,
  call: { scope: Scope; now: Instant },
  parts: RowParts & { settings: Pick<SettingsStore, 'list'> },
): Promise<Outcome<number, ProblemCode>> => {
  if (job !== 'renew-worklist') return refuse('message-not-readable', `There is no job "${job}" here.`);
  const companies = await parts.settings.list(call.scope, 'deployment', prefix);
  let renewed = 0;
  for (const { name } of companies) renewed += await renewCompany(name.slice(prefix.length), call, parts);
  return done(renewed);
};

/** Rows that tell no more days, then those made by other rules or targets, then those whose orders came or went. */
const renewCompany = async (
  companyId: string,
  call: { scope: Scope; now: Instant },
  parts: RowParts,
): Promise<number> => {
  const frame = await parts.rowsOf(companyId, call.now, 'fresh');
  if (frame === undefined) return 0;
  const by = renewsBy(frame.today);
  const { worklist } = parts;
  const page = { limit: pageSize };
  const lists = frame.above;
  const made = (isAbove: boolean) => ({
    ...{ ...page, lists, areMeant: isAbove, frame: frameMark(frame.rulesVersion, isAbove) },
  });
  const renew = (find: () => Promise<WorklistRow[]>) => renewAll(find, companyId, call, parts);
  return (
    (await renew(() => worklist.turning(call.scope, companyId, { ...page, by }))) +
    (await renew(() => worklist.otherwise(call.scope, companyId, made(false)))) +
    (lists.length === 0 ? 0 : await renew(() => worklist.otherwise(call.scope, companyId, made(true)))) +
    (await renewOrders(frame, call, parts))
  );
};

/** Those that were written anew are not found any more. */
const renewAll = async (
  find: () => Promise<WorklistRow[]>,
  companyId: string,
  call: { scope: Scope; now: Instant },
  parts: RowParts,
): Promise<number> => {
  let renewed = 0;
  for (let page = 1; page <= mostPages; page += 1) {
    const rows = await find();
    for (const { accountId, version, collectorId: foundIn } of rows)
      await keepRow({ companyId, accountId, version, foundIn }, call, parts);
    renewed += rows.length;
    if (rows.length < pageSize) break;
  }
  return renewed;
};

/** Orders are told by files, not by the ledger: rows that say otherwise than the newest file are written anew. */
const renewOrders = async (
  frame: CompanyRows,
  call: { scope: Scope; now: Instant },
  parts: RowParts,
): Promise<number> => {
  const { companyId } = frame.company;
  const told = new Map<string, AmountMinor>();
  let after: string | undefined;
  for (let page = 1; page <= mostPages; page += 1) {
    const goOn = after === undefined ? {} : { after };
    const rows = await parts.worklist.withOrders(call.scope, companyId, { limit: pageSize, ...goOn });
    for (const { accountId, orders = zero } of rows) told.set(accountId, orders);
    after = rows.at(-1)?.accountId;
    if (rows.length < pageSize) break;
  }
  const now = new Map([...frame.orders.keys()].map((id) => [id, worthOf(frame.ordersOf(id))]));
  const changed = [...new Set([...told.keys(), ...now.keys()])].filter((id) => told.get(id) !== now.get(id));
  for (const accountId of changed) await keepRow({ companyId, accountId, version: 0 }, call, parts);
  return changed.length;
};

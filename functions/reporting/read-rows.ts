/**
 * Answers the rows behind a figure: what counted, on which account, by which entry; they sum to the tile.
 * From: `GET api/reports/{company}/rows`. Next: whoever opens a tile, accounts, entries. Read from the journals, account by
 * account, not from what is kept: a page costs as much as its accounts have entries.
 */
import type { RowsAnswer, RowsQuery } from '../../shared/contracts/reports.ts';
import { dayAt, instantFromText, type Day } from '../../shared/domain/calendar.ts';
import { notTooFarAhead } from '../../shared/domain/figure-sums.ts';
import { figureRows, nothingWatched, type Watched } from '../../shared/domain/report-figures.ts';
import { amountOf } from '../../shared/domain/money.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { reachInto, type Scope } from '../../shared/domain/scope.ts';
import type { ZoneOf } from '../../shared/edge/read-company.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import { movesAfter } from './project-events.ts';

export type RowParts = { accounts: AccountStore; zoneOf: ZoneOf };
type Row = RowsAnswer['rows'][number];

const readAtOnce = 8;

export const readRows = async (
  companyId: string,
  query: RowsQuery,
  scope: Scope,
  { accounts, zoneOf }: RowParts,
): Promise<Outcome<RowsAnswer, 'not-found'>> => {
  const zone = reachInto(scope, companyId) === 'all' ? await zoneOf(scope, companyId) : undefined;
  if (zone === undefined) return refuse('not-found', 'There is no such company.');
  const { accounts: limit, after } = query;
  const page = await accounts.heads(scope, companyId, { limit, ...(after === undefined ? {} : { after }) });
  const rows: Row[] = [];
  for (let at = 0; at < page.heads.length; at += readAtOnce) {
    const some = page.heads.slice(at, at + readAtOnce);
    const found = await Promise.all(
      some.map(({ accountId }) => rowsOf({ companyId, accountId, zone }, scope, accounts)),
    );
    rows.push(...found.flat().filter((row) => isAsked(row, query)));
  }
  const sum = rows.reduce((all, { amount }) => amountOf(all + amount), 0);
  return done({ rows, sum, after: page.after ?? null });
};

const isAsked = ({ name, on }: Row, { figure, part, firstOn, lastOn }: RowsQuery): boolean => {
  const [what, ...parts] = name.split(' ');
  return what === figure && (part === undefined || parts.includes(part)) && on >= firstOn && on <= lastOn;
};

/** Every row of an account, as its projection counts them. */
export const rowsOf = async (
  { companyId, accountId, zone }: { companyId: string; accountId: string; zone: string },
  scope: Scope,
  accounts: AccountStore,
): Promise<Row[]> => {
  const entries = await movesAfter(accounts, scope, { companyId, accountId }, 0);
  let watched: Watched = nothingWatched;
  let knownOn = '' as Day;
  const all: Row[] = [];
  for (const { version, at, facts } of entries) {
    const writtenOn = dayAt(instantFromText(at), zone);
    knownOn = writtenOn > knownOn ? writtenOn : knownOn;
    const counted = figureRows(watched, facts);
    ({ watched } = counted);
    for (const { fromAt = null, ...row } of notTooFarAhead(counted.rows, knownOn))
      all.push({ accountId, version, ...row, fromAt });
  }
  return all;
};

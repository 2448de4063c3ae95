/**
 * Orders that wait for an account's payment: listed with who let which go, and let go with a reason and a last day
 * (R160).
 * From: `GET api/companies/{company}/blocked-orders`, `POST api/accounts/{company}/{account}/order-releases`. Next: an
 * entry of the account, whose event moves its row; the ERP hears of it from its people.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { OrderReleaseAnswer, OrderReleaseBody, OrdersAnswer } from '../../shared/contracts/team.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import { dayFromText, textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import type { HashText } from '../../shared/domain/document-ids.ts';
import { releaseOn, releaseOrder, type ReleasedOrder } from '../../shared/domain/order-release.ts';
import type { OrderHoldRow } from '../../shared/domain/other-rows.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { reachInto, type Scope } from '../../shared/domain/scope.ts';
import { compareText } from '../../shared/domain/worklist-account.ts';
import type { AccountStore, Paper } from '../../shared/ports/account-store.ts';
import { noCompany } from './keep-versions.ts';
import type { CompanyRows, RowsOf } from './worklist-frame.ts';

export type OrderParts = { accounts: AccountStore; rowsOf: RowsOf; hashText: HashText };
export type OrderCall = { scope: Scope; now: Instant };
type Asked = { limit: number; after?: string | undefined };
type Line = OrdersAnswer['orders'][number];

const mostTries = 8;

/** Of accounts within the scope, in the order of accounts and orders. */
export const listOrders = async (
  { accounts, rowsOf }: OrderParts,
  companyId: string,
  { limit, after = '' }: Asked,
  { scope, now }: OrderCall,
): Promise<Outcome<OrdersAnswer, ProblemCode>> => {
  const frame = reachInto(scope, companyId) === 'none' ? undefined : await rowsOf(companyId, now, 'fresh');
  if (frame === undefined) return noCompany;
  const waiting = [...frame.orders.values()]
    .flat()
    .toSorted((a, b) => compareText(markOf(a), markOf(b)))
    .filter((row) => markOf(row) > after);
  const orders: Line[] = [];
  let last: string | undefined;
  for (const row of waiting) {
    if (orders.length === limit) break;
    last = markOf(row);
    const { account, mark } = await accounts.load(scope, { companyId, accountId: row.accountId });
    if (mark === undefined) continue;
    const release = releaseOn(account.head, row.orderNumber, frame.today);
    orders.push(await lineOf(accounts, frame, row, release, scope));
  }
  const isMore = last !== undefined && waiting.some((row) => markOf(row) > last);
  const { today, currency } = frame;
  return done({
    company: companyId,
    today,
    currency,
    orders,
    next: isMore && last !== undefined ? last : null,
  });
};

const markOf = ({ accountId, orderNumber }: OrderHoldRow): string => JSON.stringify([accountId, orderNumber]);

const lineOf = async (
  accounts: AccountStore,
  { company: { companyId }, worth }: CompanyRows,
  { accountId, orderNumber, heldOn, amount, currency, reason }: OrderHoldRow,
  release: ReleasedOrder | undefined,
  scope: Scope,
): Promise<Line> => {
  const noteId = release?.noteId as Paper['id'] | undefined;
  const note = noteId && (await accounts.paper(scope, { companyId, accountId }, noteId));
  const why = (note as { text?: string } | undefined)?.text ?? null;
  return {
    ...{ account: accountId, order: orderNumber, heldOn, amount, currency, reason: reason ?? null },
    worth: worth(amount, currency),
    released:
      release === undefined ? null : { by: release.by, on: release.on, untilOn: release.untilOn, why },
  };
};

/** `hasLimit`: a credit manager's own; executives have none. Asked again, the first answer stands. */
export const releaseHeld = async (
  { accounts, rowsOf, hashText }: OrderParts,
  key: AccountKey,
  { order: orderNumber, untilOn, reason }: OrderReleaseBody,
  { scope, now, by, requestId, hasLimit }: OrderCall & { by: string; requestId: string; hasLimit: boolean },
): Promise<Outcome<OrderReleaseAnswer, ProblemCode>> => {
  const absent = refuse('not-found', 'There is no such account.');
  const noteId = `note:order-${hashText(`${key.accountId}\n${requestId}`).slice(0, 32)}` as const;
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const loaded = await accounts.load(scope, key);
    const frame = loaded.mark === undefined ? undefined : await rowsOf(key.companyId, now, 'fresh');
    if (frame === undefined) return absent;
    const held = frame.orders.get(key.accountId)?.find((one) => one.orderNumber === orderNumber);
    if (held === undefined) return refuse('order-not-held', `No order ${orderNumber} waits.`);
    const on = frame.today;
    const order = { number: orderNumber, by, on, untilOn: dayFromText(untilOn), noteId };
    const facts = releaseOrder(loaded.account, order, {
      ...{ amount: frame.worth(held.amount, held.currency), currency: frame.currency, hasLimit },
    });
    if (!facts.ok) return facts;
    const answer = { order: orderNumber, by, untilOn };
    if (facts.value.length === 0) return done({ ...answer, version: loaded.account.head.version });
    const change = {
      ...{ at: now, actor: { kind: 'staff', id: by } as const, cause: { kind: 'request', id: requestId } },
      facts: [...facts.value, { kind: 'noteWritten', noteId, on } as const],
    };
    const papers = [{ id: noteId, content: { id: noteId, text: reason, by, at: textOfInstant(now) } }];
    const appended = await accounts.append(scope, loaded, change, undefined, papers);
    if (appended.outcome === 'appended') return done({ ...answer, version: appended.entry.version });
  }
  throw new Error(`account ${key.accountId} changed under each of ${mostTries} tries`);
};

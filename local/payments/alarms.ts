/**
 * What the business clock brings about: sessions expire, bank debits settle, refunds arrive.
 * From: the books, at start and at each change. Next: the same handlers, and their events.
 */
import type { Cancel, Clock } from '../clock.ts';
import { openDesk, sentOnce } from './desk.ts';
import type { Kind, Row } from './objects.ts';
import { settleDelayed } from './payments.ts';
import { settleRefund } from './refunds.ts';
import { expireSession } from './sessions.ts';
import type { Store } from './store.ts';

const kindsWithAlarms = ['checkout.session', 'payment_intent', 'refund'] as const;

/** Sets an alarm for every row that waits for one, now and after each change. Answers what takes them all back. */
export const keepAlarms = (store: Store, clock: Clock, log: (line: string) => void): Cancel => {
  const alarms = new Map<string, Cancel>();
  const ring = async (row: Row<Kind>) => {
    store.transact(() => bringAbout(store, clock, row.kind, row.value.object.id));
    await store.flush();
  };
  const plan = (row: Row<Kind>) => {
    const name = `${row.kind} ${row.value.object.id}`;
    const atMs = dueAtMs(row);
    alarms.get(name)?.();
    alarms.delete(name);
    if (atMs === undefined) return;
    const rung = () => ring(row).catch((error: unknown) => log(`payments: ${name}: ${String(error)}`));
    alarms.set(name, clock.at(atMs, rung));
  };
  store.onCommit((rows) => rows.forEach(plan));
  for (const kind of kindsWithAlarms) for (const row of store.everyone(kind)) plan(row);
  return () => {
    for (const cancel of alarms.values()) cancel();
    alarms.clear();
  };
};

const is = <K extends Kind>(row: Row<Kind>, kind: K): row is Row<K> => row.kind === kind;

const dueAtMs = (row: Row<Kind>): number | undefined => {
  if (is(row, 'checkout.session') && row.value.object.status === 'open')
    return row.value.object.expires_at * 1000;
  if (is(row, 'payment_intent')) return row.value.settles?.atMs;
  if (is(row, 'refund')) return row.value.settlesAtMs;
  return undefined;
};

/** Reads the row afresh: what it was when the alarm was set may be over. */
const bringAbout = (store: Store, clock: Clock, kind: Kind, id: string): void => {
  const row = store.anywhere(kind, id);
  if (!row || (dueAtMs(row) ?? Infinity) > clock.now()) return;
  const webhooks = is(row, 'payment_intent') ? row.value.settles?.webhooks : undefined;
  const desk = openDesk({ store, clock, account: row.account, baseUrl: '', webhooks: webhooks ?? sentOnce });
  if (is(row, 'checkout.session')) expireSession(desk, id);
  if (is(row, 'payment_intent')) settleDelayed(desk, row.value);
  if (is(row, 'refund')) settleRefund(desk, row.value);
};

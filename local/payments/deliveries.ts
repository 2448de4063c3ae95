/**
 * Webhooks: signed, sent, and sent again with growing pauses for three days until answered with 2xx.
 * From: the out-tray that `desk.emit` fills. Next: the merchant's endpoint on loopback.
 * No order is promised. A delivery leaves the tray only when the answer is in, so a crash in between
 * sends it twice, as the real one may. Fault switch, operation `webhook <type>`: latency, duplicate,
 * reorder, lost-answer and reset-after (sent, yet counted as failed), 429, 503, reset-before (not sent).
 */
import { createHmac } from 'node:crypto';
import { setTimeout as realDelay } from 'node:timers/promises';
import type { Cancel, Clock } from '../clock.ts';
import type { Fault, FaultSwitch } from '../kit/faults.ts';
import { holdBack, letGo, type Held } from '../kit/hold-back.ts';
import { openDesk } from './desk.ts';
import { showEvent } from './events.ts';
import type { Row } from './objects.ts';
import { secondsOf } from './objects.ts';
import type { Store } from './store.ts';
import { isLoopback, secretsAt } from './webhook-endpoints.ts';

export type Deliveries = {
  /** Nothing due, nothing on the way. */
  isQuiet(): boolean;
  close(): void;
};
type Parts = {
  store: Store;
  clock: Clock;
  faults: FaultSwitch;
  count: (operation: string) => void;
  log: (line: string) => void;
};
type Letter = { url: string; type: string; body: string; signature: string };

const pausesMs = [5, 30, 120, 300, 600].map((minutes) => minutes * 60_000);
const longestPauseMs = 12 * 3_600_000;
const triedForMs = 3 * 86_400_000;
const answerWithinMs = 20_000;
const atOnce = 8;

export const startDeliveries = (parts: Parts): Deliveries => {
  const { store, clock } = parts;
  const alarms = new Map<string, Cancel>();
  const due = new Set<string>();
  const onTheWay = new Set<string>();
  const heldBack: Held = new Set();
  const ending = new AbortController();

  const pump = () => {
    for (const id of due) {
      if (onTheWay.size >= atOnce || ending.signal.aborted) return;
      if (onTheWay.has(id)) continue;
      due.delete(id);
      onTheWay.add(id);
      void attempt(id).finally(() => {
        onTheWay.delete(id);
        pump();
      });
    }
  };
  const complain = (error: unknown) => parts.log(`payments: webhooks wait: ${String(error)}`);
  const plan = ({ value: { object } }: Row<'delivery'>) => {
    alarms.get(object.id)?.();
    alarms.delete(object.id);
    const ready = () => {
      alarms.delete(object.id);
      due.add(object.id);
      pump();
    };
    if (object.nextAtMs > clock.now()) return void alarms.set(object.id, clock.at(object.nextAtMs, ready));
    due.add(object.id);
    Promise.resolve(store.flush()).then(pump, complain); // only what is durable is told
  };
  const attempt = async (id: string) => {
    try {
      const row = store.anywhere('delivery', id);
      const letter = row && letterOf(parts, row);
      const arrived = letter ? await sendUnderFaults(parts, letter, heldBack, ending.signal) : false;
      if (row && !ending.signal.aborted) store.transact(() => settle(parts, row, arrived || !letter));
      await store.flush();
    } catch (error) {
      parts.log(`payments: webhook ${id}: ${String(error)}`);
    }
  };

  store.onCommit((rows) => {
    for (const row of rows) if (row.kind === 'delivery') plan(row as Row<'delivery'>);
  });
  for (const row of [...store.everyone('delivery')]) plan(row);
  return {
    isQuiet: () => due.size === 0 && onTheWay.size === 0,
    close: () => {
      ending.abort();
      for (const cancel of alarms.values()) cancel();
      letGo(heldBack);
    },
  };
};

/** Undefined when there is nobody to send it to any more. */
const letterOf = (
  { store, clock }: Parts,
  { account, value: { object } }: Row<'delivery'>,
): Letter | undefined => {
  const desk = openDesk({ store, clock, account, baseUrl: '' });
  const event = desk.get('event', object.event);
  const endpoint = desk.get('webhook_endpoint', object.endpoint);
  if (!event || endpoint?.object.status !== 'enabled' || !isLoopback(endpoint.object.url)) return undefined;
  const body = JSON.stringify(showEvent(desk, event), null, 2);
  const signature = signatureHeader(body, secretsAt(endpoint, desk.nowMs), desk.nowMs);
  return { url: endpoint.object.url, type: event.object.type, body, signature };
};

/** `t=…,v1=…`: one `v1` for each secret in force. */
export const signatureHeader = (body: string, secrets: string[], nowMs: number): string => {
  const t = secondsOf(nowMs);
  const mac = (secret: string) => createHmac('sha256', secret).update(`${t}.${body}`).digest('hex');
  return [`t=${t}`, ...secrets.map((secret) => `v1=${mac(secret)}`)].join(',');
};

const sendUnderFaults = async (
  parts: Parts,
  letter: Letter,
  heldBack: Held,
  ending: AbortSignal,
): Promise<boolean> => {
  const drawn: Fault[] = parts.faults.draw(`webhook ${letter.type}`);
  const meets = (...kinds: Fault['kind'][]) => drawn.find(({ kind }) => kinds.includes(kind));
  const late = meets('latency');
  if (late) await realDelay(late.delayMs);
  if (meets('429', '503', 'reset-before')) return false;
  const held = meets('reorder');
  if (held) await holdBack(heldBack, held.delayMs);
  if (meets('duplicate')) await send(parts, letter, ending);
  const arrived = await send(parts, letter, ending);
  if (!held) letGo(heldBack);
  return arrived && !meets('reset-after', 'lost-answer');
};

const send = async ({ count }: Parts, letter: Letter, ending: AbortSignal): Promise<boolean> => {
  try {
    const answer = await fetch(letter.url, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        'stripe-signature': letter.signature,
      },
      body: letter.body,
      signal: AbortSignal.any([ending, AbortSignal.timeout(answerWithinMs)]),
    });
    await answer.body?.cancel();
    count(answer.ok ? 'webhook delivered' : 'webhook refused');
    return answer.ok;
  } catch {
    count('webhook unanswered'); // nobody there: that is an answer too, and it is tried again
    return false;
  }
};

const settle = (
  { store, clock }: Parts,
  { account, value: { object } }: Row<'delivery'>,
  isDone: boolean,
): void => {
  if (!store.anywhere('delivery', object.id)) return;
  const attempts = object.attempts + 1;
  const nextAtMs = clock.now() + (pausesMs[object.attempts] ?? longestPauseMs);
  if (!isDone && nextAtMs <= object.bornAtMs + triedForMs)
    return store.put('delivery', account, { object: { ...object, attempts, nextAtMs } });
  store.remove('delivery', object.id);
  const event = isDone ? undefined : store.get('event', account, object.event);
  if (event) store.put('event', account, { ...event, hasFailed: true });
};

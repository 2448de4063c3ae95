/**
 * Hands delivery reports over as Event Grid events, each when its hour comes, again until somebody takes it.
 * From: `sending.ts` and the mailbox page; at a start, what was pending. Next: the `deliver` of the options
 * (the local Azure puts them on a queue, as Event Grid does in the cloud). At least once, in no promised order.
 */
import { setTimeout as realDelay } from 'node:timers/promises';
import type { Cancel, Clock } from '../clock.ts';
import { domainOf } from './addresses.ts';
import type { EmailStore } from './store.ts';
import type { EventGridEvent, Report } from './types.ts';

export type Deliver = (events: EventGridEvent[]) => Promise<void> | void;

export type Reporting = {
  /** Hands the report over when it is due; it must be in the journal already. */
  schedule(report: Report): void;
  /** Reports handed over since the start. */
  handedOver(): number;
  close(): void;
};

const batchReports = 50;
const firstWaitMs = 50;
const longestWaitMs = 5_000;

export const createReporting = (parts: {
  store: EmailStore;
  clock: Clock;
  /** Undefined is an event topic nobody subscribes to. */
  deliver: Deliver | undefined;
  log: (line: string) => void;
}): Reporting => {
  const { store, clock, deliver = () => undefined, log } = parts;
  const alarms = new Map<string, Cancel>();
  const closing = new AbortController();
  let due: Report[] = [];
  let handedOver = 0;
  let running = false;

  const handOver = async (batch: Report[]): Promise<void> => {
    await deliver(batch.flatMap(eventsOf));
    if (closing.signal.aborted) return; // handed over again at the next start
    for (const { id, recipient, status } of batch) {
      const what = `Delivery report handed over: ${status} for ${recipient}`;
      store.record({
        is: 'reported',
        report: id,
        happening: { atMs: clock.now(), what, reported: recipient },
      });
    }
    await store.flush();
    due = due.slice(batch.length);
    handedOver += batch.length;
  };

  const drain = async (): Promise<void> => {
    for (let failures = 0; due.length > 0 && !closing.signal.aborted;) {
      try {
        await handOver(due.slice(0, batchReports));
        failures = 0;
      } catch (error) {
        if (failures === 0) log(`email: delivery reports wait, nobody took them: ${String(error)}`);
        const waitMs = Math.min(firstWaitMs * 2 ** failures, longestWaitMs);
        failures += 1;
        await pause(waitMs, closing.signal);
      }
    }
    running = false; // in the same turn as the last look at `due`, so that nothing is left behind
  };

  const start = (): void => {
    if (running) return;
    running = true;
    void drain();
  };

  const becomesDue = (report: Report): void => {
    alarms.delete(report.id);
    due.push(report);
    start();
  };

  const stopWatching = clock.addQuietCheck(() => !running && due.length === 0);
  return {
    schedule: (report) => {
      if (report.dueAtMs <= clock.now()) becomesDue(report);
      else
        alarms.set(
          report.id,
          clock.at(report.dueAtMs, () => becomesDue(report)),
        );
    },
    handedOver: () => handedOver,
    close: () => {
      closing.abort();
      stopWatching();
      for (const cancel of alarms.values()) cancel();
    },
  };
};

/** Ends early when the service closes. */
const pause = async (waitMs: number, signal: AbortSignal): Promise<void> => {
  try {
    await realDelay(waitMs, undefined, { signal, ref: false });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
};

const topic =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/dunwell-local' +
  '/providers/microsoft.communication/communicationservices/dunwell-local';

/** As many copies of one event, same id, as the rule says: Event Grid delivers at least once. */
const eventsOf = (report: Report): EventGridEvent[] =>
  Array<EventGridEvent>(report.copies).fill(toEvent(report));

export const toEvent = (report: Report): EventGridEvent => ({
  id: report.id,
  topic,
  subject: `sender/${report.sender}/message/${report.operationId}`,
  eventType: 'Microsoft.Communication.EmailDeliveryReportReceived',
  eventTime: new Date(report.dueAtMs).toISOString(),
  data: {
    sender: report.sender,
    recipient: report.recipient,
    messageId: report.operationId,
    internetMessageId: report.internetMessageId,
    status: report.status,
    deliveryStatusDetails: {
      statusMessage: report.statusMessage,
      recipientMailServerHostName: `mx.${domainOf(report.recipient)}`,
    },
    deliveryAttemptTimestamp: new Date(report.attemptedAtMs).toISOString().replace('Z', '+00:00'),
  },
  dataVersion: '1.0',
  metadataVersion: '1',
});

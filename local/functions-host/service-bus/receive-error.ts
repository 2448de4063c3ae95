/**
 * A receiver that cannot receive: said once per error in a while, tried again after a pause.
 * From: the listeners. Next: the log. The platform too keeps trying and only its log shows it.
 */
import { setTimeout as realDelay } from 'node:timers/promises';
import type { Execution } from '../core/execution.ts';

const pauseMs = 1_000;
const repeatAfterMs = 30_000;
const saidAtMs = new WeakMap<Execution, Map<string, number>>();

export const warnOfReceiveError = (execution: Execution, error: unknown): void => {
  const text = String(error);
  const said = saidAtMs.get(execution) ?? new Map<string, number>();
  saidAtMs.set(execution, said);
  if (performance.now() - (said.get(text) ?? -Infinity) < repeatAfterMs) return;
  said.set(text, performance.now());
  execution.warn(`cannot receive: ${text}`);
};

export const pauseUnlessClosing = async (closing: AbortSignal): Promise<void> => {
  await realDelay(pauseMs, undefined, { signal: closing }).catch(() => undefined); // ended by closing
};

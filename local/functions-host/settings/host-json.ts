/**
 * `host.json` as far as the local host obeys it, with the platform's defaults.
 * From: the file at the root of the repository, already parsed. Next: router, listeners, log filter.
 */
import type { LogLevel } from '@azure/functions';
import { z } from 'zod';
import { HostRefusal } from '../refusal.ts';

const timeSpan = z.string().regex(/^(\d+\.)?\d{1,2}:\d{2}:\d{2}(\.\d+)?$/, 'must read hh:mm:ss');

const serviceBus = z.looseObject({
  autoCompleteMessages: z.literal(true, 'must be true: a Node function cannot settle messages').default(true),
  prefetchCount: z.int().min(0).default(0),
  maxAutoLockRenewalDuration: timeSpan.default('00:05:00'),
  maxConcurrentCalls: z.int().min(1).default(16),
  maxConcurrentSessions: z.int().min(1).default(8),
  sessionIdleTimeout: timeSpan.default('00:01:00'),
  maxMessageBatchSize: z.int().min(1).default(1_000),
});

const levels = ['Trace', 'Debug', 'Information', 'Warning', 'Error', 'Critical', 'None'] as const;

const hostJsonSchema = z.looseObject({
  version: z.literal('2.0'),
  logging: z
    .looseObject({ logLevel: z.record(z.string(), z.enum(levels)).default({}) })
    .default({ logLevel: {} }),
  extensions: z
    .looseObject({
      http: z.looseObject({ routePrefix: z.string().default('api') }).default({ routePrefix: 'api' }),
      serviceBus: serviceBus.prefault({}),
    })
    .prefault({}),
});

export type HostSettings = {
  routePrefix: string;
  serviceBus: {
    prefetchCount: number;
    maxAutoLockRenewalMs: number;
    maxConcurrentCalls: number;
    maxConcurrentSessions: number;
    sessionIdleMs: number;
    maxMessageBatchSize: number;
  };
  /** The least level shown for a function, or for the host when no name is given. */
  leastLevel: (functionName: string | undefined) => LogLevel;
};

/** @throws HostRefusal naming the first field that does not fit. */
export const readHostJson = (value: unknown): HostSettings => {
  const parsed = hostJsonSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new HostRefusal(`host.json: ${issue?.path.join('.')} ${issue?.message}`);
  }
  const { extensions, logging } = parsed.data;
  const bus = extensions.serviceBus;
  return {
    routePrefix: extensions.http.routePrefix,
    serviceBus: {
      prefetchCount: bus.prefetchCount,
      maxAutoLockRenewalMs: timeSpanMs(bus.maxAutoLockRenewalDuration),
      maxConcurrentCalls: bus.maxConcurrentCalls,
      maxConcurrentSessions: bus.maxConcurrentSessions,
      sessionIdleMs: timeSpanMs(bus.sessionIdleTimeout),
      maxMessageBatchSize: bus.maxMessageBatchSize,
    },
    leastLevel: leastLevelOf(logging.logLevel),
  };
};

/** Milliseconds of `[d.]hh:mm:ss[.fff]`. */
export const timeSpanMs = (text: string): number => {
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] =
    text.match(/^(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2}(?:\.\d+)?)$/) ?? [];
  return Math.round(
    ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1_000,
  );
};

/** The longest category that fits decides, as on the platform: `Function.relay.User`, `Function`, `default`. */
const leastLevelOf =
  (logLevel: Record<string, (typeof levels)[number]>) =>
  (functionName: string | undefined): LogLevel => {
    const category = functionName === undefined ? 'Host.General' : `Function.${functionName}.User`;
    const fitting = Object.keys(logLevel).filter(
      (key) => key !== 'default' && `${category}.`.startsWith(`${key}.`),
    );
    const [longest] = fitting.toSorted((a, b) => b.length - a.length);
    const level = (longest && logLevel[longest]) ?? logLevel.default ?? 'Information';
    return level.toLowerCase() as LogLevel;
  };

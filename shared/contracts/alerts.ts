/**
 * What goes in and out of the routes of alerts.
 * From: query strings. Next: `functions/reporting`. Ids and amounts only.
 */
import { z } from 'zod';
import type { Breach } from '../domain/alerts.ts';

const id = z.string().min(1).max(300);

export const alertsQuery = z.strictObject({
  /** Raised at this instant or later. */
  since: z.iso.datetime().default('2000-01-01T00:00:00Z'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  after: z.string().max(500).optional(),
});
export type AlertsQuery = z.infer<typeof alertsQuery>;

export const alertPlace = z.strictObject({ company: z.string().min(1).max(200), alertId: id });
export const acknowledgeBody = z.strictObject({});

export const oneAlertAnswer = z.strictObject({
  ...{ id: z.string(), rule: z.string(), breach: z.string().nullable(), at: z.string() },
  ...{ accountId: z.string().nullable(), caseId: z.string().nullable() },
  ...{ amount: z.int().nullable(), currency: z.string().nullable(), to: z.array(z.string()) },
  acknowledged: z.strictObject({ by: z.string(), at: z.string() }).nullable(),
});
export type OneAlert = z.infer<typeof oneAlertAnswer>;

export const alertsAnswer = z.strictObject({ alerts: z.array(oneAlertAnswer), after: z.string().nullable() });
export type AlertsAnswer = z.infer<typeof alertsAnswer>;

const breach = z.strictObject({
  ...{ id: z.string(), rule: z.string(), subject: z.string() },
  ...{ toldValue: z.number(), toldOn: z.iso.date(), toldTimes: z.int() },
  acknowledged: z.strictObject({ by: z.string(), on: z.iso.date() }).exactOptional(),
});

/** Which breaches stand, as they were kept. @throws when the bytes are none. */
export const breachesFrom = (bytes: Uint8Array): Breach[] =>
  z.strictObject({ breaches: z.array(breach) }).parse(JSON.parse(new TextDecoder().decode(bytes)))
    .breaches as Breach[];

/** What the risk of each customer was, by account. @throws when the bytes are none. */
export const risksFrom = (bytes: Uint8Array): Record<string, string> =>
  z.record(z.string(), z.string()).parse(JSON.parse(new TextDecoder().decode(bytes)));

/** The day of the company whose start was looked at last. @throws when the bytes are none. */
export const dayFrom = (bytes: Uint8Array): string =>
  z.strictObject({ day: z.iso.date() }).parse(JSON.parse(new TextDecoder().decode(bytes))).day;

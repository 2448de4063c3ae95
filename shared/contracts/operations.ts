/**
 * What goes in and out of the operations routes.
 * From: query strings. Next: answers that monitors and the staff client parse by the same schemas.
 */
import { z } from 'zod';

/** A route that takes no query string. */
export const noQuery = z.strictObject({});

/** An address no route takes, and any query with it. */
export const unknownParams = z.strictObject({ rest: z.string().optional() });
export const anyQuery = z.record(z.string(), z.string());

/** What the change feed of `parked` shows of each document, as far as counting needs it. */
export const parkedChange = z.object({
  companyId: z.string(),
  id: z.string(),
  state: z.string(),
});

const attentionCode = z.enum(['beat-lost', 'relay-behind', 'dead-letters-waiting', 'work-parked']);

export const healthAnswer = z.strictObject({
  /** `beat-lost`: no tick was worked for three periods; queues and timers need a look. */
  status: z.enum(['ok', 'beat-lost']),
  /** What needs a look, as stable codes; empty when nothing does. */
  attention: z.array(attentionCode),
  app: z.string(),
  build: z.string(),
  at: z.string(),
  heartbeat: z.strictObject({ slot: z.string(), missedSlots: z.int() }).nullable(),
  functions: z.record(z.string(), z.array(z.string())),
});
export type HealthAnswer = z.infer<typeof healthAnswer>;

const waiting = z.strictObject({ count: z.int(), oldestAt: z.string().nullable(), ageMinutes: z.int() });

/** Figures and ages of each source of delay; ages are in whole minutes, 0 where nothing waits. */
export const statusAnswer = z.strictObject({
  at: z.string(),
  attention: z.array(attentionCode),
  beat: z.strictObject({ slot: z.string(), missedSlots: z.int(), ageMinutes: z.int() }).nullable(),
  relay: z.strictObject({
    /** Instants of the newest entry passed on, and of the newest one it ever failed on. */
    relayedEntryAt: z.string().nullable(),
    failedEntryAt: z.string().nullable(),
    lagMinutes: z.int(),
  }),
  deadLetters: waiting,
  parked: waiting.extend({ byCode: z.array(waiting.extend({ code: z.string() })) }),
});
export type StatusAnswer = z.infer<typeof statusAnswer>;

export const parkedWorkQuery = z.strictObject({
  company: z.string().min(1).max(100).default('platform'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().max(1_200).optional(),
});
export type ParkedWorkQuery = z.infer<typeof parkedWorkQuery>;

const replayAsked = z.strictObject({ requestedBy: z.string(), requestedAt: z.string(), reason: z.string() });

export const parkedWorkAnswer = z.strictObject({
  counts: z.array(z.strictObject({ code: z.string(), count: z.int(), oldestAt: z.string() })),
  work: z.array(
    z.strictObject({
      id: z.string(),
      source: z.string(),
      code: z.string(),
      title: z.string(),
      whatToDo: z.string(),
      attempts: z.int(),
      parkedAt: z.string(),
      /** Who asked that it be sent again; another person has to agree. */
      replay: replayAsked.nullable(),
    }),
  ),
  /** For the next page; absent at the end. */
  after: z.string().optional(),
});
export type ParkedWorkAnswer = z.infer<typeof parkedWorkAnswer>;

const workName = {
  company: z.string().min(1).max(100).default('platform'),
  id: z.string().min(1).max(1_000),
};
export const replayRequestBody = z.strictObject({ ...workName, reason: z.string().trim().min(3).max(500) });
export const replayApprovalBody = z.strictObject(workName);

export const replayAnswer = z.strictObject({
  id: z.string(),
  state: z.enum(['parked', 'approved', 'replayed']),
  replay: replayAsked.extend({
    ...{ approvedBy: z.string().optional(), approvedAt: z.string().optional() },
    /** Id of the message it went out as. */
    sentAs: z.string().optional(),
  }),
});
export type ReplayAnswer = z.infer<typeof replayAnswer>;

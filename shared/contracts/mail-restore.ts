/**
 * A database that was set back to an earlier moment, and the mails that went out since (D17): what IT says of it, the
 * steps by which they are found again, and what is kept of each mail outside of the database before it goes.
 * From: IT, blobs. Next: `functions/email/restore-mails.ts`, `functions/email/find-lost-mails.ts`; place `mail-restore`.
 */
import { z } from 'zod';
import type { Day } from '../domain/calendar.ts';
import type { PlannedMessage } from '../domain/dunning-facts.ts';
import type { Notice } from '../domain/notice.ts';
import { sentPaper } from './mail.ts';
import { mailToSend } from './messages.ts';

export const restorePlace = 'mail-restore';
/** Of container `documents`. */
export const lookedForName = (restoredTo: string): string => `mail-restore/${restoredTo}.json`;

const instant = z.iso.datetime();
/** Hand-overs since, and how many of them stand in the book by now. */
const counts = { looked: z.int().min(0), found: z.int().min(0) };

const restoreSetting = z.strictObject({
  /** What the database holds is of this instant. */
  restoredTo: instant,
  /** `waiting` for the book to be complete, `looking` for mails, `done`: mail goes out again. */
  state: z.enum(['waiting', 'looking', 'done']),
});
export type RestoreSetting = z.infer<typeof restoreSetting>;

/** Undefined where a company's book was never set back. @throws ZodError when the setting is none. */
export const restoreSettingFrom = (value: unknown): RestoreSetting | undefined =>
  value === undefined ? undefined : restoreSetting.parse(value);

/** Nothing may leave: nobody knows yet what went out already. @throws ZodError when the setting is none. */
export const isRestoredAndOpen = (value: unknown): boolean =>
  value !== undefined && restoreSetting.parse(value).state !== 'done';

/** What the mail service said of all of them, kept beside the mails: whoever sends mail changes no setting. */
const lookedFor = z.strictObject({ ...counts, at: instant });
export type LookedFor = z.infer<typeof lookedFor>;

/** @throws when the blob holds none. */
export const lookedForFrom = (bytes: Uint8Array): LookedFor =>
  lookedFor.parse(JSON.parse(new TextDecoder().decode(bytes)));

export const restoreBody = z.strictObject({
  restoredTo: instant,
  /** `looking`: everything that came since is in again, files, money, what was typed. `done`: once all was found. */
  state: z.enum(['waiting', 'looking', 'done']),
  reason: z.string().trim().min(1).max(500),
  after: z.int().min(0),
});
export type RestoreBody = z.infer<typeof restoreBody>;
export const restoreAnswer = restoreSetting.extend({
  /** What came of looking; null before it is over. */
  lookedFor: lookedFor.nullable(),
  ...{ version: z.int(), by: z.string(), at: z.string(), reason: z.string() },
});
export type RestoreAnswer = z.infer<typeof restoreAnswer>;

const companyId = z.string().min(1).max(200);

/** A step of looking: first what was under way is woken, then hand-overs are gone through. */
export const restoreStep = z.strictObject({
  ...{ v: z.literal(1), companyId, restoredTo: instant },
  phase: z.enum(['wake', 'find']),
  /** The last account woken, or the last hand-over looked at. */
  after: z.string().optional(),
  ...counts,
});
export type RestoreStep = z.infer<typeof restoreStep>;

/** All that comes by the queue of mails. */
export const ofMailQueue = z.union([mailToSend, restoreStep]);

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** Of one mail, as it stood when it was claimed; it names people and is erased with its mail. */
const handedOver = z.object({
  v: z.literal(1),
  ...{ accountId: z.string(), messageId: z.string(), operationId: z.string(), replyToken: z.string() },
  on: z.iso.date().transform((text) => text as Day),
  paper: sentPaper,
  /** Of a reminder. */
  planned: z.custom<PlannedMessage>(isObject).exactOptional(),
  notice: z.custom<Notice>(isObject).exactOptional(),
});
export type HandedOver = z.infer<typeof handedOver>;

/** @throws when the blob holds none. */
export const handedOverFrom = (bytes: Uint8Array): HandedOver =>
  handedOver.parse(JSON.parse(new TextDecoder().decode(bytes)));

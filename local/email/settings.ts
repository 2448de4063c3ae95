/**
 * What can be adjusted while the service runs: quotas, how it treats a repeat, who may send, who bounces.
 * From: the options of `startEmail` and `POST /admin/settings`. Next: every check reads the current values.
 * Like the fault switch, they last until the service stops.
 */
import { z } from 'zod';
import { deliveryStatuses } from './types.ts';

const deliveryRule = z.strictObject({
  /** A whole address, `@domain`, or a word the local part begins with. */
  match: z.string().min(1),
  status: z.enum(deliveryStatuses).default('Delivered'),
  /** Milliseconds of business time until the report comes. */
  delayMs: z.int().min(0).default(0),
  /** How often the report comes; 0 means never. */
  copies: z.int().min(0).max(10).default(1),
});
export type DeliveryRule = z.output<typeof deliveryRule>;

const emailSettings = z.strictObject({
  /** Sends, and questions for a status, per minute and hour of business time. */
  perMinute: z.int().min(0).default(30),
  perHour: z.int().min(0).default(100),
  statusPerMinute: z.int().min(0).default(60),
  statusPerHour: z.int().min(0).default(200),
  /**
   * A second POST of one operation id (the cloud promises nothing): `remembered` answers the same 202
   * for five minutes, `refused` answers 400, `sends-twice` sends again.
   */
  repeat: z.enum(['remembered', 'refused', 'sends-twice']).default('remembered'),
  /** Business time until an operation has succeeded. */
  processingMs: z.int().min(0).default(0),
  /** Real time the service takes to accept; a repeat meanwhile meets 409. */
  acceptingMs: z.int().min(0).max(60_000).default(0),
  /** Addresses that may send, or `*@domain`. */
  linkedSenders: z.array(z.string().regex(/^[^@\s]+@[^@\s]+$/)).default(['*@dunwell.example']),
  /** Looked at before the built-in ones, first match wins. */
  rules: z.array(deliveryRule).default([]),
});

export type EmailSettings = z.output<typeof emailSettings>;
export type EmailSettingsInput = z.input<typeof emailSettings>;

export type Settings = {
  current(): EmailSettings;
  /** Replaces what is named, keeps the rest. @throws ZodError */
  change(changes: unknown): EmailSettings;
};

export const createSettings = (initial: EmailSettingsInput): Settings => {
  let current = emailSettings.parse(initial);
  return {
    current: () => current,
    change: (changes) => {
      const named = z.record(z.string(), z.unknown()).parse(changes);
      current = emailSettings.parse({ ...current, ...named });
      return current;
    },
  };
};

/**
 * Alerts as a company sets them, and what their routes take and give.
 * From: forms of executives and credit managers. Next: `functions/reporting`. What no alert measures is refused.
 */
import { z } from 'zod';
import { alertTimes } from '../domain/alert-rules.ts';
import { overrideFault } from '../domain/alert-settings.ts';

const name = z.string().min(1).max(100);

const override = z
  .strictObject({
    rule: name,
    isMuted: z.boolean().default(false),
    at: z.enum(alertTimes).optional(),
    /** Roles, or ids of people. */
    to: z.array(z.string().min(1).max(200)).min(1).max(20).optional(),
    limits: z.record(name, z.int()).default({}),
  })
  .superRefine((value, context) => {
    const fault = overrideFault(value);
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
  });

const isOnce = (rules: readonly { rule: string }[]): boolean =>
  new Set(rules.map(({ rule }) => rule)).size === rules.length;

export const alertSettings = z.strictObject({
  rules: z.array(override).max(100).refine(isOnce, 'a rule is named once'),
});
export type AlertSettings = z.infer<typeof alertSettings>;

export const alertSettingsBody = alertSettings.extend({
  /** The version that was looked at; 0 before the first. */
  after: z.int().min(0),
  reason: z.string().trim().min(1).max(500),
});
export type AlertSettingsBody = z.infer<typeof alertSettingsBody>;

export const alertSettingsPlace = (companyId: string) => ({ scope: `company:${companyId}`, name: 'alerts' });

const shownRule = z.strictObject({
  ...{ name: z.string(), at: z.enum(alertTimes), to: z.array(z.string()), isMuted: z.boolean() },
  /** Nobody changes whom it goes to or when. */
  isFixed: z.boolean(),
  when: z.array(
    z.strictObject({
      measure: z.string(),
      unit: z.string(),
      is: z.enum(['above', 'from', 'below']),
      limit: z.int(),
    }),
  ),
});

/** Every rule as it is in force. */
export const alertSettingsAnswer = z.strictObject({ version: z.int(), rules: z.array(shownRule) });
export type AlertSettingsAnswer = z.infer<typeof alertSettingsAnswer>;

export const testAlertBody = z.strictObject({ rule: name });

/**
 * How fast mail may go out: so many in a minute and an hour, over all workers.
 * From: the mail workflow, before each hand-over. Next: `shared/azure/cosmos-pacing.ts`, in memory `tests/support/memory`.
 */
import type { Instant } from '../domain/calendar.ts';

export type Slot = { is: 'free' } | { is: 'full'; until: string };

/** What the pace comes to just now: mails of the last minute and hour, beside what may be. */
export type Pace = {
  lastMinute: number;
  lastHour: number;
  perMinute: number;
  perHour: number;
  pausedUntil?: string;
};

export interface MailPacing {
  /**
   * A slot for one mail, or the next instant (ISO) at which there may be one. A slot not used is lost. Where there is
   * none, who is `oneOfMany` is given an instant of its own, behind those that were given one before.
   */
  take(now: Instant, as?: 'oneOfMany'): Promise<Slot>;
  /** The mail service said to wait: no slot before this instant (ISO). */
  pause(until: string): Promise<void>;
  pace(now: Instant): Promise<Pace>;
}

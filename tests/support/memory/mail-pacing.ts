/**
 * `MailPacing` in memory. From and next: workflows under test.
 */
import { instantFromMs, instantFromText, textOfInstant } from '../../../shared/domain/calendar.ts';
import {
  bookTurn,
  paceOf,
  pausedUntil,
  takeSlot,
  type PaceLimits,
  type PaceState,
} from '../../../shared/domain/mail-pace.ts';
import type { MailPacing } from '../../../shared/ports/mail-pacing.ts';

/** @param limits are looked at each time, so that a test may change them. */
export const memoryPacing = (limits: PaceLimits): MailPacing => {
  let state: PaceState = { takenMs: [] };
  return {
    take: async (now, as) => {
      const taken = takeSlot(state, now.epochMilliseconds, limits);
      if (taken.is === 'full' && as === 'oneOfMany') {
        state = bookTurn(state, taken.untilMs, limits);
        return { is: 'full', until: textOfInstant(instantFromMs(state.booked!.atMs)) };
      }
      if (taken.is === 'full') return { is: 'full', until: textOfInstant(instantFromMs(taken.untilMs)) };
      state = taken.state;
      return { is: 'free' };
    },
    pause: async (until) => void (state = pausedUntil(state, instantFromText(until).epochMilliseconds)),
    pace: async (now) => {
      const { pausedUntilMs } = state;
      const paused = pausedUntilMs !== undefined && pausedUntilMs > now.epochMilliseconds;
      return {
        ...paceOf(state, now.epochMilliseconds),
        ...limits,
        ...(paused ? { pausedUntil: textOfInstant(instantFromMs(pausedUntilMs)) } : {}),
      };
    },
  };
};

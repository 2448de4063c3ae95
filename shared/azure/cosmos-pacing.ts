/**
 * `MailPacing` on Cosmos DB, container `access`, key /bucket: one document of the instants of the last hour.
 * From: the mail workflow. Next: written under its etag, so that two workers never take one slot, once for all that wait in
 * one worker; it ends by itself.
 */
import type { Container } from '@azure/cosmos';
import { z } from 'zod';
import { instantFromMs, instantFromText, textOfInstant } from '../domain/calendar.ts';
import {
  bookTurn,
  paceOf,
  pausedUntil,
  takeSlot,
  type PaceLimits,
  type PaceState,
} from '../domain/mail-pace.ts';
import type { MailPacing, Slot } from '../ports/mail-pacing.ts';
import { comeBackLater } from './come-back-later.ts';
import { readMarked, writeMarked } from './optimistic.ts';
import { together } from './together.ts';

const paceDocument = z.object({
  state: z.object({
    takenMs: z.array(z.number()),
    pausedUntilMs: z.number().exactOptional(),
    booked: z
      .object({
        ...{ atMs: z.number(), minuteMs: z.number(), inMinute: z.number(), hourMs: z.number() },
        inHour: z.number(),
      })
      .exactOptional(),
  }),
});

const bucket = 'pace:mail';
const id = 'pace';
const keptSeconds = 86_400;
const mostTries = 20;

const textOf = (ms: number): string => textOfInstant(instantFromMs(ms));

type Wish = Parameters<MailPacing['take']>;

/** Each after the other, as if each had come alone. */
const slotsFor = (
  wishes: readonly Wish[],
  before: PaceState,
  limits: PaceLimits,
): { slots: Slot[]; after: PaceState } => {
  let after = before;
  const slots = wishes.map(([now, as]): Slot => {
    const taken = takeSlot(after, now.epochMilliseconds, limits);
    if (taken.is === 'full' && as === undefined) return { is: 'full', until: textOf(taken.untilMs) };
    after = taken.is === 'free' ? taken.state : bookTurn(after, taken.untilMs, limits);
    return taken.is === 'free' ? { is: 'free' } : { is: 'full', until: textOf(after.booked!.atMs) };
  });
  return { slots, after };
};

export const cosmosPacing = (container: () => Container, limits: PaceLimits): MailPacing => {
  const read = async (): Promise<{ state: PaceState; mark: string | undefined }> => {
    const found = await readMarked(container(), id, bucket);
    return found === undefined
      ? { state: { takenMs: [] }, mark: undefined }
      : { state: paceDocument.parse(found.document).state, mark: found.mark };
  };
  const write = (state: PaceState, mark: string | undefined): Promise<boolean> =>
    writeMarked(container(), { id, bucket, ttl: keptSeconds, state } as { id: string }, bucket, mark);
  return {
    take: together(async (wishes: readonly Wish[]) => {
      for (let tries = 1; tries <= mostTries; tries += 1) {
        const { state, mark } = await read();
        const { slots, after } = slotsFor(wishes, state, limits);
        if (after === state || (await write(after, mark))) return slots;
        await comeBackLater();
      }
      throw new Error('no slot could be taken: too many take one at once');
    }),
    pause: async (until) => {
      for (let tries = 1; tries <= mostTries; tries += 1) {
        const { state, mark } = await read();
        if (await write(pausedUntil(state, instantFromText(until).epochMilliseconds), mark)) return;
        await comeBackLater();
      }
      throw new Error('the pause could not be kept: too many change the pace at once');
    },
    pace: async (now) => {
      const { state } = await read();
      const nowMs = now.epochMilliseconds;
      const isPaused = state.pausedUntilMs !== undefined && state.pausedUntilMs > nowMs;
      const paused = isPaused ? { pausedUntil: textOf(state.pausedUntilMs!) } : {};
      return { ...paceOf(state, nowMs), ...limits, ...paused };
    },
  };
};

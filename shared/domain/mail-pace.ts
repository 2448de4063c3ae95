/**
 * So many mails in any minute and any hour: whether there is room for one more, and when there will be.
 * From: instants of the mails that went, pauses the mail service asked for. Next: the pacing ports keep it.
 */
export type PaceLimits = { perMinute: number; perHour: number };

/**
 * Milliseconds since 1970 of the mails of the last hour, oldest first; `pausedUntilMs`: nothing before it. `booked`: the
 * last turn that was given to a mail that waits, and how many have that minute and that hour.
 */
export type PaceState = { takenMs: readonly number[]; pausedUntilMs?: number; booked?: Booked };
export type Booked = { atMs: number; minuteMs: number; inMinute: number; hourMs: number; inHour: number };

const minuteMs = 60_000;
const hourMs = 3_600_000;

export type PaceTaken = { is: 'free'; state: PaceState } | { is: 'full'; untilMs: number };

/** Takes a slot, or says when the next one may be free. Limits of 0 leave none within the hour. */
export const takeSlot = (state: PaceState, nowMs: number, limits: PaceLimits): PaceTaken => {
  const { pausedUntilMs } = state;
  if (pausedUntilMs !== undefined && nowMs < pausedUntilMs) return { is: 'full', untilMs: pausedUntilMs };
  const taken = withinHour(state, nowMs);
  const waits = [
    freeAt(taken, nowMs, limits.perMinute, minuteMs),
    freeAt(taken, nowMs, limits.perHour, hourMs),
  ];
  const untilMs = Math.max(...waits);
  const { booked } = state;
  const kept = booked === undefined || booked.hourMs + hourMs < nowMs ? {} : { booked };
  return untilMs > nowMs
    ? { is: 'full', untilMs }
    : { is: 'free', state: { ...kept, takenMs: [...taken, nowMs] } };
};

/**
 * A turn of its own for one more of many that wait: not before there may be room, behind those booked before, as many in
 * a minute and an hour as may go. Ten thousand that wait do not wake together.
 */
export const bookTurn = (state: PaceState, fromMs: number, { perMinute, perHour }: PaceLimits): PaceState => {
  const { booked } = state;
  const isLate = booked !== undefined && booked.atMs >= fromMs;
  const last = isLate ? booked : { atMs: fromMs, minuteMs: fromMs, inMinute: 0, hourMs: fromMs, inHour: 0 };
  if (last.inHour >= Math.max(1, perHour)) {
    const atMs = last.hourMs + hourMs;
    return { ...state, booked: { atMs, minuteMs: atMs, inMinute: 1, hourMs: atMs, inHour: 1 } };
  }
  const inHour = last.inHour + 1;
  if (last.inMinute < Math.max(1, perMinute))
    return { ...state, booked: { ...last, inMinute: last.inMinute + 1, inHour } };
  const atMs = last.minuteMs + minuteMs;
  return { ...state, booked: { ...last, atMs, minuteMs: atMs, inMinute: 1, inHour } };
};

/** The later of two pauses stays. */
export const pausedUntil = (state: PaceState, untilMs: number): PaceState => ({
  ...state,
  pausedUntilMs: Math.max(state.pausedUntilMs ?? 0, untilMs),
});

export const paceOf = (state: PaceState, nowMs: number): { lastMinute: number; lastHour: number } => {
  const taken = withinHour(state, nowMs);
  return { lastHour: taken.length, lastMinute: taken.filter((ms) => ms > nowMs - minuteMs).length };
};

const withinHour = ({ takenMs }: PaceState, nowMs: number): number[] =>
  takenMs.filter((ms) => ms > nowMs - hourMs);

/** Room once the mail that fills the window has left it. */
const freeAt = (taken: readonly number[], nowMs: number, most: number, spanMs: number): number => {
  if (most <= 0) return nowMs + spanMs;
  const filling = taken.filter((ms) => ms > nowMs - spanMs).at(-most);
  return filling === undefined ? nowMs : filling + spanMs;
};

/** Milliseconds since 1970 by which so many more mails are out at the latest, if no others come; `nowMs` for none. */
export const outByMs = (
  waiting: number,
  pace: { lastMinute: number; lastHour: number; pausedUntilMs?: number },
  { perMinute, perHour }: PaceLimits,
  nowMs: number,
): number => {
  if (waiting <= 0) return nowMs;
  const startMs = Math.max(nowMs, pace.pausedUntilMs ?? 0);
  const turns = (most: number, taken: number): number =>
    Math.ceil(Math.max(0, waiting - Math.max(0, most - taken)) / Math.max(1, most));
  return (
    startMs + Math.max(turns(perMinute, pace.lastMinute) * minuteMs, turns(perHour, pace.lastHour) * hourMs)
  );
};

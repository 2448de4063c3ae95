/**
 * Numbers drawn from a seed, and the profile of faults a seed lives under (`reliability.md` §2.4): which families are on,
 * then how often each fault comes.
 * From: a seed. Next: every part of a simulated month. The same seed draws the same, on any machine.
 */
export type Draw = {
  /** From 0 up to, without, `below`. */
  below(below: number): number;
  /** @param of 1: whether it happens now. */
  chance(of: number): boolean;
  pick<One>(list: readonly One[]): One;
  /** From 0 to `most`. */
  rate(most: number): number;
};

export const drawFrom = (seed: number): Draw => {
  let state = (seed * 0x9e3779b9) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (most: number): number => Math.floor(next() * most);
  return {
    below,
    chance: (of) => next() < of,
    pick: (list) => list[below(list.length)]!,
    rate: (most) => next() * most,
  };
};

export type FaultProfile = {
  bus: { twice: number; delayMs: number; lockLost: number };
  store: { conflict: number; feedAgain: number };
  host: { crash: number; tickLost: number; tickTwice: number; tickLateMs: number };
  mail: {
    quota: number;
    lost: number;
    never: number;
    dumb: number;
    reportMissing: number;
    reportTwice: number;
    reportLateMs: number;
    bounce: number;
    suppress: number;
  };
  provider: { lost: number; twice: number; lateMs: number };
  people: { again: number; stopAll: number };
};

const hourMs = 3_600_000;

/** Each family is on with a chance of one half; off, all its rates are 0. */
export const profileFrom = (draw: Draw): FaultProfile => {
  const family = <Rates extends Record<string, number>>(most: Rates): Rates => {
    const isOn = draw.chance(0.5);
    const drawn = Object.entries(most).map(([name, rate]) => [name, draw.rate(rate) * (isOn ? 1 : 0)]);
    return Object.fromEntries(drawn) as Rates;
  };
  return {
    bus: family({ twice: 0.5, delayMs: 6 * hourMs, lockLost: 0.2 }),
    store: family({ conflict: 0.2, feedAgain: 0.3 }),
    host: family({ crash: 0.02, tickLost: 0.5, tickTwice: 0.5, tickLateMs: 8 * hourMs }),
    mail: family({
      ...{ quota: 0.1, lost: 0.2, never: 0.1, dumb: 0.2 },
      ...{ reportMissing: 0.3, reportTwice: 0.3, reportLateMs: 168 * hourMs, bounce: 0.1, suppress: 0.02 },
    }),
    provider: family({ lost: 1, twice: 0.5, lateMs: 72 * hourMs }),
    people: family({ again: 0.5, stopAll: 0.15 }),
  };
};

/** Nothing fails any more. */
export const calm: FaultProfile = {
  bus: { twice: 0, delayMs: 0, lockLost: 0 },
  store: { conflict: 0, feedAgain: 0 },
  host: { crash: 0, tickLost: 0, tickTwice: 0, tickLateMs: 0 },
  mail: {
    ...{ quota: 0, lost: 0, never: 0, dumb: 0, reportMissing: 0, reportTwice: 0, reportLateMs: 0 },
    ...{ bounce: 0, suppress: 0 },
  },
  provider: { lost: 0, twice: 0, lateMs: 0 },
  people: { again: 0, stopAll: 0 },
};

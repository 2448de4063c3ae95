/**
 * A short wait of no certain length: writers that met on one partition come back at different times.
 * From: the adapters, where somebody else was first. Next: the workflow loads and decides again.
 */

/** 5 to 65 milliseconds of real time. */
export const comeBackLater = (): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, 5 + 60 * Math.random()));

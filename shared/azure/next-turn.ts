/**
 * Waits until what is waiting by now has had its turn: calls that came in, the platform's own work.
 * From: `functions/start.ts`. Next: `functions/listed-app.ts`, which reads code between two turns.
 */
export const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/**
 * What every trigger but HTTP looks like to the host once it listens.
 * From: timers, Service Bus, change feeds. Next: `start.ts`, which stops and closes them.
 */
export type Listener = {
  /** Takes no more work; what runs goes on. */
  stop(): void | Promise<void>;
  /** Lets go of everything: links, leases, clients. */
  close(): Promise<void>;
  /** Whether nothing waits for it; absent when what it listens to answers for that. */
  isQuiet?(): boolean | Promise<boolean>;
};

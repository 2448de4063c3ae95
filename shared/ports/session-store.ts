/**
 * Sessions of customers; each ends by itself.
 * From: the portal's access layer and sign-in. Next: `shared/azure/cosmos-sessions.ts`, in memory `tests/support/memory`.
 * It holds no address and no secret, only their hashes.
 */
export type Session = {
  /** Of the address that signed in. */
  emailHash: string;
  /** Of the secret in the cookie. */
  secretHash: string;
  /** ISO instants. */
  openedAt: string;
  lastSeenAt: string;
};

export interface SessionStore {
  open(session: Session): Promise<void>;
  /** As it was kept; whether it is still in force is the caller's to say. */
  read(emailHash: string, secretHash: string): Promise<Session | undefined>;
  /** It was used at an ISO instant; one that was ended meanwhile stays ended. */
  seen(session: Session, at: string): Promise<void>;
  /** One that was never there is fine. */
  end(emailHash: string, secretHash: string): Promise<void>;
  /** Every session of the address. */
  endAll(emailHash: string): Promise<void>;
}

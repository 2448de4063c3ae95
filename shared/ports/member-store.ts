/**
 * Which accounts the holder of an address may see in the portal: one record per address, by salted hash.
 * From: sign-in, invitations. Next: `shared/azure/cosmos-members.ts`, in memory `tests/support/memory`.
 */
export type Membership = {
  companyId: string;
  accountId: string;
  /** `contact`: stands and falls with the account's contacts. `invited`: until it is ended. */
  from: 'contact' | 'invited';
  by: string;
  /** ISO instant. */
  since: string;
};

export type KnownMember = { memberships: readonly Membership[]; mark: string | undefined };

export interface MemberStore {
  /** An address nobody knows has none. */
  read(emailHash: string): Promise<KnownMember>;
  /** Writes them if they are as they were read. */
  save(emailHash: string, known: KnownMember): Promise<'saved' | 'version-conflict'>;
}

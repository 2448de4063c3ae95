/**
 * What the seller knows of a customer's people, for reading and for its next version.
 * From: the `contact:` papers of an account. Next: `own-profile.ts`, `contact-proposals.ts`.
 */
import { masterDataIdOf, type Contact, type MasterData } from '../../shared/domain/master-data.ts';
import type { Paper } from '../../shared/ports/account-store.ts';
import type { PortalStores } from './portal-parts.ts';
import type { Own, OwnCall } from './read-own.ts';

/** Changes of contacts that wait to be looked at. */
export const proposalsId: Paper['id'] = 'contact:proposals';

/** What the seller knows of the customer. */
export const masterDataOf = async (
  { accounts }: Pick<PortalStores, 'accounts'>,
  { scope }: Pick<OwnCall, 'scope'>,
  { loaded }: Pick<Own, 'loaded'>,
): Promise<MasterData> => {
  const { head } = loaded.account;
  return head.masterData === undefined
    ? {}
    : (((await accounts.paper(scope, head, head.masterData)) as MasterData | undefined) ?? {});
};

/** A name for a contact that tells nothing of them. */
export const contactIdOf = (
  { hashEmail, hashText }: Pick<PortalStores, 'hashEmail' | 'hashText'>,
  { email, name }: Pick<Contact, 'email' | 'name'>,
): string => (email === undefined ? hashText(`contact:${name}`) : hashEmail(email));

/** The next version of what is known of the customer. */
export const masterDataFacts = ({ loaded, today: on }: Own, content: MasterData) => {
  const id = masterDataIdOf(loaded.account.head.version + 1);
  return {
    facts: [{ kind: 'masterDataNoted', masterData: id, on } as const],
    papers: [{ id, content }],
  };
};

/**
 * Keeps and ends what an address may see: one account more or less, under the record as it was read.
 * From: sign-in links, invitations. Next: `MemberStore`; the portal's access layer reads it with every call.
 */
import type { Membership, MemberStore } from '../ports/member-store.ts';

const mostTries = 8;
/** Of one address: more accounts than anybody pays for. */
export const mostMemberships = 200;

type Place = Pick<Membership, 'companyId' | 'accountId'>;

export const isSameAccount = (one: Place, other: Place): boolean =>
  one.companyId === other.companyId && one.accountId === other.accountId;

/** The same again changes nothing; an invitation outlasts being a contact. @throws when it changes under every try. */
export const keepMembership = (
  { members }: { members: MemberStore },
  emailHash: string,
  membership: Membership,
): Promise<'kept' | 'known' | 'too-many'> =>
  change(members, emailHash, (before) => {
    const known = before.find((one) => isSameAccount(one, membership));
    if (known !== undefined && (known.from === 'invited' || membership.from === 'contact')) return 'known';
    if (known === undefined && before.length >= mostMemberships) return 'too-many';
    return [...before.filter((one) => one !== known), membership];
  });

/** An invitation ends; being a contact of the account ends with the account's contacts alone. */
export const endInvitation = (
  { members }: { members: MemberStore },
  emailHash: string,
  place: Place,
): Promise<'kept' | 'known' | 'too-many'> =>
  change(members, emailHash, (before) => {
    const left = before.filter((one) => one.from !== 'invited' || !isSameAccount(one, place));
    return left.length === before.length ? 'known' : left;
  });

const change = async (
  members: MemberStore,
  emailHash: string,
  decide: (before: readonly Membership[]) => readonly Membership[] | 'known' | 'too-many',
): Promise<'kept' | 'known' | 'too-many'> => {
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const { memberships, mark } = await members.read(emailHash);
    const after = decide(memberships);
    if (after === 'known' || after === 'too-many') return after;
    if ((await members.save(emailHash, { memberships: after, mark })) === 'saved') return 'kept';
  }
  throw new Error('memberships changed under every try');
};

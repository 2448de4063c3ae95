/**
 * Who of the house gets a copy of a reminder: whoever sells to the account, and may read its mails there too. Nobody
 * else, whatever lists name them.
 * From: the policy's step, the head of the account, the company's list of recipients, what each of them reaches.
 * Next: the recipients of the mail.
 */
import { noReach, reach, reachPlace } from '../../shared/contracts/reach.ts';
import { reportMails, reportMailsPlace } from '../../shared/contracts/report-mails.ts';
import type { AccountHead } from '../../shared/domain/account.ts';
import type { CopyRole, Recipient, RecipientsWanted } from '../../shared/domain/recipients.ts';
import type { MailCall, MailParts } from './parts.ts';

/** An account manager is who sells to a key customer. */
const houseRoles: readonly CopyRole[] = ['salesOwner', 'accountManager'];

export const inHouseOf = async (
  { settings }: Pick<MailParts, 'settings'>,
  scope: MailCall['scope'],
  { companyId, salesOwners = [] }: AccountHead,
  copyTo: readonly string[] = [],
): Promise<NonNullable<RecipientsWanted['inHouse']>> => {
  const roles = houseRoles.filter((role) => copyTo.includes(role));
  if (roles.length === 0 || salesOwners.length === 0) return {};
  const kept = await settings.read(scope, reportMailsPlace(companyId));
  const { recipients } = kept === undefined ? { recipients: [] } : reportMails.parse(kept.value);
  const sellers = recipients.filter(({ principal }) => principal === 'SAL');
  // named themselves before those of a team
  const named = sellers.toSorted((a, b) => rankOf(a, salesOwners) - rankOf(b, salesOwners));
  for (const { personId, email } of named) {
    const known = await settings.read(scope, reachPlace(personId));
    const { companyIds, teams, isDisabled } = known === undefined ? noReach : reach.parse(known.value);
    const sells = salesOwners.some((owner) => owner === personId || teams.includes(owner));
    if (!sells || isDisabled || !companyIds.includes(companyId)) continue;
    const copy: Recipient = { email, role: 'inHouse' };
    return Object.fromEntries(roles.map((role) => [role, copy]));
  }
  return {};
};

const rankOf = ({ personId }: { personId: string }, salesOwners: readonly string[]): number =>
  salesOwners.includes(personId) ? 0 : 1;

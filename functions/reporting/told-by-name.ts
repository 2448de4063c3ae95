/**
 * People an alert names who are on no list of recipients: collectors whose accounts change hands are mailed where they
 * are known to be reached (R39).
 * From: `mail-alerts.ts`. Next: they are told as if they were on the list, of what names them alone.
 */
import { staffAddress, staffAddressPlace } from '../../shared/contracts/staff-address.ts';
import { accountsMoved } from '../../shared/domain/alert-rules.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { AlertRecord } from '../../shared/ports/alert-store.ts';
import type { Recipient, ReportMailParts } from './mail-parts.ts';

export const toldByName = async (
  { settings }: Pick<ReportMailParts, 'settings'>,
  scope: Scope,
  alerts: readonly AlertRecord[],
  listed: readonly Recipient[],
): Promise<Recipient[]> => {
  const known = new Set(listed.map(({ personId }) => personId));
  const named = alerts.flatMap(({ rule, to }) => (rule === accountsMoved ? to : []));
  const people = [...new Set(named)].filter((personId) => !known.has(personId));
  const found = await Promise.all(
    people.map(async (personId) => {
      const kept = await settings.read(scope, staffAddressPlace(personId));
      const email = kept && staffAddress.parse(kept.value).email;
      return email ? [{ personId, email, principal: 'COL', roles: [] }] : [];
    }),
  );
  return found.flat();
};

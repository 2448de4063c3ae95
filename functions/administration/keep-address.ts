/**
 * Keeps what people of the house are called, and where they are mailed.
 * From: `PUT api/people/{personId}/address`. Next: mails that tell somebody by name.
 */
import { personParams } from '../../shared/contracts/administration.ts';
import {
  staffAddressAnswer,
  staffAddressBody,
  staffAddressPlace,
  type StaffAddressAnswer,
  type StaffAddressBody,
} from '../../shared/contracts/staff-address.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';
import type { By } from './person-records.ts';

export const registerAddresses = ({ edge, settings }: { edge: Edge; settings: SettingsStore }): void => {
  // people belong to no company: their records are the system's, and who may is asked before
  const system = edge.access.systemScope('sys.reach.keep');
  onWrite(edge, {
    ...{ name: 'save-person-address', method: 'PUT', route: 'api/people/{personId}/address' },
    ...{
      action: 'adm.user.invite',
      params: personParams,
      body: staffAddressBody,
      answer: staffAddressAnswer,
    },
    run: ({ params: { personId }, body, caller, now }) =>
      keepAddress(settings, system, personId, body, { by: caller.id ?? '', at: textOfInstant(now) }),
  });
};

export const keepAddress = async (
  settings: SettingsStore,
  system: Scope,
  personId: string,
  { email, name, after, reason }: StaffAddressBody,
  who: Omit<By, 'reason'>,
): Promise<Outcome<StaffAddressAnswer, 'setting-changed'>> => {
  const change = { value: { email, name }, ...who, reason };
  const saved = await settings.save(system, staffAddressPlace(personId), after, change);
  return saved === 'version-conflict'
    ? refuse('setting-changed', 'Somebody saved another version meanwhile.')
    : done({ personId, email, name, version: after + 1 });
};

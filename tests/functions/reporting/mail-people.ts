/**
 * A company that mails reports, and the people on its list: who may see all, a part, another company, nothing any more.
 * From: settings in memory. Next: tests of mails and alerts.
 */
import { reachPlace } from '../../../shared/contracts/reach.ts';
import { reportMailsPlace } from '../../../shared/contracts/report-mails.ts';
import type { SettingsStore } from '../../../shared/ports/settings-store.ts';
import { everything } from '../../support/test-edge.ts';
import { companyId } from './projection-support.ts';

/** A Saturday: Friday's reports were due before. */
const change = { by: 'test', at: '2026-03-07T10:00:00Z', reason: 'test' };
export const people = {
  boss: 't:boss',
  manager: 't:manager',
  collector: 't:collector',
  stranger: 't:stranger',
  ended: 't:ended',
};
export const recipient = (personId: string, principal: string, roles: string[]) => ({
  ...{ personId, principal, roles, email: `${personId.slice(2)}@house.example` },
});

export type Listed = ReturnType<typeof recipient>;

/** `more`: recipients besides. */
export const fillCompany = async (settings: SettingsStore, more: readonly Listed[] = []): Promise<void> => {
  const keep = (scope: string, name: string, value: unknown) =>
    settings.save(everything, { scope, name }, 0, { ...change, value });
  const company = {
    companyId,
    legalName: 'Canary Ltd',
    mode: 'dunwellLed',
    zone: 'Europe/Berlin',
    country: 'DE',
  };
  await keep(`company:${companyId}`, 'company', { ...company, currency: 'EUR' });
  await keep('deployment', `company:${companyId}`, {});
  await keep(`company:${companyId}`, 'mail', {
    ...{ from: 'ar@house.example', replyDomain: 'reply.house.example', address: ['Street 1'] },
    sender: { name: 'AR', email: 'ar@house.example', phone: '1', hours: '9-5' },
    linkOrigin: 'https://pay.house.example',
  });
  const reach = { companyIds: [companyId], teams: [], covers: [], grants: [], isDisabled: false };
  for (const id of [...Object.values(people), ...more.map(({ personId }) => personId)]) {
    await keep('deployment', `person:${id}`, { personId: id });
    await keep(reachPlace(id).scope, 'reach', {
      ...reach,
      ...(id === people.stranger ? { companyIds: ['another'] } : {}),
      ...(id === people.ended ? { isDisabled: true } : {}),
    });
  }
  const place = reportMailsPlace(companyId);
  await keep(place.scope, place.name, {
    recipients: [
      recipient(people.boss, 'EXE', ['ceo', 'cfo']),
      recipient(people.manager, 'CRM', ['creditManager']),
      recipient(people.collector, 'COL', ['creditManager', 'cfo']),
      recipient(people.stranger, 'CRM', ['creditManager', 'cfo']),
      recipient(people.ended, 'EXE', ['ceo', 'cfo']),
      ...more,
    ],
    times: [],
  });
};

/**
 * Companies remembered for half a minute: a save here is seen at once, one elsewhere soon, a foreign scope never.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { instantFromText } from '../../shared/domain/calendar.ts';
import { scopeOver } from '../../shared/domain/scope.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import { rememberCompanies, type RememberedCompanies } from '../../shared/ports/remembered-companies.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';
import { memorySettings } from '../support/memory/settings-store.ts';

const all = scopeOver('all');
const place = { scope: 'company:acme', name: 'company' };
const settingOf = (zone: string) => ({
  ...{ by: 'tenant:admin', at: '2026-01-01T00:00:00Z', reason: 'said so' },
  value: {
    ...{ companyId: 'acme', legalName: 'Acme', mode: 'erpLed', zone, country: 'DE', currency: 'EUR' },
  },
});

let now = instantFromText('2026-04-01T10:00:00Z');
let inner: SettingsStore;
let reads = 0;
let here: RememberedCompanies;
beforeEach(async () => {
  now = instantFromText('2026-04-01T10:00:00Z');
  const store = memorySettings();
  reads = 0;
  inner = { ...store, read: (...call) => ((reads += 1), store.read(...call)) };
  here = rememberCompanies(inner, () => now);
  await store.save(all, place, 0, settingOf('Europe/Berlin'));
});

const zone = async (settings: Pick<SettingsStore, 'read'> = here.remembered, scope = all) => {
  const company = await readCompany(settings, scope, 'acme');
  return company.ok ? company.value.zone : company.code;
};

describe('a company that was read', () => {
  it('costs no read for half a minute, and one after it', async () => {
    await zone();
    now = now.add({ seconds: 29 });
    await zone();
    expect(reads).toBe(1);
    now = now.add({ seconds: 1 });
    await zone();
    expect(reads).toBe(2);
  });

  it('is seen as another process saved it once the time is over, and afresh by who decides', async () => {
    await zone();
    await inner.save(all, place, 1, settingOf('Asia/Tokyo'));
    expect([await zone(), await zone(here.settings)]).toEqual(['Europe/Berlin', 'Asia/Tokyo']);
    now = now.add({ seconds: 30 });
    expect(await zone()).toBe('Asia/Tokyo');
  });

  it('is seen at once as this process saved it, also by a read that began before', async () => {
    const early = here.remembered.read(all, place);
    await here.settings.save(all, place, 1, settingOf('Asia/Tokyo'));
    await early;
    expect(await zone()).toBe('Asia/Tokyo');
  });

  it('is not there for who does not reach it, remembered or not', async () => {
    await zone();
    expect(await zone(here.remembered, scopeOver(['other']))).toBe('company-unknown');
  });

  it('that was not set up is looked for again', async () => {
    const absent = () => readCompany(here.remembered, all, 'never');
    expect([await absent(), await absent()]).toMatchObject([{ ok: false }, { ok: false }]);
    expect(reads).toBe(2);
  });
});

/**
 * Companies and reach (A6, A8): two people for more, one for less, nobody for themselves; and every step may run twice.
 */
import { describe, expect, it } from 'vitest';
import { decideRequest } from '../../../functions/administration/decide-request.ts';
import { listCompanies, readCompany, saveCompany } from '../../../functions/administration/keep-companies.ts';
import { readPerson } from '../../../functions/administration/list-people.ts';
import { personRecords } from '../../../functions/administration/person-records.ts';
import { requestReach } from '../../../functions/administration/request-reach.ts';
import { disablePerson, endGrant } from '../../../functions/administration/take-reach.ts';
import type { UnitsAsked } from '../../../shared/contracts/administration.ts';
import { scopeOver } from '../../../shared/domain/scope.ts';
import { memorySettings } from '../../support/memory/settings-store.ts';
import { everything, tenOClock } from '../../support/test-edge.ts';

const company = {
  legalName: 'Acme Ltd',
  mode: 'erpLed',
  zone: 'Europe/Berlin',
  country: 'DE',
  currency: 'EUR',
} as const;
const unitsAsked: UnitsAsked = { companyIds: ['acme'], teams: [], covers: [] };
const units = { kind: 'units' as const, asked: unitsAsked, reason: 'new here' };
const grant = {
  ...{ companyId: 'acme', accountId: 'north', itemIds: 'all' as const, purpose: 'case 7' },
  ...{ fromAt: '2026-11-01T00:00:00Z', untilAt: '2026-12-01T00:00:00Z' },
};
const grants = { kind: 'grants' as const, asked: { grants: [grant] }, reason: 'case 7' };
const unit = scopeOver(['acme']);
const elsewhere = scopeOver(['brio']);

const world = async () => {
  const settings = memorySettings();
  const isInUse = async () => false;
  const records = personRecords(settings, everything);
  const call = (by: string, scope = everything) => ({ by, now: tenOClock, scope });
  await saveCompany('acme', { ...company, after: 0, reason: 'first' }, call('t:adm'), { settings, isInUse });
  const ask = (by: string, asked: typeof units | typeof grants = units, scope = everything) =>
    requestReach('t:joe', asked, call(by, scope), { records, settings });
  const decide = (
    by: string,
    state: 'approved' | 'refused',
    scope = everything,
    kind: 'units' | 'grants' = 'units',
    number = 1,
  ) => decideRequest({ personId: 't:joe', kind, number, state, reason: 'seen' }, call(by, scope), records);
  return {
    settings,
    isInUse,
    records,
    call,
    ask,
    decide,
    reach: async () => (await records.reach('t:joe')).value,
  };
};

describe('a company', () => {
  it('is kept in versions, listed, and the same again changes nothing', async () => {
    const { settings, isInUse, call } = await world();
    const again = await saveCompany('acme', { ...company, after: 0, reason: 'again' }, call('t:adm'), {
      settings,
      isInUse,
    });
    expect(again).toMatchObject({ ok: true, value: { version: 1, reason: 'first' } });
    const renamed = { ...company, legalName: 'Acme SE', after: 1, reason: 'renamed' };
    expect(await saveCompany('acme', renamed, call('t:adm'), { settings, isInUse })).toMatchObject({
      value: { version: 2 },
    });
    expect(await listCompanies(unit, settings)).toMatchObject({
      value: { companies: [{ legalName: 'Acme SE' }] },
    });
    expect(await listCompanies(elsewhere, settings)).toEqual({ ok: true, value: { companies: [] } });
  });

  it('is not overwritten by somebody who saw an older version', async () => {
    const { settings, isInUse, call } = await world();
    const stale = { ...company, legalName: 'Other', after: 0, reason: 'x' };
    expect(await saveCompany('acme', stale, call('t:adm'), { settings, isInUse })).toMatchObject({
      code: 'setting-changed',
    });
  });

  it.each([
    [{ mode: 'dunwellLed' as const }, true, 'company-in-use'],
    [{ currency: 'USD' }, true, 'company-in-use'],
    [{ legalName: 'Acme SE' }, true, undefined],
    [{ mode: 'dunwellLed' as const, currency: 'USD' }, false, undefined],
  ])('changed by %o, in use %s, comes to %s', async (change, used, code) => {
    const { settings, call } = await world();
    const body = { ...company, ...change, after: 1, reason: 'x' };
    const said = await saveCompany('acme', body, call('t:adm'), { settings, isInUse: async () => used });
    expect(said.ok ? undefined : said.code).toBe(code);
  });

  it('outside the scope answers as one that never was', async () => {
    const { settings } = await world();
    expect(await readCompany('acme', elsewhere, settings)).toEqual(
      await readCompany('zeta', elsewhere, settings),
    );
  });
});

describe('reaching more', () => {
  it('takes one who asks and another who approves', async () => {
    const { ask, decide, reach } = await world();
    expect(await ask('t:adm')).toMatchObject({ value: { number: 1, state: 'pending' } });
    expect((await reach()).companyIds).toEqual([]);
    expect(await decide('t:exe', 'approved')).toMatchObject({
      value: { state: 'approved', decidedBy: 't:exe' },
    });
    expect((await reach()).companyIds).toEqual(['acme']);
  });

  it('is never asked for or approved by the person it is for, nor approved by who asked', async () => {
    const { ask, decide, reach } = await world();
    expect(await ask('t:joe')).toMatchObject({ code: 'own-rights' });
    await ask('t:adm');
    expect(await decide('t:joe', 'approved')).toMatchObject({ code: 'own-rights' });
    expect(await decide('t:adm', 'approved')).toMatchObject({ code: 'same-person' });
    expect((await reach()).companyIds).toEqual([]);
  });

  it('is approved only by somebody who reaches all it touches', async () => {
    const { ask, decide } = await world();
    await ask('t:adm');
    expect(await decide('t:crm', 'approved', elsewhere)).toMatchObject({ code: 'not-found' });
    expect(await decide('t:crm', 'approved', unit)).toMatchObject({ ok: true });
  });

  it('comes to nothing once refused, and cannot be approved after that', async () => {
    const { ask, decide, reach } = await world();
    await ask('t:adm');
    await decide('t:exe', 'refused');
    expect(await decide('t:crm', 'approved')).toMatchObject({ code: 'request-not-pending' });
    expect((await reach()).companyIds).toEqual([]);
  });

  it('of a company that is not there, or not the asker’s, is refused alike', async () => {
    const { ask, call, records, settings } = await world();
    const unknown = { ...units, asked: { ...units.asked, companyIds: ['zeta'] } };
    expect(await requestReach('t:joe', unknown, call('t:adm'), { records, settings })).toMatchObject({
      code: 'unknown-company',
    });
    expect(await ask('t:crm', grants, elsewhere)).toMatchObject({ code: 'unknown-company' });
  });

  it('an approval that died after the reach was opened is finished by its repetition', async () => {
    const { ask, decide, records, reach } = await world();
    await ask('t:adm');
    const before = await records.reach('t:joe');
    const by = { by: 't:exe', at: '2026-11-22T10:00:00Z', reason: 'seen' };
    await records.saveReach('t:joe', before, { ...before.value, companyIds: ['acme'] }, by);
    expect(await decide('t:exe', 'approved')).toMatchObject({ value: { state: 'approved' } });
    expect(await decide('t:exe', 'approved')).toMatchObject({ value: { state: 'approved' } });
    expect([(await reach()).companyIds, (await records.reach('t:joe')).version]).toEqual([['acme'], 1]);
  });

  it('a newer request takes the place of one that waits, whose number is then not found', async () => {
    const { ask, decide } = await world();
    await ask('t:adm');
    await ask('t:other');
    expect(await decide('t:exe', 'approved')).toMatchObject({ code: 'not-found' });
    expect(await decide('t:exe', 'approved', everything, 'units', 2)).toMatchObject({ ok: true });
  });
});

describe('reaching less', () => {
  it('a grant ends at once, by one person', async () => {
    const { ask, decide, records, call, reach } = await world();
    await ask('t:crm', grants, unit);
    await decide('t:crm2', 'approved', unit, 'grants');
    expect((await reach()).grants).toHaveLength(1);
    const end = { companyId: 'acme', accountId: 'north' };
    const refused = await endGrant('t:joe', end, { ...call('t:crm', elsewhere), reason: 'x' }, records);
    expect(refused).toMatchObject({ code: 'not-found' });
    await endGrant('t:joe', end, { ...call('t:crm', unit), reason: 'case closed' }, records);
    expect((await reach()).grants).toEqual([]);
  });

  it('nobody disables themselves; whoever is disabled works again only after an approval', async () => {
    const { ask, decide, records, call, reach } = await world();
    expect(await disablePerson('t:joe', { ...call('t:joe'), reason: 'x' }, records)).toMatchObject({
      code: 'own-rights',
    });
    await disablePerson('t:joe', { ...call('t:adm'), reason: 'left' }, records);
    expect((await reach()).isDisabled).toBe(true);
    await ask('t:adm');
    expect((await reach()).isDisabled).toBe(true);
    await decide('t:exe', 'approved');
    expect((await reach()).isDisabled).toBe(false);
  });

  it('who administers one company sees of a person what lies in it', async () => {
    const { ask, decide, records } = await world();
    await ask('t:adm');
    await decide('t:exe', 'approved');
    expect(await readPerson('t:joe', unit, records)).toMatchObject({
      value: { reach: { companyIds: ['acme'] } },
    });
    expect(await readPerson('t:joe', elsewhere, records)).toEqual(
      await readPerson('t:who', elsewhere, records),
    );
  });
});

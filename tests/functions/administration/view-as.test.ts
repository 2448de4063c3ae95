/**
 * "View as" shows what somebody sees in a role, neither more nor less, and nothing of it to whoever may not know (R104).
 */
import { describe, expect, it } from 'vitest';
import { decideRequest } from '../../../functions/administration/decide-request.ts';
import { personRecords } from '../../../functions/administration/person-records.ts';
import { viewAs } from '../../../functions/administration/view-as.ts';
import { noReach, reachPlace, type Reach } from '../../../shared/contracts/reach.ts';
import { viewAsQuery } from '../../../shared/contracts/view-as.ts';
import { instantFromText } from '../../../shared/domain/calendar.ts';
import { scopeOf, scopeOver } from '../../../shared/domain/scope.ts';
import { createAccess } from '../../../shared/edge/access.ts';
import { memoryAlerts } from '../../support/memory/alert-store.ts';
import { memorySettings } from '../../support/memory/settings-store.ts';
import { everything } from '../../support/test-edge.ts';
import { appendFacts, companyId, newWorld } from '../reporting/projection-support.ts';

const nowhere = { issuer: 'http://127.0.0.1:1', audience: 'a', keysUrl: 'http://127.0.0.1:1/keys' };
const now = instantFromText('2026-11-22T10:00:00Z');
const administrator = scopeOf([{ companies: 'all', accounts: { by: 'none' } }]);
const manager = scopeOver([companyId]);

const newPeople = async (reach: Partial<Reach>) => {
  const settings = memorySettings();
  const records = personRecords(settings, everything);
  const by = { by: 't:adm', at: '2026-11-01T00:00:00Z', reason: 'test' };
  await settings.save(everything, reachPlace('t:joe'), 0, { value: { ...noReach, ...reach }, ...by });
  const world = newWorld();
  for (const [account, collector] of [
    ['north', 't:joe'],
    ['south', 't:ann'],
    ['west', 't:ann'],
  ] as const)
    await appendFacts(world, account, '2026-03-02', [
      { kind: 'accountAssigned', to: collector, on: '2026-03-02' as never },
    ]);
  const access = createAccess(nowhere, settings);
  const look = async (as: string, scope = manager, company: string | undefined = companyId) => {
    const query = viewAsQuery.parse({ as, ...(company && { company }) });
    return viewAs(
      { access, records, accounts: world.accounts },
      { personId: 't:joe', query },
      { scope, now },
    );
  };
  return { access, records, look, settings };
};

const grant = (accountId: string, untilAt: string, itemIds: 'all' | string[] = 'all') => ({
  ...{ companyId, accountId, itemIds, fromAt: '2026-11-01T00:00:00Z', untilAt, purpose: 'case' },
});

describe('whoever gives rights', () => {
  it('sees of somebody outside the accounts, items and days they were lent, and no other', async () => {
    const { look } = await newPeople({
      grants: [
        grant('north', '2026-12-01T00:00:00Z', ['item:invoice:1']),
        grant('south', '2026-11-22T10:00:00Z'), // ends this very instant
      ],
    });
    expect(await look('INQ')).toMatchObject({
      ok: true,
      value: {
        accounts: [{ accountId: 'north', items: ['item:invoice:1'] }],
        companies: [{ companyId, reach: 'some' }],
        isEnded: false,
      },
    });
  });

  it('sees a collector’s own accounts, and fields as that role sees them', async () => {
    const { look } = await newPeople({ companyIds: [companyId] });
    const seen = await look('COL');
    if (!seen.ok) throw new Error(seen.code);
    expect(seen.value.accounts).toEqual([{ accountId: 'north', items: 'all' }]);
    expect(seen.value.fields.find(({ field }) => field === 'account.taxId')?.sight).toBe('none');
    expect(seen.value.actions.find(({ action }) => action === 'rep.exec.read')).toBeUndefined();
    expect(seen.value.actions.find(({ action }) => action === 'acct.read')?.scope).toBe('P');
    const all = await look('CRM');
    expect(all.ok && all.value.accounts).toHaveLength(3);
  });

  it('sees that nothing is open to somebody who was ended', async () => {
    const { look } = await newPeople({ companyIds: [companyId], isDisabled: true });
    const seen = await look('CRM');
    expect(seen).toMatchObject({
      ok: true,
      value: { isEnded: true, accounts: [], actions: [], companies: [] },
    });
    expect(seen.ok && seen.value.fields.every(({ sight }) => sight === 'none')).toBe(true);
  });

  it('is an administrator: no account of any company is named', async () => {
    const { look } = await newPeople({ companyIds: [companyId] });
    const seen = await look('CRM', administrator);
    expect(seen).toMatchObject({
      ok: true,
      value: { accounts: null, companies: [{ companyId, reach: 'all' }] },
    });
    expect(JSON.stringify(seen)).not.toContain('north');
  });

  it('is a manager of another company: there is no such person, nor such a company', async () => {
    const { look } = await newPeople({ companyIds: [companyId] });
    expect(await look('CRM', scopeOver(['brio']))).toMatchObject({ code: 'not-found' });
    expect(await look('CRM', scopeOver(['brio']), 'brio')).toMatchObject({ code: 'not-found' });
    expect(await look('CRM', manager, 'brio')).toMatchObject({ code: 'not-found' });
  });
});

it('somebody who comes to reach more is told of to finance and IT of that company, once', async () => {
  const { records } = await newPeople({ companyIds: [companyId] });
  const alerts = memoryAlerts();
  const asked = { companyIds: [companyId, 'brio'], teams: [], covers: [] };
  const by = { by: 't:adm', at: '2026-11-01T00:00:00Z', reason: 'more' };
  await records.saveRequest(
    't:joe',
    0,
    {
      ...{ kind: 'units', asked, number: 1, state: 'pending', reason: 'more' },
      requestedBy: 't:adm',
      requestedAt: by.at,
    },
    by,
  );
  const decision = {
    personId: 't:joe',
    kind: 'units',
    number: 1,
    state: 'approved',
    reason: 'seen',
  } as const;
  const decide = () => decideRequest(decision, { by: 't:boss', now, scope: everything }, records, alerts);
  expect([(await decide()).ok, (await decide()).ok]).toEqual([true, true]);
  expect(alerts.raised.map(({ rule, companyId: where, to }) => [rule, where, to])).toEqual([
    ['rightsRaised', 'brio', ['cfo', 'creditManager', 'it']],
  ]);
});

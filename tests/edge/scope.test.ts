/**
 * What each letter of the matrix reaches (A2, A4), for a person with units, teams, colleagues to cover and accounts lent.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ActionName, Principal } from '../../shared/contracts/access.ts';
import { noReach, reachPlace, type Reach } from '../../shared/contracts/reach.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import {
  isAccountInScope,
  isInScope,
  itemsInScope,
  reachInto,
  type Scope,
} from '../../shared/domain/scope.ts';
import { createTestIssuer, type TestIssuer } from '../support/test-issuer.ts';
import { everything, tenOClock } from '../support/test-edge.ts';

let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await createTestIssuer(tenOClock);
});
afterAll(() => issuer.close());

const at = (hours: number) => textOfInstant(tenOClock.add({ hours }));
let people = 0;

const scopeWith = async (
  reach: Partial<Reach> | undefined,
  principals: readonly Principal[],
  action: ActionName,
) => {
  const id = `tenant:person-${people++}`;
  const value = { value: { ...noReach, ...reach }, by: 'x', at: at(0), reason: 'r' };
  if (reach) await issuer.settings.save(everything, reachPlace(id), 0, value);
  return { id, outcome: await issuer.access.scopeFor({ id, principals }, action, tenOClock) };
};
const scopeOfPerson = async (
  ...args: Parameters<typeof scopeWith>
): Promise<Scope & { personId: string }> => {
  const { id, outcome } = await scopeWith(...args);
  if (!outcome.ok) throw new Error(outcome.code);
  return { ...outcome.value, personId: id };
};
const account = (companyId: string, more: object = {}) => ({ companyId, accountId: 'north', ...more });

describe('a scope', () => {
  it('A reaches every company and account', async () => {
    const scope = await scopeOfPerson(undefined, ['EXE'], 'acct.read');
    expect([isInScope(scope, 'any'), reachInto(scope, 'any')]).toEqual([true, 'all']);
    expect(itemsInScope(scope, account('any'))).toBe('all');
  });

  it('N reaches what belongs to the deployment and its companies, and no account', async () => {
    const scope = await scopeOfPerson(undefined, ['ADM'], 'adm.config.edit');
    expect([isInScope(scope, 'any'), reachInto(scope, 'any')]).toEqual([true, 'none']);
    expect(isAccountInScope(scope, account('any'))).toBe(false);
  });

  it('B reaches the person’s units alone', async () => {
    const scope = await scopeOfPerson({ companyIds: ['acme', 'brio'] }, ['CRM'], 'acct.read');
    expect(['acme', 'brio', 'other'].map((id) => isInScope(scope, id))).toEqual([true, true, false]);
    expect(isAccountInScope(scope, account('other'))).toBe(false);
  });

  it('is empty for whom nobody gave a unit', async () => {
    const scope = await scopeOfPerson(undefined, ['CRM'], 'acct.read');
    expect([isInScope(scope, 'acme'), reachInto(scope, 'acme')]).toEqual([false, 'none']);
  });

  it('P reaches accounts assigned to the collector, inside their units, and never the company as such', async () => {
    const scope = await scopeOfPerson({ companyIds: ['acme'] }, ['COL'], 'acct.read');
    expect([isInScope(scope, 'acme'), reachInto(scope, 'acme')]).toEqual([false, 'some']);
    const mine = { assignedTo: scope.personId };
    expect(isAccountInScope(scope, account('acme', mine))).toBe(true);
    expect(isAccountInScope(scope, account('acme', { assignedTo: 'tenant:other' }))).toBe(false);
    expect(isAccountInScope(scope, account('acme'))).toBe(false);
    expect(isAccountInScope(scope, account('brio', mine))).toBe(false);
  });

  it.each([
    ['while it lasts', -1, 1, true],
    ['from its first instant', 0, 1, true],
    ['not from its last', -1, 0, false],
    ['not before', 1, 2, false],
  ])('P reaches those of an absent colleague %s', async (_what, from, until, isReached) => {
    const covers = [{ collectorId: 'tenant:absent', fromAt: at(from), untilAt: at(until) }];
    const scope = await scopeOfPerson({ companyIds: ['acme'], covers }, ['COL'], 'acct.read');
    expect(isAccountInScope(scope, account('acme', { assignedTo: 'tenant:absent' }))).toBe(isReached);
  });

  it('S reaches accounts the person or their team sells to', async () => {
    const scope = await scopeOfPerson({ companyIds: ['acme'], teams: ['team-north'] }, ['SAL'], 'acct.read');
    const sold = (...salesOwners: string[]) => isAccountInScope(scope, account('acme', { salesOwners }));
    expect([sold(scope.personId), sold('x', 'team-north'), sold('x'), sold()]).toEqual([
      ...[true, true, false, false],
    ]);
  });

  const grant = (more: object) => ({
    ...{ companyId: 'acme', accountId: 'north', itemIds: 'all' as const, purpose: 'case 7' },
    ...{ fromAt: at(-1), untilAt: at(1) },
    ...more,
  });

  it('G reaches lent accounts, and of each only the items lent', async () => {
    const grants = [
      grant({ itemIds: ['item:invoice:1'] }),
      grant({ itemIds: ['item:invoice:2', 'item:invoice:1'] }),
      grant({ accountId: 'south' }),
    ];
    const scope = await scopeOfPerson({ grants }, ['INQ'], 'acct.read');
    expect([isInScope(scope, 'acme'), reachInto(scope, 'acme'), reachInto(scope, 'brio')]).toEqual([
      ...[false, 'some', 'none'],
    ]);
    expect(itemsInScope(scope, account('acme'))).toEqual(['item:invoice:1', 'item:invoice:2']);
    expect(itemsInScope(scope, account('acme', { accountId: 'south' }))).toBe('all');
    expect(itemsInScope(scope, account('acme', { accountId: 'west' }))).toBe('none');
    expect(itemsInScope(scope, account('brio'))).toBe('none');
  });

  it.each([
    ['ended', -2, -1],
    ['not begun', 1, 2],
  ])('G reaches nothing by a grant that has %s', async (_what, from, until) => {
    const grants = [grant({ fromAt: at(from), untilAt: at(until) })];
    const scope = await scopeOfPerson({ grants }, ['INQ'], 'acct.read');
    expect(isAccountInScope(scope, account('acme'))).toBe(false);
  });

  it('of somebody with two roles is what either reaches', async () => {
    const scope = await scopeOfPerson({ companyIds: ['acme'] }, ['COL', 'ARC'], 'acct.read');
    expect(isInScope(scope, 'acme')).toBe(true);
  });

  it('opens nothing to whom the administrator disabled, and logs them out of every action', async () => {
    const { outcome } = await scopeWith({ isDisabled: true, companyIds: ['acme'] }, ['EXE'], 'acct.read');
    expect(outcome).toMatchObject({ ok: false, code: 'not-signed-in' });
  });

  it('follows the next request after a unit was taken away', async () => {
    const { id } = await scopeWith({ companyIds: ['acme'] }, ['CRM'], 'acct.read');
    const value = { value: noReach, by: 'x', at: at(0), reason: 'left' };
    await issuer.settings.save(everything, reachPlace(id), 1, value);
    const next = await issuer.access.scopeFor({ id, principals: ['CRM'] }, 'acct.read', tenOClock);
    expect(next).toMatchObject({ ok: true, value: { parts: [{ companies: [] }] } });
  });

  it('is never guessed from a reach that cannot be read', async () => {
    const id = 'tenant:broken';
    const value = { value: { companyIds: 'all' }, by: 'x', at: at(0), reason: 'r' };
    await issuer.settings.save(everything, reachPlace(id), 0, value);
    await expect(
      issuer.access.scopeFor({ id, principals: ['CRM'] }, 'acct.read', tenOClock),
    ).rejects.toThrow();
  });
});

/**
 * The access layer: a token that does not hold opens nothing (A12), and roles open what the matrix says.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actionNames, cellOf, principalNames, type Principal } from '../../shared/contracts/access.ts';
import { createTestIssuer, type TestIssuer } from '../support/test-issuer.ts';
import { tenOClock } from '../support/test-edge.ts';

let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await createTestIssuer(tenOClock);
});
afterAll(() => issuer.close());

const seconds = Math.floor(tenOClock.epochMilliseconds / 1000);
const identify = async (...args: Parameters<TestIssuer['tokenFor']>) =>
  issuer.access.identify(`Bearer ${await issuer.tokenFor(...args)}`, tenOClock);

describe('signing in', () => {
  it('takes a good token: who it is, and which roles', async () => {
    expect(await identify({ roles: ['AR.Collector', 'AR.Sales', 'Somebody.Elses'] })).toEqual({
      ok: true,
      value: { id: 'tenant:person', principals: ['COL', 'SAL'] },
    });
  });

  it('takes no token for nobody', async () => {
    expect(await issuer.access.identify(null, tenOClock)).toEqual({
      ok: true,
      value: { id: undefined, principals: ['ANO'] },
    });
  });

  it.each([
    ['another issuer', { iss: 'https://elsewhere.example/v2.0' }],
    ['another audience', { aud: 'api://other' }],
    ['an end in the past', { exp: seconds - 61 }],
    ['a beginning in the future', { nbf: seconds + 61 }],
    ['no tenant', { tid: undefined }],
    ['no person', { oid: undefined }],
    ['no end', { exp: undefined }],
    ['neither scope nor role', { scp: undefined, roles: undefined }],
  ])('refuses a token with %s', async (_what, claims) => {
    expect(await identify(claims as never)).toMatchObject({ ok: false, code: 'not-signed-in' });
  });

  it('refuses a token somebody else signed', async () => {
    expect(await identify({}, { foreignKey: true })).toMatchObject({ ok: false, code: 'not-signed-in' });
  });

  it('refuses a token signed by a shared secret', async () => {
    expect(await identify({}, { alg: 'HS256' })).toMatchObject({ ok: false, code: 'not-signed-in' });
  });

  it.each(['Basic abc', 'Bearer', 'Bearer a b', 'Bearer not.a.token'])('refuses "%s"', async (header) => {
    expect(await issuer.access.identify(header, tenOClock)).toMatchObject({ code: 'not-signed-in' });
  });

  it('never makes a person the system, whatever role they were given', async () => {
    expect(await identify({ roles: ['AR.Integration'] })).toMatchObject({ value: { principals: [] } });
    expect(await identify({ roles: ['AR.Integration'], scp: undefined })).toMatchObject({
      value: { principals: ['SYS'] },
    });
  });
});

describe('what a role opens', () => {
  const caller = (principal: Principal) => ({ id: 'tenant:person', principals: [principal] });

  it('is every action of the matrix, cell by cell, and no other', () => {
    for (const action of actionNames)
      for (const principal of principalNames)
        expect([action, principal, issuer.access.allow(caller(principal), action).ok]).toEqual([
          action,
          principal,
          cellOf(action, principal).scope !== '-',
        ]);
  });

  it('is nothing for an action the matrix does not know', () => {
    expect(() => issuer.access.allow(caller('ADM'), 'no.such' as never)).toThrow('no.such');
  });

  it('stops an app whose handler does what the system may not', () => {
    expect(() => issuer.access.systemScope('inv.writeoff.approve')).toThrow('inv.writeoff.approve');
  });
});

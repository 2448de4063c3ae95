/**
 * What any tenant does for a machine caller: documents, client credentials, refusals.
 * From: `under-test.ts`. Next: nothing. Runs against a real tenant too.
 */
import { ClientSecretCredential } from '@azure/identity';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import type { JSONWebKeySet } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askForToken, discover, isLocal, openTenant } from './under-test.ts';
import type { Discovery, Tenant } from './under-test.ts';

let tenant: Tenant;
let documents: Discovery;

beforeAll(async () => {
  tenant = await openTenant();
  documents = await discover(tenant.issuer);
});
afterAll(() => tenant.close());

const ask = (more: Record<string, string> = {}) =>
  askForToken(documents.token_endpoint, {
    grant_type: 'client_credentials',
    client_id: tenant.clientId,
    client_secret: tenant.secret,
    scope: `${tenant.audience}/.default`,
    ...more,
  });

describe('the documents', () => {
  it('name the issuer that tokens will name', () => {
    expect(documents.issuer).toBe(tenant.issuer);
  });

  it('offer the code flow, PKCE needs nothing more, and RS256', () => {
    expect(documents['response_types_supported']).toContain('code');
    expect(documents['response_modes_supported']).toEqual(expect.arrayContaining(['query', 'fragment']));
    expect(documents['id_token_signing_alg_values_supported']).toEqual(['RS256']);
  });

  it('lead to public RSA keys and to nothing private', async () => {
    const { keys } = (await (await fetch(documents.jwks_uri)).json()) as JSONWebKeySet;
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) {
      expect(key).toMatchObject({ kty: 'RSA', use: 'sig' });
      expect(Object.keys(key)).not.toEqual(expect.arrayContaining(['d']));
    }
  });
});

describe('a machine caller', () => {
  it('gets a token that the official verifier accepts', async () => {
    const { access_token } = await ask();
    const { payload } = await jwtVerify(access_token, createRemoteJWKSet(new URL(documents.jwks_uri)), {
      issuer: tenant.issuer,
      audience: tenant.audience,
      algorithms: ['RS256'],
    });
    expect(payload['ver']).toBe('2.0');
    expect(payload['azp']).toBe(tenant.clientId);
  });

  it('has roles and no delegated scope', async () => {
    const { access_token } = await ask();
    const { payload } = await jwtVerify(access_token, createRemoteJWKSet(new URL(documents.jwks_uri)));
    expect(payload['roles']).toBeInstanceOf(Array);
    expect(payload['scp']).toBeUndefined();
    expect(payload['name']).toBeUndefined();
    expect(payload.sub).toBe(payload['oid']);
  });

  it('gets no refresh token and about an hour', async () => {
    const answer = await ask();
    expect(answer.refresh_token).toBeUndefined();
    expect(answer.expires_in).toBeGreaterThan(3_000);
  });

  it('is told which key signed', async () => {
    const header = decodeProtectedHeader((await ask()).access_token);
    expect(header).toMatchObject({ alg: 'RS256', typ: 'JWT' });
    const { keys } = (await (await fetch(documents.jwks_uri)).json()) as JSONWebKeySet;
    expect(keys.map(({ kid }) => kid)).toContain(header.kid);
  });
});

describe('the token endpoint refuses', () => {
  it.each([
    ['a wrong secret', { client_secret: 'not-it' }, 401, 'invalid_client', 7000215],
    ['no secret', { client_secret: '' }, 401, 'invalid_client', 7000218],
    [
      'a client it does not know',
      { client_id: '00000000-0000-4000-a000-000000000000' },
      400,
      'unauthorized_client',
      700016,
    ],
    ['a scope that is not /.default', { scope: 'api://x/read' }, 400, 'invalid_scope', 1002012],
    ['no grant type', { grant_type: '' }, 400, 'invalid_request', 900144],
    ['a grant type it does not know', { grant_type: 'magic' }, 400, 'unsupported_grant_type', 70003],
  ])('%s', async (_what, change, status, error, code) => {
    const answer = await ask(change);
    expect(answer).toMatchObject({ status, error, error_codes: [code] });
    expect(answer.error_description).toMatch(new RegExp(`^AADSTS${code}: `));
    expect(answer.access_token).toBeUndefined();
  });

  it('a tenant that does not exist', async () => {
    const url = documents.token_endpoint.replace(/[0-9a-f-]{36}/, '00000000-0000-4000-a000-000000000000');
    expect(await askForToken(url, { grant_type: 'client_credentials' })).toMatchObject({
      status: 400,
      error_codes: [90002],
    });
  });
});

describe('the official credential', () => {
  const credential = () => {
    const { origin, pathname } = new URL(tenant.issuer);
    return new ClientSecretCredential(pathname.split('/')[1]!, tenant.clientId, tenant.secret, {
      authorityHost: origin,
    });
  };

  it.runIf(isLocal)('demands https, so that the local issuer is asked by plain HTTP instead', async () => {
    const asked = (async () => credential().getToken(`${tenant.audience}/.default`))();
    await expect(asked).rejects.toThrow(/https/);
  });

  it.runIf(!isLocal)('signs in', async () => {
    const { token } = await credential().getToken(`${tenant.audience}/.default`);
    expect(token.split('.')).toHaveLength(3);
  });
});

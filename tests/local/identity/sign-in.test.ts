/**
 * A person signs in through the page: authorize, code, PKCE, refresh, sign out.
 * From: `under-test.ts`. Next: nothing. Needs a page that anybody may click, so it runs on the stand-in only.
 */
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorizeQuery, authorizeUrl, choose, codeFor, isLocal, newVerifier, redeem } from './under-test.ts';
import { askForToken, redirectUri, startLocal, verify } from './under-test.ts';
import type { Local } from './under-test.ts';

describe.runIf(isLocal)('a person who signs in', () => {
  let local: Local;
  beforeAll(async () => {
    local = await startLocal();
  });
  afterAll(() => local.service.close());

  const page = (query: URLSearchParams) =>
    fetch(`${authorizeUrl(local.service)}?${query.toString()}`, { redirect: 'manual' });
  const locationOf = async (more: Record<string, string>) => {
    const answer = await page(authorizeQuery(local.service, newVerifier(), more));
    return new URL(answer.headers.get('location') ?? 'none:');
  };

  it('sees a button for each of the people of the tenant', async () => {
    const text = await (await page(authorizeQuery(local.service, newVerifier()))).text();
    expect(text.match(/<button name="persona"/g)).toHaveLength(21);
    expect(text).toContain('Credit manager');
    expect(text).toContain('(guest)');
  });

  it('finds the hinted person first, ready for Enter', async () => {
    const text = await (
      await page(authorizeQuery(local.service, newVerifier(), { login_hint: 'bkk' }))
    ).text();
    expect(text).toMatch(/value="bkk" autofocus/);
  });

  it('sees what the address says as text, never as markup', async () => {
    const query = authorizeQuery(local.service, newVerifier(), { state: '"><script>alert(1)</script>' });
    expect(await (await page(query)).text()).not.toContain('<script>');
  });

  it('comes back with a code and the state unchanged', async () => {
    const url = await choose(local.service, authorizeQuery(local.service, newVerifier()), 'crm');
    expect(url.origin + url.pathname).toBe(redirectUri);
    expect(url.searchParams.get('state')).toBe('st & 1');
    expect(url.searchParams.get('code')).toMatch(/^0\.A/);
  });

  it('comes back with the answer in the fragment when asked so', async () => {
    const query = authorizeQuery(local.service, newVerifier(), { response_mode: 'fragment' });
    const url = await choose(local.service, query, 'crm');
    expect(new URLSearchParams(url.hash.slice(1)).get('code')).toMatch(/^0\.A/);
    expect(url.search).toBe('');
  });

  it('gets an access token that says who and what role', async () => {
    const verifier = newVerifier();
    const { access_token } = await redeem(
      local.service,
      await codeFor(local.service, 'crm', verifier),
      verifier,
    );
    expect(await verify(local, access_token)).toMatchObject({
      tid: local.service.tenantId,
      name: 'Mira Sandoval',
      preferred_username: 'mira.sandoval@dunwell.example',
      roles: ['AR.CreditManager'],
      scp: 'access_as_user',
      azp: local.service.browserClientId,
      acct: 0,
      ver: '2.0',
    });
  });

  it('gets an ID token for the browser client with the nonce', async () => {
    const verifier = newVerifier();
    const { id_token } = await redeem(local.service, await codeFor(local.service, 'col', verifier), verifier);
    const keys = createRemoteJWKSet(new URL(local.service.jwksUri));
    const { payload } = await jwtVerify(id_token, keys, { audience: local.service.browserClientId });
    expect(payload).toMatchObject({ nonce: 'n-1', name: 'Tom Okafor' });
    expect(payload['roles']).toBeUndefined();
  });

  it('is a guest with a home tenant when invited from outside', async () => {
    const claims = await verify(local, await local.service.tokenFor('inq'));
    expect(claims).toMatchObject({ acct: 1, roles: ['AR.Inquiry'] });
    expect(claims['idp']).toMatch(/^https:\/\/sts\.windows\.net\/[0-9a-f-]{36}\/$/);
    expect(claims['idp']).not.toContain(local.service.tenantId);
  });

  it('cannot use a code twice', async () => {
    const verifier = newVerifier();
    const code = await codeFor(local.service, 'crm', verifier);
    const both = await Promise.all([
      redeem(local.service, code, verifier),
      redeem(local.service, code, verifier),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 400]);
    expect(both.find(({ status }) => status === 400)).toMatchObject({
      error: 'invalid_grant',
      error_codes: [54005],
    });
  });

  it('cannot use a code with another verifier', async () => {
    const code = await codeFor(local.service, 'crm', newVerifier());
    expect(await redeem(local.service, code, newVerifier())).toMatchObject({
      error: 'invalid_grant',
      error_codes: [501481],
    });
  });

  it('cannot use a code for another address', async () => {
    const verifier = newVerifier();
    const code = await codeFor(local.service, 'crm', verifier);
    const answer = await redeem(local.service, code, verifier, { redirect_uri: 'http://localhost:5173/' });
    expect(answer).toMatchObject({ error: 'invalid_grant', error_codes: [500112] });
  });

  it('is refused without PKCE, and back at the client', async () => {
    const url = await locationOf({ code_challenge: '' });
    expect(url.searchParams.get('error')).toBe('invalid_request');
    expect(url.searchParams.get('error_description')).toContain('AADSTS9002325');
  });

  it('is refused with a plain challenge', async () => {
    const url = await locationOf({ code_challenge_method: 'plain' });
    expect(url.searchParams.get('error_description')).toContain('AADSTS501491');
  });

  it('is refused with the implicit flow', async () => {
    expect((await locationOf({ response_type: 'token' })).searchParams.get('error')).toBe(
      'unsupported_response_type',
    );
  });

  it('is refused with a scope nobody offers', async () => {
    expect((await locationOf({ scope: 'openid Mail.Send' })).searchParams.get('error')).toBe('invalid_scope');
  });

  it.each([
    ['another host', 'http://evil.example/sign-in'],
    ['a path nobody registered', 'http://localhost:5173/elsewhere'],
    ['a host that only looks local', 'http://localhost.evil.example/sign-in'],
    ['a name before the host', 'http://localhost@evil.example/sign-in'],
    ['a fragment', 'http://localhost:5173/sign-in#x'],
    ['no address at all', 'sign-in'],
  ])('is never sent to %s', async (_what, address) => {
    const answer = await page(authorizeQuery(local.service, newVerifier(), { redirect_uri: address }));
    expect(answer.status).toBe(400);
    expect(answer.headers.get('location')).toBeNull();
    expect(await answer.text()).toContain('AADSTS50011');
  });

  it('is not signed in silently before having signed in', async () => {
    expect((await locationOf({ prompt: 'none' })).searchParams.get('error')).toBe('login_required');
  });

  it('is signed in silently afterwards, until signing out', async () => {
    const query = authorizeQuery(local.service, newVerifier());
    const body = new URLSearchParams([...query, ['persona', 'arc']]);
    const first = await fetch(authorizeUrl(local.service), { method: 'POST', body, redirect: 'manual' });
    const cookie = first.headers.get('set-cookie')!.split(';')[0]!;
    const silent = new URLSearchParams([...query, ['prompt', 'none']]);
    const again = await fetch(`${authorizeUrl(local.service)}?${silent.toString()}`, {
      headers: { cookie },
      redirect: 'manual',
    });
    expect(new URL(again.headers.get('location')!).searchParams.get('code')).toMatch(/^0\.A/);
    const out = await fetch(authorizeUrl(local.service).replace('authorize', 'logout'));
    expect(out.headers.get('set-cookie')).toContain('Max-Age=0');
  });

  it('is sent only to a registered address after signing out', async () => {
    const out = (back: string) =>
      fetch(
        `${authorizeUrl(local.service).replace('authorize', 'logout')}?post_logout_redirect_uri=${encodeURIComponent(back)}`,
        {
          redirect: 'manual',
        },
      );
    expect((await out('http://localhost:7071/signed-out')).headers.get('location')).toBe(
      'http://localhost:7071/signed-out',
    );
    expect((await out('http://evil.example/signed-out')).status).toBe(200);
  });

  it('stays signed in with the refresh token, for a day and no longer', async () => {
    const own = await startLocal();
    const verifier = newVerifier();
    const first = await redeem(own.service, await codeFor(own.service, 'csr', verifier), verifier);
    const refresh = (token: string) =>
      askForToken(own.service.tokenUrl, {
        grant_type: 'refresh_token',
        client_id: own.service.browserClientId,
        refresh_token: token,
      });
    await own.clock.moveTo(own.clock.now() + 23 * 3_600_000);
    await expect(verify(own, first.access_token)).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' });
    const second = await refresh(first.refresh_token);
    expect(await verify(own, second.access_token)).toMatchObject({ name: 'Lena Brandt' });
    await own.clock.moveTo(own.clock.now() + 2 * 3_600_000);
    expect(await refresh(second.refresh_token)).toMatchObject({
      error: 'invalid_grant',
      error_codes: [70008],
    });
    await own.service.close();
  });

  it('cannot use a code that has lain for ten minutes', async () => {
    const own = await startLocal();
    const verifier = newVerifier();
    const code = await codeFor(own.service, 'crm', verifier);
    await own.clock.moveTo(own.clock.now() + 600_000);
    expect(await redeem(own.service, code, verifier)).toMatchObject({
      error: 'invalid_grant',
      error_codes: [70008],
    });
    await own.service.close();
  });
});

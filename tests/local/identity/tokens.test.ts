/**
 * What a verifier must accept and refuse: personas, bad tokens, keys turned over, restarts, faults.
 * From: `under-test.ts`. Next: nothing. Runs on the stand-in only.
 */
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findPersona, people } from '../../../local/identity/directory.ts';
import { principalOfRole, staffPrincipals } from '../../../shared/contracts/access.ts';
import {
  askForToken,
  codeFor,
  discover,
  isLocal,
  newVerifier,
  redeem,
  startLocal,
  verify,
} from './under-test.ts';
import type { Local } from './under-test.ts';

describe.runIf(isLocal)('a local token', () => {
  let local: Local;
  beforeAll(async () => {
    local = await startLocal();
  });
  afterAll(() => local.service.close());

  const fetchToken = async (query: string) => {
    const answer = await fetch(`${local.service.url}/local/token?${query}`);
    return { status: answer.status, text: await answer.text() };
  };

  it('can be had for every staff column, each with the role of that column', async () => {
    const roles = await Promise.all(
      people.map(async ({ id }) => decodeJwt(await local.service.tokenFor(id))['roles']),
    );
    const principals = new Set(roles.map((role) => principalOfRole((role as string[])[0]!)));
    expect([...principals]).toEqual(staffPrincipals);
  });

  it('names different people, and the same person the same way each time', async () => {
    const oids = await Promise.all(
      people.map(async ({ id }) => decodeJwt(await local.service.tokenFor(id))['oid']),
    );
    expect(new Set(oids).size).toBe(people.length);
    expect(decodeJwt(await local.service.tokenFor('crm'))['oid']).toBe(oids[1]);
  });

  it('can be had with curl', async () => {
    expect(await verify(local, (await fetchToken('persona=CRM')).text)).toMatchObject({
      name: 'Mira Sandoval',
    });
  });

  it('is refused for somebody who does not exist, with the list of who does', async () => {
    expect(await fetchToken('persona=boss')).toMatchObject({ status: 404 });
    expect((await fetchToken('persona=boss')).text).toContain('"crm"');
  });

  it('is refused with a flaw that does not exist, with the list of those that do', async () => {
    const answer = await fetchToken('persona=crm&flaw=ugly');
    expect(answer.status).toBe(404);
    expect(answer.text).toContain('alg-none');
  });

  it.each([
    ['wrong-audience', 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['wrong-issuer', 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['wrong-tenant', 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['alg-none', 'ERR_JOSE_ALG_NOT_ALLOWED'],
    ['alg-hs256', 'ERR_JOSE_ALG_NOT_ALLOWED'],
    ['expired', 'ERR_JWT_EXPIRED'],
    ['not-yet-valid', 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['unknown-key', 'ERR_JWKS_NO_MATCHING_KEY'],
    ['bad-signature', 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'],
  ])('with the flaw %s fails the official verifier', async (flaw, code) => {
    const { status, text } = await fetchToken(`persona=crm&flaw=${flaw}`);
    expect(status).toBe(200);
    await expect(verify(local, text)).rejects.toMatchObject({ code });
  });

  it('without roles is valid but opens nothing', async () => {
    const claims = await verify(local, await local.service.tokenFor('crm', 'no-roles'));
    expect(claims['roles']).toBeUndefined();
    expect(claims['oid']).toBe(findPersona('crm')!.oid);
  });

  it('may be read by pages of this machine and by no other page', async () => {
    const ask = (origin: string) =>
      fetch(local.service.tokenUrl, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-headers': 'x-client-sku' },
      });
    const own = await ask('http://localhost:5173');
    expect(own.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
    expect(own.headers.get('access-control-allow-headers')).toBe('x-client-sku');
    expect((await ask('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });

  it('comes from a host that tells MSAL it is its own cloud', async () => {
    const answer = await fetch(`${local.service.url}/common/discovery/instance?api-version=1.1`);
    const { metadata } = (await answer.json()) as { metadata: { aliases: string[] }[] };
    expect(metadata[0]!.aliases).toEqual([new URL(local.service.url).host]);
  });

  it('is never made from nonsense: each oddity gets the service kind of error and the issuer goes on', async () => {
    const json = await fetch(local.service.tokenUrl, {
      method: 'POST',
      body: '{',
      headers: { 'content-type': 'application/json' },
    });
    const large = await askForToken(local.service.tokenUrl, { grant_type: 'x'.repeat(70_000) });
    const nowhere = await fetch(`${local.service.url}/${local.service.tenantId}/oauth2/v2.0/devicecode`, {
      method: 'POST',
    });
    const get = await fetch(local.service.tokenUrl);
    expect([json.status, large.status, nowhere.status, get.status]).toEqual([400, 413, 404, 405]);
    expect(large.error_codes).toEqual([90013]);
    expect((await discover(local.service.issuer)).issuer).toBe(local.service.issuer);
  });
});

describe.runIf(isLocal)('keys', () => {
  let local: Local;
  beforeAll(async () => {
    local = await startLocal();
  });
  afterAll(() => local.service.close());
  const admin = (method: string, kid = '') =>
    fetch(`${local.service.url}/admin/keys${kid && `/${kid}`}`, { method });

  it('turned over in mid-session leave older tokens valid and sign newer ones', async () => {
    const keys = createRemoteJWKSet(new URL(local.service.jwksUri), { cooldownDuration: 0 });
    const older = await local.service.tokenFor('crm');
    await jwtVerify(older, keys);
    expect((await admin('POST')).status).toBe(201);
    const newer = await local.service.tokenFor('crm');
    expect(decodeProtectedHeader(newer).kid).not.toBe(decodeProtectedHeader(older).kid);
    await jwtVerify(newer, keys);
    await jwtVerify(older, keys);
  });

  it('that are removed no longer verify', async () => {
    const older = await local.service.tokenFor('crm');
    await local.service.rotateKeys();
    expect((await admin('DELETE', decodeProtectedHeader(older).kid)).status).toBe(200);
    await expect(verify(local, older)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  });

  it('are not turned over by a page of another site', async () => {
    const before = decodeProtectedHeader(await local.service.tokenFor('crm')).kid;
    const headers = { origin: 'https://elsewhere.example' };
    const answer = await fetch(`${local.service.url}/admin/keys`, { method: 'POST', headers });
    expect(answer.status).toBe(403);
    expect(decodeProtectedHeader(await local.service.tokenFor('crm')).kid).toBe(before);
  });

  it('that sign now cannot be removed', async () => {
    const { kid } = decodeProtectedHeader(await local.service.tokenFor('crm'));
    expect((await admin('DELETE', kid)).status).toBe(409);
    expect(await local.service.removeKey('nobody')).toBe(false);
  });
});

describe.runIf(isLocal)('the issuer', () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'identity-'));
  afterAll(() => rmSync(stateDir, { recursive: true }));
  const running: Local[] = [];
  const start = async (...given: Parameters<typeof startLocal>) => {
    const one = await startLocal(...given);
    running.push(one);
    return one;
  };
  afterEach(() => Promise.all(running.splice(0).map(({ service }) => service.close())));

  it('started again knows its keys, codes and refresh tokens', async () => {
    const first = await start(stateDir);
    const verifier = newVerifier();
    const { refresh_token } = await redeem(
      first.service,
      await codeFor(first.service, 'sal', verifier),
      verifier,
    );
    const [token, code] = [
      await first.service.tokenFor('sal'),
      await codeFor(first.service, 'sal', verifier),
    ];
    const { port } = first.service;
    await running.pop()!.service.close();
    const second = await start(stateDir, port);
    await verify(second, token);
    expect((await redeem(second.service, code, verifier)).status).toBe(200);
    const form = { grant_type: 'refresh_token', client_id: second.service.browserClientId, refresh_token };
    expect((await askForToken(second.service.tokenUrl, form)).status).toBe(200);
  });

  it('started again still refuses a code that was used', async () => {
    const first = await start(stateDir);
    const verifier = newVerifier();
    const code = await codeFor(first.service, 'sal', verifier);
    await redeem(first.service, code, verifier);
    await running.pop()!.service.close();
    const second = await start(stateDir);
    expect(await redeem(second.service, code, verifier)).toMatchObject({ error_codes: [54005] });
  });

  it('keeps no code and no refresh token in clear', async () => {
    const { service } = await start(stateDir);
    const verifier = newVerifier();
    const code = await codeFor(service, 'sal', verifier);
    const { refresh_token } = await redeem(service, code, verifier);
    const file = readFileSync(join(stateDir, 'identity/issuer.journal'), 'utf8');
    expect(file).not.toContain(code);
    expect(file).not.toContain(refresh_token);
  });

  it('says in one line that its state is damaged', async () => {
    const damagedDir = mkdtempSync(join(tmpdir(), 'identity-'));
    await (await startLocal(damagedDir)).service.close();
    const file = join(damagedDir, 'identity/issuer.journal');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"kid"', '"kit"'));
    await expect(startLocal(damagedDir)).rejects.toThrow(
      /issuer\.journal, line 1: .*delete the state directory/,
    );
    rmSync(damagedDir, { recursive: true });
  });

  it('says in one line that its port is taken', async () => {
    const { service } = await start();
    await expect(startLocal(undefined, service.port)).rejects.toThrow(
      `identity: port ${service.port} is taken`,
    );
  });

  it('takes the fault switch: throttling, trouble, a connection cut', async () => {
    const { service, faults } = await start();
    const ask = () => fetch(service.jwksUri);
    faults.set({
      rules: [
        { kind: '429', times: 1, delayMs: 2_000 },
        { kind: '503', times: 1 },
        { kind: 'reset-before', times: 1 },
      ],
    });
    const throttled = await ask();
    expect([throttled.status, throttled.headers.get('retry-after')]).toEqual([429, '2']);
    expect((await ask()).status).toBe(503);
    await expect(ask()).rejects.toThrow();
    expect((await ask()).status).toBe(200);
  });

  it('that is down leaves a cached key set working and lets no unknown key in', async () => {
    const { service, clock } = await startLocal();
    const keys = createRemoteJWKSet(new URL(service.jwksUri), { cooldownDuration: 0 });
    const options = {
      issuer: service.issuer,
      audience: service.audience,
      currentDate: new Date(clock.now()),
    };
    const token = await service.tokenFor('crm');
    await jwtVerify(token, keys, options);
    const stranger = await service.tokenFor('crm', 'unknown-key');
    await service.close();
    await jwtVerify(token, keys, options);
    await expect(jwtVerify(stranger, keys, options)).rejects.toThrow();
  });
});

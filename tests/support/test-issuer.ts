/**
 * A token issuer for tests of the access layer: real keys over loopback HTTP, tokens as asked for.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import type { Instant } from '../../shared/domain/calendar.ts';
import { createAccess, type Access } from '../../shared/edge/access.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';
import { memorySettings } from './memory/settings-store.ts';

const issuer = 'https://issuer.example/v2.0';
const audience = 'api://dunwell';

export type TestIssuer = {
  access: Access;
  identity: { issuer: string; audience: string; keysUrl: string };
  /** Where people's reach is read from. */
  settings: SettingsStore;
  /** Claims replace the good ones; `undefined` removes one. `header` and `key` make bad signatures. */
  tokenFor(claims: JWTPayload, bad?: { alg?: string; foreignKey?: boolean }): Promise<string>;
  close: () => Promise<void>;
};

export const createTestIssuer = async (now: Instant): Promise<TestIssuer> => {
  const [ours, foreign] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(ours.publicKey)), kid: 'k1', alg: 'RS256' }] });
  const server = createServer((_request, response) => void response.end(keys));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const settings = memorySettings();
  const identity = { issuer, audience, keysUrl: `http://127.0.0.1:${port}/keys` };
  const seconds = Math.floor(now.epochMilliseconds / 1000);
  const good = {
    iss: issuer,
    aud: audience,
    tid: 'tenant',
    oid: 'person',
    scp: 'access',
    iat: seconds,
    nbf: seconds,
    exp: seconds + 3600,
  };
  return {
    identity,
    access: createAccess(identity, settings),
    settings,
    tokenFor: (claims, bad = {}) => {
      const token = new SignJWT({ ...good, ...claims });
      const header = { alg: bad.alg ?? 'RS256', kid: 'k1' };
      const key = bad.alg === 'HS256' ? new TextEncoder().encode('k'.repeat(32)) : undefined;
      return token
        .setProtectedHeader(header)
        .sign(key ?? (bad.foreignKey ? foreign.privateKey : ours.privateKey));
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

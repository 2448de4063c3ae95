/**
 * The documents a client reads first: where everything is, and which keys verify.
 * From: `context.baseUrl` and the key ring. Next: MSAL, `jose`, and whoever looks with curl.
 */
import type { HttpAnswer } from '../kit/http-service.ts';
import { issuerOf, json } from './context.ts';
import type { Context } from './context.ts';
import { tenantId } from './directory.ts';

export const openIdConfiguration = (context: Context): HttpAnswer => {
  const tenantUrl = `${context.baseUrl}/${tenantId}`;
  return json({
    issuer: issuerOf(context),
    authorization_endpoint: `${tenantUrl}/oauth2/v2.0/authorize`,
    token_endpoint: `${tenantUrl}/oauth2/v2.0/token`,
    end_session_endpoint: `${tenantUrl}/oauth2/v2.0/logout`,
    jwks_uri: `${tenantUrl}/discovery/v2.0/keys`,
    token_endpoint_auth_methods_supported: ['client_secret_post'],
    response_modes_supported: ['query', 'fragment'],
    response_types_supported: ['code'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    claims_supported: [
      'sub',
      'iss',
      'aud',
      'exp',
      'iat',
      'nonce',
      'preferred_username',
      'name',
      'tid',
      'ver',
    ],
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    tenant_region_scope: null,
    cloud_instance_name: new URL(context.baseUrl).host,
  });
};

export const keyDocument = (context: Context): HttpAnswer =>
  json({ keys: context.ring.publicKeys().map((key) => ({ ...key, issuer: issuerOf(context) })) });

/** Tells MSAL that this host is its own cloud. */
export const instanceDiscovery = (context: Context): HttpAnswer => {
  const { host } = new URL(context.baseUrl);
  return json({
    tenant_discovery_endpoint: `${context.baseUrl}/${tenantId}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  });
};

/**
 * The app's own identity, as the credential every SDK asks for tokens.
 * From: `clients.ts`, with the id of the identity where an app has several. Next: the platform's token endpoint.
 * Its library is loaded with the first token: a start that only registers functions does not read it.
 */
import type { ManagedIdentityCredential } from '@azure/identity';

type Credential = Pick<ManagedIdentityCredential, 'getToken'>;

/** @throws by `getToken` where the platform gives no token; the SDK that asked tells its caller. */
export const managedIdentity = (clientId: string | undefined): Credential => {
  let loaded: Promise<Credential> | undefined;
  return {
    getToken: async (scopes, options) =>
      (await (loaded ??= credentialOf(clientId))).getToken(scopes, options),
  };
};

const credentialOf = async (clientId: string | undefined): Promise<Credential> => {
  const { ManagedIdentityCredential } = await import('@azure/identity');
  return clientId === undefined
    ? new ManagedIdentityCredential()
    : new ManagedIdentityCredential({ clientId });
};

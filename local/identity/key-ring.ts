/**
 * The keys tokens are signed with: the newest signs, all of them verify until they are removed.
 * From: the store. Next: tokens, the key document, and the admin route that turns them over.
 */
import { exportJWK, generateKeyPair, importJWK } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import { randomBytes } from 'node:crypto';
import type { Store, StoredKey } from './store.ts';

export type SigningKey = { kid: string; key: CryptoKey };

export type KeyRing = {
  /** The key that signs now. */
  current(): SigningKey;
  /** What the key document shows. */
  publicKeys(): JWK[];
  /** Makes a new key and signs with it from now on; resolves with its id. */
  rotate(): Promise<string>;
  /** Forgets an old key, so that its tokens fail. Resolves false when it is unknown or signs now. */
  remove(kid: string): Promise<boolean>;
};

/** Opens the ring, making the first key when there is none. */
export const openKeyRing = async (store: Store): Promise<KeyRing> => {
  let current: SigningKey | undefined;

  const rotate = async (): Promise<string> => {
    const made = await newKey();
    await store.addKey(made);
    current = await toSigningKey(made);
    return made.kid;
  };

  const newest = store.keys().at(-1);
  if (newest) current = await toSigningKey(newest);
  else await rotate();

  return {
    current: () => current!,
    publicKeys: () => store.keys().map(publicHalf),
    rotate,
    remove: async (kid) => {
      const isOld = kid !== current?.kid && store.keys().some((key) => key.kid === kid);
      if (isOld) await store.removeKey(kid);
      return isOld;
    },
  };
};

/** A key nobody has seen: for the ring, and for tokens that must fail. */
export const newKey = async (): Promise<StoredKey> => {
  const { privateKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
  return { kid: randomBytes(20).toString('base64url'), privateJwk: await exportJWK(privateKey) };
};

export const toSigningKey = async ({ kid, privateJwk }: StoredKey): Promise<SigningKey> => ({
  kid,
  key: (await importJWK(privateJwk, 'RS256')) as CryptoKey,
});

const publicHalf = ({ kid, privateJwk: { n, e } }: StoredKey): JWK => ({
  kty: 'RSA',
  use: 'sig',
  kid,
  n: n!,
  e: e!,
});

/**
 * Names of new objects, and the API keys of accounts.
 * From: random bytes, and the account's name. Next: every object, and whoever calls the provider.
 */
import { randomInt } from 'node:crypto';
import { localKey, sameSignature } from '../kit/keys.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** `prefix` and that many letters and digits, such as `pi_3Qh…`. */
export const newId = (prefix: string, length = 24): string => {
  let id = prefix;
  for (let i = 0; i < length; i++) id += letters[randomInt(letters.length)]!;
  return id;
};

const accountName = /^[a-z0-9][a-z0-9-]{0,40}$/;

/** The secret key of an account; the same on every machine. @throws RangeError for a name it cannot carry. */
export const apiKeyOf = (account: string): string => {
  if (!accountName.test(account)) throw new RangeError(`not an account name: ${account}`);
  return `sk_test_${account}_${secretPart(account)}`;
};

/** The account a key opens, or undefined when it opens none. */
export const accountOfKey = (key: string): string | undefined => {
  const [, account, secret] = /^sk_test_([a-z0-9-]+)_([A-Za-z0-9]+)$/.exec(key) ?? [];
  if (!account || !secret || !accountName.test(account)) return undefined;
  return sameSignature(secret, secretPart(account)) ? account : undefined;
};

const secretPart = (account: string): string =>
  localKey('payments', account)
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .slice(0, 24);

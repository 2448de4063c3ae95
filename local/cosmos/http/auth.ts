/**
 * Who signed a request: tries the key of each app and of the owner against the signature.
 * From: `authorization` and `x-ms-date`. Next: `rights.ts` asks what that app may do.
 */
import type { Topology } from '../../../shared/contracts/topology.ts';
import type { HttpCall } from '../../kit/http-service.ts';
import { localKey, ownerName, sameSignature, sign } from '../../kit/keys.ts';
import { Refusal } from '../refusal.ts';
import type { Route } from './route.ts';

/** Name of the app that signed. @throws Refusal 401, or 403 for an old date */
export type Authenticator = (call: HttpCall, route: Route) => string;

const longestSkewMs = 15 * 60_000;
const rememberedSignatures = 2_000;

/** The date is compared with real time: clients stamp it with their machine's clock. */
export const createAuthenticator = (topology: Topology): Authenticator => {
  const keys = [ownerName, ...Object.keys(topology.apps)].map((holder) => ({
    holder,
    key: localKey('cosmos', holder),
  }));
  const remembered = new Map<string, string>(); // a second's requests to one container share a signature

  const holderOf = (text: string, signature: string): string | undefined => {
    const known = remembered.get(signature + text);
    if (known !== undefined) return known;
    const index = keys.findIndex(({ key }) => sameSignature(sign(key, text), signature));
    const found = keys[index];
    if (!found) return undefined;
    keys.unshift(...keys.splice(index, 1)); // whoever came last will likely come next
    if (remembered.size >= rememberedSignatures) remembered.clear();
    remembered.set(signature + text, found.holder);
    return found.holder;
  };

  return ({ method, headers }, { resourceType, link }) => {
    const signature = signatureOf(headers.authorization);
    const date = checkDate(headers['x-ms-date']);
    const resource = resourceType === 'offers' ? link.toLowerCase() : link;
    const text = `${method.toLowerCase()}\n${resourceType}\n${resource}\n${date}\n\n`;
    const holder = holderOf(text, signature);
    if (holder === undefined) throw wrongSignature();
    return holder;
  };
};

const signatureOf = (authorization: string | undefined): string => {
  if (authorization === undefined)
    throw new Refusal(
      401,
      "Required Header 'authorization' is missing. Ensure a valid Authorization token is passed.",
    );
  const match = /^type=master&ver=1\.0&sig=(.+)$/.exec(decodeSafely(authorization));
  if (!match)
    throw new Refusal(
      401,
      'The authorization token must be type=master&ver=1.0: only keys open the local Cosmos DB',
    );
  return match[1]!;
};

const decodeSafely = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // not encoded at all: judged as it is
  }
};

const checkDate = (date: string | undefined): string => {
  const atMs = Date.parse(date ?? '');
  if (date === undefined || Number.isNaN(atMs))
    throw new Refusal(401, "Required Header 'x-ms-date' is missing or unreadable");
  if (Math.abs(Date.now() - atMs) > longestSkewMs)
    throw new Refusal(403, `The authorization token is not valid at the current time: it is dated ${date}`);
  return date.toLowerCase();
};

const wrongSignature = (): Refusal =>
  new Refusal(
    401,
    'The input authorization token can not serve the request: the signature is of no app in topology.json. ' +
      'The wrong key is being used or the expected payload is not built as per the protocol.',
  );

/**
 * Who is calling: access-key signatures as the official SDK makes them.
 * From: the headers of a call. Next: the app whose key signed it, if the topology lets it send mail.
 */
import { createHash } from 'node:crypto';
import { grantsOf, type Topology } from '../../shared/contracts/topology.ts';
import type { HttpCall } from '../kit/http-service.ts';
import { localKey, ownerName, sameSignature, sign } from '../kit/keys.ts';
import { Refusal } from './refusal.ts';

const signedHeaders = 'x-ms-date;host;x-ms-content-sha256';
const form = /^HMAC-SHA256 SignedHeaders=([^&]+)&Signature=([A-Za-z0-9+/=]+)$/;
const allowedSkewMs = 5 * 60_000;

/** Answers the holder of the key. @throws Refusal 401 for a bad signature, 403 for an app without the right. */
export const createAuthentication = (topology: Topology): ((call: HttpCall) => string) => {
  const holders = [ownerName, ...Object.keys(topology.apps)];
  const keys = holders.map((holder) => [holder, localKey('email', holder)] as const);

  return (call) => {
    const signature = readSignature(call);
    const text = textToSign(call);
    const holder = keys.find(([, key]) => sameSignature(sign(key, text), signature))?.[0];
    if (holder === undefined) throw denied('The signature does not match any key of this resource.');
    if (holder !== ownerName && !grantsOf(holder, topology).email)
      throw new Refusal(
        403,
        'Forbidden',
        `The app '${holder}' may not send mail: no surface of it has "email" in infra/topology.json.`,
      );
    return holder;
  };
};

const denied = (why: string) => new Refusal(401, 'Denied', `Denied by the resource provider. ${why}`);

const readSignature = ({ headers }: HttpCall): string => {
  const match = form.exec(headers.authorization ?? '');
  if (!match?.[2]) throw denied('The Authorization header is not an HMAC-SHA256 signature.');
  if (match[1] !== signedHeaders) throw denied(`SignedHeaders must be ${signedHeaders}.`);
  return match[2];
};

/** The date is the real clock's: the SDK signs by it, whatever the business clock says. */
const textToSign = (call: HttpCall): string => {
  const { headers } = call;
  const date = headers['x-ms-date'] ?? '';
  if (!(Math.abs(Date.parse(date) - Date.now()) <= allowedSkewMs))
    throw denied('x-ms-date is missing or more than 5 minutes off.');
  const contentHash = createHash('sha256').update(call.body).digest('base64');
  if (headers['x-ms-content-sha256'] !== contentHash)
    throw denied('x-ms-content-sha256 is not the hash of the body.');
  const query = call.query.toString();
  const pathAndQuery = query ? `${call.path}?${query}` : call.path;
  return `${call.method}\n${pathAndQuery}\n${date};${headers.host ?? ''};${contentHash}`;
};

/**
 * Who is at the other end, and what the topology lets them do.
 * From: shared access signatures put to `$cbs`, made of the local keys. Next: links are refused, or not.
 * A signature opens what `infra/topology.json` grants its app, and nothing else; the owner opens everything.
 */
import { createHmac } from 'node:crypto';
import { grantsOf, type Topology } from '../../../shared/contracts/topology.ts';
import { localKey, ownerName, sameSignature } from '../../kit/keys.ts';
import { unauthorized } from '../core/errors.ts';
import type { Queue, Topic } from '../core/state.ts';

export type Token = { holder: string; path: string; expiresAtMs: number };

/** Reads and checks a `SharedAccessSignature` (real clock: the SDK dates it so). @throws BusError 401 */
export const verifyToken = (text: string, topology: Topology): Token => {
  const [scheme, fields = ''] = text.split(' ', 2);
  const raw = new Map(fields.split('&').map((field) => split(field)));
  const [resource, signature, expiry, holder] = ['sr', 'sig', 'se', 'skn'].map(
    (name) => raw.get(name) ?? '',
  ) as [string, string, string, string];
  if (scheme !== 'SharedAccessSignature' || !resource || !signature)
    throw unauthorized('InvalidToken: expected a SharedAccessSignature with sr, sig, se and skn.');
  const name = decode(holder);
  if (name !== ownerName && !(name in topology.apps))
    throw unauthorized(`InvalidSignature: no app '${name}' in infra/topology.json holds a key of this bus.`);
  const expected = createHmac('sha256', localKey('service-bus', name))
    .update(`${resource}\n${expiry}`)
    .digest('base64');
  if (!sameSignature(decode(signature), expected))
    throw unauthorized('InvalidSignature: The token has an invalid signature.');
  const expiresAtMs = Number(expiry) * 1000;
  if (!(expiresAtMs > Date.now())) throw unauthorized('ExpiredToken: The token is expired.');
  return { holder: name, path: pathOf(decode(resource)), expiresAtMs };
};

const split = (field: string): [string, string] => {
  const at = field.indexOf('=');
  return at < 0 ? [field, ''] : [field.slice(0, at), field.slice(at + 1)];
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw unauthorized('InvalidToken: the signature is not URL-encoded.');
  }
};

/** The entity in `sb://host:port/entity` or `…/entity/$management`, lower case; empty for the whole bus. */
const pathOf = (resource: string): string =>
  resource
    .replace(/^[a-z]+:\/\/[^/]*\/?/i, '')
    .replace(/(\/\$management)?\/?$/i, '')
    .toLowerCase();

/** Whose token covers this path now. @throws BusError 401 when none does. */
export const holderOf = (tokens: Iterable<Token>, path: string): string => {
  const asked = path.toLowerCase();
  for (const token of tokens) {
    const covers = token.path === '' || asked === token.path || asked.startsWith(`${token.path}/`);
    if (covers && token.expiresAtMs > Date.now()) return token.holder;
  }
  throw unauthorized(`Unauthorized access to '${path}': no valid token was put to $cbs for it.`);
};

/** @throws BusError 401 saying which app lacks which right in the topology. */
export const demandRight = (
  holder: string,
  right: 'sends' | 'listens',
  entity: Queue | Topic,
  topology: Topology,
): void => {
  if (holder === ownerName) return;
  const name = entity.name.replace(/\/\$DeadLetterQueue$/, '');
  if (grantsOf(holder, topology)[right].includes(name)) return;
  const claim = right === 'sends' ? 'Send' : 'Listen';
  throw unauthorized(
    `Unauthorized access. '${claim}' claim(s) are required to perform this operation. No surface of app '${holder}' lists '${name}' under '${right}' in infra/topology.json. Resource: '${entity.path}'.`,
  );
};

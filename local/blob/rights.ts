/**
 * Which app signed a request, and whether the topology grants it the container.
 * From: the Shared Key signature; each app has its own key. Next: Azurite, which knows the owner's key
 * only: what an app may do is signed again with that one. Apps read and write blobs; they neither make
 * nor delete containers nor copy from elsewhere, and their keys sign no SAS, as a managed identity has no account key either.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { grantsOf } from '../../shared/contracts/topology.ts';
import type { Topology } from '../../shared/contracts/topology.ts';
import { localKey, ownerName, sameSignature, sign } from '../kit/keys.ts';
import { accountName } from './azurite.ts';
import { refusals } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import type { Target } from './target.ts';

/** `undefined` when Azurite itself is to judge the request as it is. */
export type Judgement = { refusal: Refusal } | { authorization: string } | undefined;

/** Judges a request by its signature. */
export const createJudge = (topology: Topology) => {
  const apps = Object.keys(topology.apps).map((name) => ({
    key: localKey('blob', name),
    containers: new Set(grantsOf(name, topology).blobs),
  }));
  const ownerKey = localKey('blob', ownerName);
  const prefix = `SharedKey ${accountName}:`;

  return (target: Target, headers: IncomingHttpHeaders): Judgement => {
    const given = headers.authorization ?? '';
    if (!given.startsWith(prefix)) return undefined;
    const text = textToSign(target, headers);
    const signedBy = (key: string) => sameSignature(given.slice(prefix.length), sign(key, text));
    if (signedBy(ownerKey)) return undefined;
    const app = apps.find(({ key }) => signedBy(key));
    if (!app) return undefined;
    const changesContainer = target.blob === '' && target.method !== 'GET' && target.method !== 'HEAD';
    const copies = headers['x-ms-copy-source'] !== undefined; // the owner's signature would open any source
    if (copies || !app.containers.has(target.container) || changesContainer)
      return { refusal: refusals.noRight() };
    return { authorization: authorizationFor(target, headers) };
  };
};

/** The owner's signature under a request. */
export const authorizationFor = (target: Target, headers: IncomingHttpHeaders): string =>
  `SharedKey ${accountName}:${sign(localKey('blob', ownerName), textToSign(target, headers))}`;

const signedHeaders = [
  'content-encoding',
  'content-language',
  'content-length',
  'content-md5',
  'content-type',
  'date',
  'if-modified-since',
  'if-match',
  'if-none-match',
  'if-unmodified-since',
  'range',
];

const textToSign = (target: Target, headers: IncomingHttpHeaders): string => {
  const plain = signedHeaders.map((name) => {
    const value = String(headers[name] ?? '');
    return name === 'content-length' && value === '0' ? '' : value;
  });
  const own = Object.keys(headers)
    .filter((name) => name.startsWith('x-ms-'))
    .toSorted((a, b) => a.localeCompare(b))
    .map((name) => `${name}:${String(headers[name]).trimStart()}`);
  const path = target.url.split('?')[0];
  const parameters = [...new Set([...target.query.keys()].map((name) => name.toLowerCase()))].toSorted();
  const resource = parameters.map((name) => `${name}:${valuesOf(target.query, name)}`);
  return [target.method, ...plain, ...own, [`/${accountName}${path}`, ...resource].join('\n')].join('\n');
};

const valuesOf = (query: URLSearchParams, name: string): string =>
  [...query]
    .filter(([key]) => key.toLowerCase() === name)
    .map(([, value]) => value)
    .toSorted()
    .join(',');

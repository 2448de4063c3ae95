/**
 * The invented tenant: its people, its apps, and where they may be sent back to.
 * From: the staff columns of the access matrix. Next: the sign-in page lists the people, tokens carry them.
 * All ids derive from names, so that every machine has the same tenant. The people do not exist.
 */
import { createHash } from 'node:crypto';
import { principals } from '../../shared/contracts/access.ts';
import type { Principal } from '../../shared/contracts/access.ts';
import { localKey } from '../kit/keys.ts';

/** A GUID that is the same for the same text. */
const guid = (text: string): string => {
  const hex = createHash('sha256').update(`dunwell local identity ${text}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

export const tenantId = guid('tenant');

/** The API that tokens are for. */
export const api = { clientId: guid('api'), uri: `api://${guid('api')}`, scope: 'access_as_user' };

/** The browser client: public, with PKCE; sent back to these paths on any loopback port. */
export const staffClient = {
  clientId: guid('staff client'),
  redirectPaths: ['/', '/sign-in', '/signed-out'],
};

export type Persona = {
  /** What a person types: `crm`. */
  id: string;
  kind: 'person' | 'app';
  principal: Principal;
  name: string;
  /** The `roles` claim. */
  roles: string[];
  userName: string;
  oid: string;
  /** The tenant a guest comes from. */
  homeTenantId?: string;
};

/** The app that signs in without a person, by its secret. */
export const machineClient = { clientId: guid('erp bridge'), secret: localKey('identity', 'erp-bridge') };

/** @param id where several people have the same rights. */
const person = (
  principal: Principal,
  name: string,
  home?: string,
  id: string = principal.toLowerCase(),
): Persona => {
  const userName = `${name.toLowerCase().replace(' ', '.')}@${home ?? 'dunwell'}.example`;
  const role = principals[principal].role;
  return {
    id,
    kind: 'person',
    principal,
    name,
    roles: role ? [role] : [],
    userName,
    oid: guid(`person ${id}`),
    ...(home ? { homeTenantId: guid(`tenant ${home}`) } : {}),
  };
};

export const personas: readonly Persona[] = [
  person('EXE', 'Edda Falk'),
  person('CRM', 'Mira Sandoval'),
  person('COL', 'Tom Okafor'),
  person('CSR', 'Lena Brandt'),
  person('DSO', 'Ruben Castell'),
  person('SAL', 'Ines Duarte'),
  person('ARC', 'Paul Nowak'),
  person('BKK', 'Greta Holm'),
  person('INQ', 'Viktor Lang', 'lang-recovery'),
  person('ADM', 'Sam Whitlock'),
  person('EXE', 'Vera Lindqvist', undefined, 'ceo'),
  person('EXE', 'Hugo Marchetti', undefined, 'ctl'),
  person('COL', 'Amira Costa', undefined, 'col2'),
  person('COL', 'Finn Dietz', undefined, 'col3'),
  person('COL', 'Grace Mbeki', undefined, 'col4'),
  person('ARC', 'Rosa Kettler', undefined, 'arc2'),
  person('DSO', 'Jonas Pryce', undefined, 'dso2'),
  person('DSO', 'Elin Sorel', undefined, 'dso3'),
  person('SAL', 'Marco Bellamy', undefined, 'sal2'),
  person('SAL', 'Pia Norling', undefined, 'sal3'),
  person('INQ', 'Ida Crane', 'crane-law', 'law'),
  {
    id: 'sys',
    kind: 'app',
    principal: 'SYS',
    name: 'ERP bridge',
    roles: [principals.SYS.role],
    userName: '',
    oid: guid('service principal erp bridge'),
  },
];

export const people = personas.filter(({ kind }) => kind === 'person');

/** Upper or lower case; undefined when nobody has this id. */
export const findPersona = (id: string): Persona | undefined =>
  personas.find((persona) => persona.id === id.toLowerCase());

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether an address or origin is plain http on this machine. */
export const isLoopback = (address: string): boolean => {
  const url = URL.parse(address);
  return url?.protocol === 'http:' && loopbackHosts.has(url.hostname) && !url.username && !url.password;
};

/** Whether the browser client may be sent back here: loopback, a registered path, no fragment. */
export const isRegisteredRedirect = (address: string): boolean =>
  isLoopback(address) &&
  !address.includes('#') &&
  staffClient.redirectPaths.includes(URL.parse(address)?.pathname ?? '');

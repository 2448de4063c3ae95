/**
 * The access layer of the portal: customers by the session in their cookie, holders of a signed link by the link.
 * From: the same requests as `access.ts`; staff tokens open nothing here. Next: the wrappers beside this file.
 * What somebody may see is read anew with every call: who is no contact of an account any more sees it no more.
 */
import type { HttpRequest } from '@azure/functions';
import type { Principal } from '../contracts/access.ts';
import type { Instant } from '../domain/calendar.ts';
import type { HashText } from '../domain/document-ids.ts';
import type { MasterData } from '../domain/master-data.ts';
import { done, refuse, type Outcome } from '../domain/outcome.ts';
import { scopeOf, scopeOver, type Scope, type ScopePart } from '../domain/scope.ts';
import type { AccountStore, LoadedAccount } from '../ports/account-store.ts';
import type { LinkClaim, LinkSigner } from '../ports/link-signer.ts';
import type { Membership, MemberStore } from '../ports/member-store.ts';
import type { Session, SessionStore } from '../ports/session-store.ts';
import type { Access, Caller } from './access.ts';
import { partOfAll } from './scope-parts.ts';

export type PortalAccessParts = {
  sessions: SessionStore;
  members: MemberStore;
  accounts: Pick<AccountStore, 'load' | 'paper'>;
  links: LinkSigner;
  hashText: HashText;
  /** Of an address, salted. */
  hashEmail: (email: string) => string;
  /** The portal's own, such as `https://pay.example.com`. */
  origin: string;
};

export const sessionCookie = '__Host-dunwell';
/** A session ends when it was not used for so long, and at the latest. In minutes. */
export const [idleMinutes, longestMinutes] = [15, 120];
/** Written down again when the last time is so long ago: not with each call. */
const seenAgainMinutes = 2;

/** An account and what is known of its customer, as they were read a moment ago to see whose it is. */
export type LookedAt = { loaded: LoadedAccount; masterData: MasterData };
type Place = { companyId: string; accountId: string };

/** A customer's session, or the link somebody came by; `looked` by `placeNameOf`: within this call, not read again. */
export type PortalCaller = Caller & {
  session?: Session;
  link?: LinkClaim;
  looked?: ReadonlyMap<string, LookedAt>;
};

export const placeNameOf = ({ companyId, accountId }: Place): string =>
  JSON.stringify([companyId, accountId]);

export const portalAccess = (base: Access, parts: PortalAccessParts): Access => ({
  allow: (caller, action) => base.allow(caller, action),
  systemScope: (action) => base.systemScope(action),
  credentialOf: (request) => credentialOf(request, parts.origin),
  identify: async (credential, now) => {
    if (credential === null) return done(nobody);
    const [kind = '', ...rest] = credential.split(' ');
    const value = rest.join(' ');
    if (kind === 'Session') return bySession(parts, value, now);
    if (kind === 'Link') return byLink(parts, value, now);
    return kind === 'Foreign'
      ? refuse('origin-not-right', 'A change must come from the pages of the portal.')
      : refuse('not-signed-in', 'Only sessions and links of the portal open it.');
  },
  scopeFor: async (caller, action) => {
    const letters = base.allow(caller, action);
    if (!letters.ok) return letters;
    const portalCaller = caller as PortalCaller;
    const { session, link } = portalCaller;
    const looked = new Map<string, LookedAt>();
    portalCaller.looked = looked;
    const own = letters.value.some((letter) => letter === 'O' || letter === 'L');
    const ofOwn = own ? await ownParts(parts, session, link, looked) : [];
    const whole = letters.value.map(partOfAll).filter((part) => part !== undefined);
    return done(scopeOf([...whole, ...ofOwn]));
  },
});

const nobody: Caller = { id: undefined, principals: ['ANO'] };
const readers = new Set(['GET', 'HEAD']);

/** A cookie goes with every request of a browser; only those of our own pages may change anything by it. */
const credentialOf = (request: HttpRequest, origin: string): string | null => {
  const header = request.headers.get('authorization');
  if (header !== null) return header;
  const cookie = cookieIn(request.headers.get('cookie'));
  if (cookie === undefined) return null;
  const isOurs = readers.has(request.method) || request.headers.get('origin') === origin;
  return isOurs ? `Session ${cookie}` : 'Foreign request';
};

const cookieIn = (header: string | null): string | undefined =>
  header
    ?.split(';')
    .map((one) => one.trim())
    .find((one) => one.startsWith(`${sessionCookie}=`))
    ?.slice(sessionCookie.length + 1);

const over = () => refuse('not-signed-in', 'The session has ended.');

const bySession = async (
  parts: PortalAccessParts,
  cookie: string,
  now: Instant,
): Promise<Outcome<PortalCaller, 'not-signed-in'>> => {
  const [emailHash = '', secret = '', ...more] = cookie.split('.');
  if (!/^[\w-]{16,128}$/.test(emailHash) || !/^[\w-]{32,128}$/.test(secret) || more.length > 0) return over();
  const session = await parts.sessions.read(emailHash, parts.hashText(secret));
  if (session === undefined || !isInForce(session, now)) return over();
  if (minutesSince(session.lastSeenAt, now) >= seenAgainMinutes)
    await parts.sessions.seen(session, now.toString());
  return done({ id: `contact:${emailHash}`, principals: ['CUS'], session });
};

const minutesSince = (at: string, now: Instant): number => (now.epochMilliseconds - Date.parse(at)) / 60_000;

const isInForce = ({ openedAt, lastSeenAt }: Session, now: Instant): boolean =>
  minutesSince(openedAt, now) < longestMinutes && minutesSince(lastSeenAt, now) < idleMinutes;

const byLink = async (
  { links, hashText }: PortalAccessParts,
  token: string,
  now: Instant,
): Promise<Outcome<PortalCaller, 'not-signed-in' | 'link-expired'>> => {
  const verdict = links.verify(token, now);
  if (verdict.is === 'forged') return refuse('not-signed-in', 'The link does not hold.');
  if (verdict.is === 'expired') return refuse('link-expired', 'The link in this mail has ended.');
  const principals: Principal[] = verdict.claim.purpose === 'decision' ? [] : ['LNK'];
  return done({ id: `link:${hashText(token).slice(0, 32)}`, principals, link: verdict.claim });
};

const ownParts = async (
  parts: PortalAccessParts,
  session: Session | undefined,
  link: LinkClaim | undefined,
  looked: Map<string, LookedAt>,
): Promise<ScopePart[]> => {
  if (link !== undefined) return [partOf(link)];
  if (session === undefined) return [];
  return (await membershipsOf(parts, session.emailHash, looked)).map(partOf);
};

const partOf = ({ companyId, accountId }: Place): ScopePart => ({
  companies: [companyId],
  accounts: { by: 'grant', accountId, itemIds: 'all' },
});

/** Those in force now. */
export const membershipsOf = async (
  parts: Pick<PortalAccessParts, 'members' | 'accounts' | 'hashEmail'>,
  emailHash: string,
  looked?: Map<string, LookedAt>,
): Promise<Membership[]> => {
  const { memberships } = await parts.members.read(emailHash);
  const inForce = await Promise.all(
    memberships.map(async (one) => one.from === 'invited' || isContact(parts, one, emailHash, looked)),
  );
  return memberships.filter((_one, at) => inForce[at]);
};

/** Whether the account names the address among its contacts. */
export const isContact = async (
  { accounts, hashEmail }: Pick<PortalAccessParts, 'accounts' | 'hashEmail'>,
  key: Place,
  emailHash: string,
  looked?: Map<string, LookedAt>,
): Promise<boolean> => {
  const scope: Scope = scopeOver([key.companyId]);
  const loaded = await accounts.load(scope, key);
  const { head } = loaded.account;
  const paper = head.masterData === undefined ? undefined : await accounts.paper(scope, key, head.masterData);
  const masterData = (paper ?? {}) as MasterData;
  looked?.set(placeNameOf(key), { loaded, masterData });
  const { email, contacts = [] } = masterData;
  return [email, ...contacts.map((one) => one.email)].some(
    (known) => known !== undefined && hashEmail(known) === emailHash,
  );
};

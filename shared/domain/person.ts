/**
 * What is known of an address that mail goes to: barred, opted out, bounced. Kept under a salted hash, never in clear.
 * From: delivery reports, replies, people. Next: `people-store.ts` keeps it; planner and gate ask `mailProblemOf`.
 */
import type { HashText } from './document-ids.ts';
import type { WithheldReason } from './withheld-reasons.ts';

export type SuppressionReason = 'complaint' | 'provider' | 'staff';

export type PersonState = {
  emailHash: string;
  /** No mail goes there at all. */
  suppressed?: { reason: SuppressionReason; since: string };
  /** The mail server said that there is no such mailbox. */
  bounced?: { since: string };
  /** Companies whose reminders the person does not want; notices still go out where the law asks for them. */
  optedOutOf?: Readonly<Record<string, { since: string }>>;
  /** Reports that mail was late or refused for a while, newest first; they bar nothing. */
  softFailures?: readonly string[];
  /** Instant of the delivery report that last changed it; an older one changes nothing. */
  newsAt?: string;
};

export type MailProblem = Extract<WithheldReason, 'suppressed' | 'bounced' | 'opted-out'>;

export const mostSoftFailures = 10;

/** The same mailbox whatever the case of its letters or blanks around it. */
export const plainAddress = (address: string): string => address.trim().toLowerCase();

/** @param salt of the deployment: without it nobody finds an address by trying. */
export const emailHashOf = (address: string, salt: string, hashText: HashText): string =>
  hashText(`${salt}:${plainAddress(address)}`);

/** Why no mail goes to a person; undefined when nothing is in the way. */
export const mailProblemOf = (
  state: PersonState | undefined,
  companyId: string,
  isReminder: boolean,
): MailProblem | undefined => {
  if (state?.suppressed !== undefined) return 'suppressed';
  if (state?.bounced !== undefined) return 'bounced';
  return isReminder && state?.optedOutOf?.[companyId] !== undefined ? 'opted-out' : undefined;
};

/** After the mail server refused the mailbox for good; told again, nothing changes. */
export const afterBounce = (state: PersonState, at: string): PersonState =>
  state.bounced !== undefined || isOlder(state, at)
    ? state
    : { ...state, bounced: { since: at }, newsAt: at };

/** After the mail service, a complaint or a person barred it; the first reason stays. */
export const afterSuppression = (state: PersonState, reason: SuppressionReason, at: string): PersonState =>
  state.suppressed !== undefined ? state : { ...state, suppressed: { reason, since: at } };

/** Noted, not more: the same instant again is the same failure. */
export const afterSoftFailure = (state: PersonState, at: string): PersonState =>
  (state.softFailures ?? []).includes(at)
    ? state
    : {
        ...state,
        softFailures: [at, ...(state.softFailures ?? [])].toSorted().toReversed().slice(0, mostSoftFailures),
      };

/** A person says that mail may go there again; reports from before then are told no more. */
export const afterLift = (
  { suppressed: _barred, bounced: _bounced, ...rest }: PersonState,
  at: string,
): PersonState => ({ ...rest, newsAt: at });

/** The person wants no reminders of a company; the first time stays. */
export const afterOptOut = (state: PersonState, companyId: string, since: string): PersonState =>
  state.optedOutOf?.[companyId] !== undefined
    ? state
    : { ...state, optedOutOf: { ...state.optedOutOf, [companyId]: { since } } };

/** The person wants reminders of a company again. */
export const afterOptIn = (state: PersonState, companyId: string): PersonState => {
  const { optedOutOf: { [companyId]: gone, ...others } = {}, ...rest } = state;
  if (gone === undefined) return state;
  return Object.keys(others).length === 0 ? rest : { ...rest, optedOutOf: others };
};

const isOlder = ({ newsAt }: PersonState, at: string): boolean => newsAt !== undefined && at <= newsAt;

/**
 * Where refunds of an account are paid to: a protected record. One person asks for it, another releases it, and it
 * holds 24 hours later, so that a stolen sign-in or a forged letter moves no money the same day.
 * From: clerks and credit managers. Next: `refund.ts` pays to nothing but what is in force.
 */
import { instantFromText, type Instant } from './calendar.ts';
import { done, refuse, type Outcome } from './outcome.ts';
import { isSameJson } from './same-json.ts';

/** `account`: an IBAN or an account number; `bank`: its BIC or routing number. */
export type BankDetails = { holder: string; account: string; bank?: string | undefined };

export type DetailsVersion = BankDetails & {
  /** Counts from 1 for each account. */
  version: number;
  reason: string;
  askedBy: string;
  /** ISO instant. */
  askedAt: string;
  releasedBy?: string | undefined;
  releasedAt?: string | undefined;
};

/** `next` is asked for or released; once its time has come it is in force, whoever reads it first. */
export type PayeeRecord = { inForce?: DetailsVersion | undefined; next?: DetailsVersion | undefined };

const hoursToHold = 24;

export type DetailsRefusal = 'same-person' | 'not-found';

const isDue = ({ releasedAt }: DetailsVersion, now: Instant): boolean =>
  releasedAt !== undefined && now.since(instantFromText(releasedAt).add({ hours: hoursToHold })).sign >= 0;

/** The record as it is now. */
export const payeeNow = ({ inForce, next }: PayeeRecord, now: Instant): PayeeRecord =>
  next !== undefined && isDue(next, now)
    ? { inForce: next }
    : { ...(inForce === undefined ? {} : { inForce }), ...(next === undefined ? {} : { next }) };

const daysApart = 30;

/** Who asked for details of this account in the last 30 days: they approve no refund of it (`reliability.md` §4.5). */
export const recentAskers = ({ inForce, next }: PayeeRecord, now: Instant): string[] =>
  [inForce, next]
    .filter((one) => one !== undefined)
    .filter(({ askedAt }) => now.since(instantFromText(askedAt).add({ hours: 24 * daysApart })).sign < 0)
    .map(({ askedBy }) => askedBy);

/**
 * A company's own record as it is now: the very first details hold once somebody else released them, since there is
 * nothing yet that money could be led away from; each change holds 24 hours later.
 */
export const ourDetailsNow = (record: PayeeRecord, now: Instant): PayeeRecord => {
  const { inForce, next } = payeeNow(record, now);
  if (inForce === undefined && next?.releasedAt !== undefined) return { inForce: next };
  return { ...(inForce === undefined ? {} : { inForce }), ...(next === undefined ? {} : { next }) };
};

/** Asks for other details; they take the place of what waits. The same again is what waits, or is in force. */
export const askDetails = (
  record: PayeeRecord,
  details: BankDetails,
  said: Pick<DetailsVersion, 'reason' | 'askedBy' | 'askedAt'>,
): PayeeRecord => {
  const { inForce, next } = payeeNow(record, instantFromText(said.askedAt));
  const latest = next ?? inForce;
  if (latest !== undefined && isSameJson(detailsOf(latest), detailsOf(details)))
    return payeeNow(record, instantFromText(said.askedAt));
  const version = (latest?.version ?? 0) + 1;
  return { ...(inForce === undefined ? {} : { inForce }), next: { ...detailsOf(details), ...said, version } };
};

/** Released by somebody else than who asked; released before by the same person: nothing changes. */
export const releaseDetails = (
  record: PayeeRecord,
  version: number,
  { by, at }: { by: string; at: string },
): Outcome<PayeeRecord, DetailsRefusal> => {
  const now = payeeNow(record, instantFromText(at));
  const { next } = now;
  if (now.inForce?.version === version) return done(now);
  if (next?.version !== version) return refuse('not-found', `no details ${version} wait for a release`);
  if (next.askedBy === by) return refuse('same-person', `${by} asked for details ${version}`);
  if (next.releasedBy !== undefined) return done(now);
  return done({ ...now, next: { ...next, releasedBy: by, releasedAt: at } });
};

const detailsOf = ({ holder, account, bank }: BankDetails): BankDetails => ({
  ...{ holder, account },
  ...(bank === undefined ? {} : { bank }),
});

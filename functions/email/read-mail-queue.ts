/**
 * How many mails of a company wait, and when they will be out: the mail service takes so many a minute and an hour.
 * From: heads that bear the mark of mail that waits, the pace. Next: staff, who see that the queue drains.
 */
import type { MailQueueAnswer } from '../../shared/contracts/mail-desk.ts';
import type { AccountHead } from '../../shared/domain/account.ts';
import { instantFromMs, textOfInstant, type Day } from '../../shared/domain/calendar.ts';
import { mailsWaiting } from '../../shared/domain/head-marks.ts';
import { outByMs } from '../../shared/domain/mail-pace.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { isInScope } from '../../shared/domain/scope.ts';
import type { MailCall, MailParts } from './parts.ts';

const headsPerRead = 100;
/** Accounts counted; a company with more is told so. */
const mostCounted = 5_000;

type Counted = { waiting: number; accounts: number; oldestOn: Day | null; isMore: boolean };

export const readMailQueue = async (
  parts: Pick<MailParts, 'accounts' | 'pacing'>,
  companyId: string,
  { scope, now }: MailCall,
): Promise<Outcome<MailQueueAnswer, 'not-found'>> => {
  if (!isInScope(scope, companyId)) return refuse('not-found', 'There is no such company.');
  const { waiting, oldestOn, isMore } = await countWaiting(parts, companyId, { scope, now });
  const { pausedUntil = null, ...pace } = await parts.pacing.pace(now);
  const paused = pausedUntil === null ? {} : { pausedUntilMs: Date.parse(pausedUntil) };
  const ms = outByMs(waiting, { ...pace, ...paused }, pace, now.epochMilliseconds);
  const outBy = textOfInstant(instantFromMs(ms));
  return done({ waiting, oldestOn, isMore, outBy, ...pace, pausedUntil });
};

const countWaiting = async (
  { accounts }: Pick<MailParts, 'accounts'>,
  companyId: string,
  { scope }: MailCall,
): Promise<Counted> => {
  let counted: Counted = { waiting: 0, accounts: 0, oldestOn: null, isMore: false };
  let after: string | undefined;
  do {
    const page = { limit: headsPerRead, mark: 'mail' as const, ...(after === undefined ? {} : { after }) };
    const read = await accounts.heads(scope, companyId, page);
    counted = read.heads.reduce(withHead, counted);
    after = read.after;
    if (counted.accounts >= mostCounted && after !== undefined) return { ...counted, isMore: true };
  } while (after !== undefined);
  return counted;
};

const withHead = (before: Counted, { dunning }: AccountHead): Counted => {
  const planned = [dunning.message, ...(dunning.notices ?? [])].filter((one) => one?.state === 'planned');
  const [oldest = null] = planned.flatMap((one) => one?.plannedOn ?? []).toSorted();
  return {
    waiting: before.waiting + mailsWaiting({ dunning }),
    accounts: before.accounts + 1,
    oldestOn:
      oldest !== null && (before.oldestOn === null || oldest < before.oldestOn) ? oldest : before.oldestOn,
    isMore: false,
  };
};

/**
 * Whether somebody may be told of an alert: whoever sees its account, and its case where it names one.
 * From: `mail-alerts.ts`. Next: the mail, or nothing. What names no account, case or amount is told to those who look
 * after the system, too.
 */
import { cellOf, type ActionName, type Principal } from '../../shared/contracts/access.ts';
import { accountsMoved } from '../../shared/domain/alert-rules.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import { isInScope, reachInto } from '../../shared/domain/scope.ts';
import type { AlertRecord } from '../../shared/ports/alert-store.ts';
import { callerOf, reachOf, type Recipient, type ReportMailParts } from './mail-parts.ts';

export const mayHear = async (
  parts: ReportMailParts,
  recipient: Recipient,
  alert: AlertRecord,
  now: Instant,
): Promise<boolean> => {
  const { companyId, accountId, caseId, amount } = alert;
  if (alert.rule === accountsMoved) return isTheirMove(parts, recipient, alert, now);
  const actions: ActionName[] = caseId === undefined ? ['acct.read'] : ['acct.read', 'inv.dispute.read'];
  let seen = true;
  for (const action of actions) seen &&= await isSeenBy(parts, recipient, alert, action, now);
  if (seen) return true;
  if (accountId === undefined && caseId === undefined && amount === undefined) {
    const scope = await reachOf(parts, callerOf(recipient), 'adm.config.read', now);
    return scope !== undefined && isInScope(scope, companyId);
  }
  return caseId !== undefined && (await isOwnCase(parts, recipient, alert, now));
};

/** Of accounts that change hands those hear who have or had them, who need not see the whole company for it. */
const isTheirMove = async (
  parts: ReportMailParts,
  recipient: Recipient,
  { companyId, to }: AlertRecord,
  now: Instant,
): Promise<boolean> => {
  if (!to.includes(recipient.personId)) return false;
  const scope = await reachOf(parts, callerOf(recipient), 'acct.read', now);
  return scope !== undefined && reachInto(scope, companyId) !== 'none';
};

const isSeenBy = async (
  parts: ReportMailParts,
  recipient: Recipient,
  { companyId, accountId }: AlertRecord,
  action: ActionName,
  now: Instant,
): Promise<boolean> => {
  const scope = await reachOf(parts, callerOf(recipient), action, now);
  if (scope === undefined) return false;
  const reached = reachInto(scope, companyId);
  if (reached === 'all' || accountId === undefined) return reached === 'all';
  const { account } = await parts.accounts.load(scope, { companyId, accountId });
  return account.head.version > 0;
};

/**
 * A case that was given to somebody is told to them, whatever else they see, while their sign-in holds. Who has none
 * is asked by their link alone, as the list of recipients names them.
 */
const isOwnCase = async (
  parts: ReportMailParts,
  recipient: Recipient,
  { to }: AlertRecord,
  now: Instant,
): Promise<boolean> =>
  to.includes(recipient.personId) &&
  (recipient.principal === 'DEC' || (await isSignedIn(parts, recipient, now)));

const isSignedIn = async (parts: ReportMailParts, recipient: Recipient, now: Instant): Promise<boolean> =>
  cellOf('inv.dispute.read', recipient.principal as Principal).scope !== '-' &&
  (await reachOf(parts, callerOf(recipient), 'inv.dispute.read', now)) !== undefined;

/**
 * The mail that goes by itself once so many calls in a row reached nobody (`defaults.md` §6): T3, once for them. An item
 * whose own T3 lies ahead has it before its day; where it lies behind, the account is asked again and no stage moves.
 * From: calls the head counts. Next: `account-claims.ts`, `evaluate-account.ts`. Gaps, ceilings and holds hold as ever.
 */
import type { AccountClaims } from './account-claims.ts';
import type { AccountItem } from './account.ts';
import { unreachedRule } from './call-outcomes.ts';
import { addDays, type Day } from './calendar.ts';
import type { DunningFrame, DunningInput } from './dunning-input.ts';
import type { DunningPosition } from './dunning-position.ts';
import { reaches, stageUnder, type ItemStep } from './item-step.ts';
import { subtract, sum, type AmountMinor } from './money.ts';
import { channelOf, isBeforeDue, type Policy, type PolicyStep } from './policy.ts';

/** Calls older than this ask for nothing any more. */
const callsTellDays = 14;

/** Calls in a row that reached nobody came to another three since the last mail, and not long ago. */
export const isAskedByCalls = (
  { unreachedCalls = 0, mailedCalls = 0, contacts = [] }: DunningPosition,
  today: Day,
): boolean => {
  const rounds = (calls: number): number => Math.floor(calls / unreachedRule.inARow);
  if (rounds(unreachedCalls) <= rounds(mailedCalls)) return false;
  const last = contacts.find(({ channel }) => channel === 'call');
  return last !== undefined && last.on > addDays(today, -callsTellDays);
};

const isMail = (step: PolicyStep): boolean => !isBeforeDue(step) && channelOf(step.act) === 'mail';

const mailOf = ({ steps }: Policy): PolicyStep | undefined =>
  steps.find((step) => isMail(step) && step.text === unreachedRule.mail);

/** The first mail that lies ahead of the item is this one. */
const isNext = (item: AccountItem, mail: PolicyStep, policy: Policy): boolean =>
  policy.steps.find((step) => isMail(step) && step.stage > stageUnder(item, policy)) === mail;

/** What an overdue item has reached, or the mail the calls ask for: its own, before its day, a gap after its last stage. */
export const stepAfterCalls = (
  found: ItemStep,
  item: AccountItem,
  claim: AmountMinor,
  { policy, frame }: { policy: Policy; frame: DunningFrame },
): ItemStep => {
  const mail = mailOf(policy);
  const isOwn = found.is === 'due' && channelOf(found.step.act) === 'mail';
  const waits = found.is === 'withheld' && found.reason !== 'below-minimum';
  if (isOwn || waits || mail === undefined || stageUnder(item, policy) >= mail.stage) return found;
  if (!isNext(item, mail, policy) && frame.today < addDays(item.dueOn, mail.day)) return found;
  if (reaches(claim, item.currency, mail.fromEuroCents, frame) !== true) return found;
  const on = item.reminded?.on === undefined ? undefined : addDays(item.reminded.on, policy.gapDays);
  return on !== undefined && frame.today < on ? { is: 'later', on } : { is: 'due', step: mail, skipped: [] };
};

/** Of a policy that has none of its own. */
const usual = { day: 1, act: 'mail', tone: 'clear', text: unreachedRule.mail, does: [] } as const;
const usualFromEuroCents = 2_500;
/** Before it, nothing was said that could be said again. */
const firstReminder = 2;

/** The same text once more, where no mail is due; undefined: nothing to ask again, or their own comes first. */
export const mailAgain = (
  { claimed, byCurrency }: AccountClaims,
  { policy }: DunningInput,
  frame: DunningFrame,
): PolicyStep | undefined => {
  const own = mailOf(policy);
  const stages = claimed.map(({ standing }) => stageUnder(standing.item, policy));
  const stage = Math.max(0, ...stages);
  if (stage < (own?.stage ?? firstReminder)) return undefined;
  if (own !== undefined && claimed.some(({ standing }) => isNext(standing.item, own, policy)))
    return undefined;
  const step: PolicyStep = { fromEuroCents: usualFromEuroCents, ...usual, ...own, stage };
  const isEnough = [...byCurrency].some(([currency, { claimed: asked, credits }]) => {
    const owed = subtract(sum(...asked.map(({ standing }) => standing.claim)), credits);
    return owed > 0 && reaches(owed, currency, step.fromEuroCents, frame) === true;
  });
  return isEnough ? step : undefined;
};

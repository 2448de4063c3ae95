/**
 * Tells who has to know of a case: whose decision is wanted, whose day is near or past, and the CFO once per rule that
 * is broken (R82). From: `look-at-case.ts`. Next: `AlertStore`; ids derive from the case, so that nobody hears twice.
 */
import type { AccountHead } from '../../shared/domain/account.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import {
  breachesOf,
  controlAlerts,
  timesOf,
  type ControlBreach,
} from '../../shared/domain/dispute-control.ts';
import { standingOf } from '../../shared/domain/dispute-deadlines.ts';
import { isUndecided } from '../../shared/domain/dispute-steps.ts';
import { disputedAmount, type Dispute } from '../../shared/domain/dispute.ts';
import { zero } from '../../shared/domain/money.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { AlertRecord } from '../../shared/ports/alert-store.ts';
import type { DisputeCall, DisputeFrame, DisputeParts } from './dispute-parts.ts';

type Wanted = Pick<AlertRecord, 'id' | 'rule' | 'breach' | 'to' | 'history'>;

export const raiseAlerts = async (
  { alerts, proposals }: Pick<DisputeParts, 'alerts' | 'proposals'>,
  { scope, now }: Pick<DisputeCall, 'scope' | 'now'>,
  frame: DisputeFrame,
  head: AccountHead,
  dispute: Dispute,
): Promise<void> => {
  const { companyId, accountId } = head;
  const common = {
    ...{ companyId, accountId, caseId: dispute.id, amount: disputedAmount(dispute) },
    ...{ currency: dispute.currency, at: textOfInstant(now) },
  };
  const refused = await ofBooks({ proposals }, scope, companyId, frame, dispute);
  for (const wanted of [...ofControl(frame, head, dispute), ...ofWork(frame, dispute), ...refused])
    await alerts.raise(scope, { ...wanted, ...common });
};

/** What the ERP would not post is decided, and nowhere to be seen: whoever decides above the owner has to know. */
const ofBooks = async (
  { proposals }: Pick<DisputeParts, 'proposals'>,
  scope: Scope,
  companyId: string,
  { settings }: DisputeFrame,
  dispute: Dispute,
): Promise<Wanted[]> => {
  if (dispute.state !== 'effectProposed') return [];
  const owner = dispute.hands.at(-1)?.owner ?? '';
  const loaded = await Promise.all(dispute.proposals.map((id) => proposals.load(scope, companyId, id)));
  return loaded
    .filter((one) => one?.proposal.state === 'dropped')
    .map((one) => ({
      ...{ id: `effect-refused:${dispute.id}:${one!.proposal.id}`, rule: 'disputeDecisionWanted' },
      to: [...new Set([owner, settings.creditManager ?? 'creditManager'])],
    }));
};

/** One alert per case and rule, however often it is looked at; one more when what broke it has doubled. */
const ofControl = ({ today, settings }: DisputeFrame, head: AccountHead, dispute: Dispute): Wanted[] => {
  const open = head.balances[dispute.currency]?.open ?? zero;
  const breaches = breachesOf(dispute, open, today, settings.control);
  const times = (breach: ControlBreach) => timesOf(dispute, breach, today, settings.control);
  return controlAlerts(dispute, breaches, new Set(), times).map(({ id, breach }) => ({
    ...{ id, rule: 'disputeOutOfControl', breach, to: [settings.cfo ?? 'cfo'], history: historyOf(dispute) },
  }));
};

/** What the CFO is told beside the rule and the money: since when, of what code, through whose hands, what was missed. */
const historyOf = ({ openedOn, recipe, hands, missed, reopened }: Dispute): string[] => [
  `${recipe.code}, opened ${openedOn}`,
  ...hands.map(({ owner, department, fromAt }) => `${owner} (${department}) since ${fromAt.slice(0, 10)}`),
  ...missed.map(({ step, on }) => `day to ${step} missed on ${on}`),
  ...(reopened === 0 ? [] : [`opened again: ${reopened}`]),
];

/** For who has it now: that it is theirs to decide, that its day is near, that it is past. */
const ofWork = ({ today, calendar, settings }: DisputeFrame, dispute: Dispute): Wanted[] => {
  const standing = standingOf(dispute, today, calendar, settings.rules);
  if (standing === undefined || !isUndecided(dispute)) return [];
  const { owner, step, dueOn, remindOn, isPast } = standing;
  const hand = `${dispute.hands.length}:${dispute.reopened}`;
  const asked: Wanted = {
    ...{ id: `decision-wanted:${dispute.id}:${hand}`, rule: 'disputeDecisionWanted', to: [owner] },
  };
  const near: Wanted = {
    ...{ id: `date-near:${dispute.id}:${step}:${dueOn}`, rule: 'disputeDateNear', to: [owner] },
  };
  const head = settings.departments[dispute.hands.at(-1)?.department ?? '']?.head;
  const past: Wanted = {
    ...{ id: `past-date:${dispute.id}:${step}:${dueOn}`, rule: 'disputePastDate' },
    to: [owner, ...(head === undefined || head === owner ? [] : [head])],
  };
  return [asked, ...(isPast ? [past] : today >= remindOn ? [near] : [])];
};

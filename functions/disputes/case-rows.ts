/**
 * A case as a row of the list of all cases, and the next day on which somebody has to look at it.
 * From: the case and the head of its account. Next: `CaseIndex`.
 */
import type { AccountHead } from '../../shared/domain/account.ts';
import { addBusinessDays } from '../../shared/domain/business-days.ts';
import { addDays, type Day } from '../../shared/domain/calendar.ts';
import { contestUntil, standingOf } from '../../shared/domain/dispute-deadlines.ts';
import { disputedAmount, missingPapers, type Dispute } from '../../shared/domain/dispute.ts';
import type { CaseRow } from '../../shared/ports/case-index.ts';
import type { DisputeFrame } from './dispute-parts.ts';

/** `isOwing`: looked at again tomorrow in any case, however closed it is. */
export const rowOf = (
  dispute: Dispute,
  head: AccountHead,
  frame: DisputeFrame,
  isOwing: boolean,
): CaseRow => {
  const { id, as, recipe, state, currency, openedOn, decision, closed } = dispute;
  const hand = dispute.hands.at(-1);
  const standing = standingOf(dispute, frame.today, frame.calendar, frame.settings.rules);
  const isAlone = decision?.role === 'rule';
  return {
    ...{ id, companyId: head.companyId, accountId: head.accountId, as, code: recipe.code, state, currency },
    ...{ isOpen: state !== 'closed', owner: hand?.owner ?? '', department: hand?.department ?? '' },
    ...{ amount: disputedAmount(dispute), openedOn, missingPapers: missingPapers(dispute) },
    ...{
      dueOn: standing?.dueOn,
      wakeOn: isOwing ? addDays(frame.today, 1) : wakeOn(dispute, frame),
      version: head.version,
    },
    ...{ outcome: decision?.outcome, closedOn: closed?.on },
    ...(isAlone && { acceptedAloneOn: decision.on }),
    ...{ assignedTo: head.assignedTo, salesOwners: head.salesOwners },
  };
};

/** The CFO hears of a case when it is too old, and again with each doubling; some years are enough. */
const doublings = [1, 2, 4, 8, 16, 32];

/** The first day after today on which time alone changes something about it. */
export const wakeOn = (
  dispute: Dispute,
  { today, calendar, settings }: Pick<DisputeFrame, 'today' | 'calendar' | 'settings'>,
): Day | undefined => {
  const standing = standingOf(dispute, today, calendar, settings.rules);
  if (standing === undefined) return undefined;
  const { remindOn, dueOn } = standing;
  const late = addBusinessDays(dueOn, settings.rules.managerAfterDays, calendar);
  const contest = contestUntil(dispute, settings.rules);
  const days = [remindOn, addDays(dueOn, 1), late, ...(contest === undefined ? [] : [contest])];
  for (const times of doublings)
    days.push(addDays(dispute.openedOn, (settings.control.olderThanDays + 1) * times));
  // what waits for the books is looked at every day: a feed may have shown it
  if (dispute.state === 'decided' || dispute.state === 'effectProposed') days.push(addDays(today, 1));
  return days.filter((day) => day > today).toSorted()[0];
};

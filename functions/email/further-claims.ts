/**
 * What a firm or final letter says beyond its items: interest and fixed sum, where they are on for the payer's country,
 * and the next step, only as it was approved. To a public body by rules of its own, where there are (R135).
 * From: the planned message, the company's setting, the account. Next: the data of T4, T5 and T5-P.
 */
import { dayAt, type Instant } from '../../shared/domain/calendar.ts';
import type { PlannedMessage } from '../../shared/domain/dunning-facts.ts';
import { lateChargeOf, lateChargesOf } from '../../shared/domain/late-charges.ts';
import type { MessageData } from '../../shared/domain/message-data.ts';
import type { Duty, Policy } from '../../shared/domain/policy.ts';
import type { CompanyFrame } from '../../shared/edge/read-dunning-frame.ts';
import type { Judged } from './gate-message.ts';

type Source = { judged: Judged; frame: CompanyFrame; now: Instant };

export const furtherClaims = (
  planned: PlannedMessage,
  { judged, frame, now }: Source,
): Pick<MessageData, 'measure' | 'interest'> => {
  const { policy } = judged.input;
  const measure = measureOf(planned, judged, policy);
  const country = judged.masterData.country ?? frame.company.country;
  const charge = lateChargeOf(frame.lateCharges ?? [], { country, kind: judged.masterData.treatment?.kind });
  const interest =
    charge === undefined || !saysCharges(planned, policy)
      ? []
      : lateChargesOf({
          ...{ items: planned.items, known: judged.items, today: dayAt(now, frame.zone), charge },
          ...{ isApproved: isReleasedBy(planned, manager), limitFactors: frame.limitFactors },
        });
  return {
    ...(measure === undefined ? {} : { measure }),
    ...(interest.length === 0 ? {} : { interest }),
  };
};

const manager: readonly Duty[] = ['creditManager', 'cfo'];

/** It did not go out before they let it. */
const isReleasedBy = ({ needs }: PlannedMessage, duties: readonly Duty[]): boolean =>
  needs.some((need) => need !== 'draft' && duties.includes(need));

/** Every formal letter; a firm one, unless its policy keeps them for a later one. */
const saysCharges = ({ text, also = [] }: PlannedMessage, { steps }: Policy): boolean => {
  if (text === 'T5' || text === 'T5-P') return true;
  if (text !== 'T4') return false;
  const isKept = steps.some((step) => step.also?.includes('interestAndFixedSum') === true);
  return !isKept || also.includes('interestAndFixedSum');
};

const measureOf = (
  planned: PlannedMessage,
  { loaded }: Judged,
  { threatsNeed }: Policy,
): MessageData['measure'] => {
  const { message } = loaded.account.head.dunning;
  if (planned.tone === 'final')
    return message?.id === planned.id ? (message.measure ?? 'further') : 'further';
  const isProposed = planned.also?.includes('holdProposal') === true;
  const isAllowed = threatsNeed === undefined || isReleasedBy(planned, [threatsNeed]);
  return planned.text === 'T4' && isProposed && isAllowed ? 'hold' : undefined;
};

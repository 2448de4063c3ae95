/**
 * What a mailing is to one account, as of just now: the chosen text, or the next reminder of its policy, or every reason
 * why it gets none. Blocks, addresses, gaps, ceilings and releases are those of any reminder.
 * From: `mail-segment.ts`, for preview and sending alike. Next: one append; the gate asks the same again.
 */
import type { MailingBy, MailingText } from '../../shared/contracts/mail-desk.ts';
import type { PlannedMessage } from '../../shared/domain/dunning-facts.ts';
import { evaluateAccount } from '../../shared/domain/evaluate-account.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import type { PendingNotice } from '../../shared/domain/notice.ts';
import { planNotice } from '../../shared/domain/plan-notice.ts';
import { messageOf } from '../../shared/domain/planned-message.ts';
import type { WithheldReason } from '../../shared/domain/withheld-reasons.ts';
import type { CompanyFrame } from '../../shared/edge/read-dunning-frame.ts';
import type { LoadedAccount } from '../../shared/ports/account-store.ts';
import { judgeAccount, type Judged } from './gate-message.ts';
import type { MailCall, MailParts } from './parts.ts';

export const statementText = 'T13';

export type Chosen = { mailing: string; text: MailingText; by: MailingBy };

export type MailingPlan =
  | { is: 'planned'; facts: readonly Fact[]; judged: Judged; what: What }
  | { is: 'withheld'; facts: readonly Fact[]; reasons: readonly WithheldReason[] }
  /** Nothing it could ask for is due. */
  | { is: 'notDue' }
  /** It is on its way, or was. */
  | { is: 'known' }
  /** Too much else is on its way. */
  | { is: 'later' };

type What = { planned: PlannedMessage } | { notice: PendingNotice };

export const planOfMailing = async (
  parts: MailParts,
  { scope }: MailCall,
  loaded: LoadedAccount,
  frame: CompanyFrame,
  { mailing, text, by }: Chosen,
): Promise<MailingPlan> => {
  const judged = await judgeAccount(parts, scope, loaded, frame);
  if (text === statementText) return statementOf(judged, mailing, frame);
  const byHand = { mailing, ...(by === 'letter' ? { isLetter: true as const } : {}) };
  const input = text === 'next' ? judged.input : { ...judged.input, byHand: { ...byHand, text } };
  const { steps, account, items } = evaluateAccount(input, frame);
  const step = steps.find(({ channel }) => channel === 'mail');
  if (step !== undefined) {
    const planned = messageOf(step, input, frame);
    const facts: Fact[] = [{ kind: 'messagePlanned', message: planned, on: frame.today }];
    return { is: 'planned', facts, judged, what: { planned } };
  }
  const reasons = [...new Set([...account, ...items.map(({ reason }) => reason)])];
  return reasons.length === 0 ? { is: 'notDue' } : withheld(mailing, reasons, frame);
};

const withheld = (
  mailing: string,
  reasons: readonly WithheldReason[],
  { today: on }: CompanyFrame,
): MailingPlan => ({
  ...{ is: 'withheld', reasons },
  facts: [{ kind: 'messageWithheld', messageId: `mailing:${mailing}`, reasons, on }],
});

const statementOf = (judged: Judged, mailing: string, frame: CompanyFrame): MailingPlan => {
  const { head } = judged.loaded.account;
  const notice = planNotice(head, { text: statementText, causeId: `mailing-${mailing}` }, frame.today);
  if (!notice.ok) return { is: 'later' };
  const [fact] = notice.value;
  if (fact?.kind !== 'noticePlanned') return { is: 'known' };
  const { problem } = judged.recipients;
  // who wants no reminders still gets statements
  if (problem !== undefined && problem !== 'opted-out') return withheld(mailing, [problem], frame);
  return { is: 'planned', facts: [fact], judged, what: { notice: { ...fact.notice, state: 'planned' } } };
};

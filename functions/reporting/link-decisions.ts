/**
 * The links by which who has a case decides it right from the mail that asks them to (R80).
 * From: alerts of a mail, the case as it is now. Next: the mail. Only who it is told to by name and who has it still gets
 * one; what is decided needs none. Of one out of control the CFO has one, too, whoever has the case (R83).
 */
import { caseNumberOf } from '../../shared/domain/dispute-shown.ts';
import { casePaper } from '../../shared/contracts/disputes.ts';
import { isUndecided } from '../../shared/domain/dispute-steps.ts';
import { makeDecisionLink } from '../../shared/edge/decision-link.ts';
import type { ReportLink } from '../../shared/formats/report-mail.ts';
import type { AlertRecord } from '../../shared/ports/alert-store.ts';
import type { CompanyMail, ReportCall } from './compose-report.ts';
import type { Recipient, ReportMailParts } from './mail-parts.ts';

const outOfControl = 'disputeOutOfControl';

/** One for each case. Behind `#`, which no server, log or `Referer` ever sees. */
export const decisionLinksOf = async (
  parts: Pick<ReportMailParts, 'accounts' | 'tokens' | 'newSecret'>,
  call: ReportCall,
  { setting }: CompanyMail,
  alerts: readonly AlertRecord[],
  { personId: person }: Recipient,
): Promise<ReportLink[]> => {
  const links = new Map<string, ReportLink>();
  for (const { companyId, accountId, caseId, to, rule } of alerts) {
    if (accountId === undefined || caseId === undefined || !to.includes(person) || links.has(caseId))
      continue;
    const paper = await parts.accounts.paper(call.scope, { companyId, accountId }, caseId);
    if (paper === undefined) continue;
    const { dispute } = casePaper.parse(paper);
    const mayDecide = dispute.hands.at(-1)?.owner === person || rule === outOfControl;
    if (!isUndecided(dispute) || !mayDecide) continue;
    const about = { companyId, accountId, person };
    const { token, endsAt } = await makeDecisionLink(parts, call.now, about, dispute);
    const label = `Decide case ${caseNumberOf(caseId)}, for you alone, once, until ${endsAt.slice(0, 10)}`;
    links.set(caseId, { label, address: `${setting.linkOrigin}/decide#${token}` });
  }
  return [...links.values()];
};

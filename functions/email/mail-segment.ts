/**
 * One mail to everybody of a segment (R22): a person picks the text, sees how many get it and three of them, and who does
 * not and why; then each account gets it once, under the name of the mailing, however often the same is asked for.
 * From: staff. Next: `plan-mailing.ts`, an entry of each account; the gate, the pace and the claim hold as for any mail.
 */
import type {
  MailingAnswer,
  MailingBody,
  MailingPreview,
  MailingQuery,
  MailingText,
  PreviewAnswer,
} from '../../shared/contracts/mail-desk.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountHead, AccountKey } from '../../shared/domain/account.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { reachInto } from '../../shared/domain/scope.ts';
import { reachesStatement } from '../../shared/domain/statement-due.ts';
import type { CompanyFrame } from '../../shared/edge/read-dunning-frame.ts';
import type { LoadedAccount, Paper } from '../../shared/ports/account-store.ts';
import { mostTries, type MailCall, type MailParts } from './parts.ts';
import { planOfMailing, statementText, type Chosen, type MailingPlan } from './plan-mailing.ts';
import { composePreview } from './preview-message.ts';

const accountsAPage = 100;
const samplesShown = 3;

type Wanted = { companyId: string; segment: string; text: MailingText; after?: string | undefined };
type Page = { frame: CompanyFrame; heads: AccountHead[]; after: { after?: string } };

/** Accounts of a page that are in the segment and owe; for a statement, what is worth one. */
const pageOf = async (
  parts: MailParts,
  { scope, now }: MailCall,
  { companyId, segment, text, after }: Wanted,
): Promise<Page | undefined> => {
  const frame = reachInto(scope, companyId) === 'none' ? undefined : await parts.frameOf(companyId, now);
  if (frame === undefined) return undefined;
  const page = { limit: accountsAPage, ...(after === undefined ? {} : { after }) };
  const read = await parts.accounts.heads(scope, companyId, page);
  const isWanted = (head: AccountHead): boolean =>
    text === statementText ? reachesStatement(head, frame) : head.openCount > 0;
  const heads = read.heads.filter((head) => head.segment === segment && isWanted(head));
  return { frame, heads, after: read.after === undefined ? {} : { after: read.after } };
};

const noCompany = refuse('not-found', 'There is no such company.');

/** Who would get it just now, the first three as their mails would be; whoever gets none is named with why. */
export const previewMailing = async (
  parts: MailParts,
  companyId: string,
  { segment, text, by, after }: MailingQuery,
  call: MailCall,
): Promise<Outcome<MailingPreview, ProblemCode>> => {
  const page = await pageOf(parts, call, { companyId, segment, text, after });
  if (page === undefined) return noCompany;
  const found: MailingPreview = { accounts: [], samples: [], refused: [], withheld: [], ...page.after };
  const mostSamples = after === undefined ? samplesShown : 0;
  for (const { accountId } of page.heads) {
    const key = { companyId, accountId };
    const loaded = await parts.accounts.load(call.scope, key);
    const plan = await planOfMailing(parts, call, loaded, page.frame, { mailing: 'preview', text, by });
    if (plan.is === 'withheld') found.withheld.push({ account: accountId, reasons: [...plan.reasons] });
    if (plan.is !== 'planned') continue;
    found.accounts.push(accountId);
    if (found.samples.length >= mostSamples) continue;
    const sample = await sampleOf(parts, call, key, page.frame, plan);
    if (sample.ok) found.samples.push({ account: accountId, ...sample.value });
    else found.refused.push({ account: accountId, because: sample.detail });
  }
  return done(found);
};

const sampleOf = (
  parts: MailParts,
  call: MailCall,
  key: AccountKey,
  frame: CompanyFrame,
  { judged, what }: Extract<MailingPlan, { is: 'planned' }>,
): Promise<Outcome<PreviewAnswer, ProblemCode>> =>
  composePreview(parts, call, key, { judged, frame, ...what });

/** A page a call; `later`: too much else is on its way to them, ask again. */
export const sendMailing = async (
  parts: MailParts,
  companyId: string,
  { mailing, segment, text, by, after }: MailingBody,
  call: MailCall & { callerId: string },
): Promise<Outcome<MailingAnswer, ProblemCode>> => {
  const page = await pageOf(parts, call, { companyId, segment, text, after });
  if (page === undefined) return noCompany;
  const answer: MailingAnswer = { planned: [], known: 0, later: [], withheld: [], notDue: 0, ...page.after };
  for (const { accountId } of page.heads) {
    const plan = await sendTo(parts, call, { companyId, accountId }, page.frame, { mailing, text, by });
    if (plan.is === 'planned') answer.planned.push(accountId);
    else if (plan.is === 'withheld') answer.withheld.push({ account: accountId, reasons: [...plan.reasons] });
    else if (plan.is === 'later') answer.later.push(accountId);
    else answer[plan.is] += 1;
  }
  return done(answer);
};

type Sender = MailCall & { callerId: string };

/** What became of it, kept beside the account for ever: a mailing of a name is decided once for each. */
const paperIdOf = (mailing: string): Paper['id'] => `task:mailing:${mailing}`;

const sendTo = async (
  parts: MailParts,
  call: Sender,
  key: AccountKey,
  frame: CompanyFrame,
  chosen: Chosen,
): Promise<MailingPlan> => {
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const loaded = await parts.accounts.load(call.scope, key);
    if ((await parts.accounts.paper(call.scope, key, paperIdOf(chosen.mailing))) !== undefined)
      return { is: 'known' };
    const plan = await planOfMailing(parts, call, loaded, frame, chosen);
    if (plan.is !== 'planned' && plan.is !== 'withheld') return plan;
    if (await isAppended(parts, call, loaded, chosen, plan)) return plan;
  }
  return { is: 'later' };
};

const isAppended = async (
  { accounts }: MailParts,
  { scope, now: at, callerId: id }: Sender,
  loaded: LoadedAccount,
  { mailing, text }: Chosen,
  { is, facts }: Extract<MailingPlan, { facts: unknown }>,
): Promise<boolean> => {
  const actor = { kind: 'staff' as const, id };
  const change = { at, actor, cause: { kind: 'mailing', id: mailing }, facts };
  const paper = { id: paperIdOf(mailing), content: { mailing, text, is } };
  return (await accounts.append(scope, loaded, change, undefined, [paper])).outcome === 'appended';
};

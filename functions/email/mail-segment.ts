/**
 * One mail to everybody of a segment (R22): how many and what it says is seen first, then each account gets its own
 * statement once, under the name of the mailing, however often the same is asked for.
 * From: staff. Next: notices T13, an entry each; the gate, the pace and the addresses hold as for any other mail.
 */
import type {
  MailingAnswer,
  MailingBody,
  MailingPreview,
  MailingQuery,
  PreviewAnswer,
} from '../../shared/contracts/mail-desk.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountHead, AccountKey } from '../../shared/domain/account.ts';
import type { Day } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { planNotice } from '../../shared/domain/plan-notice.ts';
import { reachInto } from '../../shared/domain/scope.ts';
import { reachesStatement } from '../../shared/domain/statement-due.ts';
import { mostTries, type MailCall, type MailParts } from './parts.ts';
import { previewMessage } from './preview-message.ts';

const accountsAPage = 100;
const samplesShown = 3;
const text = 'T13';

type Wanted = { companyId: string; segment: string; after?: string | undefined };

/** Accounts of a page that are in the segment and owe, or are owed, what is worth a statement. */
const pageOf = async (
  parts: MailParts,
  { scope, now }: MailCall,
  { companyId, segment, after }: Wanted,
): Promise<{ today: Day; heads: AccountHead[]; after: string | undefined } | undefined> => {
  const frame = reachInto(scope, companyId) === 'none' ? undefined : await parts.frameOf(companyId, now);
  if (frame === undefined) return undefined;
  const page = { limit: accountsAPage, ...(after === undefined ? {} : { after }) };
  const read = await parts.accounts.heads(scope, companyId, page);
  const heads = read.heads.filter((head) => head.segment === segment && reachesStatement(head, frame));
  return { today: frame.today, heads, after: read.after };
};

const noCompany = refuse('not-found', 'There is no such company.');

/** The first of them as their mails would be just now; whoever cannot be written to is named with why. */
export const previewMailing = async (
  parts: MailParts,
  companyId: string,
  { segment, after }: MailingQuery,
  call: MailCall,
): Promise<Outcome<MailingPreview, ProblemCode>> => {
  const page = await pageOf(parts, call, { companyId, segment, after });
  if (page === undefined) return noCompany;
  const samples: (PreviewAnswer & { account: string })[] = [];
  const refused: MailingPreview['refused'] = [];
  for (const { accountId } of after === undefined ? page.heads : []) {
    if (samples.length >= samplesShown) break;
    const sample = await previewMessage(parts, { companyId, accountId }, { text, draft: 'no' }, call);
    if (sample.ok) samples.push({ account: accountId, ...sample.value });
    else refused.push({ account: accountId, because: sample.detail });
  }
  const accounts = page.heads.map(({ accountId }) => accountId);
  return done({ accounts, samples, refused, ...(page.after === undefined ? {} : { after: page.after }) });
};

/** A page a call; `later`: too much else is on its way to them, ask again. */
export const sendMailing = async (
  parts: MailParts,
  companyId: string,
  { mailing, segment, after }: MailingBody,
  call: MailCall & { callerId: string },
): Promise<Outcome<MailingAnswer, ProblemCode>> => {
  const page = await pageOf(parts, call, { companyId, segment, after });
  if (page === undefined) return noCompany;
  const results: Record<Planned, string[]> = { planned: [], known: [], later: [] };
  for (const { accountId } of page.heads) {
    const is = await planFor(parts, call, { companyId, accountId }, { mailing, on: page.today });
    results[is].push(accountId);
  }
  const { planned, known, later } = results;
  return done({
    planned,
    known: known.length,
    later,
    ...(page.after === undefined ? {} : { after: page.after }),
  });
};

type Planned = 'planned' | 'known' | 'later';

const planFor = async (
  { accounts }: MailParts,
  { scope, now: at, callerId: id }: MailCall & { callerId: string },
  key: AccountKey,
  { mailing, on }: { mailing: string; on: Day },
): Promise<Planned> => {
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const loaded = await accounts.load(scope, key);
    const notice = planNotice(loaded.account.head, { text, causeId: `mailing-${mailing}` }, on);
    if (!notice.ok) return 'later';
    if (notice.value.length === 0) return 'known';
    const cause = { kind: 'mailing', id: mailing };
    const change = { at, actor: { kind: 'staff' as const, id }, cause, facts: notice.value };
    if ((await accounts.append(scope, loaded, change)).outcome === 'appended') return 'planned';
  }
  return 'later';
};

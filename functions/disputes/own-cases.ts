/**
 * Cases and queries as their customer sees them: where each is, until when it is answered, the papers they added.
 * From: the portal, which knows whose account it is. Next: its pages. Papers of ours and inner words stay here.
 */
import type { OwnCase, OwnCaseAnswer, OwnPaper } from '../../shared/contracts/portal-cases.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import type { Attachment } from '../../shared/domain/attachment.ts';
import { standingOf } from '../../shared/domain/dispute-deadlines.ts';
import { caseForCustomer, caseNumberOf } from '../../shared/domain/dispute-shown.ts';
import type { Dispute } from '../../shared/domain/dispute.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Download } from '../../shared/edge/http-files.ts';
import { attachmentsOfItem, bytesOfAttachment } from '../../shared/ports/attachments.ts';
import type { CaseRow } from '../../shared/ports/case-index.ts';
import { keepCasePaper } from './case-papers.ts';
import { readCase, type CaseId } from './change-case.ts';
import { disputeFrame, type DisputeCall, type DisputeFrame, type DisputeParts } from './dispute-parts.ts';
import type { Reached } from './reach-case.ts';

/** The latest of an account; older ones are in its mails. */
const mostCases = 50;
const absent = refuse('not-found', 'There is no such case.');

export const listOwnCases = async (
  parts: DisputeParts,
  call: DisputeCall,
  { companyId, accountId }: AccountKey,
): Promise<OwnCase[]> => {
  const frame = await disputeFrame(parts, call, companyId);
  if (!frame.ok) return [];
  const page = { order: 'opened' as const, limit: mostCases };
  const { rows } = await parts.cases.list(parts.ownScope, companyId, { accountId }, page);
  const shown = await Promise.all(
    rows.map(async (row) => {
      if (row.as === 'query') return [queryRow(row)];
      const paper = await readCase(parts.accounts, call.scope, { companyId, accountId }, row.id);
      return paper === undefined ? [] : [shownCase(paper.dispute, frame.value)];
    }),
  );
  return shown.flat();
};

const queryRow = (row: CaseRow): OwnCase => ({
  ...{ case: row.id, number: caseNumberOf(row.id), as: 'query', isClosed: !row.isOpen },
  ...{ status: row.isOpen ? 'weAreLooking' : 'answered', amount: row.amount, currency: row.currency },
  ...{ openedOn: row.openedOn, answerBy: row.isOpen ? (row.dueOn ?? null) : null },
});

const shownCase = (dispute: Dispute, frame: DisputeFrame): OwnCase => {
  const dueOn = standingOf(dispute, frame.today, frame.calendar, frame.settings.rules)?.dueOn;
  const { id, number, status, amount, currency, openedOn, answerByOn, isClosed } = caseForCustomer(
    dispute,
    dueOn,
  );
  return {
    ...{ case: id, number, as: dispute.as, status, isClosed, amount, currency, openedOn },
    answerBy: answerByOn ?? null,
  };
};

const reach = async (
  parts: DisputeParts,
  call: DisputeCall,
  key: AccountKey,
  id: string,
): Promise<Reached | undefined> => {
  const frame = await disputeFrame(parts, call, key.companyId);
  const paper = id.startsWith('dispute:') ? await readCase(parts.accounts, call.scope, key, id) : undefined;
  return frame.ok && paper !== undefined
    ? { key, id: id as CaseId, dispute: paper.dispute, frame: frame.value, scope: call.scope }
    : undefined;
};

export const readOwnCase = async (
  parts: DisputeParts,
  call: DisputeCall,
  key: AccountKey,
  id: string,
): Promise<Outcome<OwnCaseAnswer, ProblemCode>> => {
  const reached = await reach(parts, call, key, id);
  if (reached === undefined) return absent;
  const { dispute, frame } = reached;
  return done({
    ...shownCase(dispute, frame),
    items: dispute.items.map(({ itemId, amount }) => ({ item: itemId, amount })),
    papers: (await ownFiles(parts, key, id)).map(paperAnswer),
  });
};

/** Those that came from the customer's people. */
const ownFiles = async (
  parts: DisputeParts,
  { companyId, accountId }: AccountKey,
  id: string,
): Promise<Attachment[]> => {
  const files = await attachmentsOfItem(parts, parts.ownScope, companyId, id);
  return files.filter((file) => file.accountId === accountId && file.by.startsWith('contact:'));
};

const paperAnswer = ({ id: paper, name, bytes, at }: Omit<Attachment, 'itemId'>): OwnPaper => ({
  ...{ paper, name, bytes, at },
});

export const addOwnPaper = async (
  parts: DisputeParts,
  call: DisputeCall,
  key: AccountKey,
  { id, ...file }: { id: string; name: string; bytes: Uint8Array },
): Promise<Outcome<OwnPaper, ProblemCode>> => {
  const reached = await reach(parts, call, key, id);
  if (reached === undefined) return absent;
  const kept = await keepCasePaper(parts, call, reached, { ...file, paper: 'other' });
  if (!kept.ok) return kept;
  const { paper, name, bytes, at } = kept.value;
  return done({ paper, name, bytes, at });
};

export const downloadOwnPaper = async (
  parts: DisputeParts,
  call: DisputeCall,
  key: AccountKey,
  { id, paper }: { id: string; paper: string },
): Promise<Outcome<Download, 'not-found'>> => {
  if ((await reach(parts, call, key, id)) === undefined) return absent;
  const found = (await ownFiles(parts, key, id)).find((file) => file.id === paper);
  const bytes = found && (await bytesOfAttachment(parts, parts.ownScope, found));
  return found === undefined || bytes === undefined
    ? refuse('not-found', 'There is no such paper.')
    : done({ fileName: found.name, contentType: found.contentType, bytes });
};

/**
 * Papers of a case: kept under the same rules as papers beside items, named by what the recipe asks for, handed out.
 * From: staff routes, the addressed link. Next: container `documents`; the fact that the case has it.
 */
import { createHash } from 'node:crypto';
import type { CaseFile } from '../../shared/contracts/disputes.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { attachmentIdOf, savedName, type Attachment } from '../../shared/domain/attachment.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import { itemIdsOf } from '../../shared/domain/note-dispute.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Caller } from '../../shared/edge/access.ts';
import type { Download } from '../../shared/edge/http-files.ts';
import { checkPaper } from '../../shared/formats/paper-file.ts';
import { attachmentsOfItem, bytesOfAttachment, keepAttachment } from '../../shared/ports/attachments.ts';
import { changeCase } from './change-case.ts';
import type { DisputeCall, DisputeParts } from './dispute-parts.ts';
import { reachCase, type Reached } from './reach-case.ts';
import { fileAnswer } from './show-case.ts';

type CasePlace = { company: string; case: string };

export const addCasePaper = async (
  parts: DisputeParts,
  call: DisputeCall,
  caller: Caller,
  place: CasePlace,
  file: NewPaper,
): Promise<Outcome<CaseFile, ProblemCode>> => {
  const reached = await reachCase(parts, call, caller, place);
  return reached.ok ? keepCasePaper(parts, call, reached.value, file) : reached;
};

export type NewPaper = { name: string; paper: string; bytes: Uint8Array };

/** Of a case that was reached by who may see it. */
export const keepCasePaper = async (
  parts: DisputeParts,
  call: DisputeCall,
  { key, id, frame, scope }: Reached,
  { name, paper, bytes }: NewPaper,
): Promise<Outcome<CaseFile, ProblemCode>> => {
  const checked = checkPaper(bytes);
  if (!checked.ok) return checked;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const attachment: Attachment = {
    id: attachmentIdOf({ ...key, itemId: id, sha256 }, parts.hashText),
    ...{
      ...key,
      itemId: id,
      number: id,
      paper: 'other',
      name: savedName(name, checked.value.contentType),
      sha256,
    },
    ...{ bytes: bytes.byteLength, contentType: checked.value.contentType, origin: { is: 'upload' } },
    ...{ by: call.actor.id, at: textOfInstant(call.now) },
  };
  const kept = await keepAttachment(parts, parts.ownScope, attachment, bytes, false);
  if (!kept.ok) return kept;
  const paperId = kept.value.id;
  const noted = await changeCase<ProblemCode>(
    ...([parts, { ...call, scope }, frame, { key, id }] as const),
    ({ dispute }) => {
      if (dispute === undefined) return refuse('not-found', 'There is no such case.');
      const isKnown = dispute.papers.some((one) => one.paperId === paperId);
      // a case that is over takes a paper too: it is opened again by one
      if (isKnown || dispute.decision !== undefined) return done({ facts: [] });
      const who = { by: call.actor.id, on: frame.today };
      return done({ facts: [{ kind: 'disputePaperAdded', paper, paperId, ...who }] });
    },
  );
  return noted.ok ? done(fileAnswer(kept.value, id)) : noted;
};

export const downloadCasePaper = async (
  parts: DisputeParts,
  call: DisputeCall,
  caller: Caller,
  { paper, ...place }: CasePlace & { paper: string },
): Promise<Outcome<Download, ProblemCode>> => {
  const reached = await reachCase(parts, call, caller, place);
  return reached.ok ? fileOfCase(parts, reached.value, paper) : reached;
};

/** Of the case, or beside one of its items on its account. */
export const fileOfCase = async (
  parts: DisputeParts,
  { key, id, dispute }: Reached,
  paper: string,
): Promise<Outcome<Download, 'not-found'>> => {
  for (const place of [id, ...itemIdsOf(dispute)]) {
    const files = await attachmentsOfItem(parts, parts.ownScope, key.companyId, place);
    const found = files.find((file) => file.id === paper && file.accountId === key.accountId);
    const bytes = found && (await bytesOfAttachment(parts, parts.ownScope, found));
    if (found !== undefined && bytes !== undefined)
      return done({ fileName: found.name, contentType: found.contentType, bytes });
  }
  return refuse('not-found', 'There is no such paper.');
};

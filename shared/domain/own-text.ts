/**
 * A company's own text: one person writes it, another approves it; until then the one before is sent.
 * From: staff. Next: settings, every version kept; mail renders what is in force.
 */
import { done, refuse, type Outcome } from './outcome.ts';

export type TextDraft = {
  /** Counts from 1 for each text and language of a company. */
  version: number;
  source: string;
  reason: string;
  askedBy: string;
  /** ISO instant. */
  askedAt: string;
};

export type OwnTextRecord = {
  inForce?: TextDraft & { approvedBy: string; approvedAt: string };
  draft?: TextDraft;
};

/** A draft in the place of the one that waited. The same words again are what waits, or is in force. */
export const draftText = (
  { inForce, draft }: OwnTextRecord,
  wanted: Omit<TextDraft, 'version'>,
): OwnTextRecord => {
  const kept = inForce === undefined ? {} : { inForce };
  const latest = draft ?? inForce;
  if (latest?.source === wanted.source) return draft === undefined ? kept : { ...kept, draft };
  return { ...kept, draft: { ...wanted, version: (latest?.version ?? 0) + 1 } };
};

/** By somebody else than who wrote it; approved before, nothing changes. */
export const approveText = (
  record: OwnTextRecord,
  version: number,
  { by, at }: { by: string; at: string },
): Outcome<OwnTextRecord, 'same-person' | 'not-found'> => {
  const { inForce, draft } = record;
  if (inForce?.version === version) return done(record);
  if (draft?.version !== version) return refuse('not-found', `no text ${version} waits for an approval`);
  if (draft.askedBy === by) return refuse('same-person', `${by} wrote text ${version}`);
  return done({ inForce: { ...draft, approvedBy: by, approvedAt: at } });
};

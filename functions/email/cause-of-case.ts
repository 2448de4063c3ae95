/**
 * A case as a text tells of it: opened (T8), decided (T9), a deduction refused (T12). The case lies beside the account;
 * of its words only those meant for the customer are read.
 * From: `cause-of-notice.ts`. Next: the data of the text.
 */
import { casePaper, type CaseText } from '../../shared/contracts/disputes.ts';
import { answerBy } from '../../shared/domain/dispute-deadlines.ts';
import { caseNumberOf, creditNoteNumberOf } from '../../shared/domain/dispute-shown.ts';
import { disputedAmount, missingPapers, type Dispute } from '../../shared/domain/dispute.ts';
import type { DecidedData, DeductionData, DisputeData } from '../../shared/domain/message-causes.ts';
import type { CauseData, MessageLanguage } from '../../shared/domain/message-data.ts';
import { larger, smaller, sum, zero, type AmountMinor } from '../../shared/domain/money.ts';
import type { PendingNotice } from '../../shared/domain/notice.ts';
import { labelOf, type LabelName } from '../../shared/formats/text-labels.ts';
import type { CauseSource } from './cause-of-notice.ts';
import { numbersOf } from './cause-of-promise.ts';
import { attachedPapers } from './notice-files.ts';

/** Nothing where the case is not beside this account, or was not decided after all. */
export const causeOfCase = async (source: CauseSource, notice: PendingNotice): Promise<CauseData> => {
  const { parts, scope, place, language, frame } = source;
  const paper = await parts.accounts.paper(scope, place, notice.codes?.['case'] ?? notice.causeId);
  if (paper === undefined) return {};
  const { dispute, texts } = casePaper.parse(paper);
  const items = await numbersOf(source, await namedItems(source, dispute));
  const number = caseNumberOf(dispute.id);
  if (notice.text === 'T8') return { dispute: openedData(dispute, { number, items, language, frame }) };
  const reason = reasonOf(dispute, texts, language);
  if (reason === undefined) return {};
  const papers = (await attachedPapers(source, notice)).map(({ name }) => name);
  return notice.text === 'T12'
    ? { deduction: deductionData(dispute, { items, reason, papers }) }
    : { decided: decidedData(dispute, { number, items, reason, papers, ...source }) };
};

/** Of a deduction the invoice it was taken from. */
const namedItems = async (
  { parts, scope, judged, place }: CauseSource,
  { as, items }: Dispute,
): Promise<string[]> => {
  const ids = items.map(({ itemId }) => itemId);
  if (as !== 'deduction') return ids;
  const missing = ids.filter((id) => !judged.items.has(id));
  const { account } = await parts.accounts.load(scope, place, missing);
  return ids.map((id) => (judged.items.get(id) ?? account.items.get(id))?.originalId ?? id);
};

/** Papers a customer has; all others are ours to find. */
const asked: Readonly<Record<string, LabelName>> = {
  ...{ order: 'needOrder', contract: 'needContract', agreement: 'needContract', terms: 'needContract' },
  ...{ 'order terms': 'needContract', photo: 'needPhotos', photos: 'needPhotos' },
  ...{ 'carrier note': 'needCarrierNote', 'test report': 'needTestReport', batch: 'needTestReport' },
  ...{ 'packing list': 'needPackingList', 'return note': 'needReturnNote', certificate: 'needCertificate' },
  ...{ claim: 'needClaim', 'proof of performance': 'needClaim', notice: 'needNotice' },
  ...{ promise: 'needPromise', mail: 'needPromise' },
};

type Opened = Pick<CauseSource, 'language' | 'frame'> & { number: string; items: readonly string[] };

const openedData = (dispute: Dispute, { number, items, language, frame }: Opened): DisputeData => ({
  ...{ number, items, held: { amount: disputedAmount(dispute), currency: dispute.currency } },
  answerByOn: answerBy(dispute, frame.calendar),
  needed: [...new Set(missingPapers(dispute).flatMap((paper) => asked[paper] ?? []))].map((label) =>
    labelOf(language, label),
  ),
});

/** In the words of who decided; a rule has none of its own. */
const reasonOf = (
  { decision }: Dispute,
  texts: readonly CaseText[],
  language: MessageLanguage,
): string | undefined =>
  decision?.role === 'rule'
    ? labelOf(language, 'reasonByRule')
    : texts.find(({ id, isInternal }) => id === decision?.reason && !isInternal)?.text;

type Decided = { items: readonly string[]; reason: string; papers: readonly string[] };

const decisions = { accepted: 'accepted', partlyAccepted: 'partly', rejected: 'rejected' } as const;

const decidedData = (
  dispute: Dispute,
  { number, items, reason, papers, judged, frame }: Decided & CauseSource & { number: string },
): DecidedData => {
  const { outcome, split } = dispute.decision!;
  const { currency } = dispute;
  const credited = sum(split.credited, split.repaid);
  const open = dispute.items.map(({ itemId }) => larger(zero, judged.items.get(itemId)?.open ?? zero));
  const due: AmountMinor = smaller(split.upheldForUs, sum(zero, ...open));
  const isOurBook = frame.company.mode === 'dunwellLed';
  return {
    ...{ number, items, decision: decisions[outcome], reason, papers },
    ...(credited > 0 && {
      credited: {
        ...{ amount: credited, currency },
        ...(isOurBook && { creditNote: creditNoteNumberOf(dispute) }),
      },
    }),
    ...(due > 0 && { due: { amount: due, currency } }),
  };
};

const deductionData = (dispute: Dispute, { items, reason, papers }: Decided): DeductionData => ({
  taken: { amount: disputedAmount(dispute), currency: dispute.currency },
  ...{ on: dispute.takenOn ?? dispute.openedOn, items, reason, evidence: papers },
  ...(dispute.claimNumber !== undefined && { claimNumber: dispute.claimNumber }),
});

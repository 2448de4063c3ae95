/**
 * What the mail with a new invoice (T0) says of it, and the papers that go along: the original that is kept, else a copy
 * out of our records, and what came beside it.
 * From: the notice, the item as it is when the mail goes out. Next: `cause-of-notice.ts`, `compose-files.ts`.
 */
import type { Attachment } from '../../shared/domain/attachment.ts';
import { afterDiscount } from '../../shared/domain/discount.ts';
import type { CauseData } from '../../shared/domain/message-data.ts';
import type { PendingNotice } from '../../shared/domain/notice.ts';
import { attachmentsOfItem } from '../../shared/ports/attachments.ts';
import type { CauseSource } from './cause-of-notice.ts';
import { attachedPapers, copyNameOf } from './notice-files.ts';

/** All that is kept of the invoice, as far as it fits. */
export const papersOfInvoice = async (source: CauseSource, notice: PendingNotice): Promise<Attachment[]> => {
  const { parts, scope, place } = source;
  const kept = await Promise.all(
    (notice.itemIds ?? []).map((itemId) => attachmentsOfItem(parts, scope, place.companyId, itemId)),
  );
  return attachedPapers(source, { ...notice, attachmentIds: kept.flat().map(({ id }) => id) });
};

/** The invoice itself is among them. */
export const holdsOriginal = (papers: readonly Attachment[]): boolean =>
  papers.some(({ paper }) => paper === 'document');

/** Nothing where the invoice is not at hand: then nothing is sent. */
export const causeOfInvoice = async (source: CauseSource, notice: PendingNotice): Promise<CauseData> => {
  const { judged, frame } = source;
  const item = judged.items.get(notice.itemIds?.[0] ?? '');
  if (item === undefined) return {};
  const { number, documentOn, dueOn, original: amount, currency, references, discountTiers } = item;
  const papers = await papersOfInvoice(source, notice);
  const tier = discountTiers.find(({ untilOn }) => untilOn >= frame.today);
  const pay = tier && { amount: afterDiscount(amount, tier.percentHundredths), currency };
  return {
    invoice: {
      ...{ number, documentOn, dueOn, total: { amount, currency } },
      ...(references.purchaseOrder === undefined ? {} : { purchaseOrder: references.purchaseOrder }),
      ...(tier === undefined || pay === undefined ? {} : { discount: { untilOn: tier.untilOn, pay } }),
      papers: [...(holdsOriginal(papers) ? [] : [copyNameOf(number)]), ...papers.map(({ name }) => name)],
    },
  };
};

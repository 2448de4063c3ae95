/**
 * What a company's ERP is still to post: portions of receipts that its feed has not shown.
 * From: the receipts. Next: the posting export, the provisional layer beside the morning check.
 */
import type { PostingLine } from '../../shared/domain/posting-export.ts';
import { linesOfReceipt } from '../../shared/domain/posting-export.ts';
import type { ReceiptStore } from '../../shared/ports/receipt-store.ts';
import type { PostingSource } from './parts.ts';

/** Receipts of one page, and pages at most: a company that far behind is red for other reasons. */
const pageSize = 200;
const mostPages = 50;

export const pendingPostings =
  (receipts: ReceiptStore): PostingSource =>
  async (scope, companyId) => {
    const lines: PostingLine[] = [];
    let after: string | undefined;
    for (let page = 0; page < mostPages; page += 1) {
      const asked = after === undefined ? { limit: pageSize } : { limit: pageSize, after };
      const found = await receipts.list(scope, companyId, { standing: 'provisional' }, asked);
      lines.push(...found.receipts.flatMap((receipt) => linesOfReceipt(receipt, companyId)));
      after = found.after;
      if (after === undefined) break;
    }
    return lines;
  };

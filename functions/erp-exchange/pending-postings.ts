/**
 * What a company's ERP is still to post: portions of receipts that its feed has not shown, and approved proposals.
 * From: receipts and proposals. Next: the posting export, the provisional layer beside the morning check.
 */
import { lineOfProposal, linesOfReceipt, type PostingLine } from '../../shared/domain/posting-export.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { ProposalStore } from '../../shared/ports/proposal-store.ts';
import type { ReceiptStore } from '../../shared/ports/receipt-store.ts';
import type { PostingSource } from './parts.ts';

/** Entries of one page, and pages at most: a company that far behind is red for other reasons. */
const pageSize = 200;
const mostPages = 50;

type Lists = { receipts: Pick<ReceiptStore, 'list'>; proposals: Pick<ProposalStore, 'list'> };

export const pendingPostings =
  (receipts: Lists['receipts'], proposals: Lists['proposals']): PostingSource =>
  async (scope, companyId) => [
    ...(await pages((page) => waitingReceipts(receipts, scope, companyId, page))),
    ...(await pages((page) => approvedProposals(proposals, scope, companyId, page))),
  ];

type Page = { lines: PostingLine[]; after?: string };
type Asked = { limit: number; after?: string };

const pages = async (read: (page: Asked) => Promise<Page>): Promise<PostingLine[]> => {
  const lines: PostingLine[] = [];
  let after: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const found = await read(after === undefined ? { limit: pageSize } : { limit: pageSize, after });
    lines.push(...found.lines);
    after = found.after;
    if (after === undefined) break;
  }
  return lines;
};

const waitingReceipts = async (
  receipts: Lists['receipts'],
  scope: Scope,
  companyId: string,
  page: Asked,
): Promise<Page> => {
  const found = await receipts.list(scope, companyId, { standing: 'provisional' }, page);
  const lines = found.receipts.flatMap((receipt) => linesOfReceipt(receipt, companyId));
  return found.after === undefined ? { lines } : { lines, after: found.after };
};

const approvedProposals = async (
  proposals: Lists['proposals'],
  scope: Scope,
  companyId: string,
  page: Asked,
): Promise<Page> => {
  const found = await proposals.list(scope, companyId, 'approved', page);
  const lines = found.proposals.map(lineOfProposal);
  return found.after === undefined ? { lines } : { lines, after: found.after };
};

/**
 * What the work on one account comes to, decided on the account as it was loaded.
 * From: `post-account.ts`. Next: steps to append. One line for each kind of work.
 */
import type { AccountWork } from '../../shared/domain/account-work.ts';
import type { Account } from '../../shared/domain/account.ts';
import { dayAt, instantFromText, type Day } from '../../shared/domain/calendar.ts';
import type { HeadFact } from '../../shared/domain/facts.ts';
import type { MasterData } from '../../shared/domain/master-data.ts';
import { masterDataAfterWork } from '../../shared/domain/master-data-rows.ts';
import type { Posted, PostingFrame } from '../../shared/domain/posting-steps.ts';
import type { Difference } from '../../shared/domain/morning-check.ts';
import { explainAccount } from '../../shared/domain/journal-work.ts';
import { postHistory } from '../../shared/domain/history-work.ts';
import { noteApStatus } from '../../shared/domain/ap-status-work.ts';
import { reconcileAccount } from '../../shared/domain/reconcile.ts';
import { salesOwnersNews } from '../../shared/domain/sales-owners.ts';
import { segmentNews } from '../../shared/domain/segments.ts';
import { updateAccount } from '../../shared/domain/update-item.ts';
import type { PartCall } from './post-parts.ts';

export type Decided = Posted & {
  mark?: HeadFact | undefined;
  differences?: readonly Difference[];
  /** Master data as it is to be kept, when the work says something new. */
  master?: MasterData | undefined;
  /** Who sells to the account, when that is news. */
  owners?: HeadFact | undefined;
  /** Which segment it is in, when that is news. */
  segment?: HeadFact | undefined;
};

/** @param master what is known of the account's customer before. */
export const decideWork = (
  account: Account,
  work: AccountWork,
  master: MasterData,
  call: PartCall,
): Decided => {
  const frame = frameOf(work, master, call);
  const news = masterDataAfterWork(master, work);
  return {
    ...decidePosting(account, work, frame, call),
    master: news === master ? undefined : news,
    owners: salesOwnersNews(account.head, ownerInForce(work, news), frame.on),
    segment: segmentNews(account.head, news, frame.on),
  };
};

/** Who a file of customers names sells to it only if that is what comes of all sources. */
const ownerInForce = (work: AccountWork, { salesOwner: inForce }: MasterData): AccountWork =>
  work.do === 'customers'
    ? { ...work, rows: work.rows.filter(({ salesOwner }) => salesOwner === inForce) }
    : work;

const frameOf = (work: AccountWork, master: MasterData, call: PartCall): PostingFrame => ({
  importId: call.importId,
  on: dayOf(work, call),
  zone: call.company.zone,
  master,
  hashText: call.parts.hashText,
  ...(call.elsewhere === undefined ? {} : { elsewhere: call.elsewhere }),
});

/** A snapshot is posted on the company's day at its instant, all else today unless its rows say otherwise. */
const dayOf = (work: AccountWork, { company, now }: PartCall): Day =>
  dayAt(work.do === 'reconcile' ? instantFromText(work.asOf) : now, company.zone);

const decidePosting = (
  account: Account,
  work: AccountWork,
  frame: PostingFrame,
  { company }: PartCall,
): Decided => {
  switch (work.do) {
    case 'reconcile':
      return reconcileAccount(account, work, frame);
    case 'update':
      return updateAccount(account, work, frame, company.mode);
    case 'journal':
      return explainAccount(account, work, frame, company.mode);
    case 'history':
      return postHistory(account, work, frame);
    case 'apStatus':
      return noteApStatus(account, work, frame);
    case 'customers':
    case 'contacts':
      return { steps: [], refused: [], texts: new Map() };
  }
};

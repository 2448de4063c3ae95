/**
 * A company, its imports and its ledger in memory, and parts to post to it.
 * From: tests of posting. Next: `post-part.ts` under test, its ports behind gates that crash it.
 */
import type { AccountWork } from '../../../shared/domain/account-work.ts';
import type { AccountKey } from '../../../shared/domain/account.ts';
import { instantFromText } from '../../../shared/domain/calendar.ts';
import type { LedgerMode } from '../../../shared/domain/company.ts';
import type { ImportDocument, PartResult } from '../../../shared/domain/imports.ts';
import { zero } from '../../../shared/domain/money.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import { postPart } from '../../../functions/ledger/post-part.ts';
import type { PostingParts } from '../../../functions/ledger/post-parts.ts';
import { gateOf, withFaults, type Gate } from '../../support/faults.ts';
import { memoryAccounts } from '../../support/memory/account-store.ts';
import { memoryCustomers } from '../../support/memory/customer-store.ts';
import { memoryFeeds } from '../../support/memory/feed-store.ts';
import { memoryFiles } from '../../support/memory/file-store.ts';
import { memoryImports } from '../../support/memory/import-store.ts';
import { memorySender } from '../../support/memory/message-sender.ts';
import { memorySettings } from '../../support/memory/settings-store.ts';
import { everything } from '../../support/test-edge.ts';

export const companyId = 'c1';
export const scope = everything;

export type Books = Awaited<ReturnType<typeof emptyBooks>>;

/** A company with nothing posted. */
export const emptyBooks = async (mode: LedgerMode = 'erpLed') => {
  const [accounts, files, imports, settings] = [
    memoryAccounts(),
    memoryFiles(),
    memoryImports(),
    memorySettings(),
  ];
  const company = { companyId, legalName: 'One', mode, zone: 'UTC', country: 'DE', currency: 'EUR' };
  const version = { value: company, by: 'test', at: '2026-03-01T00:00:00Z', reason: 'test' };
  await settings.save(scope, { scope: `company:${companyId}`, name: 'company' }, 0, version);
  const [feeds, sender] = [memoryFeeds(), memorySender()];
  const customers = memoryCustomers();
  return { accounts, files, imports, settings, feeds, sender, customers, hashText: sha256 };
};

/** Puts a part in the store, as ingestion or reconciliation would. */
export const putPart = async (
  books: Books,
  importId: string,
  part: string,
  lines: readonly AccountWork[],
): Promise<void> => {
  await books.imports.create(scope, importWith(importId));
  const name = `${importId}/parts/${part}.ndjson`;
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  await books.files.write(scope, { companyId, name }, text);
};

const importWith = (importId: string): ImportDocument => ({
  ...{ companyId, importId, kind: 'snapshot', format: 'csv', source: 'erp', fileName: 'f.csv', bytes: 1 },
  ...{ sha256: importId, scope: {}, declared: {}, state: 'posting', buckets: 1, rejectedBy: {}, sums: {} },
  progress: { phase: 'posting', bytesRead: 0, step: 0, bucketsDone: 0, partsSent: 0 },
  counts: { rows: 0, accepted: 0, rejected: 0, repeated: 0 },
  ...{ unreadableKeys: 0, by: 'test', receivedAt: '2026-03-11T05:00:00Z', changedAt: '2026-03-11T05:00:00Z' },
});

/** Posts a part once, every port behind the gate. @throws what the workflow throws. */
export const post = async (
  books: PostingParts,
  importId: string,
  part: string,
  gate: Gate = gateOf(),
  now = '2026-03-11T06:00:00Z',
): Promise<PartResult> => {
  const parts = {
    ...books,
    accounts: withFaults(books.accounts, gate, 'accounts'),
    files: withFaults(books.files, gate, 'files'),
    imports: withFaults(books.imports, gate, 'imports'),
    feeds: withFaults(books.feeds, gate, 'feeds'),
    sender: withFaults(books.sender, gate, 'sender'),
  };
  const message = { v: 1 as const, companyId, importId, part };
  const outcome = await postPart(message, { now: instantFromText(now), scope }, parts);
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.detail}`);
  return outcome.value;
};

/** What is open on an account, by number. */
export const openOn = async (
  { accounts }: PostingParts,
  accountId: string,
): Promise<Record<string, number>> => {
  const open: Record<string, number> = {};
  let after: string | undefined;
  do {
    const key: AccountKey = { companyId, accountId };
    const page = await accounts.openItems(scope, key, {
      limit: 500,
      ...(after === undefined ? {} : { after }),
    });
    for (const item of page.items) open[item.number] = item.open;
    after = page.after;
  } while (after !== undefined);
  return open;
};

/** The balance its head keeps. */
export const balanceOf = async ({ accounts }: PostingParts, accountId: string) => {
  const { account } = await accounts.load(scope, { companyId, accountId });
  return account.head.balances['EUR']?.open ?? zero;
};

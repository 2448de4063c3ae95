/**
 * What a home page costs as a whole, tiles and lists, on the local Cosmos DB.
 * From: `reads.ts`, which has filled the reports. Next: its lines. Cases and rows of work grow with the ledger; a page
 * shows as many.
 */
import type { Container } from '@azure/cosmos';
import { readHome } from '../../functions/reporting/read-home.ts';
import { cosmosCases } from '../../shared/azure/cosmos-cases.ts';
import { cosmosReceipts } from '../../shared/azure/cosmos-receipts.ts';
import { cosmosWorklist } from '../../shared/azure/cosmos-worklist.ts';
import { homeRoles, type HomeRole } from '../../shared/contracts/home.ts';
import { addDays, type Day, type Instant } from '../../shared/domain/calendar.ts';
import { openReceipt } from '../../shared/domain/evolve-receipt.ts';
import { amountOf } from '../../shared/domain/money.ts';
import { scopeOf, type Scope } from '../../shared/domain/scope.ts';
import type { WorklistRow } from '../../shared/domain/worklist-row.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import type { CaseRow } from '../../shared/ports/case-index.ts';
import type { ReceiptStore } from '../../shared/ports/receipt-store.ts';
import type { ReportStore } from '../../shared/ports/report-store.ts';
import { wireOf } from '../domain/receipt-examples.ts';
import { memoryFiles } from '../support/memory/file-store.ts';
import { memoryReferences } from '../support/memory/reference-store.ts';
import { ownBook } from '../support/own-book.ts';
import { everything } from '../support/test-edge.ts';
import { newReportParts } from '../functions/reporting/report-parts.ts';
import type { Meter } from './cost-lines.ts';

type Place = { companyId: string; now: Instant; today: Day };
type Stores = { accounts: AccountStore; reports: ReportStore; container: (name: string) => () => Container };

const caseOf = ({ companyId, today }: Place, n: number): CaseRow => ({
  ...{ id: `case-${n}`, companyId, accountId: `a${n}`, as: 'dispute', code: 'price', state: 'opened' },
  ...{ isOpen: true, owner: `o${n % 20}`, department: 'sales', amount: amountOf(n), currency: 'EUR' },
  ...{ openedOn: addDays(today, -(n % 90)), dueOn: addDays(today, n % 30), missingPapers: [], version: 1 },
});

const rowOf = ({ companyId, today }: Place, n: number): WorklistRow => ({
  ...{ companyId, accountId: `a${n}`, collectorId: `t:c${Math.floor(n / 200)}`, salesOwners: [], stage: 1 },
  ...{ currency: 'EUR', version: 1, writtenOn: today, turnsOn: addDays(today, 5), best: amountOf(n) },
  phases: [{ from: today, claim: amountOf(n), points: amountOf(n), parts: [] }],
  ...(n % 3 === 0 ? { dues: [{ id: 'd', kind: 'reply', on: today }], visibleFrom: today } : { dues: [] }),
});

/** Money nobody knows whose it is. */
const keepReceipt = async (receipts: ReceiptStore, { companyId, now }: Place, n: number): Promise<void> => {
  const { payer: _payer, ...head } = wireOf(1_000, { id: `wire-${n}`, companyId });
  const opened = openReceipt(head);
  if (!opened.ok) throw new Error(opened.detail);
  const loaded = await receipts.load(everything, { companyId, receiptId: head.id });
  const change = {
    at: now,
    actor: { kind: 'job', id: 'bench' },
    cause: { kind: 'bench', id: `${n}` },
  } as const;
  await receipts.append(everything, loaded, { ...change, facts: opened.value }, head);
};

const ofCollector = (companyId: string): Scope =>
  scopeOf([{ companies: [companyId], accounts: { by: 'collector', ids: ['t:c0'] } }]);

/** Request units by role. `size`: rows of work and cases of the company. */
export const costOfHomes = async (
  { accounts, reports, container }: Stores,
  place: Place,
  size: number,
  { units, charged }: Meter,
): Promise<Partial<Record<HomeRole, number>>> => {
  const { companyId, now } = place;
  const cases = cosmosCases(container('cases'), charged);
  const worklist = cosmosWorklist(container('worklist'), charged);
  const receipts = cosmosReceipts(container('receipts'), charged);
  for (let n = 0; n < size; n += 1) {
    await cases.put(everything, caseOf(place, n));
    await worklist.put(everything, rowOf(place, n));
    if (n % 20 === 0) await keepReceipt(receipts, place, n);
  }
  const parts = {
    ...{ ...newReportParts().parts, accounts, reports, cases, worklist, receipts, documents: memoryFiles() },
    ...{ references: memoryReferences(), bookOf: ownBook, zoneOf: async () => 'UTC' },
  };
  const costs: Partial<Record<HomeRole, number>> = {};
  for (const role of homeRoles) {
    const scope = role === 'collector' ? ofCollector(companyId) : everything;
    units();
    const page = await readHome(parts, role, { companyId, callerId: 'o1', scope, now });
    if (!page.ok) throw new Error(`no home page of ${role}`);
    costs[role] = units();
  }
  return costs;
};

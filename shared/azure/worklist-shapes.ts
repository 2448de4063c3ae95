/**
 * Rows of the worklist as they lie in the store.
 * From: `cosmos-worklist.ts`. Next: rows of the domain. `rank` and `turnsOn` are what lists are read by; a row that
 * is in no ranked list has an order behind all others.
 */
import { z } from 'zod';
import { dueKinds } from '../domain/worklist-account.ts';
import { neverTurns, type WorklistRow } from '../domain/worklist-row.ts';
import { riskClasses, touches } from '../domain/worklist-rules.ts';
import { worklistFactors } from '../domain/worklist-score.ts';
import { noOrder, orderOf } from '../ports/worklist-store.ts';
import { sha256 } from './entry-hash.ts';

const text = z.string();
const off = z.enum([
  ...(['contactedToday', 'placed', 'legal', 'insolvent', 'netCredit', 'nothingClaimable'] as const),
  'belowMinimum',
]);
const phase = z.object({
  ...{ from: text, off: off.optional(), claim: z.int(), oldestDueOn: text.optional(), points: z.int() },
  parts: z.array(z.object({ factor: z.enum(worklistFactors), points: z.int() })),
});

const document = z.object({
  row: z.object({
    ...{ companyId: text, accountId: text, collectorId: text, salesOwners: z.array(text) },
    ...{ name: text.optional(), segment: text.optional(), currency: text, version: z.int() },
    ...{ writtenOn: text, phases: z.array(phase).min(1), turnsOn: text, best: z.int().optional() },
    dues: z.array(z.object({ id: text, kind: z.enum(dueKinds), on: text, at: text.optional() })),
    visibleFrom: text.optional(),
    ...{ lastContactOn: text.optional(), lastTalkOn: text.optional(), stage: z.int() },
    ...{ unreached: z.int().optional(), orders: z.int().optional(), frame: text.optional() },
    party: z.object({ of: text, risk: z.enum(riskClasses), touch: z.enum(touches) }).optional(),
  }),
});

/** @throws ZodError when it is none. */
export const rowOf = (value: unknown): WorklistRow => document.parse(value).row as unknown as WorklistRow;

/** An account number may hold what an id may not. */
export const idOf = (accountId: string): string => sha256(accountId);

export const documentOf = (row: WorklistRow) => ({
  ...{ id: idOf(row.accountId), companyId: row.companyId, collectorId: row.collectorId },
  ...{ accountId: row.accountId, salesOwners: row.salesOwners },
  rank: row.best === undefined ? noOrder : orderOf(row.best, row.accountId),
  visibleFrom: row.visibleFrom ?? neverTurns,
  turnsOn: row.turnsOn,
  ...(row.orders !== undefined && { orders: row.orders }),
  frame: row.frame ?? '',
  row,
});

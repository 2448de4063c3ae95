/**
 * A line of a posting part as it is read back: one account and what is to be done for it.
 * From: `parts/<part>.ndjson`, written by ingestion and reconciliation. Next: the ledger's posting workflow.
 * What money and identity stand on is checked; a line that does not fit stops its part.
 */
import { z } from 'zod';
import type { AccountWork } from '../domain/account-work.ts';
import { itemKinds } from '../domain/item.ts';

const amount = z.int();
const day = z.iso.date();
const instant = z.iso.datetime({ offset: true });
const text = z.string().min(1);
const placed = z.looseObject({ row: z.int(), accountId: text });

const documentRow = placed.extend({
  ...{ kind: z.enum(itemKinds), number: text, part: text },
  ...{ documentOn: day, postedOn: day, dueOn: day, currency: text, original: amount, open: amount },
  ...{ discountTiers: z.array(z.looseObject({})), parties: z.looseObject({}), references: z.looseObject({}) },
  ...{ isInsured: z.boolean(), isIntercompany: z.boolean(), faults: z.array(z.string()) },
});
const deltaRow = documentRow.extend({
  news: z.looseObject({
    change: z.enum(['upsert', 'cleared', 'cancelled', 'reopened']),
    changedAt: instant,
    clearedOn: day.optional(),
  }),
});
const allocationRow = z.looseObject({
  ...{ row: z.int(), fromId: text, kind: z.enum(itemKinds), number: text, part: text, currency: text },
  ...{ amount, discount: amount, difference: amount, postedOn: day, isReversal: z.boolean() },
});

const account = { accountId: text, accountName: z.string().optional() };
const source = text;

const line = z.discriminatedUnion('do', [
  z.looseObject({
    ...{ ...account, do: z.literal('reconcile'), source, asOf: instant, previousAsOf: instant.optional() },
    scope: z.looseObject({ currency: text.optional() }),
    rows: z.array(documentRow),
    withheld: z.union([z.array(text), z.literal('all')]),
  }),
  z.looseObject({
    ...{ ...account, do: z.literal('update'), source, rows: z.array(deltaRow) },
    partPayments: z.literal('gross').optional(),
  }),
  z.looseObject({
    ...{ ...account, do: z.literal('journal'), source },
    ...{ documents: z.array(documentRow), allocations: z.array(allocationRow) },
  }),
  z.looseObject({ ...account, do: z.literal('history'), source, rows: z.array(deltaRow) }),
  z.looseObject({ ...account, do: z.literal('customers'), source, asOf: instant, rows: z.array(placed) }),
  z.looseObject({ ...account, do: z.literal('contacts'), rows: z.array(placed) }),
  z.looseObject({
    ...{ ...account, do: z.literal('apStatus'), source },
    rows: z.array(
      placed.extend({
        number: text,
        part: text,
        status: z.string(),
        statusOn: day,
        payOn: day.exactOptional(),
      }),
    ),
  }),
]);

/** @throws when a line is no work: another version wrote it, or it was damaged. */
export const parseAccountWork = (ndjson: string): AccountWork[] =>
  ndjson
    .split('\n')
    .filter((one) => one !== '')
    .map((one) => line.parse(JSON.parse(one)) as unknown as AccountWork);

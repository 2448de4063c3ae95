/**
 * An account as it is without one of its sources of customers: somebody linked it wrongly.
 * From: master data, whose source is taken back. Next: `functions/ledger/take-back-customer.ts`. What the source alone
 * said goes; what others say counts again; what a person took from its word is decided anew. Money is none of this.
 */
import type { AccountHead } from './account.ts';
import type { Day } from './calendar.ts';
import { customerFields, mergedFrom, type CustomerField, type CustomerSource } from './customer-sources.ts';
import type { HeadFact } from './facts.ts';
import type { MasterData } from './master-data.ts';
import type { CustomerRow } from './other-rows.ts';
import { isSameJson } from './same-json.ts';
import { segmentNews } from './segments.ts';

export type TakenBack = {
  after: MasterData;
  /** Fields that are different now. */
  changed: CustomerField[];
  /** Fields a person had decided by the word of this source: their decision is gone. */
  withdrawn: CustomerField[];
};

/** The very same master data where the source says nothing of it under this number. */
export const sourceTakenBack = (known: MasterData, source: string, externalId: string): TakenBack => {
  const { [source]: gone, ...sources } = known.sources ?? {};
  if (gone?.externalId !== externalId) return { after: known, changed: [], withdrawn: [] };
  const withdrawn = customerFields.filter((field) => known.decisions?.[field]?.source === source);
  const confirmed = known.confirmed?.filter((field) => !withdrawn.some((one) => one === field));
  const told = customerFields.filter(
    (field) => withdrawn.includes(field) || (gone.said[field] !== undefined && !confirmed?.includes(field)),
  );
  const without = (names: readonly string[], from: object): object =>
    Object.fromEntries(Object.entries(from).filter(([name]) => !names.includes(name)));
  const bare = without([...told, ...(told.includes('name') ? ['nameFrom'] : [])], known) as MasterData;
  const { leadingSource, ...rest } = bare;
  const after = mergedFrom({
    ...rest,
    sources,
    ...(confirmed === undefined ? {} : { confirmed }),
    ...(known.decisions === undefined ? {} : { decisions: without(withdrawn, known.decisions) }),
    ...(leadingSource === undefined || leadingSource === source ? {} : { leadingSource }),
  } as MasterData);
  const changed = customerFields.filter((field) => !isSameJson(known[field] ?? null, after[field] ?? null));
  return { after, changed, withdrawn };
};

/** What the head says of it too: a segment and a seller that came of the source alone are no more. */
export const headWithout = (
  head: Pick<AccountHead, 'segment' | 'salesOwners'>,
  before: MasterData,
  after: MasterData,
  on: Day,
): HeadFact[] => {
  const segment = segmentNews(head, { segment: after.segment ?? '' }, on);
  const { salesOwners = [] } = head;
  const owners = salesOwners.filter((one) => one !== before.salesOwner);
  const named = after.salesOwner === undefined ? owners : [...new Set([...owners, after.salesOwner])];
  const isOther = before.salesOwner !== after.salesOwner && !isSameJson(named.toSorted(), salesOwners);
  return [
    ...(before.segment === after.segment || segment === undefined ? [] : [segment]),
    ...(isOther ? [{ kind: 'salesOwnersNamed', owners: named.toSorted(), on } as const] : []),
  ];
};

/** All the source had said as one row, so that linking it again says it all again. */
export const rowWithSaid = (row: CustomerRow, { said }: Pick<CustomerSource, 'said'>): CustomerRow => {
  const { creditLimit, ...fields } = said;
  return {
    ...fields,
    ...(creditLimit === undefined ? {} : { creditLimit: creditLimit.amount, currency: creditLimit.currency }),
    ...row,
  };
};

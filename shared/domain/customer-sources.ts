/**
 * What each source says of one customer, side by side, and the one value of each field that comes of it.
 * From: rows of files of customers, decisions of people. Next: master data of the account, the queue of conflicts.
 * Personal data like the rest of master data: kept beside the journal, never in it. The order of files of different
 * sources does not matter; of one source the later instant counts.
 */
import type { MasterData } from './master-data.ts';
import { isSameJson } from './same-json.ts';

export const customerFields = [
  ...(['name', 'address', 'postalCode', 'city', 'country', 'taxId', 'termsCode', 'currency'] as const),
  ...(['creditLimit', 'language', 'parentId', 'salesOwner', 'segment'] as const),
  ...(['requiresPurchaseOrder', 'isClosed'] as const),
] as const;
export type CustomerField = (typeof customerFields)[number];
export type CustomerSaid = Pick<MasterData, CustomerField>;

/** Why a row of a source is about this account. */
export const matchReasons = [
  'same-number',
  'named-account',
  'same-tax-id',
  'same-name-and-place',
  'person',
] as const;
export type MatchReason = (typeof matchReasons)[number];

/** What one source says. */
export type CustomerSource = {
  said: CustomerSaid;
  /** Since when it says so, by field (ISO instant). */
  since: Partial<Record<CustomerField, string>>;
  /** ISO instant of the last file that said anything new. */
  asOf: string;
  /** Its own number of the customer. */
  externalId: string;
  reason: MatchReason;
  /** Who said that it is the same, where a person did. */
  by?: string;
};

/** What a person decided of a field, and which values there were. */
export type CustomerDecision = { by: string; at: string; reason: string; source?: string };

export type CustomerConflict = {
  field: CustomerField;
  /** ISO instant from which on they differ. */
  since: string;
  values: Readonly<Record<string, unknown>>;
};

/** A file of one source about the account. */
export type CustomerNews = Omit<CustomerSource, 'since'> & { source: string; isLeading: boolean };

/**
 * What is known after a source has spoken; the very same object when that is nothing new or older. A source that has
 * two numbers for one customer is heard by the first of them in the order of text, whichever came first.
 */
export const customerAfter = (known: MasterData, news: CustomerNews): MasterData => {
  const { source, isLeading, said: spoken, ...match } = news;
  const before = known.sources?.[source];
  if (before !== undefined && (before.asOf > news.asOf || before.externalId < news.externalId)) return known;
  const isItsOwn = before?.externalId === match.externalId;
  const said = { ...(isItsOwn ? before.said : {}), ...saidBy(spoken, isLeading) };
  const isSame = isItsOwn && isSameJson(before.said, said);
  if (isSame && (!isLeading || known.leadingSource === source)) return known;
  const kept = isItsOwn ? { ...match, reason: before.reason, ...byOf(before) } : match;
  const since = sinceOf(said, isItsOwn ? before : undefined, match.asOf);
  const sources = sorted({ ...known.sources, [source]: { ...kept, said, since } });
  return mergedFrom({ ...known, sources, ...(isLeading ? { leadingSource: source } : {}) });
};

const sinceOf = (
  said: CustomerSaid,
  before: CustomerSource | undefined,
  asOf: string,
): CustomerSource['since'] =>
  Object.fromEntries(
    customerFields
      .filter((field) => said[field] !== undefined)
      .map((field) => {
        const isAsBefore = before !== undefined && isSameJson(said[field], before.said[field]);
        return [field, isAsBefore ? (before.since[field] ?? asOf) : asOf];
      }),
  );

const byOf = ({ by }: CustomerSource): { by?: string } => (by === undefined ? {} : { by });

/** A row always says open or closed; only the leading source means it when it says open. */
const saidBy = ({ isClosed, ...said }: CustomerSaid, isLeading: boolean): CustomerSaid => ({
  ...said,
  ...(isClosed === true || (isClosed === false && isLeading) ? { isClosed } : {}),
});

const sorted = (sources: Record<string, CustomerSource>): Record<string, CustomerSource> =>
  Object.fromEntries(Object.entries(sources).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** By field: what a person confirmed; else what the leading source says; else what the first of the others says. */
export const mergedFrom = (known: MasterData): MasterData => {
  const sources = Object.entries(known.sources ?? {});
  const order = [...sources].toSorted(([a], [b]) => rank(known, a) - rank(known, b) || (a < b ? -1 : 1));
  const open = customerFields.filter((field) => !known.confirmed?.includes(field));
  const values = open.flatMap((field): [string, unknown][] => {
    const first = order.find(([, { said }]) => said[field] !== undefined);
    return first === undefined ? [] : [[field, first[1].said[field]]];
  });
  const isNamed = order.some(([, { said }]) => said.name !== undefined);
  return { ...known, ...Object.fromEntries(values), ...(isNamed ? { nameFrom: 'customers' as const } : {}) };
};

const rank = ({ leadingSource }: MasterData, source: string): number => (source === leadingSource ? 0 : 1);

/** Spaces and signs of a tax id are a matter of writing. */
const isAgreed = (a: unknown, b: unknown, field: CustomerField): boolean =>
  field === 'taxId' && typeof a === 'string' && typeof b === 'string'
    ? plainTaxId(a) === plainTaxId(b)
    : isSameJson(a, b);

export const plainTaxId = (taxId: string): string => taxId.toUpperCase().replace(/[^A-Z0-9]/g, '');

/** Fields of which sources say different things and nobody has decided, in the order of fields. */
export const conflictsOf = ({ sources = {}, confirmed = [] }: MasterData): CustomerConflict[] =>
  customerFields.flatMap((field) => {
    if (confirmed.includes(field)) return [];
    const saying = Object.entries(sources)
      .filter(([, { said }]) => said[field] !== undefined)
      .toSorted(([, a], [, b]) => ((a.since[field] ?? '') < (b.since[field] ?? '') ? -1 : 1));
    const [first] = saying;
    const other = saying.find(([, { said }]) => !isAgreed(said[field], first?.[1].said[field], field));
    if (first === undefined || other === undefined) return [];
    const values = Object.fromEntries(
      saying
        .map(([name, { said }]): [string, unknown] => [name, said[field]])
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    );
    return [{ field, since: other[1].since[field] ?? other[1].asOf, values }];
  });

/** The field as a person wants it from now on; files of any source leave it so. */
export const fieldDecided = (
  known: MasterData,
  field: CustomerField,
  value: unknown,
  decision: CustomerDecision,
): MasterData => ({
  ...known,
  [field]: value,
  ...(field === 'name' ? { nameFrom: 'customers' as const } : {}),
  confirmed: [...new Set([...(known.confirmed ?? []), field])].toSorted(),
  decisions: { ...known.decisions, [field]: decision },
});

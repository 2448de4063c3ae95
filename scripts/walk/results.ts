/**
 * What a walk came to: counts, sums and rows that anybody can check with other means.
 * From: reports of the uploads, aging, balances and the items' export, all over HTTP. Next: `main.ts` prints or
 * writes them. Amounts in minor units, days ISO.
 */
import { parse } from 'csv-parse/sync';
import { addCash, type CashSums } from '../../shared/domain/cash-moves.ts';
import { addSums } from '../../shared/domain/control-totals.ts';
import type { Sums } from '../../shared/domain/imports.ts';
import { agingAnswer, balancesAnswer } from '../../shared/contracts/reporting.ts';
import type { ImportAnswer } from '../../shared/contracts/imports.ts';
import type { Counts, WalkAzure } from './azure.ts';
import { readChased, type Chased } from './chased.ts';
import type { MessageRow } from './letters.ts';
import { walkCompany, type WalkPeople } from './set-up.ts';
import type { Nights } from './snapshot-walk.ts';
import type { StaffClient } from './staff-client.ts';

export type AgingRow = { day: string; currency: string; bucket: string; amountMinor: number };
export type ItemRow = Record<(typeof itemColumns)[number], string>;

export const itemColumns = [
  ...(['account', 'number', 'part', 'currency', 'posted', 'due'] as const),
  ...(['original', 'open', 'clearedFrom', 'clearedTo'] as const),
] as const;

export type WalkResults = Counts &
  Chased & {
    rows: { accepted: number; rejected: number; rejectedBy: Record<string, number> };
    /** Entries the files made, and by how much they changed what is open, as their reports say. */
    entries: number;
    changeByCurrency: Record<string, number>;
    /** Money of the files, by where it is. */
    cashByCurrency: ImportAnswer['posted']['cash'];
    openByCurrency: Record<string, number>;
    /** By currency and bucket, on the last day. */
    agingByCurrency: Record<string, Record<string, number>>;
    /** Files that were refused, or wait for a person, by the reason. */
    notTaken: Record<string, number>;
    nights?: Nights;
    aging: AgingRow[];
    items: ItemRow[];
    sent: MessageRow[];
  };

/** Mails that arrived, and whether each was compared with the file it must agree with. */
export type Sent = { sent: MessageRow[]; isCompared: boolean };

/** The aging at the end of a day, as it stands with what has been posted for that day. */
export const readAgingOf = async (staff: StaffClient, day: string): Promise<AgingRow[]> => {
  const path = `/api/aging?company=${walkCompany}&asOf=${day}&view=corrected`;
  const { groups } = agingAnswer.parse(await staff.get(path));
  return groups
    .flatMap(({ currencies }) => currencies)
    .flatMap(({ currency, receivables: { buckets, columns } }) => {
      const { disputed: _disputed, ...shown } = columns;
      return Object.entries({ ...buckets, ...shown }).map(([bucket, amountMinor]) => ({
        ...{ day, currency, bucket, amountMinor },
      }));
    });
};

export const readResults = async (
  azure: WalkAzure,
  people: WalkPeople,
  reports: readonly ImportAnswer[],
  days: readonly string[],
  found: readonly AgingRow[],
  { sent, isCompared }: Sent = { sent: [], isCompared: false },
): Promise<WalkResults> => {
  const { executive, manager } = people;
  const counts = await azure.counts();
  const today = (await azure.now()).slice(0, 10);
  const balances = balancesAnswer.parse(await executive.get(`/api/balances?company=${walkCompany}`));
  const csv = await manager.text(`/api/exports/items?company=${walkCompany}&state=all&format=csv`);
  const items: ItemRow[] = parse(csv, { columns: true, bom: true });
  const currencies = [...new Set(items.map(({ currency }) => currency))].toSorted();
  const aging = withZeros(found, days, currencies);
  const none = Object.fromEntries(currencies.map((currency) => [currency, 0]));
  return {
    rows: rowsOf(reports),
    notTaken: notTaken(reports),
    entries: reports.reduce((sum, { posted }) => sum + posted.entries, 0),
    changeByCurrency: {
      ...none,
      ...reports.reduce<Sums>((all, { posted }) => addSums(all, posted.change as Sums), {}),
    },
    cashByCurrency: reports.reduce<CashSums>((all, { posted }) => addCash(all, posted.cash as CashSums), {}),
    openByCurrency: { ...none, ...balances.companies[0]?.openByCurrency },
    agingByCurrency: byCurrency(aging),
    ...counts,
    ...(await readChased(people, sent, { isCompared, days: [days[0] ?? today, today] })),
    aging,
    items,
    sent: [...sent],
  };
};

const notTaken = (reports: readonly ImportAnswer[]): Record<string, number> => {
  const codes: Record<string, number> = {};
  for (const { state, because } of reports)
    if (state !== 'done') codes[because?.code ?? state] = (codes[because?.code ?? state] ?? 0) + 1;
  return codes;
};

const buckets = ['notDue', '1-30', '31-60', '61-90', '91+', 'credits', 'retention', 'drafts', 'insolvent'];

/** A row for each day, currency and bucket, also where nothing is open. */
const withZeros = (
  found: readonly AgingRow[],
  days: readonly string[],
  currencies: readonly string[],
): AgingRow[] => {
  const known = new Map(found.map((row) => [`${row.day} ${row.currency} ${row.bucket}`, row]));
  return days.flatMap((day) =>
    currencies.flatMap((currency) =>
      buckets.map(
        (bucket) => known.get(`${day} ${currency} ${bucket}`) ?? { day, currency, bucket, amountMinor: 0 },
      ),
    ),
  );
};

/** A row that says what another row of its file said is one of the rejected, under `repeated`. */
const rowsOf = (reports: readonly ImportAnswer[]): WalkResults['rows'] => {
  const rejectedBy: Record<string, number> = {};
  const add = (code: string, count: number): void => {
    if (count > 0) rejectedBy[code] = (rejectedBy[code] ?? 0) + count;
  };
  let accepted = 0;
  let rejected = 0;
  for (const { rows, posted } of reports) {
    const atAccounts = Object.values(posted.refusedBy).reduce((sum, count) => sum + count, 0);
    const skipped = Object.values(rows.skippedBy).reduce((sum, count) => sum + count, 0);
    accepted += rows.accepted - atAccounts;
    rejected += rows.rejected + rows.repeated + skipped + atAccounts;
    for (const counted of [rows.rejectedBy, rows.skippedBy, posted.refusedBy])
      for (const [code, count] of Object.entries(counted)) add(code, count);
    add('repeated', rows.repeated);
  }
  return { accepted, rejected, rejectedBy };
};

const byCurrency = (aging: readonly AgingRow[]): Record<string, Record<string, number>> => {
  const last = aging.at(-1)?.day;
  const found: Record<string, Record<string, number>> = {};
  for (const { day, currency, bucket, amountMinor } of aging)
    if (day === last) (found[currency] ??= {})[bucket] = amountMinor;
  return found;
};

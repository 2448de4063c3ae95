/**
 * How a company's book stands to its ERP: who keeps it, of when the newest feed and the bank's are, how far the book is
 * from the ERP's control account (R146, R4).
 * From: what arrived, the checks of accepted snapshots, the control account as told. Next: beside every balance.
 */
import { dayAt, instantFromText, type Day } from './calendar.ts';
import type { Company, LedgerMode } from './company.ts';
import { bookFeeds, type Arrival } from './freshness.ts';
import type { FeedScope, Sums } from './imports.ts';
import { subtract, zero, type AmountMinor, type Currency } from './money.ts';
import type { MorningFigures } from './morning-check.ts';
import { withheldReasons, type WithheldReason } from './withheld-reasons.ts';

/** What the book came to when a snapshot was accepted; a named range of accounts is no balance of a company. */
export type CheckedBook = { asOf: string; currency?: Currency; closing: Sums };

export type BookStanding = {
  mode: LedgerMode;
  /** ISO instant; null before the first feed, and where the book is kept here. */
  feedAsOf: string | null;
  /** Of the bank file that lags most: its last booked day, or the instant it came where it names none; null without. */
  bankAsOf: string | null;
  /** By currency what the book is above the control account; null where it was not told for a day that was checked. */
  control: { on: Day; differences: Readonly<Record<Currency, AmountMinor>> } | null;
  /** Why nothing automatic leaves this company just now, in words by their code; empty when nothing keeps it (R149). */
  silentBecause: readonly { code: WithheldReason; text: string }[];
};

type Known = {
  arrivals: readonly Arrival[];
  checked?: Readonly<Record<string, CheckedBook>>;
  control?: { on: Day; balances: Sums };
};

/** The check of a scope that a control account can be compared with; undefined for a range of accounts. */
export const checkedBook = (
  { currency, accounts }: FeedScope,
  { asOf, lines }: Pick<MorningFigures, 'asOf' | 'lines'>,
): CheckedBook | undefined => {
  if (accounts !== undefined) return undefined;
  const closing = Object.fromEntries(lines.map((line) => [line.currency, line.closing]));
  return { asOf, closing, ...(currency === undefined ? {} : { currency }) };
};

/** `blocks`: what keeps the company silent. */
export const standingOf = (
  { mode, zone }: Company,
  known: Known,
  blocks: readonly WithheldReason[],
): BookStanding => {
  const silentBecause = blocks.map((code) => ({ code, text: withheldReasons[code] }));
  const bankAsOf = bankAsOfIn(known.arrivals);
  if (mode === 'dunwellLed') return { mode, feedAsOf: null, bankAsOf, control: null, silentBecause };
  const instants = known.arrivals
    .filter(({ kind }) => bookFeeds.includes(kind))
    .map(({ asOf, receivedAt }) => asOf ?? receivedAt);
  return { mode, feedAsOf: latest(instants), bankAsOf, control: controlOf(known, zone), silentBecause };
};

/** Several banks are as recent as the oldest of them: a newer one says nothing of its money. */
const bankAsOfIn = (arrivals: readonly Arrival[]): string | null =>
  arrivals
    .filter(({ kind }) => kind === 'bankStatement')
    .map(({ bookedOn, receivedAt }) => bookedOn ?? receivedAt)
    .toSorted()[0] ?? null;

const latest = (instants: readonly string[]): string | null =>
  instants.reduce<string | null>(
    (newest, one) =>
      newest === null || instantFromText(one).since(instantFromText(newest)).sign > 0 ? one : newest,
    null,
  );

const controlOf = ({ control, checked = {} }: Known, zone: string): BookStanding['control'] => {
  if (control === undefined) return null;
  const differences: Record<Currency, AmountMinor> = {};
  for (const { asOf, currency, closing } of Object.values(checked)) {
    if (dayAt(instantFromText(asOf), zone) !== control.on) continue;
    const told = currency === undefined ? Object.keys({ ...closing, ...control.balances }) : [currency];
    for (const name of told)
      differences[name] = subtract(closing[name] ?? zero, control.balances[name] ?? zero);
  }
  return Object.keys(differences).length === 0 ? null : { on: control.on, differences };
};

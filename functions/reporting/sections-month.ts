/**
 * Lists of a month that ended: aging as it was known then with what was corrected since beside it, how receivables rolled
 * forward and where the control account stands, what is provided for (R163).
 * From: cells of the last day, kept closings and figures. Next: the month-end pack.
 */
import { addDays, type Day } from '../../shared/domain/calendar.ts';
import { figuresIn } from '../../shared/domain/figures-kept.ts';
import { provisionOf } from '../../shared/domain/metrics-money.ts';
import { amountOf, type Currency } from '../../shared/domain/money.ts';
import { movedIn, rollForward } from '../../shared/domain/roll-forward.ts';
import type { ReportSection } from '../../shared/formats/report-mail.ts';
import { ratesOf } from './keep-rates.ts';
import { agedOn, cellsOn, closingOn, figuresOn } from './read-figures.ts';
import { day, money, text, type ReadSection, type SectionCall, type SectionParts } from './section-cells.ts';

const bucketText = (bucket: string): string => (bucket === 'notDue' ? 'not due' : bucket);

/** By currency and by bucket or column, what stood at the end of the period. */
const agingRows = async (
  { reports }: SectionParts,
  { scope, company: { companyId }, lastOn }: SectionCall,
  view: 'known' | 'corrected',
): Promise<Map<string, { currency: Currency; bucket: string; amount: number }>> => {
  const { cells } = await cellsOn({ companyId, day: lastOn, view }, scope, reports);
  const rows = [...agedOn(cells, lastOn)].flatMap(([currency, { receivables }]) =>
    Object.entries({ ...receivables.buckets, ...receivables.columns, total: receivables.total }).map(
      ([bucket, amount]) => ({ currency, bucket, amount }),
    ),
  );
  return new Map(rows.map((row) => [`${row.currency} ${row.bucket}`, row]));
};

/** A later correction stands beside what was known, never inside it. */
export const frozenAgingSections: ReadSection = async (parts, call) => {
  const known = await agingRows(parts, call, 'known');
  const corrected = await agingRows(parts, call, 'corrected');
  const names = [...new Set([...known.keys(), ...corrected.keys()])];
  const rows = names.map((name) => {
    const { currency, bucket } = (known.get(name) ?? corrected.get(name))!;
    const [then, now] = [known.get(name)?.amount ?? 0, corrected.get(name)?.amount ?? 0];
    const sums = [then, now, now - then].map((amount) => money(amount, currency));
    return [text(currency), text(bucketText(bucket)), ...sums];
  });
  const columns = ['currency', 'bucket', 'as known then', 'as corrected since', 'difference'];
  return [{ title: 'Aging', columns, rows }];
};

/** As it was known when the month closed, by the figures kept then; a later correction stands beside it. */
export const rollForwardSections: ReadSection = async (parts, call) => {
  const { scope, firstOn, lastOn } = call;
  const { companyId } = call.company;
  const { kept } = await figuresOn({ companyId, day: lastOn }, scope, parts);
  const opening = await closingOn({ companyId, day: addDays(firstOn, -1) }, kept, scope, parts);
  const closing = await closingOn({ companyId, day: lastOn }, kept, scope, parts);
  const corrected = {
    opening: await totalsOn(parts, call, addDays(firstOn, -1)),
    closing: await totalsOn(parts, call, lastOn),
  };
  const figures = figuresIn(kept, firstOn, lastOn) ?? {};
  const currencies = new Set([opening, closing, corrected.opening, corrected.closing].flatMap(Object.keys));
  const rows = [...currencies].toSorted().flatMap((currency) => {
    const moved = movedIn(figures, currency);
    const { receivables = 0, moved: movedThen = moved } = closing[currency] ?? {};
    const then = rollForward(opening[currency]?.receivables ?? 0, receivables, movedThen);
    const now = rollForward(corrected.opening[currency] ?? 0, corrected.closing[currency] ?? 0, moved);
    return then.map(({ what, amount }, at) => {
      const since = now[at]!.amount;
      const sums = [amount, since, since - amount].map((one) => money(one, currency));
      return [text(currency), text(what), ...sums];
    });
  });
  const columns = ['currency', 'what', 'as known then', 'as corrected since', 'difference'];
  return [{ title: 'Roll-forward', columns, rows }, await controlSection(parts, call)];
};

/** Receivables at the end of a day as corrected since, by currency. */
const totalsOn = async (
  { reports }: SectionParts,
  { scope, company: { companyId } }: SectionCall,
  on: Day,
): Promise<Record<Currency, number>> => {
  const { cells } = await cellsOn({ companyId, day: on, view: 'corrected' }, scope, reports);
  return Object.fromEntries(
    [...agedOn(cells, on)].map(([currency, { receivables }]) => [currency, receivables.total]),
  );
};

/** How far the book was from the ERP's control account when it was last compared. */
const controlSection = async (
  { bookOf }: SectionParts,
  { scope, company: { companyId } }: SectionCall,
): Promise<ReportSection> => {
  const control = (await bookOf(scope, companyId))?.control;
  const rows = Object.entries(control?.differences ?? {}).map(([currency, amount]) => [
    ...[day(control?.on), text(currency), money(amount, currency)],
  ]);
  return { title: 'Control account', columns: ['on', 'currency', 'book above it'], rows };
};

/** By bucket with the company's rates; credits lower nothing. */
export const provisionSections: ReadSection = async (parts, { scope, company: { companyId }, lastOn }) => {
  const { reports } = parts;
  const { provision: rules, version } = await ratesOf(parts, scope, companyId);
  const { cells } = await cellsOn({ companyId, day: lastOn, view: 'known' }, scope, reports);
  const rows = [...agedOn(cells, lastOn)].flatMap(([currency, { receivables }]) => {
    const { insolvent } = receivables.columns;
    const buckets = [
      ...Object.entries(receivables.buckets).map(([bucket, amount]) => ({ bucket, amount })),
      { bucket: 'insolvent', isInsolvent: true, amount: amountOf(insolvent) },
    ].filter(({ amount }) => amount > 0);
    const line = (what: string, amount: number, provision: number) => [
      ...[text(currency), text(bucketText(what)), money(amount, currency), money(provision, currency)],
    ];
    const all = buckets.reduce((sum, { amount }) => sum + amount, 0);
    return [
      ...buckets.map((part) => line(part.bucket, part.amount, provisionOf([part], rules))),
      line('total', all, provisionOf(buckets, rules)),
    ];
  });
  const note = version === 0 ? 'Rates as delivered.' : `Rates of the company, version ${version}.`;
  return [{ title: 'Provision', columns: ['currency', 'bucket', 'amount', 'provision'], rows, note }];
};

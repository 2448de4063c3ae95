/**
 * What each company's ERP and bank send in the early morning, each by its shape: S alone in Leeds, J with a weekly S and
 * CAMT in Kassel, D with a nightly S and BAI2 in Columbus.
 * From: the invented world, what the stories book. Next: uploads by the AR clerk; each is taken whole, but for one.
 */
import { bai2File, camtFile, type Booked } from './bank.ts';
import type { ImportAnswer } from '../../shared/contracts/imports.ts';
import type { Calls, File } from './calls.ts';
import {
  accountsById,
  csv,
  decimal,
  documentRow,
  deltaColumns,
  journalColumns,
  openOn,
  snapshotFile,
} from './files.ts';
import { dayAfter } from './numbers.ts';
import { today } from './plan.ts';
import { bookedOn, invoicesOfMorning } from './stories-money.ts';
import type { Invoice, World } from './world.ts';

/** A night from the last one sent to the morning of a day. */
export type Night = { since: string; day: string };

/** One file of each company at a time: of one company the next says what the one before did not. */
export const sendNight = async (calls: Calls, worlds: readonly World[], night: Night): Promise<void> => {
  const waiting = worlds.map((world) => filesOf(world, night));
  for (;;) {
    const files = waiting.flatMap((some) => some.shift() ?? []);
    if (files.length === 0) return;
    const answers = await calls.upload('SYS', files);
    for (const [at, answer] of answers.entries()) assertTaken(files[at]!, answer, night);
  }
};

const assertTaken = (file: File, { state, rows, because }: ImportAnswer, { day }: Night): void => {
  const isShort = file.kind === 'snapshot' && file.company === 'harrowmint-ltd' && day === today;
  if (state === (isShort ? 'held' : 'done') && rows.rejected === 0) return;
  const refused = `${rows.rejected} refused ${because?.detail ?? ''}`;
  throw new Error(`${file.company} ${file.name}: ${state}, ${refused}`);
};

const filesOf = (world: World, night: Night): File[] => {
  const { letter } = world.plan;
  const before = night.since === '' ? dayAfter(night.day, -1) : night.since;
  if (letter === 'L') return [snapshotOf(world, night)];
  const isMonday = new Date(night.day).getUTCDay() === 1;
  const isFirst = night.since === '';
  if (letter === 'G')
    return [
      ...(isFirst ? [] : [journalOf(world, night)]),
      ...(isFirst || isMonday ? [snapshotOf(world, night)] : []),
      bank(world, 'camt.xml', before, camtFile),
    ];
  return [
    ...(isFirst ? [] : [deltaOf(world, night)]),
    snapshotOf(world, night),
    bank(world, 'bank.bai', before, bai2File),
  ];
};

const common = ({ plan: { id } }: World) => ({ company: id, source: 'erp' });

/** Of the last night in Leeds a good third is missing: somebody stopped the export. */
const snapshotOf = (world: World, { day }: Night): File => {
  const open = openOn(world, dayAfter(day, -1));
  const isShort = world.plan.letter === 'L' && day === today;
  const rows = isShort ? open.slice(0, Math.round(open.length * 0.65)) : open;
  const text = snapshotFile(world, rows);
  return {
    ...common(world),
    kind: 'snapshot',
    name: `open-items-${day}.csv`,
    asOf: `${day}T03:20:00Z`,
    text,
  };
};

const isIn = ({ since, day }: Night, on: string): boolean => on >= since && on < day;

/** Documents of the days since the last file, and what was paid on them. */
const journalOf = (world: World, night: Night): File => {
  const accounts = accountsById(world);
  const news = world.invoices.filter(({ documentOn, type }) => type === undefined && isIn(night, documentOn));
  const documents = [...news, ...invoicesOfMorning(world, night.day)].map((one) => ({
    ...documentRow(one, accounts.get(one.account)!),
    ...{ record: 'document', posting_date: one.documentOn, type: 'invoice' },
  }));
  const paid = world.invoices.filter(({ clearedOn }) => clearedOn !== undefined && isIn(night, clearedOn));
  const rows = [...documents, ...paid.flatMap(paymentRows)];
  const name = `journal-${night.day}.csv`;
  return { ...common(world), kind: 'journal', name, text: csv(journalColumns, rows) };
};

const paymentRows = ({ account, number, currency, amount, clearedOn = '' }: Invoice) => {
  const money = { account, currency, amount: decimal(amount), posting_date: clearedOn };
  const id = `R-${number}`;
  return [
    { ...money, record: 'receipt', receipt_id: id, value_date: clearedOn, bank_reference: `B-${number}` },
    { ...money, record: 'allocation', from_id: id, number, type: 'invoice' },
  ];
};

const deltaOf = (world: World, night: Night): File => {
  const accounts = accountsById(world);
  const changed = world.invoices.flatMap((one) => {
    const at = { changed_at: `${dayAfter(night.day, -1)}T22:00:00Z` };
    if (one.type !== undefined) return [];
    const row = documentRow(one, accounts.get(one.account)!, one.amount);
    if (one.clearedOn !== undefined && isIn(night, one.clearedOn))
      return [
        {
          ...row,
          ...at,
          open_amount: '0.00',
          change: 'cleared',
          cleared_date: one.clearedOn,
          cleared_by: 'payment',
        },
      ];
    return isIn(night, one.documentOn) ? [{ ...row, ...at, change: 'upsert' }] : [];
  });
  const text = csv(deltaColumns, changed);
  return { ...common(world), kind: 'delta', name: `changes-${night.day}.csv`, text };
};

/** Of the day before; on a day without a story the bank takes its own fee. */
const bank = (
  world: World,
  name: string,
  day: string,
  write: (plan: World['plan'], day: string, booked: readonly Booked[]) => string,
): File => {
  const fee = {
    amount: -12_00,
    reference: `FEE-${day}`,
    text: 'account fee',
    payer: 'Bank',
    payerAccount: '0',
  };
  const text = write(world.plan, day, [...bookedOn(world, day), fee]);
  return { company: world.plan.id, source: 'bank', kind: 'bankStatement', name: `${day}-${name}`, text };
};

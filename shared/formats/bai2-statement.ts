/**
 * Reads BAI2 balance reports: accounts with their bookings, proved by control totals and ledger balances.
 * From: `bai2-records.ts`. Next: `bank-statement.ts`. Amounts are in minor units without a point; codes 100–399
 * are credits, 400–699 debits.
 */
import { dayReader } from '../domain/day-text.ts';
import { decimalsOf } from '../domain/currencies.ts';
import type { Day } from '../domain/calendar.ts';
import type { AmountMinor } from '../domain/money.ts';
import { bai2Amount, skipFunds } from './bai2-funds.ts';
import { bai2Line } from './bai2-line.ts';
import { bai2Records, type Bai2Record } from './bai2-records.ts';
import type { BankLine, RawStatement } from './bank-shape.ts';
import { orStop, stop } from './xml-refusal.ts';

const readDay = dayReader('YYYY-MM-DD');

/** A level of the file while it is open: what its trailer must say. */
type Level = { total: bigint; parts: number; records: number };
const level = (): Level => ({ total: 0n, parts: 0, records: 0 });

type Account = {
  account: string;
  currency: string;
  bookedOn: Day;
  balances: Map<string, AmountMinor>;
  lines: BankLine[];
  level: Level;
};

type Reading = {
  file: Level;
  group?: { level: Level; currency: string; bookedOn: Day };
  account?: Account;
  statements: RawStatement[];
  isClosed: boolean;
};

export const bai2Statements = (bytes: Uint8Array): RawStatement[] => {
  const records = bai2Records(bytes);
  if (records[0]?.code !== '01') return stop('structure', 'the file does not begin with record 01');
  const reading: Reading = { file: level(), statements: [], isClosed: false };
  for (const record of records) take(record, reading);
  return reading.isClosed ? reading.statements : stop('structure', 'the file does not end with record 99');
};

const take = (record: Bai2Record, reading: Reading): void => {
  if (reading.isClosed) stop('structure', 'records after the end of the file');
  for (const open of [reading.file, reading.group?.level, reading.account?.level])
    if (open !== undefined) open.records += record.physical;
  switch (record.code) {
    case '02':
      return openGroup(record, reading);
    case '03':
      return openAccount(record, reading);
    case '16':
      return addLine(record, reading);
    case '49':
      return closeAccount(record, reading);
    case '98':
      return closeGroup(record, reading);
    case '99':
      closeLevel(record, reading.file, 'file');
      if (reading.group !== undefined) stop('structure', 'record 99 inside a group');
      reading.isClosed = true;
  }
};

const openGroup = (record: Bai2Record, reading: Reading): void => {
  if (reading.group !== undefined) stop('structure', 'a group begins inside a group');
  const bookedOn = orStop(readBai2Day(record.fields[3]), 'day of the group');
  const currency = record.fields[5]?.trim() || 'USD';
  reading.group = { level: { ...level(), records: record.physical }, currency, bookedOn };
};

const readBai2Day = (text = ''): ReturnType<typeof readDay> => {
  const [, year = '', month = '', day = ''] = /^(\d\d)(\d\d)(\d\d)$/.exec(text.trim()) ?? [];
  return readDay(`20${year}-${month}-${day}`);
};

const openAccount = (record: Bai2Record, reading: Reading): void => {
  const { group } = reading;
  if (group === undefined || reading.account !== undefined)
    return stop('structure', 'record 03 out of place');
  const currency = record.fields[1]?.trim() || group.currency;
  orStop(decimalsOf(currency), 'currency of the account');
  const account: Account = {
    account: record.fields[0]?.trim() || stop('missing-term', 'account number'),
    ...{ currency, bookedOn: group.bookedOn },
    ...{ balances: new Map(), lines: [], level: { ...level(), records: record.physical } },
  };
  for (let at = 2; at < record.fields.length;) {
    const [code = '', amount = ''] = record.fields.slice(at, at + 2);
    if (code.trim() !== '' && amount.trim() !== '') {
      const size = bai2Amount(amount);
      account.level.total += BigInt(size);
      account.balances.set(code.trim(), size);
    }
    at = skipFunds(record.fields, at + 3);
  }
  reading.account = account;
};

const addLine = (record: Bai2Record, reading: Reading): void => {
  const { account } = reading;
  if (account === undefined) return stop('structure', 'record 16 outside an account');
  const { line, size } = bai2Line(record, account.bookedOn);
  account.level.total += BigInt(size);
  if (line !== undefined) account.lines.push(line);
};

const closeAccount = (record: Bai2Record, reading: Reading): void => {
  const { account, group } = reading;
  if (account === undefined || group === undefined) return stop('structure', 'record 49 out of place');
  const declared = closeLevel(record, account.level, `account ${account.account}`, false);
  group.level.total += BigInt(bai2Amount(record.fields[0] ?? ''));
  group.level.parts += 1;
  const opening = account.balances.get('010');
  const closing = account.balances.get('015');
  reading.statements.push({
    format: 'bai2',
    ...{ account: account.account, currency: account.currency, bookedOn: account.bookedOn },
    reference: `${account.bookedOn}/${reading.statements.length + 1}`,
    ...(opening === undefined ? {} : { opening }),
    ...(closing === undefined ? {} : { closing }),
    ...{ declared, lines: account.lines, notBooked: 0 },
  });
  delete reading.account;
};

const closeGroup = (record: Bai2Record, reading: Reading): void => {
  const { group, account } = reading;
  if (group === undefined || account !== undefined) return stop('structure', 'record 98 out of place');
  closeLevel(record, group.level, 'group');
  reading.file.total += BigInt(bai2Amount(record.fields[0] ?? ''));
  reading.file.parts += 1;
  delete reading.group;
};

/** Total, number of parts and number of records that a trailer declares must be what was found. */
const closeLevel = (
  record: Bai2Record,
  found: Level,
  what: string,
  hasParts = true,
): RawStatement['declared'] => {
  const [total = '', ...counts] = record.fields;
  const numbers = counts.map((text) => text.trim());
  const expected = hasParts ? [String(found.parts), String(found.records)] : [String(found.records)];
  const declared = {
    what: `control total of ${what}`,
    declared: BigInt(bai2Amount(total)),
    found: found.total,
  };
  if (declared.declared !== declared.found)
    stop('control-total-mismatch', `${declared.what}: ${declared.declared} declared, ${found.total} found`);
  if (expected.some((count, at) => Number(numbers[at]) !== Number(count)))
    stop('control-total-mismatch', `counts of ${what}: ${numbers.join()} declared, ${expected.join()} found`);
  return [declared];
};

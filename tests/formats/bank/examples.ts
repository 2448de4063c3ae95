/**
 * Invented bank statements for the tests: one intent, written in each format.
 * From: nothing but its arguments. Next: the tests beside it.
 */
import { createHash } from 'node:crypto';

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
export const hashText = (text: string): string => createHash('sha256').update(text).digest('hex');

export type Booking = {
  amount: number;
  reference?: string;
  text: string;
  isReversal?: boolean;
  endToEndId?: string;
};
export type Intent = {
  account: string;
  day: string;
  opening: number;
  closing?: number;
  bookings: readonly Booking[];
};

const decimal = (minor: number, mark: string): string => {
  const digits = String(Math.abs(minor)).padStart(3, '0');
  return `${digits.slice(0, -2)}${mark}${digits.slice(-2)}`;
};

export const closingOf = ({ opening, closing, bookings }: Intent): number =>
  closing ?? bookings.reduce((all, { amount }) => all + amount, opening);

export const camtText = (intent: Intent): string => {
  const { day } = intent;
  const money = (minor: number): string =>
    `<Amt Ccy="EUR">${decimal(minor, '.')}</Amt><CdtDbtInd>${minor < 0 ? 'DBIT' : 'CRDT'}</CdtDbtInd>`;
  const balance = (code: string, minor: number): string =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${money(minor)}<Dt><Dt>${day}</Dt></Dt></Bal>`;
  const entries = intent.bookings.map(
    ({ amount, reference, text, isReversal, endToEndId }) =>
      `<Ntry>${money(amount)}<RvslInd>${isReversal === true}</RvslInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${day}</Dt></BookgDt>${reference === undefined ? '' : `<AcctSvcrRef>${reference}</AcctSvcrRef>`}<NtryDtls><TxDtls><Refs>${endToEndId === undefined ? '' : `<EndToEndId>${endToEndId}</EndToEndId>`}</Refs><RmtInf><Ustrd>${text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`,
  );
  return `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>S-1</Id><CreDtTm>${day}T20:00:00Z</CreDtTm><Acct><Id><IBAN>${intent.account}</IBAN></Id><Ccy>EUR</Ccy></Acct>${balance('OPBD', intent.opening)}${balance('CLBD', closingOf(intent))}${entries.join('')}</Stmt></BkToCstmrStmt></Document>`;
};

export const mt940Text = (intent: Intent): string => {
  const short = intent.day.slice(2).replaceAll('-', '');
  const mark = (minor: number): string => (minor < 0 ? 'D' : 'C');
  const balance = (minor: number): string => `${mark(minor)}${short}EUR${decimal(minor, ',')}`;
  const lines = intent.bookings.map(({ amount, reference, text, isReversal, endToEndId }) => {
    const sign = isReversal === true ? (amount < 0 ? 'RC' : 'RD') : mark(amount);
    const words = `${endToEndId === undefined ? '' : `EREF+${endToEndId}`}SVWZ+${text}`;
    return `:61:${short}${short.slice(2)}${sign}${decimal(amount, ',')}NTRFNONREF${reference === undefined ? '' : `//${reference}`}\r\n:86:166?00GUTSCHRIFT?20${words.slice(0, 27)}?21${words.slice(27)}?31DE02?32ACME`;
  });
  return [
    ...[':20:S-1', `:25:${intent.account}`, ':28C:1/1', `:60F:${balance(intent.opening)}`],
    ...lines,
    ...[`:62F:${balance(closingOf(intent))}`, '-', ''],
  ].join('\r\n');
};

export const bai2Text = (intent: Intent): string => {
  const short = intent.day.slice(2).replaceAll('-', '');
  const closing = closingOf(intent);
  const total = intent.bookings.reduce((all, { amount }) => all + Math.abs(amount), intent.opening + closing);
  const lines = intent.bookings.map(
    ({ amount, reference, text }) =>
      `16,${amount < 0 ? '495' : '195'},${Math.abs(amount)},Z,${reference ?? ''},,${text}/`,
  );
  return [
    ...[`01,1,2,${short},0800,1,80,,2/`, `02,1,2,1,${short},,EUR,2/`],
    `03,${intent.account},EUR,010,${intent.opening},,,015,${closing},,/`,
    ...lines,
    `49,${total},${lines.length + 2}/`,
    ...[`98,${total},1,${lines.length + 4}/`, `99,${total},1,${lines.length + 6}/`],
  ].join('\n');
};

export const plain: Intent = {
  account: 'DE89370400440532013000',
  day: '2026-03-02',
  opening: 10_000,
  bookings: [
    { amount: 23_800, reference: 'B1', text: 'Invoice R-100' },
    { amount: -5_000, reference: 'B2', text: 'Rent' },
  ],
};

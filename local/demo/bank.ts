/**
 * Statements of the demo's banks: CAMT.053 in Kassel, BAI2 in Columbus.
 * From: what was booked on a day. Next: `feeds.ts` uploads them. Amounts in minor units.
 */
import { decimal } from './files.ts';
import type { CompanyPlan } from './plan.ts';

/** `endToEnd`: by which a bank names the same payment again; `returned`: its code of a debit it sends back. */
export type Booked = {
  amount: number;
  reference: string;
  text: string;
  payer: string;
  endToEnd?: string;
  returned?: string;
};

export const camtFile = ({ bank, currency }: CompanyPlan, day: string, booked: readonly Booked[]): string => {
  const money = (minor: number): string =>
    `<Amt Ccy="${currency}">${decimal(Math.abs(minor))}</Amt><CdtDbtInd>${minor < 0 ? 'DBIT' : 'CRDT'}</CdtDbtInd>`;
  const balance = (code: string, minor: number): string =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${money(minor)}<Dt><Dt>${day}</Dt></Dt></Bal>`;
  const entry = (one: Booked): string =>
    [
      `<Ntry>${money(one.amount)}<RvslInd>${one.returned !== undefined}</RvslInd><Sts><Cd>BOOK</Cd></Sts>`,
      `<BookgDt><Dt>${day}</Dt></BookgDt><AcctSvcrRef>${one.reference}</AcctSvcrRef><NtryDtls><TxDtls>`,
      one.endToEnd === undefined ? '' : `<Refs><EndToEndId>${one.endToEnd}</EndToEndId></Refs>`,
      `<RltdPties><Dbtr><Pty><Nm>${one.payer}</Nm></Pty></Dbtr></RltdPties>`,
      `<RmtInf><Ustrd>${one.text}</Ustrd></RmtInf>`,
      one.returned === undefined ? '' : `<RtrInf><Rsn><Cd>${one.returned}</Cd></Rsn></RtrInf>`,
      '</TxDtls></NtryDtls></Ntry>',
    ].join('');
  const sum = booked.reduce((all, { amount }) => all + amount, 0);
  const opening = 250_000_00;
  return [
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>',
    `<Id>S-${day}</Id><CreDtTm>${day}T20:00:00Z</CreDtTm>`,
    `<Acct><Id><IBAN>${bank}</IBAN></Id><Ccy>${currency}</Ccy></Acct>`,
    `${balance('OPBD', opening)}${balance('CLBD', opening + sum)}`,
    `${booked.map(entry).join('')}</Stmt></BkToCstmrStmt></Document>`,
  ].join('');
};

export const bai2File = ({ bank, currency }: CompanyPlan, day: string, booked: readonly Booked[]): string => {
  const short = day.slice(2).replaceAll('-', '');
  const opening = 180_000_00;
  const closing = booked.reduce((all, { amount }) => all + amount, opening);
  const total = booked.reduce((all, { amount }) => all + Math.abs(amount), opening + closing);
  const lines = booked.map(
    ({ amount, reference, text, payer }) =>
      `16,${amount < 0 ? '495' : '195'},${Math.abs(amount)},Z,${reference},,${payer} ${text}/`,
  );
  return [
    ...[`01,1,2,${short},0800,1,80,,2/`, `02,1,2,1,${short},,${currency},2/`],
    `03,${bank},${currency},010,${opening},,,015,${closing},,/`,
    ...lines,
    `49,${total},${lines.length + 2}/`,
    ...[`98,${total},1,${lines.length + 4}/`, `99,${total},1,${lines.length + 6}/`],
  ].join('\n');
};

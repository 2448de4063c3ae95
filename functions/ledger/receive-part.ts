/**
 * Takes in the receipts of one part of an import: each line becomes a receipt, once, however often it comes.
 * From: queue `received-payments`. Next: one message per receipt that has somewhere to go; reversals are carried out
 * here; what the part came to is recorded with its import.
 */
import { receiptLineFrom, type ReceiptLine } from '../../shared/contracts/receipt-lines.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Company } from '../../shared/domain/company.ts';
import type { ImportDocument, PartResult } from '../../shared/domain/imports.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { OutgoingMessage } from '../../shared/ports/message-sender.ts';
import { type CashCall, type CashParts } from './cash-parts.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import { receiveAdvices } from './receive-advices.ts';
import { receiveRow, type ReceivedRow } from './receive-row.ts';
import { receiveTold } from './receive-told.ts';
import { reverseReceipt } from './reverse-receipt.ts';

type Part = { companyId: string; importId: string; part: string };

export const receivePart = async (
  parts: CashParts,
  call: CashCall,
  { companyId, importId, part }: Part,
): Promise<Outcome<PartResult, ProblemCode>> => {
  const { scope } = call;
  const [company, imported, lines] = [
    await readCompany(parts.settings, scope, companyId),
    await parts.imports.load(scope, { companyId, importId }),
    await linesOf(parts, call, { companyId, importId, part }),
  ];
  if (!company.ok) return company;
  if (!lines.ok) return lines;
  if (imported === undefined) return refuse('part-not-found', `there is no import ${importId}`);
  if (imported.document.kind === 'remittance') {
    const rows = lines.value.flatMap((line) => (line.is === 'allocation' ? [line.row] : []));
    const told = { company: company.value, imported: imported.document, part, rows };
    const taken = await receiveAdvices(parts, call, told);
    await parts.imports.record(scope, { companyId, importId }, taken);
    return done(taken);
  }
  const results = await takeIn(parts, call, company.value, imported.document, lines.value);
  const result = resultOf(part, results);
  await parts.imports.record(scope, { companyId, importId }, result);
  return done(result);
};

const linesOf = async (
  { files }: CashParts,
  { scope }: CashCall,
  { companyId, importId, part }: Part,
): Promise<Outcome<ReceiptLine[], ProblemCode>> => {
  const name = `${importId}/receipts/${part}.ndjson`;
  const bytes = await files.read(scope, { companyId, name });
  if (bytes === undefined) return refuse('part-not-found', `there is no file ${name}`);
  const lines = new TextDecoder()
    .decode(bytes)
    .split('\n')
    .filter((line) => line !== '');
  const parsed = lines.map(receiptLineFrom);
  const bad = parsed.indexOf(undefined);
  return bad < 0
    ? done(parsed.filter((line) => line !== undefined))
    : refuse('part-not-readable', `line ${bad + 1} of ${name} is no receipt and no allocation`);
};

/** Money that came in first, then what went back out of it; allocations go with their receipts. */
const takeIn = async (
  parts: CashParts,
  call: CashCall,
  company: Company,
  imported: ImportDocument,
  lines: readonly ReceiptLine[],
): Promise<ReceivedRow[]> => {
  const money = lines.flatMap((line) => (line.is === 'receipt' ? [line.row] : []));
  const told = Map.groupBy(
    lines.flatMap((line) => (line.is === 'allocation' ? [line.row] : [])),
    ({ fromId }) => fromId,
  );
  const results: ReceivedRow[] = [];
  const came = money.filter(({ amount }) => amount > 0);
  for (const row of came)
    results.push(
      await receiveRow(parts, call, { company, imported, row, told: told.get(row.receiptId) ?? [] }),
    );
  await sendOn(parts, company.companyId, results);
  for (const row of money.filter(({ amount }) => amount <= 0))
    results.push(await reverseReceipt(parts, call, imported.source, row, company.companyId));
  const known = new Set(came.map(({ receiptId }) => receiptId));
  const later: ReceivedRow[] = [];
  for (const [fromId, rows] of told)
    if (!known.has(fromId))
      later.push(...(await receiveTold(parts, call, { company, imported, fromId, rows })));
  await sendOn(parts, company.companyId, later);
  return [...results, ...later];
};

const mostPerSend = 100;

const sendOn = async (
  { sender }: CashParts,
  companyId: string,
  results: readonly ReceivedRow[],
): Promise<void> => {
  const messages = results.flatMap((result) =>
    result.is !== 'refused' && result.goesOn ? [messageFor(companyId, result.goesOn)] : [],
  );
  for (let first = 0; first < messages.length; first += mostPerSend)
    await sender.send('received-payments', messages.slice(first, first + mostPerSend));
};

/** The same receipt in the same version is the same message. */
export const messageFor = (
  companyId: string,
  { messageId, receiptId }: { messageId: string; receiptId: string },
): OutgoingMessage => ({ id: messageId, body: { v: 1, companyId, receiptId } });

const resultOf = (part: string, results: readonly ReceivedRow[]): PartResult => {
  const refusedBy: Record<string, number> = {};
  for (const result of results)
    if (result.is === 'refused') refusedBy[result.code] = (refusedBy[result.code] ?? 0) + 1;
  return {
    ...{ part, accounts: 0, rows: results.length, refusedBy, change: {} },
    entries: results.reduce((all, { entries }) => all + entries, 0),
    posted: results.filter(({ is }) => is === 'posted').length,
    unchanged: results.filter(({ is }) => is === 'unchanged').length,
  };
};

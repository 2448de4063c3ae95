/**
 * Takes in the receipts of one part of an import: each line becomes a receipt, once, however often it comes.
 * From: queue `received-payments`. Next: one message per receipt that has somewhere to go; reversals are carried out
 * here; what the part came to, and how many results are still to come, is recorded with its import.
 */
import { receiptLineFrom, type ReceiptLine } from '../../shared/contracts/receipt-lines.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Company } from '../../shared/domain/company.ts';
import type { AllocationRow, ReceiptRow } from '../../shared/domain/feed-rows.ts';
import type { ImportDocument, PartResult } from '../../shared/domain/imports.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { type CashCall, type CashParts } from './cash-parts.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import { explainTold } from './explain-told.ts';
import { keepRefused } from './keep-refused-money.ts';
import { lookMessage } from './post-part.ts';
import { receiveAdvices } from './receive-advices.ts';
import { receiveRow, standingOf, type ReceivedRow } from './receive-row.ts';
import { receiveTold } from './receive-told.ts';
import { resultOfMoney, sendOn, type TakenIn } from './receive-result.ts';
import { reverseRow } from './reverse-receipt.ts';

type Part = { companyId: string; importId: string; part: string; awaitedBy?: number | undefined };

export const receivePart = async (
  parts: CashParts,
  call: CashCall,
  { companyId, importId, part, awaitedBy }: Part,
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
  const { document } = imported;
  const received = { company: company.value, imported: document, part };
  const result =
    document.kind === 'remittance'
      ? await receiveAdvices(parts, call, { ...received, rows: allocationsIn(lines.value) })
      : resultOfMoney(
          part,
          await takeIn(parts, call, { ...received, lines: lines.value }),
          standingOf(company.value, document),
        );
  await parts.imports.record(scope, { companyId, importId }, result);
  if (awaitedBy !== undefined)
    await parts.sender.send('imports', [lookMessage({ companyId, importId, part }, awaitedBy)]);
  return done(result);
};

const allocationsIn = (lines: readonly ReceiptLine[]) =>
  lines.flatMap((line) => (line.is === 'allocation' ? [line.row] : []));

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

/** What money of this file settled where the row does not say on which account. */
const besides = (
  told: ReadonlyMap<string, readonly AllocationRow[]>,
  known: ReadonlySet<string>,
): AllocationRow[] =>
  [...told].flatMap(([fromId, rows]) =>
    known.has(fromId) ? rows.filter(({ accountId }) => accountId === undefined) : [],
  );

type ToTakeIn = { company: Company; imported: ImportDocument; part: string; lines: readonly ReceiptLine[] };

/** Money that came in first, then what went back out of it; allocations go with their receipts. */
const takeIn = async (
  parts: CashParts,
  call: CashCall,
  { company, imported, part, lines }: ToTakeIn,
): Promise<TakenIn[]> => {
  const money = lines.flatMap((line) => (line.is === 'receipt' ? [line.row] : []));
  const told = Map.groupBy(allocationsIn(lines), ({ fromId }) => fromId);
  const came = money.filter(({ amount }) => amount > 0);
  const results: TakenIn[] = [];
  const take = async (row: ReceiptRow): Promise<TakenIn> => {
    const wanted = { company, imported, row, told: told.get(row.receiptId) ?? [] };
    return { row, ...(await receiveRow(parts, call, wanted)), line: { is: 'receipt', row } };
  };
  for (const row of came) results.push(await take(row));
  await sendOn(parts, call, imported, results);
  for (const row of money.filter(({ amount }) => amount <= 0))
    results.push({
      ...(await reverseRow(parts, call, { imported, part, row })),
      line: { is: 'receipt', row },
    });
  const known = new Set(came.map(({ receiptId }) => receiptId));
  const later: TakenIn[] = [];
  for (const [fromId, rows] of told)
    if (!known.has(fromId))
      later.push(...ofRows(rows, await receiveTold(parts, call, { company, imported, fromId, rows })));
  if (company.mode === 'erpLed') {
    const rows = besides(told, known);
    later.push(...ofRows(rows, await explainTold(parts, call, { company, imported, rows })));
  }
  await sendOn(parts, call, imported, later);
  const all = [...results, ...later];
  await keepRefused(parts, call.scope, imported, all);
  return all;
};

/** One result for each row, in their order. */
const ofRows = (rows: readonly AllocationRow[], results: readonly ReceivedRow[]): TakenIn[] =>
  results.map((result, at) => {
    const row = rows[at];
    return row === undefined ? result : { ...result, line: { is: 'allocation', row } };
  });

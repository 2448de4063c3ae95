/**
 * Takes in the remittance advices of one part of an import: each is kept once, its newest telling counts.
 * From: `receive-part.ts`. Next: one message per advice, for which `follow-advice.ts` looks for the money. The rows
 * themselves are counted where ingestion keeps them.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { adviceOf, toldAgain, type AdviceOrigin } from '../../shared/domain/advice-lines.ts';
import type { Advice } from '../../shared/domain/advice.ts';
import { dayAt, instantFromText } from '../../shared/domain/calendar.ts';
import type { Company } from '../../shared/domain/company.ts';
import type { AllocationRow } from '../../shared/domain/feed-rows.ts';
import type { ImportDocument, PartResult } from '../../shared/domain/imports.ts';
import type { Outcome } from '../../shared/domain/outcome.ts';
import { mostTries, type CashCall, type CashParts } from './cash-parts.ts';

type Part = { company: Company; imported: ImportDocument; part: string; rows: readonly AllocationRow[] };

/** @throws when an advice is changed under every try. */
export const receiveAdvices = async (
  parts: CashParts,
  call: CashCall,
  { company, imported, part, rows }: Part,
): Promise<PartResult> => {
  const origin = await originOf(parts, company, imported);
  const refusedBy: Record<string, number> = {};
  const { importId } = imported;
  const adviceIds = new Set<string>();
  for (const some of Map.groupBy(rows, ({ fromId, currency }) =>
    JSON.stringify([fromId, currency]),
  ).values()) {
    const kept = await keep(parts, call, some, origin);
    if (kept.ok) {
      adviceIds.add(kept.value.id);
      await sendOn(parts, kept.value, importId);
    } else refusedBy[kept.code] = (refusedBy[kept.code] ?? 0) + 1;
  }
  const none = { accounts: 0, rows: 0, entries: 0, posted: 0, unchanged: 0, change: {} };
  return { part, ...none, refusedBy, awaits: adviceIds.size };
};

const originOf = async (
  { calendarOf }: CashParts,
  { companyId, zone, country }: Company,
  { source, importId, asOf, receivedAt }: ImportDocument,
): Promise<AdviceOrigin> => {
  const cameOn = dayAt(instantFromText(receivedAt), zone);
  const calendar = await calendarOf(country, cameOn);
  return { companyId, source, importId, asOf: asOf ?? receivedAt, cameOn, calendar };
};

const keep = async (
  { advices, hashText }: CashParts,
  { scope }: CashCall,
  rows: readonly AllocationRow[],
  origin: AdviceOrigin,
): Promise<Outcome<Advice, ProblemCode>> => {
  const told = adviceOf(rows, origin, hashText);
  if (!told.ok) return told;
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const known = await advices.load(scope, origin.companyId, told.value.id);
    const next = known === undefined ? told : toldAgain(known.advice, told.value);
    if (!next.ok || next.value === known?.advice) return next;
    if ((await advices.save(scope, { advice: next.value, mark: known?.mark })) === 'saved') return next;
  }
  throw new Error(`advice ${told.value.id} changed under each of ${mostTries} tries`);
};

/** The same telling of the same advice is the same message. */
const sendOn = async (
  { sender, hashText }: CashParts,
  { companyId, id }: Advice,
  importId: string,
): Promise<void> => {
  const name = hashText(`${companyId} ${id} ${importId}`).slice(0, 40);
  const body = { v: 1, companyId, adviceId: id, importId };
  await sender.send('received-payments', [{ id: `advice:${name}`, body }]);
};

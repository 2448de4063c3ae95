/**
 * Waits for money that a customer chose to transfer: kept as an advice, whose items are held as long as those of any
 * other, and followed at once, should the money be here already.
 * From: queue `received-payments`, sent by the portal. Next: `follow-advice.ts`.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Advice } from '../../shared/domain/advice.ts';
import { dayAt, instantFromText } from '../../shared/domain/calendar.ts';
import type { Outcome } from '../../shared/domain/outcome.ts';
import { adviceOfTransfer, chosenAgain, type Transfer } from '../../shared/domain/transfer.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import { mostTries, type CashCall, type CashParts } from './cash-parts.ts';
import { followAdvice } from './follow-advice.ts';

/** @throws when the advice is changed under every try. */
export const receiveTransfer = async (
  parts: CashParts,
  call: CashCall,
  transfer: Transfer,
): Promise<Outcome<Advice, ProblemCode>> => {
  const { companyId, chosenAt } = transfer;
  const company = await readCompany(parts.settings, call.scope, companyId);
  if (!company.ok) return company;
  const cameOn = dayAt(instantFromText(chosenAt), company.value.zone);
  const calendar = await parts.calendarOf(company.value.country, cameOn);
  const advice = adviceOfTransfer(transfer, { cameOn, calendar }, parts.hashText);
  await keep(parts, call, advice);
  return followAdvice(parts, call, { companyId, adviceId: advice.id });
};

const keep = async ({ advices }: CashParts, { scope }: CashCall, advice: Advice): Promise<void> => {
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const known = await advices.load(scope, advice.companyId, advice.id);
    const next = known === undefined ? advice : chosenAgain(known.advice, advice);
    if (next === known?.advice) return;
    if ((await advices.save(scope, { advice: next, mark: known?.mark })) === 'saved') return;
  }
  throw new Error(`advice ${advice.id} changed under each of ${mostTries} tries`);
};

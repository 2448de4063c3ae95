/**
 * A person says whose a customer of another source is, or which of two values of a field counts.
 * From: staff routes. Next: master data of the account, which files then leave as it was decided. Done again after a
 * crash it changes nothing twice: the record of the match comes first, the account is brought after it.
 */
import type { DecideConflictBody, DecideMatchBody } from '../../shared/contracts/customers.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import type { CustomerMatch } from '../../shared/domain/customer-match.ts';
import { fieldDecided, type CustomerField } from '../../shared/domain/customer-sources.ts';
import type { MasterData } from '../../shared/domain/master-data.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { isSameJson } from '../../shared/domain/same-json.ts';
import { segmentNews } from '../../shared/domain/segments.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { CashCall } from './cash-parts.ts';
import { changeMaster } from './change-master.ts';
import { lookAgain, noteDispute, postMatch } from './look-again-customers.ts';
import { lineOf, masterOf } from './match-customers.ts';
import type { PartCall, PostingParts } from './post-parts.ts';

export const decideMatch = async (
  parts: PostingParts,
  call: CashCall,
  { companyId, matchId }: { companyId: string; matchId: string },
  body: DecideMatchBody,
): Promise<Outcome<CustomerMatch, ProblemCode>> => {
  const own = await partCallOf(parts, call, companyId, matchId);
  const loaded = await parts.customers.load(call.scope, companyId, matchId);
  if (own === undefined || loaded?.record.kind !== 'match')
    return refuse('not-found', 'There is no such match.');
  const before = loaded.record;
  const accountId = body.as === 'same' ? body.account : undefined;
  const known = accountId === undefined ? {} : await masterOf(accountId, own);
  if (known === undefined) return refuse('not-found', 'There is no such account.');
  const other = known.sources?.[before.source]?.externalId ?? before.externalId;
  if (accountId !== undefined && other !== before.externalId)
    return refuse('customer-has-another', `${before.source} knows it as ${other}.`);
  const state = accountId === undefined ? 'separate' : 'linked';
  const isDone = before.state === state && before.accountId === accountId;
  if (before.state === 'linked' && !isDone)
    return refuse('customer-match-decided', `It is account ${before.accountId ?? ''}.`);
  const record = isDone ? before : decided(before, { state, accountId, note: body.reason }, call);
  if (!isDone && (await parts.customers.save(call.scope, { ...loaded, record })) !== 'saved')
    return refuse('customer-match-decided', 'Somebody else decided it at the same time.');
  if (accountId === undefined) return done(record);
  const work = lineOf(record, accountId);
  await postMatch(work, own, matchId, call.actor);
  await lookAgain([work], own);
  return done(record);
};

const decided = (
  { accountId: _proposed, takenFrom = [], ...before }: CustomerMatch,
  { state, accountId, note }: { state: 'linked' | 'separate'; accountId: string | undefined; note: string },
  { actor, now }: CashCall,
): CustomerMatch => ({
  ...before,
  ...(takenFrom.length === 0 ? {} : { takenFrom: takenFrom.filter((one) => one !== accountId) }),
  ...{ state, why: accountId === undefined ? 'not-matched' : 'person', note },
  ...{ by: actor.id, at: textOfInstant(now) },
  ...(accountId === undefined ? {} : { accountId }),
});

const partCallOf = async (
  parts: PostingParts,
  { scope, now }: CashCall,
  companyId: string,
  part: string,
): Promise<PartCall | undefined> => {
  const company = await readCompany(parts.settings, scope, companyId);
  return company.ok ? { parts, scope, now, company: company.value, importId: 'customers', part } : undefined;
};

/** Takes for each field named a source's word or another value, from now on. */
export const decideConflicts = async (
  parts: PostingParts,
  call: CashCall,
  key: AccountKey,
  body: DecideConflictBody,
): Promise<Outcome<MasterData, ProblemCode>> => {
  const own = await partCallOf(parts, call, key.companyId, key.accountId);
  if (own === undefined) return refuse('not-found', 'There is no such account.');
  const place = { ...key, zone: own.company.zone };
  const changed = await changeMaster(parts, call, place, (known, head, on) => {
    const after = decidedFields(known, body, call);
    if (!after.ok) return after;
    const facts = [segmentNews(head, after.value, on)].filter((fact) => fact !== undefined);
    return done({ after: after.value, facts });
  });
  if (!changed.ok) return changed;
  await noteDispute(key.accountId, own);
  return done(changed.value.after);
};

const decidedFields = (
  known: MasterData,
  { fields, reason }: DecideConflictBody,
  { actor, now }: CashCall,
): Outcome<MasterData, ProblemCode> => {
  let after = known;
  for (const [name, choice] of Object.entries(fields)) {
    const field = name as CustomerField;
    if (choice === undefined) continue;
    const { source, value } = choice as { source?: string; value?: unknown };
    const wanted = source === undefined ? value : known.sources?.[source]?.said[field];
    if (wanted === undefined)
      return refuse('customer-source-silent', `${source ?? ''} says nothing of ${field}.`);
    const isAgain = known.confirmed?.includes(field) && isSameJson(known[field], wanted);
    const said = {
      by: actor.id,
      at: textOfInstant(now),
      reason,
      ...(source === undefined ? {} : { source }),
    };
    if (!isAgain) after = fieldDecided(after, field, wanted, said);
  }
  return done(after);
};

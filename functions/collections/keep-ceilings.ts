/**
 * Targets of collectors, and how far each is from theirs: what their customers owe, and which accounts would bring it
 * below the target again (R47).
 * From: credit managers. Next: setting `ceilings`; rows of a list above its target are written anew by the next tick.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import {
  ceilingsFrom,
  ceilingsPlace,
  type CeilingsAnswer,
  type CeilingsBody,
} from '../../shared/contracts/team-settings.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import { reachInto } from '../../shared/domain/scope.ts';
import { isCompany, keepVersion, noCompany, type SettingCall, type SettingParts } from './keep-versions.ts';
import { owedIn, type OwedBy } from '../../shared/domain/owed-by-collector.ts';
import { rankedRows, type ListParts } from './read-worklist.ts';
import type { CompanyRows } from './worklist-frame.ts';

export type CeilingParts = SettingParts & ListParts & { owedBy: OwedBy };

/** Rows of a list looked at for those that would bring it below its target. */
const mostLooked = 50;

export const readCeilings = async (
  parts: CeilingParts,
  companyId: string,
  call: SettingCall,
): Promise<Outcome<CeilingsAnswer, ProblemCode>> => {
  const isWithin = reachInto(call.scope, companyId) !== 'none';
  const frame = isWithin ? await parts.rowsOf(companyId, call.now) : undefined;
  if (frame === undefined) return noCompany;
  const kept = await parts.settings.read(call.scope, ceilingsPlace(companyId));
  const owed = owedIn(await parts.owedBy(companyId, frame.today), frame.today, frame.worth);
  const isSeen = seenBy(call, companyId);
  const all = ceilingsFrom(kept?.value).ceilings.filter(({ collector }) => isSeen(collector));
  const ceilings: CeilingsAnswer['ceilings'] = [];
  for (const { collector, amount } of all) {
    const open = owed.get(collector)?.open ?? 0;
    const isAbove = open > amount;
    const accounts = isAbove ? await breachingOf(parts, frame, collector, open - amount, call) : [];
    ceilings.push({ collector, amount, open, isAbove, accounts });
  }
  return done({
    ...{ company: companyId, version: kept?.version ?? 0, today: frame.today, currency: frame.currency },
    ceilings,
  });
};

/** Whoever reaches but their own accounts is told of their own target alone. */
export const seenBy =
  ({ scope }: Pick<SettingCall, 'scope'>, companyId: string) =>
  (collector: string): boolean =>
    reachInto(scope, companyId) === 'all' ||
    scope.parts.some(
      ({ companies, accounts }) =>
        (companies === 'all' || companies.includes(companyId)) &&
        accounts.by === 'collector' &&
        accounts.ids.includes(collector),
    );

/** The largest claims until what is too much is covered. */
const breachingOf = async (
  { worklist }: ListParts,
  frame: CompanyRows,
  collector: string,
  excess: number,
  { scope }: SettingCall,
): Promise<CeilingsAnswer['ceilings'][number]['accounts']> => {
  const wanted = { limit: mostLooked, fits: () => true };
  const { rows } = await rankedRows(worklist, frame, [collector], wanted, scope);
  let left = excess;
  return rows
    .map(({ row: { accountId, name }, phase: { claim } }) => ({
      ...{ account: accountId, claim },
      ...(name !== undefined && { name }),
    }))
    .toSorted((a, b) => b.claim - a.claim || (a.account < b.account ? -1 : 1))
    .filter(({ claim }) => {
      const isNeeded = left > 0;
      left -= claim;
      return isNeeded;
    });
};

export const saveCeilings = async (
  parts: CeilingParts,
  companyId: string,
  { ceilings, after, reason }: CeilingsBody,
  call: SettingCall,
): Promise<Outcome<CeilingsAnswer, ProblemCode>> => {
  if (!(await isCompany(parts, call.scope, companyId))) return noCompany;
  const kept = await keepVersion(
    parts,
    ceilingsPlace(companyId),
    { value: { ceilings }, after, reason },
    call,
  );
  return kept.ok ? readCeilings(parts, companyId, call) : kept;
};

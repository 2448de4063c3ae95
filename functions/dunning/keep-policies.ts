/**
 * Policies of a company: read with what they do otherwise, proposed by one person, approved by another, every version
 * kept (R26, R27).
 * From: staff. Next: settings `policies` and `policies-proposed`; planner and gate know them half a minute later.
 */
import {
  policySetFrom,
  dunningPlaces,
  dunningSettingFrom,
  isStoppedBy,
  portfoliosStoppedBy,
} from '../../shared/contracts/dunning-settings.ts';
import type { PolicySet } from '../../shared/contracts/dunning-settings.ts';
import type { PoliciesAnswer, ProposePoliciesBody, StartBody } from '../../shared/contracts/dunning.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { defaultPolicies } from '../../shared/domain/policy-defaults.ts';
import { numberedPolicies, policyDifferences } from '../../shared/domain/policy.ts';
import { isSameJson } from '../../shared/domain/same-json.ts';
import { collectorsIn, isInScope, wholeCompany, type Scope } from '../../shared/domain/scope.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { SettingVersion } from '../../shared/ports/settings-store.ts';
import type { StaffCall } from './change-by-staff.ts';
import type { DunningParts } from './parts.ts';

type Parts = Pick<DunningParts, 'settings' | 'frameOf'>;
type Place = keyof typeof dunningPlaces;

const placeOf = (companyId: string, place: Place) => ({
  scope: `company:${companyId}`,
  name: dunningPlaces[place],
});

const isThere = async ({ settings }: Parts, scope: Scope, companyId: string): Promise<boolean> =>
  isInScope(scope, companyId) && (await readCompany(settings, scope, companyId)).ok;

export const readPolicies = async (
  parts: Parts,
  companyId: string,
  { scope, now }: Pick<StaffCall, 'scope' | 'now'>,
): Promise<Outcome<PoliciesAnswer, ProblemCode>> => {
  const frame = (await isThere(parts, scope, companyId)) ? await parts.frameOf(companyId, now) : undefined;
  if (frame === undefined) return refuse('not-found', 'There is no such company.');
  const [kept, proposed, dunning, stop] = await Promise.all(
    (['policies', 'proposed', 'dunning', 'stop'] as const).map((place) =>
      parts.settings.read(scope, placeOf(companyId, place)),
    ),
  );
  const inForce = policySetFrom(kept?.value);
  const waiting = proposed === undefined || isTaken(proposed, kept) ? undefined : proposed;
  const next = waiting === undefined ? inForce : policySetFrom(waiting.value);
  return done({
    ...{ version: kept?.version ?? 0, inForce: shown(inForce), approvedBy: inForce.approvedBy ?? null },
    proposed:
      waiting === undefined
        ? null
        : { version: waiting.version, by: waiting.by, reason: waiting.reason, set: shown(next) },
    differences: differencesOf(waiting === undefined ? defaultPolicies : inForce.policies, next.policies),
    goLiveOn: dunningSettingFrom(dunning?.value).goLiveOn ?? null,
    ...{ isStopped: isStoppedBy(stop?.value), blocks: [...frame.blocks] },
  });
};

const shown = (set: PolicySet) => ({ ...set, policies: set.policies.map((one) => ({ ...one })) });

const isTaken = ({ value }: SettingVersion, kept: SettingVersion | undefined): boolean =>
  kept !== undefined && isSameJson(rulesOf(value), rulesOf(kept.value));

const rulesOf = (value: unknown): Omit<PolicySet, 'proposedBy' | 'approvedBy'> => {
  const { policies, rules, choice } = policySetFrom(value);
  return { policies, rules, choice };
};

const differencesOf = (
  before: PolicySet['policies'],
  after: PolicySet['policies'],
): PoliciesAnswer['differences'] =>
  after.flatMap((policy) => {
    const former = before.find(({ id }) => id === policy.id) ?? { ...policy, steps: [] };
    const steps = policyDifferences(former, policy);
    return steps.length === 0 ? [] : [{ policy: policy.id, steps: steps.map((one) => ({ ...one })) }];
  });

type Changed = Outcome<{ version: number }, ProblemCode>;

/** Keeps what a place holds after a version; the same again changes nothing. */
const keep = async (
  { settings }: Parts,
  companyId: string,
  place: Place,
  { value, after, reason }: { value: object; after: number; reason: string },
  { scope, now, caller }: StaffCall,
): Promise<Changed> => {
  const before = await settings.read(scope, placeOf(companyId, place));
  const version = before?.version ?? 0;
  if (isSameJson(before?.value, value)) return done({ version });
  const change = { value, by: caller.id ?? '', at: textOfInstant(now), reason };
  const saved =
    version === after
      ? await settings.save(scope, placeOf(companyId, place), after, change)
      : 'version-conflict';
  return saved === 'saved'
    ? done({ version: version + 1 })
    : refuse('setting-changed', `It is at version ${version}.`);
};

const noCompany = refuse('not-found', 'There is no such company.');

export const proposePolicies = async (
  parts: Parts,
  companyId: string,
  { after, reason, ...set }: ProposePoliciesBody,
  call: StaffCall,
): Promise<Changed> => {
  if (!(await isThere(parts, call.scope, companyId))) return noCompany;
  const kept = await parts.settings.read(call.scope, placeOf(companyId, 'policies'));
  const made = {
    author: call.caller.id ?? '',
    madeOn: textOfInstant(call.now).slice(0, 10),
    reason,
    after: kept?.version ?? 0,
  };
  const policies = numberedPolicies(set.policies, policySetFrom(kept?.value).policies, made);
  const value = { ...set, policies, proposedBy: call.caller.id ?? '' };
  return keep(parts, companyId, 'proposed', { value, after, reason }, call);
};

/** Of the proposal the approver looked at, by another person than wrote it. */
export const approvePolicies = async (
  parts: Parts,
  companyId: string,
  { version, reason }: { version: number; reason: string },
  call: StaffCall,
): Promise<Changed> => {
  const { scope, caller } = call;
  if (!(await isThere(parts, scope, companyId))) return noCompany;
  const proposed = await parts.settings.read(scope, placeOf(companyId, 'proposed'));
  if (proposed === undefined) return refuse('nothing-proposed', 'There is no proposal.');
  if (proposed.version !== version)
    return refuse('policy-not-there', `The proposal is at version ${proposed.version}.`);
  const set = policySetFrom(proposed.value);
  const me = caller.id ?? '';
  if (set.proposedBy === me || proposed.by === me)
    return refuse('same-author', 'Whoever proposed them does not approve them.');
  const kept = await parts.settings.read(scope, placeOf(companyId, 'policies'));
  if (isTaken(proposed, kept)) return done({ version: kept?.version ?? 0 });
  const value = { ...set, approvedBy: me };
  return keep(parts, companyId, 'policies', { value, after: kept?.version ?? 0, reason }, call);
};

/** Since when the company dunns here; every message is a draft for two weeks from then. */
export const startDunning = async (
  parts: Parts,
  companyId: string,
  { after, reason, ...value }: StartBody,
  call: StaffCall,
): Promise<Changed> =>
  (await isThere(parts, call.scope, companyId))
    ? keep(parts, companyId, 'dunning', { value, after, reason }, call)
    : noCompany;

/**
 * Known everywhere half a minute later: planner and gate ask it each time. A collector stops the accounts they look after;
 * whoever may start a company starts all of it again.
 */
export const switchStop = async (
  parts: Parts,
  companyId: string,
  { isStopped, reason }: { isStopped: boolean; reason: string },
  call: StaffCall,
): Promise<Outcome<{ isStopped: boolean; version: number }, ProblemCode>> => {
  const isWhole = await isThere(parts, call.scope, companyId);
  const own = isStopped ? collectorsIn(call.scope, companyId) : [];
  if (!isWhole && own.length === 0) return noCompany;
  const scope = wholeCompany(companyId);
  const before = await parts.settings.read(scope, placeOf(companyId, 'stop'));
  const stopped = portfoliosStoppedBy(before?.value);
  const value = isWhole
    ? { isStopped, ...(isStopped && stopped.length > 0 ? { portfolios: stopped } : {}) }
    : { isStopped: isStoppedBy(before?.value), portfolios: [...new Set([...stopped, ...own])].toSorted() };
  const change = { value, after: before?.version ?? 0, reason };
  const kept = await keep(parts, companyId, 'stop', change, { ...call, scope });
  return kept.ok ? done({ isStopped, version: kept.value.version }) : kept;
};

/**
 * Answers the versions of a policy's step side by side (R27): reminders sent, replies, disputes raised, money within 7 and
 * within 14 days of each, with who changed the policy, when and why. Each reminder counts for the version that planned it.
 * From: `GET api/reports/{company}/policy-steps`. Next: credit managers. Versions are read from the settings, where each
 * is kept, figures from those of the company: no journal is read.
 */
import { dunningPlaces, policySetFrom, type PolicySet } from '../../shared/contracts/dunning-settings.ts';
import type { StepVersionsAnswer, StepVersionsQuery } from '../../shared/contracts/report-steps.ts';
import { stepText } from '../../shared/domain/cash-after-reminder.ts';
import type { Figures } from '../../shared/domain/figure-sums.ts';
import { figuresEver } from '../../shared/domain/figures-kept.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { defaultPolicies } from '../../shared/domain/policy-defaults.ts';
import { reachInto, type Scope } from '../../shared/domain/scope.ts';
import type { ZoneOf } from '../../shared/edge/read-company.ts';
import type { ReportStore } from '../../shared/ports/report-store.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';
import { keptFigures } from './read-figures.ts';

export type StepParts = {
  settings: Pick<SettingsStore, 'read' | 'version'>;
  reports: ReportStore;
  zoneOf: ZoneOf;
};
type Version = StepVersionsAnswer['versions'][number];

/** Sets of policies looked back through. */
const mostSets = 200;

export const readStepVersions = async (
  companyId: string,
  { policy, stage }: StepVersionsQuery,
  scope: Scope,
  parts: StepParts,
): Promise<Outcome<StepVersionsAnswer, 'not-found'>> => {
  const isSeen =
    reachInto(scope, companyId) === 'all' && (await parts.zoneOf(scope, companyId)) !== undefined;
  if (!isSeen) return refuse('not-found', 'There is no such company.');
  const sets = await setsOf(companyId, scope, parts);
  const figures = figuresEver(await keptFigures(companyId, scope, parts.reports));
  const versions = new Map<number, Version>();
  for (const { policies, approvedBy = null } of sets) {
    const found = policies.find(({ id }) => id === policy);
    if (found === undefined || versions.has(found.version)) continue;
    const { version, author, madeOn, reason } = found;
    const steps = found.steps.filter((step) => step.stage === stage).map((step) => ({ ...step }));
    const came = cameOf(figures, stepText({ policyId: policy, version, stage }));
    versions.set(version, { version, author, madeOn, reason, approvedBy, steps, ...came });
  }
  if (versions.size === 0) return refuse('not-found', `There is no policy ${policy}.`);
  const newestFirst = [...versions.values()].toSorted((a, b) => b.version - a.version);
  return done({ policy, stage, versions: newestFirst });
};

/** The oldest first, so that a version is told with who approved it first; as delivered before all. */
const setsOf = async (
  companyId: string,
  scope: Scope,
  { settings }: StepParts,
): Promise<Pick<PolicySet, 'policies' | 'approvedBy'>[]> => {
  const place = { scope: `company:${companyId}`, name: dunningPlaces.policies };
  const newest = (await settings.read(scope, place))?.version ?? 0;
  const numbers = Array.from({ length: newest }, (_, n) => n + 1).slice(-mostSets);
  const kept = await Promise.all(numbers.map((number) => settings.version(scope, place, number)));
  const sets = kept.flatMap((one) => (one === undefined ? [] : [policySetFrom(one.value)]));
  return [{ policies: defaultPolicies }, ...sets];
};

const cameOf = (
  figures: Figures,
  step: string,
): Pick<Version, 'sends' | 'replies' | 'disputes' | 'cashIn7' | 'cashIn14'> => {
  const count = (what: string): number => figures[`step ${step} ${what}`] ?? 0;
  const sums = (what: string): Version['cashIn7'] =>
    Object.entries(figures)
      .filter(([name]) => name.startsWith(`step ${step} ${what} `))
      .map(([name, amount]) => ({ currency: name.split(' ').at(-1) ?? '', amount }))
      .toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
  return {
    ...{ sends: count('sends'), replies: count('replies'), disputes: count('disputes') },
    ...{ cashIn7: sums('cashIn7'), cashIn14: sums('cashIn14') },
  };
};

/**
 * What a point of the worklist is made of: read, proposed by one person, approved by another, every version kept.
 * From: credit managers and executives. Next: setting `worklist`; rows are written anew by the next tick.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import {
  proposedRulesPlace,
  worklistPlace,
  worklistRulesFrom,
  type RulesAnswer,
  type RulesApprovalBody,
  type RulesBody,
} from '../../shared/contracts/worklist-settings.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { isSameJson } from '../../shared/domain/same-json.ts';
import { isCompany, keepVersion, noCompany, type SettingCall, type SettingParts } from './keep-versions.ts';

type Kept = Outcome<RulesAnswer, ProblemCode>;

export const readRules = async (
  parts: SettingParts,
  companyId: string,
  { scope }: Pick<SettingCall, 'scope'>,
): Promise<Kept> => {
  if (!(await isCompany(parts, scope, companyId))) return noCompany;
  const [kept, asked] = await Promise.all([
    parts.settings.read(scope, worklistPlace(companyId)),
    parts.settings.read(scope, proposedRulesPlace(companyId)),
  ]);
  const value = worklistRulesFrom(kept?.value);
  const isOpen = asked !== undefined && !isSameJson(worklistRulesFrom(asked.value), value);
  return done({
    ...{ company: companyId, version: kept?.version ?? 0, value: shown(value) },
    proposed: isOpen
      ? {
          ...{ version: asked.version, value: shown(worklistRulesFrom(asked.value)) },
          ...{ by: asked.by, at: asked.at, reason: asked.reason },
        }
      : null,
  });
};

const shown = (value: ReturnType<typeof worklistRulesFrom>): RulesAnswer['value'] => ({
  ...value,
  decay: [...value.decay],
  insurerDate: [...value.insurerDate],
});

export const proposeRules = async (
  parts: SettingParts,
  companyId: string,
  body: RulesBody,
  call: SettingCall,
): Promise<Kept> => {
  if (!(await isCompany(parts, call.scope, companyId))) return noCompany;
  const kept = await keepVersion(parts, proposedRulesPlace(companyId), body, call);
  return kept.ok ? readRules(parts, companyId, call) : kept;
};

/** Of the very proposal the approver looked at, by somebody else than wrote it. */
export const approveRules = async (
  parts: SettingParts,
  companyId: string,
  { version, reason }: RulesApprovalBody,
  call: SettingCall,
): Promise<Kept> => {
  if (!(await isCompany(parts, call.scope, companyId))) return noCompany;
  const asked = await parts.settings.read(call.scope, proposedRulesPlace(companyId));
  if (asked === undefined) return refuse('nothing-proposed', 'There is no proposal.');
  if (asked.version !== version)
    return refuse('setting-changed', `The proposal is at version ${asked.version}.`);
  if (asked.by === call.by) return refuse('same-author', 'Whoever proposed them does not approve them.');
  const before = await parts.settings.read(call.scope, worklistPlace(companyId));
  const value = worklistRulesFrom(asked.value);
  const change = { value, after: before?.version ?? 0, reason };
  const kept = await keepVersion(parts, worklistPlace(companyId), change, call);
  return kept.ok ? readRules(parts, companyId, call) : kept;
};

/**
 * Which settings a scope lets read and change, by the place they lie in.
 * From: the stores of settings. Next: what lies outside is not there.
 */
import { isInScope, reachInto, type Scope } from './scope.ts';

const companyOf = (settingScope: string): string | undefined =>
  settingScope.startsWith('company:') ? settingScope.slice('company:'.length) : undefined;

/** Whether everything of the deployment lies inside, and not just companies that happen to be all. */
const isWhole = (scope: Scope): boolean =>
  scope.parts.some(
    ({ companies, accounts }) => companies === 'all' && (accounts.by === 'all' || accounts.by === 'none'),
  );

/** A company's settings hold for all its accounts, so whoever sees one of them may read these. */
export const isSettingReadable = (scope: Scope, settingScope: string): boolean => {
  const companyId = companyOf(settingScope);
  if (companyId !== undefined) return isInScope(scope, companyId) || reachInto(scope, companyId) !== 'none';
  if (settingScope === 'deployment') return scope.parts.length > 0;
  return isWhole(scope);
};

/** Only a scope over the whole company changes its settings, and only one over all those of the deployment. */
export const isSettingWritable = (scope: Scope, settingScope: string): boolean => {
  const companyId = companyOf(settingScope);
  return companyId === undefined ? isWhole(scope) : isInScope(scope, companyId);
};

/**
 * `AlertStore` in memory. From and next: workflows under test.
 */
import { isInScope } from '../../../shared/domain/scope.ts';
import type { AlertRecord, AlertStore } from '../../../shared/ports/alert-store.ts';

export const memoryAlerts = (): AlertStore & { readonly raised: AlertRecord[] } => {
  const raised: AlertRecord[] = [];
  const place = ({ at, id }: AlertRecord): string => `${at} ${id}`;
  return {
    raised,
    raise: async (scope, alert) => {
      if (!isInScope(scope, alert.companyId)) throw new Error(`alert ${alert.id} is out of scope`);
      if (raised.some(({ id, companyId }) => id === alert.id && companyId === alert.companyId))
        return 'known';
      raised.push(structuredClone(alert));
      return 'raised';
    },
    acknowledge: async (scope, companyId, id, acknowledged) => {
      const found = raised.find((one) => one.id === id && one.companyId === companyId);
      if (found === undefined || !isInScope(scope, companyId)) return undefined;
      found.acknowledged ??= acknowledged;
      return structuredClone(found);
    },
    since: async (scope, companyId, at, { limit, after = at }) => {
      if (!isInScope(scope, companyId)) return { alerts: [] };
      const found = raised
        .filter((one) => one.companyId === companyId && place(one) > after)
        .toSorted((a, b) => (place(a) < place(b) ? -1 : 1))
        .slice(0, limit);
      const last = found.length < limit ? undefined : found.at(-1);
      return last === undefined ? { alerts: found } : { alerts: found, after: place(last) };
    },
  };
};

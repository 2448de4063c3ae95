/**
 * `AlertStore` on Cosmos DB, container `alerts`, key /companyId: one document per breach, changed once, by who has it in hand.
 * From: whoever raises alerts. Next: pages in order of time.
 */
import type { Container, JSONObject } from '@azure/cosmos';
import { z } from 'zod';
import { isInScope } from '../domain/scope.ts';
import type { AlertRecord, AlertStore } from '../ports/alert-store.ts';

const text = z.string();
const alertDocument = z
  .object({
    ...{
      id: text,
      alertId: text.optional(),
      companyId: text,
      rule: text,
      breach: text.optional(),
      at: text,
      to: z.array(text),
    },
    ...{ accountId: text.optional(), caseId: text.optional() },
    ...{ amount: z.int().optional(), currency: text.optional(), history: z.array(text).optional() },
    acknowledged: z.object({ by: text, at: text }).optional(),
  })
  .transform(({ alertId, ...alert }) => ({ ...alert, id: alertId ?? alert.id }));

/** Sorts as time does; the id breaks ties. */
export const placeInTime = ({ at, id }: Pick<AlertRecord, 'at' | 'id'>): string => `${at} ${id}`;

/** Ids of alerts name items and how often they were told: the service takes no slash, question mark or number sign in one. */
const documentId = (id: string): string =>
  id.replace(/[/\\?#~]/g, (one) => `~${one.charCodeAt(0).toString(16).toUpperCase()}`);

/** The alert's own id stands beside the document's where the two differ. */
const documentOf = (alert: AlertRecord): JSONObject => {
  const id = documentId(alert.id);
  const named = id === alert.id ? { id } : { id, alertId: alert.id };
  return JSON.parse(
    JSON.stringify({ ...alert, ...named, kind: 'alert', sort: placeInTime(alert) }),
  ) as JSONObject;
};

/** Called with the request units of each call to the service and the name of what it did. */
export type Charged = (operation: string, requestUnits: number) => void;

const pageQuery = `SELECT TOP @limit * FROM c WHERE c.kind = 'alert' AND c.sort > @after ORDER BY c.sort`;

export const cosmosAlerts = (container: () => Container, charged: Charged = () => undefined): AlertStore => ({
  raise: async (scope, alert) => {
    if (!isInScope(scope, alert.companyId)) throw new Error(`alert ${alert.id} is out of scope`);
    try {
      const { requestCharge } = await container().items.create(documentOf(alert));
      charged('raise alert', requestCharge);
      return 'raised';
    } catch (fault) {
      if ((fault as { code?: number }).code !== 409) throw fault;
      return 'known';
    }
  },
  acknowledge: async (scope, companyId, id, acknowledged) => {
    if (!isInScope(scope, companyId)) return undefined;
    const item = container().item(documentId(id), companyId);
    const { resource, etag, requestCharge } = await item.read<object>();
    charged('read alert', requestCharge);
    if (resource === undefined || (resource as { kind?: string }).kind !== 'alert') return undefined;
    const alert = alertDocument.parse(resource) as AlertRecord;
    if (alert.acknowledged !== undefined) return alert;
    const after = { ...alert, acknowledged };
    try {
      const saved = await item.replace(documentOf(after), {
        accessCondition: { type: 'IfMatch', condition: etag },
      });
      charged('acknowledge alert', saved.requestCharge);
      return after;
    } catch (fault) {
      if ((fault as { code?: number }).code !== 412) throw fault;
      return alertDocument.parse((await item.read<object>()).resource) as AlertRecord;
    }
  },
  since: async (scope, companyId, at, { limit, after = at }) => {
    if (!isInScope(scope, companyId)) return { alerts: [] };
    const parameters = Object.entries({ limit, after }).map(([name, value]) => ({ name: `@${name}`, value }));
    const answer = await container()
      .items.query<unknown>({ query: pageQuery, parameters }, { partitionKey: companyId })
      .fetchAll();
    charged('list alerts', answer.requestCharge);
    const alerts = answer.resources.map((one) => alertDocument.parse(one) as AlertRecord);
    const last = alerts.length < limit ? undefined : alerts.at(-1);
    return last === undefined ? { alerts } : { alerts, after: placeInTime(last) };
  },
});

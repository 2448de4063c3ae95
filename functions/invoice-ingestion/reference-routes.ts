/**
 * Figures beside the accounts, as files told them last: sales by period, orders on hold, exchange rates, advices.
 * From: `GET api/references/{company}/{kind}`. Next: people who look what was loaded; the newest of each, by day.
 */
import {
  referencesAnswer,
  referencesPlace,
  referencesQuery,
  type ReferenceLine,
} from '../../shared/contracts/references.ts';
import { dayFromText } from '../../shared/domain/calendar.ts';
import { done, refuse } from '../../shared/domain/outcome.ts';
import type { Reference } from '../../shared/domain/reference.ts';
import { isInScope } from '../../shared/domain/scope.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { onRead } from '../../shared/edge/http.ts';
import type { IngestionStores } from './stores.ts';

export const registerReferences = ({ edge, stores }: { edge: Edge; stores: IngestionStores }): void =>
  onRead(edge, {
    name: 'list-references',
    route: 'api/references/{company}/{kind}',
    action: 'inv.import.report.read',
    params: referencesPlace,
    query: referencesQuery,
    answer: referencesAnswer,
    run: async ({ params: { company, kind }, query: { fromOn, toOn, limit, after }, scope }) => {
      if (!isInScope(scope, company)) return refuse('not-found', 'There is no such company.');
      const days = { fromOn: dayFromText(fromOn), toOn: dayFromText(toOn) };
      const all = await stores.references.newest(scope, company, kind, days);
      const rows = all.slice(after, after + limit).map(referenceLine);
      return done({ rows, after: after + limit < all.length ? after + limit : null });
    },
  });

export const referenceLine = (one: Reference): ReferenceLine => {
  const { on, source, asOf, importId } = one;
  const told = { on, source, asOf, importId };
  switch (one.kind) {
    case 'sales': {
      const { toOn, currency, accountId: account = null, gross, net = null, creditNotes = null } = one.row;
      return { kind: one.kind, ...told, toOn, currency, account, gross, net, creditNotes };
    }
    case 'orderHold': {
      const { accountId: account, orderNumber: order, currency, amount, reason = null } = one.row;
      return { kind: one.kind, ...told, account, order, currency, amount, reason };
    }
    case 'exchangeRate': {
      const { from, to, fromMinor, toMinor } = one.row;
      return { kind: one.kind, ...told, from, to, fromMinor, toMinor };
    }
    case 'remittance': {
      const { fromId: payment, accountId: account = null, number, currency } = one.row;
      const { amount, discount, difference } = one.row;
      return { kind: one.kind, ...told, payment, account, number, currency, amount, discount, difference };
    }
  }
};

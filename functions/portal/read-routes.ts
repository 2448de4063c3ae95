/**
 * Routes by which customers read.
 * From: `triggers.ts`. Next: `read-own.ts`, `read-link.ts`.
 */
import {
  itemsAsked,
  linkAnswer,
  nothingAsked,
  ownAccountAnswer,
  ownAccountFields,
  ownAccountParams,
  ownAccountsAnswer,
  ownAccountsFields,
  ownItemAnswer,
  ownItemParams,
  ownItemsAnswer,
  promisesAnswer,
} from '../../shared/contracts/portal.ts';
import { ownPlansAnswer } from '../../shared/contracts/portal-plans.ts';
import { done } from '../../shared/domain/outcome.ts';
import type { Caller } from '../../shared/edge/access.ts';
import { onRead } from '../../shared/edge/http.ts';
import type { PortalCaller } from '../../shared/edge/portal-access.ts';
import type { PortalParts } from './portal-parts.ts';
import { readOwnPlans } from './ask-for-plan.ts';
import { readLink } from './read-link.ts';
import {
  listOwnAccounts,
  readOwnAccount,
  readOwnItem,
  readOwnItems,
  readOwnPromises,
  type OwnCall,
} from './read-own.ts';

const account = 'api/portal/accounts/{companyId}/{accountId}';

export const registerReads = ({ edge, portal: { remembered, ...stores } }: PortalParts): void => {
  const portal = { ...stores, remembered, settings: remembered };
  const systemScope = edge.access.systemScope('acct.read');
  const own = ({ scope, now, caller }: Pick<OwnCall, 'scope' | 'now'> & { caller: Caller }): OwnCall => ({
    ...{ scope, systemScope, now, looked: (caller as PortalCaller).looked },
  });
  const ofAccount = { params: ownAccountParams, query: nothingAsked } as const;
  onRead(edge, {
    ...{ name: 'list-own-accounts', route: 'api/portal/accounts', action: 'acct.list' },
    ...{ query: nothingAsked, answer: ownAccountsAnswer, fields: ownAccountsFields },
    run: async (call) => done(await listOwnAccounts(portal, own(call))),
  });
  onRead(edge, {
    ...{ name: 'read-own-account', route: account, action: 'por.statement.read', ...ofAccount },
    ...{ answer: ownAccountAnswer, fields: ownAccountFields },
    run: (call) => readOwnAccount(portal, own(call), call.params),
  });
  onRead(edge, {
    ...{ name: 'list-own-items', route: `${account}/items`, action: 'inv.list' },
    ...{ params: ownAccountParams, query: itemsAsked, answer: ownItemsAnswer },
    run: (call) => readOwnItems(portal, own(call), call.params, call.query),
  });
  onRead(edge, {
    ...{ name: 'read-own-item', route: `${account}/items/{itemId}`, action: 'por.statement.read' },
    ...{ params: ownItemParams, query: nothingAsked, answer: ownItemAnswer },
    run: (call) => readOwnItem(portal, own(call), call.params),
  });
  onRead(edge, {
    ...{ name: 'list-own-promises', route: `${account}/promises`, action: 'inv.promise.read', ...ofAccount },
    answer: promisesAnswer,
    run: (call) => readOwnPromises(portal, own(call), call.params),
  });
  onRead(edge, {
    ...{ name: 'list-own-plans', route: `${account}/plans`, action: 'inv.promise.read', ...ofAccount },
    answer: ownPlansAnswer,
    run: (call) => readOwnPlans(portal, own(call), call.params),
  });
  onRead(edge, {
    ...{ name: 'read-link', route: 'api/portal/link', action: 'inv.read' },
    ...{ query: nothingAsked, answer: linkAnswer },
    run: (call) => readLink(portal, own(call), (call.caller as PortalCaller).link),
  });
};

/**
 * Which handler a request belongs to, and which right it needs.
 * From: an authenticated request. Next: the handler's reply.
 */
import type { HttpCall } from '../../kit/http-service.ts';
import { badRequest, parentNotFound, Refusal } from '../refusal.ts';
import { answerBatch } from './batch.ts';
import { isTrue } from './bodies.ts';
import { answerFeed } from './change-feed.ts';
import { changeItem, createOrUpsert, kindOf } from './items.ts';
import * as metadata from './metadata.ts';
import { openContainer, type OpenContainer, type OpenDatabase, type Reply } from './open-database.ts';
import type { PageStore } from './query-pages.ts';
import { answerPlan, answerQuery } from './query.ts';
import type { RightsCheck } from './rights.ts';
import type { Route } from './route.ts';

export type Service = { database: OpenDatabase; pages: PageStore; rights: RightsCheck };

/** @throws Refusal for whatever the service or this stand-in says no to. */
export const dispatch = (service: Service, call: HttpCall, route: Route, app: string): Reply => {
  const { segments, database: name, container } = route;
  const { database } = service;
  if (segments.length === 0) return only('GET', call, () => metadata.readAccount(call));
  if (segments[0] !== 'dbs') throw unknownRoute(call, segments[0]!);
  if (name === undefined) return listed(call, 'databases', () => metadata.listDatabases(database));
  if (name !== database.topology.database && call.method === 'GET') throw absentDatabase(name);
  if (segments.length === 2) return listed(call, 'databases', () => metadata.readDatabase(database));
  if (name !== database.topology.database) throw absentDatabase(name);
  if (segments[2] !== 'colls') throw unknownRoute(call, segments[2]!);
  if (container === undefined) return listed(call, 'containers', () => metadata.listContainers(database));
  if (segments.length === 4) return ownContainer(database, call, container);
  return inContainer(service, call, route, app, openContainer(database, container));
};

const ownContainer = (database: OpenDatabase, call: HttpCall, name: string): Reply =>
  listed(call, 'containers', () => metadata.readContainer(readable(database, name)));

const readable = (database: OpenDatabase, name: string) => {
  const found = database.containers.get(name);
  if (!found) throw new Refusal(404, `Resource Not Found: container ${name} is not listed in topology.json`);
  return found.container;
};

const absentDatabase = (name: string): Refusal =>
  parentNotFound(`database ${name} is not the one in topology.json`);

const inContainer = (
  service: Service,
  call: HttpCall,
  route: Route,
  app: string,
  open: OpenContainer,
): Reply => {
  const { container } = open;
  const [, , , , kind] = route.segments;
  if (kind === 'pkranges') return only('GET', call, () => metadata.listRanges(service.database, container));
  if (kind !== 'docs' || route.segments.length > 6)
    throw unknownRoute(call, route.segments.slice(4).join('/'));
  const operation = kindOf(call.method);
  if (route.item === undefined) return feedOfItems(service, call, app, open);
  if (operation === undefined) throw new Refusal(405, `${call.method} is not done to an item`);
  service.rights(app, operation === 'read' ? 'reads' : 'writes', container.name);
  return changeItem(open, call, operation, route.item);
};

const feedOfItems = (
  { database, pages, rights }: Service,
  call: HttpCall,
  app: string,
  open: OpenContainer,
): Reply => {
  const { container } = open;
  const { headers } = call;
  if (call.method === 'GET') {
    if (headers['a-im'] === undefined)
      throw badRequest('Reading all items without a query is not part of the local Cosmos DB');
    rights(app, 'feeds', container.name);
    return answerFeed(database, container, call);
  }
  if (call.method !== 'POST')
    throw new Refusal(405, `${call.method} is not done to the items of a container`);
  if (isTrue(headers['x-ms-cosmos-is-query-plan-request'])) {
    rights(app, 'reads', container.name);
    return answerPlan(database, container, call);
  }
  if (isTrue(headers['x-ms-documentdb-isquery'])) {
    rights(app, 'reads', container.name);
    return answerQuery(database, pages, container, call);
  }
  rights(app, 'writes', container.name);
  return isTrue(headers['x-ms-cosmos-is-batch-request'])
    ? answerBatch(open, call)
    : createOrUpsert(open, call);
};

const only = (method: string, call: HttpCall, run: () => Reply): Reply => {
  if (call.method !== method) throw new Refusal(405, `${call.method} ${call.path}: only ${method}`);
  return run();
};

/** Databases and containers are read here and made by Bicep. */
const listed = (call: HttpCall, what: string, run: () => Reply): Reply => {
  if (call.method === 'GET') return run();
  if (isTrue(call.headers['x-ms-documentdb-isquery']))
    throw badRequest(`Queries over ${what} are not part of the local Cosmos DB`);
  return metadata.refuseManagement(`${call.method} of ${what}`);
};

const unknownRoute = ({ method }: HttpCall, words: string): Refusal =>
  badRequest(`${method} "${words}" is not part of the local Cosmos DB: Dunwell does not use it`);

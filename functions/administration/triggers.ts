/**
 * Administration: companies, what people reach, accounts lent to outsiders, groups of accounts.
 * From: administrators, credit managers, executives. Next: settings, read by every workflow and every request.
 */
import {
  companiesAnswer,
  companyAnswer,
  companyBody,
  companyParams,
  peopleAnswer,
  peopleQuery,
  personAnswer,
  personParams,
} from '../../shared/contracts/administration.ts';
import { accessLogAnswer, accessLogQuery } from '../../shared/contracts/audit.ts';
import { viewAsAnswer, viewAsQuery } from '../../shared/contracts/view-as.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import type { AlertStore } from '../../shared/ports/alert-store.ts';
import type { GroupStore } from '../../shared/ports/group-store.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';
import { registerBreakGlass } from './break-glass-routes.ts';
import { registerEntryLimits } from './entry-limit-routes.ts';
import { registerGroups } from './group-routes.ts';
import { registerAddresses } from './keep-address.ts';
import { companyUse, listCompanies, readCompany, saveCompany } from './keep-companies.ts';
import { listPeople, readPerson } from './list-people.ts';
import { listReads } from './list-reads.ts';
import { personRecords } from './person-records.ts';
import { registerReachRoutes } from './reach-routes.ts';
import { viewAs } from './view-as.ts';

export type AdministrationParts = {
  edge: Edge;
  settings: SettingsStore;
  accounts: AccountStore;
  groups: GroupStore;
  alerts: AlertStore;
};

export const registerAdministrationStaffHttp = (parts: AdministrationParts): void => {
  registerCompanies(parts);
  registerPeople(parts);
  registerReachRoutes(parts);
  registerGroups(parts);
  registerEntryLimits(parts);
  registerBreakGlass(parts);
  registerAddresses(parts);
  onRead(parts.edge, {
    ...{ name: 'list-reads', route: 'api/access-log', action: 'aud.security.read' },
    ...{ query: accessLogQuery, answer: accessLogAnswer },
    run: ({ query, scope }) => listReads(query, scope, parts.edge.readLog),
  });
};

const registerCompanies = ({ edge, settings, accounts }: AdministrationParts): void => {
  // administrators see no account; whether there is any is asked for the system
  const isInUse = companyUse(edge.access.systemScope('acct.list'), accounts);
  onRead(edge, {
    name: 'list-companies',
    route: 'api/companies',
    action: 'adm.config.read',
    answer: companiesAnswer,
    run: ({ scope }) => listCompanies(scope, settings),
  });
  onRead(edge, {
    name: 'read-company',
    route: 'api/companies/{companyId}',
    action: 'adm.config.read',
    params: companyParams,
    answer: companyAnswer,
    run: ({ params, scope }) => readCompany(params.companyId, scope, settings),
  });
  onWrite(edge, {
    name: 'save-company',
    method: 'PUT',
    route: 'api/companies/{companyId}',
    action: 'adm.config.edit',
    params: companyParams,
    body: companyBody,
    answer: companyAnswer,
    run: ({ params, body, caller, now, scope }) =>
      saveCompany(params.companyId, body, { by: caller.id ?? '', now, scope }, { settings, isInUse }),
  });
};

const registerPeople = ({ edge, settings, accounts }: AdministrationParts): void => {
  const records = personRecords(settings, edge.access.systemScope('sys.reach.keep'));
  onRead(edge, {
    name: 'list-people',
    route: 'api/people',
    action: 'adm.role.read',
    query: peopleQuery,
    answer: peopleAnswer,
    run: ({ query, scope }) => listPeople(query, scope, records),
  });
  onRead(edge, {
    name: 'read-person',
    route: 'api/people/{personId}',
    action: 'adm.role.read',
    params: personParams,
    answer: personAnswer,
    run: ({ params, scope }) => readPerson(params.personId, scope, records),
  });
  onRead(edge, {
    ...{ name: 'view-as', route: 'api/people/{personId}/view-as', action: 'adm.viewas', reduced: [] },
    ...{ params: personParams, query: viewAsQuery, answer: viewAsAnswer },
    run: ({ params: { personId }, query, scope, now }) =>
      viewAs({ access: edge.access, records, accounts }, { personId, query }, { scope, now }),
  });
};

/**
 * Registers the surfaces one app hosts, in the order of the walk.
 * From: `start.ts` in the cloud, `local/main.ts` on one machine. Next: the pieces' `triggers.ts`.
 * Which app hosts what is said in `infra/topology.json`.
 */
import { topology } from '../shared/contracts/topology.ts';
import type { AppSettings } from '../shared/contracts/settings.ts';
import type { Instant } from '../shared/domain/calendar.ts';
import { registerAdministrationStaffHttp } from './administration/triggers.ts';
import { registerCollectionsStaffHttp, registerCollectionsWork } from './collections/triggers.ts';
import { registerDunningStaffHttp, registerDunningWork } from './dunning/triggers.ts';
import { registerEmailPortalHttp, registerEmailStaffHttp, registerEmailWork } from './email/triggers.ts';
import { registerErpExchangeStaffHttp, registerErpExchangeWork } from './erp-exchange/triggers.ts';
import {
  registerDisputesPortalHttp,
  registerDisputesStaffHttp,
  registerDisputesWork,
} from './disputes/triggers.ts';
import {
  registerInvoiceIngestionStaffHttp,
  registerInvoiceIngestionWork,
} from './invoice-ingestion/triggers.ts';
import { registerLedgerStaffHttp, registerLedgerWork } from './ledger/triggers.ts';
import {
  registerOperationsPortalHttp,
  registerOperationsStaffHttp,
  registerOperationsWork,
} from './operations/triggers.ts';
import { registerPortalPortalHttp, registerPortalStaffHttp, registerPortalWork } from './portal/triggers.ts';
import { partsFor, type Parts } from './parts.ts';
import { registerReportingStaffHttp, registerReportingWork } from './reporting/triggers.ts';

const surfaces: Record<string, (parts: Parts) => void> = {
  'invoice-ingestion.staffHttp': ({ ingestion }) => registerInvoiceIngestionStaffHttp(ingestion),
  'invoice-ingestion.work': ({ ingestion }) => registerInvoiceIngestionWork(ingestion),
  'administration.staffHttp': ({ administration }) => registerAdministrationStaffHttp(administration),
  'ledger.staffHttp': ({ ledger }) => registerLedgerStaffHttp(ledger),
  'ledger.work': ({ ledger }) => registerLedgerWork(ledger),
  'erp-exchange.staffHttp': ({ erpExchange }) => registerErpExchangeStaffHttp(erpExchange),
  'erp-exchange.work': ({ erpExchange }) => registerErpExchangeWork(erpExchange),
  'email.staffHttp': ({ email }) => registerEmailStaffHttp(email),
  'email.work': ({ email }) => registerEmailWork(email),
  'portal.staffHttp': ({ portal }) => registerPortalStaffHttp(portal),
  'portal.portalHttp': ({ portal }) => registerPortalPortalHttp(portal),
  'portal.work': ({ portal }) => registerPortalWork(portal),
  'email.portalHttp': ({ email }) => registerEmailPortalHttp(email),
  'dunning.staffHttp': (parts) => registerDunningStaffHttp(parts.dunning),
  'dunning.work': (parts) => registerDunningWork(parts.dunning),
  'disputes.staffHttp': ({ disputes }) => registerDisputesStaffHttp(disputes),
  'disputes.portalHttp': ({ disputes }) => registerDisputesPortalHttp(disputes),
  'disputes.work': ({ disputes }) => registerDisputesWork(disputes),
  'collections.staffHttp': ({ collections }) => registerCollectionsStaffHttp(collections),
  'collections.work': ({ collections }) => registerCollectionsWork(collections),
  'reporting.staffHttp': ({ reporting }) => registerReportingStaffHttp(reporting),
  'reporting.work': ({ reporting }) => registerReportingWork(reporting),
  'operations.staffHttp': ({ operations }) => registerOperationsStaffHttp(operations),
  'operations.portalHttp': ({ operations }) => registerOperationsPortalHttp(operations),
  'operations.work': ({ operations }) => registerOperationsWork(operations),
};

/** @throws when the topology names a surface no piece has; the app does not start. */
export const registerApp = (settings: AppSettings, now: () => Instant): Parts => {
  const parts = partsFor(settings, now);
  for (const name of topology.apps[settings.app]?.surfaces ?? []) {
    const register = surfaces[name];
    if (!register) throw new Error(`app ${settings.app} hosts ${name}, which no piece registers`);
    register(parts);
  }
  return parts;
};

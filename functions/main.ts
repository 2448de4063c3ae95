/**
 * Registers the surfaces one app hosts, in the order of the walk.
 * From: `listed-app.ts` in the cloud, `local/apps.ts` on one machine. Next: the pieces' `triggers.ts`.
 * Which app hosts what is said in `infra/topology.json`.
 */
import { topology } from '../shared/contracts/topology.ts';
import type { AppSettings } from '../shared/contracts/settings.ts';
import type { Instant } from '../shared/domain/calendar.ts';
import type { TakeFunction } from '../shared/edge/platform.ts';
import { partsFor, type Parts } from './parts.ts';

const ingestion = () => import('./invoice-ingestion/triggers.ts');
const administration = () => import('./administration/triggers.ts');
const ledger = () => import('./ledger/triggers.ts');
const erpExchange = () => import('./erp-exchange/triggers.ts');
const email = () => import('./email/triggers.ts');
const portal = () => import('./portal/triggers.ts');
const dunning = () => import('./dunning/triggers.ts');
const disputes = () => import('./disputes/triggers.ts');
const collections = () => import('./collections/triggers.ts');
const reporting = () => import('./reporting/triggers.ts');
const operations = () => import('./operations/triggers.ts');

/** Each reads the code of its piece, and no other. */
const surfaces: Record<string, (parts: Parts) => Promise<void>> = {
  'invoice-ingestion.staffHttp': async (parts) =>
    (await ingestion()).registerInvoiceIngestionStaffHttp(parts.ingestion),
  'invoice-ingestion.work': async (parts) =>
    (await ingestion()).registerInvoiceIngestionWork(parts.ingestion),
  'administration.staffHttp': async (parts) =>
    (await administration()).registerAdministrationStaffHttp(parts.administration),
  'ledger.staffHttp': async (parts) => (await ledger()).registerLedgerStaffHttp(parts.ledger),
  'ledger.work': async (parts) => (await ledger()).registerLedgerWork(parts.ledger),
  'erp-exchange.staffHttp': async (parts) =>
    (await erpExchange()).registerErpExchangeStaffHttp(parts.erpExchange),
  'erp-exchange.work': async (parts) => (await erpExchange()).registerErpExchangeWork(parts.erpExchange),
  'email.staffHttp': async (parts) => (await email()).registerEmailStaffHttp(parts.email),
  'email.work': async (parts) => (await email()).registerEmailWork(parts.email),
  'portal.staffHttp': async (parts) => (await portal()).registerPortalStaffHttp(parts.portal),
  'portal.portalHttp': async (parts) => (await portal()).registerPortalPortalHttp(parts.portal),
  'portal.work': async (parts) => (await portal()).registerPortalWork(parts.portal),
  'email.portalHttp': async (parts) => (await email()).registerEmailPortalHttp(parts.email),
  'dunning.staffHttp': async (parts) => (await dunning()).registerDunningStaffHttp(parts.dunning),
  'dunning.work': async (parts) => (await dunning()).registerDunningWork(parts.dunning),
  'disputes.staffHttp': async (parts) => (await disputes()).registerDisputesStaffHttp(parts.disputes),
  'disputes.portalHttp': async (parts) => (await disputes()).registerDisputesPortalHttp(parts.disputes),
  'disputes.work': async (parts) => (await disputes()).registerDisputesWork(parts.disputes),
  'collections.staffHttp': async (parts) =>
    (await collections()).registerCollectionsStaffHttp(parts.collections),
  'collections.work': async (parts) => (await collections()).registerCollectionsWork(parts.collections),
  'reporting.staffHttp': async (parts) => (await reporting()).registerReportingStaffHttp(parts.reporting),
  'reporting.work': async (parts) => (await reporting()).registerReportingWork(parts.reporting),
  'operations.staffHttp': async (parts) => (await operations()).registerOperationsStaffHttp(parts.operations),
  'operations.portalHttp': async (parts) =>
    (await operations()).registerOperationsPortalHttp(parts.operations),
  'operations.work': async (parts) => (await operations()).registerOperationsWork(parts.operations),
};

export const surfacesOf = (app: string): readonly string[] => topology.apps[app]?.surfaces ?? [];

export type OpenedSurfaces = {
  parts: Parts;
  /** @throws when no piece has a surface of that name; the app does not start. */
  register: (name: string) => Promise<void>;
};

/** One app, of which nothing is registered yet. */
export const openSurfaces = (
  settings: AppSettings,
  now: () => Instant,
  take?: TakeFunction,
): OpenedSurfaces => {
  const parts = partsFor(settings, now, take);
  const register = async (name: string): Promise<void> => {
    const surface = surfaces[name];
    if (!surface) throw new Error(`app ${settings.app} hosts ${name}, which no piece registers`);
    await surface(parts);
  };
  return { parts, register };
};

/** All of one app at once. @throws when the topology names a surface no piece has. */
export const registerApp = async (settings: AppSettings, now: () => Instant): Promise<Parts> => {
  const { parts, register } = openSurfaces(settings, now);
  for (const name of surfacesOf(settings.app)) await register(name);
  return parts;
};

/**
 * Ticks of the ledger: once an hour whatever is new goes under a root that nobody can change and money that found no
 * payer is looked at again, once a night each company's ledger is checked.
 * From: queue `ledger-ticks`. Next: files in the container `anchors`; runs on queues `ledger-checks` and
 * `received-payments`.
 * An anchor holds all there was before it: a tick that never came is made up for by the next.
 */
import { tickMessage } from '../../shared/contracts/messages.ts';
import { done, refuse } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { onQueue } from '../../shared/edge/queue.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';
import { anchorCompany } from './anchor-ledger.ts';
import { beginCheck } from './check-ledger.ts';
import { beginLook } from './look-again.ts';
import type { CheckParts } from './check-parts.ts';

export type AnchorTriggerParts = { edge: Edge; checking: CheckParts; settings: SettingsStore };

const prefix = 'company:';

type Job = (companyId: string, slot: string, scope: Scope, parts: CheckParts) => Promise<unknown>;

const jobs: Record<string, Job> = {
  'anchor-ledger': anchorCompany,
  'look-again': (companyId, slot, _scope, parts) => beginLook(companyId, slot, parts),
  'check-ledger': (companyId, slot, _scope, parts) => beginCheck(companyId, slot, parts),
};

export const registerAnchoring = ({ edge, checking, settings }: AnchorTriggerParts): void =>
  onQueue(edge, {
    name: 'anchor-ledger',
    queue: 'ledger-ticks',
    action: 'sys.ledger.check',
    schema: tickMessage,
    run: async ({ job, slot }, { scope }) => {
      const work = jobs[job];
      if (work === undefined) return refuse('message-not-readable', `There is no job "${job}" here.`);
      const companies = await settings.list(scope, 'deployment', prefix);
      for (const { name } of companies) await work(name.slice(prefix.length), slot, scope, checking);
      return done(companies.length);
    },
  });

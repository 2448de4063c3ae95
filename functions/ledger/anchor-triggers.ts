/**
 * Anchoring: once an hour, whatever is new in the ledger goes under a root that nobody can change.
 * From: queue `ledger-ticks`. Next: files in the container `anchors`.
 * An anchor holds all there was before it: a tick that never came is made up for by the next.
 */
import { tickMessage } from '../../shared/contracts/messages.ts';
import { done, refuse } from '../../shared/domain/outcome.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { onQueue } from '../../shared/edge/queue.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';
import { anchorCompany, type AnchorParts } from './anchor-ledger.ts';

export type AnchorTriggerParts = { edge: Edge; anchoring: AnchorParts & { settings: SettingsStore } };

const prefix = 'company:';

export const registerAnchoring = ({ edge, anchoring }: AnchorTriggerParts): void =>
  onQueue(edge, {
    name: 'anchor-ledger',
    queue: 'ledger-ticks',
    action: 'sys.ledger.check',
    schema: tickMessage,
    run: async ({ job, slot }, { scope }) => {
      if (job !== 'anchor-ledger') return refuse('message-not-readable', `There is no job "${job}" here.`);
      const companies = await anchoring.settings.list(scope, 'deployment', prefix);
      for (const { name } of companies)
        await anchorCompany(name.slice(prefix.length), slot, scope, anchoring);
      return done(companies.length);
    },
  });

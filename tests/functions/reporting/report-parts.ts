/**
 * Everything reports and alerts are made with, on in-memory ports.
 * From: worlds of `projection-support.ts`. Next: tests of mails, lists, alerts.
 */
import type { EvaluateParts } from '../../../functions/reporting/evaluate-alerts.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import { newSecret } from '../../../shared/azure/secrets.ts';
import { createAccess } from '../../../shared/edge/access.ts';
import { memoryCases } from '../../support/memory/case-index.ts';
import { memoryAlerts } from '../../support/memory/alert-store.ts';
import { memoryFeeds } from '../../support/memory/feed-store.ts';
import { memoryFiles } from '../../support/memory/file-store.ts';
import { memorySender } from '../../support/memory/message-sender.ts';
import { memoryReceipts } from '../../support/memory/receipt-store.ts';
import { memoryReferences } from '../../support/memory/reference-store.ts';
import { memorySettings } from '../../support/memory/settings-store.ts';
import { memoryStaffMails } from '../../support/memory/staff-mail-store.ts';
import { memoryTokens } from '../../support/memory/token-store.ts';
import { memoryWorklist } from '../../support/memory/worklist-store.ts';
import { ownBook } from '../../support/own-book.ts';
import { newWorld } from './projection-support.ts';

const nowhere = {
  issuer: 'http://127.0.0.1:1',
  audience: 'api://dunwell',
  keysUrl: 'http://127.0.0.1:1/keys',
};

export const newReportParts = () => {
  const settings = memorySettings();
  const alerts = memoryAlerts();
  const stores = {
    ...{ alerts, settings, staffMails: memoryStaffMails(), documents: memoryFiles(), cases: memoryCases() },
    ...{ worklist: memoryWorklist(), feeds: memoryFeeds(), receipts: memoryReceipts() },
  };
  const world = { ...newWorld(), ...stores };
  const access = createAccess(nowhere, settings);
  const parts: EvaluateParts = {
    ...{ ...world, references: memoryReferences(), bookOf: ownBook, sender: memorySender() },
    ...{ hashText: sha256, draw: async () => new Uint8Array([1, 2, 3]), mailsPerHour: 100 },
    calendarOf: async () => ({ weekend: [6, 7], holidays: new Set() }),
    ...{ tokens: memoryTokens(), newSecret },
    scopeFor: (...asked) => access.scopeFor(...asked),
  };
  return { ...stores, world, parts };
};

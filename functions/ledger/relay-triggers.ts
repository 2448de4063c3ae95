/**
 * The relay: every entry, once it is written, goes out as an event.
 * From: the change feed of `ledger`. Next: topic `ar-events`.
 */
import { entryChange } from '../../shared/contracts/reporting.ts';
import type { HashText } from '../../shared/domain/document-ids.ts';
import { onChanges } from '../../shared/edge/change-feed.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { relayEntries } from './relay-entries.ts';

export type RelayParts = { edge: Edge; hashText: HashText };

export const registerRelay = ({ edge, hashText }: RelayParts): void =>
  onChanges(edge, {
    name: 'relay-entries',
    container: 'ledger',
    action: 'sys.ledger.relay',
    concerns: ({ kind }) => kind === 'entry',
    schema: entryChange,
    run: (entries) => relayEntries(entries, edge.sender, hashText),
  });

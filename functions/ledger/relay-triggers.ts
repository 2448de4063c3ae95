/**
 * The relay: every entry, once it is written, goes out as an event.
 * From: the change feed of `ledger`. Next: topic `ar-events`; how far it came, to `runs`.
 */
import { entryChange } from '../../shared/contracts/reporting.ts';
import type { HashText } from '../../shared/domain/document-ids.ts';
import { onChanges } from '../../shared/edge/change-feed.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import type { RunStore } from '../../shared/ports/run-store.ts';
import { relayNotes } from './note-relay.ts';
import { relayEntries } from './relay-entries.ts';

export type RelayParts = { edge: Edge; hashText: HashText };

export const registerRelay = ({ edge, hashText }: RelayParts, runs: RunStore): void => {
  const notes = relayNotes(runs);
  onChanges(edge, {
    name: 'relay-entries',
    container: 'ledger',
    action: 'sys.ledger.relay',
    concerns: ({ kind }) => kind === 'entry',
    schema: entryChange,
    run: async (entries, call) => {
      try {
        await relayEntries(entries, edge.sender, hashText);
      } catch (fault) {
        await notes.failed(entries, call);
        throw fault;
      }
      await notes.relayed(entries, call);
    },
  });
};

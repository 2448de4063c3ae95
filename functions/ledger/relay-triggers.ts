/**
 * The relay: every entry, once it is written, goes out as an event.
 * From: the change feed of `ledger`. Next: topic `ar-events`; how far it came and which marks it found, to `runs`.
 */
import { relayedChange } from '../../shared/contracts/reporting.ts';
import type { HashText } from '../../shared/domain/document-ids.ts';
import { onChanges } from '../../shared/edge/change-feed.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import type { RunStore } from '../../shared/ports/run-store.ts';
import { relayNotes } from './note-relay.ts';
import { relayEntries } from './relay-entries.ts';
import { relayMessages } from './relay-messages.ts';

export type RelayParts = { edge: Edge; hashText: HashText };

export const registerRelay = ({ edge, hashText }: RelayParts, runs: RunStore): void => {
  const notes = relayNotes(runs);
  onChanges(edge, {
    name: 'relay-entries',
    container: 'ledger',
    action: 'sys.ledger.relay',
    concerns: ({ kind }) => kind === 'entry' || kind === 'probe',
    schema: relayedChange,
    run: async (changes, call) => {
      const entries = changes.filter((one) => one.kind === 'entry');
      try {
        if (entries.length > 0) await relayEntries(entries, edge.sender, hashText);
        await relayMessages(entries, edge.sender, hashText);
      } catch (fault) {
        await notes.failed(entries, call);
        throw fault;
      }
      if (entries.length > 0) await notes.relayed(entries, call);
      for (const one of changes) if (one.kind === 'probe') await notes.found(one, call);
    },
  });
};

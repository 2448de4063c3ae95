/**
 * The stores of a month and the ports the pieces see of them: through a process that dies between any two effects and
 * a database in which somebody else is first.
 * From: in-memory ports. Next: `world.ts`.
 */
import type { RowParts } from '../../../functions/collections/keep-rows.ts';
import type { ListParts } from '../../../functions/collections/read-worklist.ts';
import { worklistFrames } from '../../../functions/collections/worklist-frame.ts';
import type { DisputeParts } from '../../../functions/disputes/dispute-parts.ts';
import { portalCases } from '../../../functions/disputes/portal-cases.ts';
import type { DunningParts } from '../../../functions/dunning/parts.ts';
import type { MailParts } from '../../../functions/email/parts.ts';
import type { ProjectParts } from '../../../functions/reporting/project-events.ts';
import type { EventStores } from '../../../functions/portal/portal-parts.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import { hmacLinks } from '../../../shared/azure/hmac-links.ts';
import { emailHashOf } from '../../../shared/domain/person.ts';
import { dunningFrames, statesOf } from '../../../shared/edge/read-dunning-frame.ts';
import { renderMessage } from '../../../shared/formats/render-message.ts';
import type { AccountStore } from '../../../shared/ports/account-store.ts';
import type { Mailer } from '../../../shared/ports/mailer.ts';
import type { MessageSender } from '../../../shared/ports/message-sender.ts';
import { withFaults, type Gate } from '../../support/faults.ts';
import { memoryAlerts } from '../../support/memory/alert-store.ts';
import { memoryCallCounter } from '../../support/memory/call-counter.ts';
import { memoryCases } from '../../support/memory/case-index.ts';
import { memoryProvider } from '../../support/memory/checkout-provider.ts';
import { memoryCheckouts } from '../../support/memory/checkout-store.ts';
import { memoryInbox } from '../../support/memory/inbox-store.ts';
import { memoryMembers } from '../../support/memory/session-store.ts';
import { memoryPacing } from '../../support/memory/mail-pacing.ts';
import type { MemorySender } from '../../support/memory/message-sender.ts';
import { memoryPeople } from '../../support/memory/people-store.ts';
import { memoryReports } from '../../support/memory/report-store.ts';
import { memoryRuns } from '../../support/memory/run-store.ts';
import { memoryWorklist } from '../../support/memory/worklist-store.ts';
import { memoryTokens } from '../../support/memory/token-store.ts';
import { everything } from '../../support/test-edge.ts';
import { snapshotWorld, type World } from '../../functions/erp-exchange/snapshot-world.ts';
import type { Agenda } from './agenda.ts';
import { calendarOf } from './contact-rules.ts';
import type { Draw, FaultProfile } from './draw.ts';
import { journalOf } from './journal.ts';

export const salt = 'salt';
export const zone = 'Europe/Berlin';

/** Another writer was first, now and then: the store says so and nothing is written. */
const contested = (accounts: AccountStore, draw: Draw, faults: () => FaultProfile): AccountStore => ({
  ...accounts,
  append: async (...asked) =>
    draw.chance(faults().store.conflict) ? { outcome: 'version-conflict' } : accounts.append(...asked),
});

export type MonthStores = ReturnType<typeof storesOf>;
type Wired = { agenda: Agenda; draw: Draw; faults: () => FaultProfile; gate: Gate };

export const storesOf = ({ agenda, draw, faults }: Wired, mode: 'erpLed' | 'dunwellLed') => {
  const base = snapshotWorld(undefined, mode);
  const journal = journalOf(base.accounts);
  const provider = memoryProvider(() => agenda.now());
  const plain = {
    ...{ imports: base.imports, feeds: base.feeds, files: base.files, settings: base.settings },
    ...{ receipts: base.receipts, payers: base.payers, customers: base.customers, advices: base.advices },
    ...{ proposals: base.proposals, references: base.references, documents: base.documents },
    accounts: contested(journal.store, draw, faults),
    ...{ people: memoryPeople(), inbox: memoryInbox(), checkouts: memoryCheckouts(), runs: memoryRuns() },
    ...{ alerts: memoryAlerts(), cases: memoryCases(), tokens: memoryTokens(), reports: memoryReports() },
    worklist: memoryWorklist(),
    pacing: memoryPacing({ perMinute: 5, perHour: 30 }),
    provider: provider.provider,
  };
  return { base, plain, journal, provider };
};

type Ends = { mailer: Mailer; sender: MessageSender };

/** Every port through the gate of the process. */
export const partsOf = (stores: MonthStores, { gate, draw }: Wired, ends: Ends) => {
  const { plain, base } = stores;
  const open = { ...plain, mailer: ends.mailer, sender: ends.sender };
  const faulty = Object.fromEntries(
    Object.entries(open).map(([name, port]) => [name, withFaults<object>(port, gate, name)]),
  ) as typeof open;
  const common = { ...faulty, hashText: sha256, calendarOf };
  const frameOf = dunningFrames({
    ...{ feeds: plain.feeds, settings: plain.settings, calendarOf, hashText: sha256 },
  });
  const known = { people: plain.people, salt, hashText: sha256 };
  const dunning: DunningParts = {
    ...{ accounts: faulty.accounts, settings: faulty.settings, sender: faulty.sender, frameOf },
    ...{ statesOf: (...of) => statesOf(known, ...of), calendarOf, hashText: sha256 },
  };
  const file = async () => ({ ok: true as const, value: new Uint8Array([1]) });
  const mail: MailParts = {
    ...{ ...common, frameOf, salt, links: hmacLinks([Buffer.alloc(32, 7).toString('base64')]) },
    ...{
      letterOf: file,
      sheetOf: file,
      statementOf: file,
      copyOf: file,
      render: (...of) => renderMessage(...of),
    },
  };
  let secrets = 0;
  const disputes: DisputeParts = {
    ...{ ...common, ownScope: everything },
    newSecret: () => sha256(`secret ${draw.below(1_000_000)} ${(secrets += 1)}`),
  };
  const portal: EventStores = {
    ...{ ...common, counter: memoryCallCounter(), origin: 'https://pay.example.com' },
    provider: { ...faulty.provider, accounts: () => ['default'] },
    ...{ members: memoryMembers(), remembered: plain.settings },
    draw: { statement: file, sheet: file, copy: file },
    hashEmail: (email) => emailHashOf(email, salt, sha256),
    ...portalCases(disputes),
  };
  const files: World = {
    ...{ ...base, ...plain, sender: ends.sender as MemorySender, gate },
    parts: { ...base.parts, ...common, sender: faulty.sender as MemorySender },
  };
  const { statesOf: _states, ...bare } = dunning;
  /** The same without faults, for who looks and writes nothing. */
  const looking: DunningParts = {
    ...{ ...bare, accounts: plain.accounts, settings: plain.settings },
    statesOf: (...of) => statesOf(known, ...of),
  };
  const reporting: ProjectParts = { ...faulty, zoneOf: async () => zone };
  const rowsOf = worklistFrames({
    ...{ settings: plain.settings, references: plain.references, calendarOf, owedBy: async () => ({}) },
  });
  const lists: RowParts & ListParts = { accounts: faulty.accounts, worklist: faulty.worklist, rowsOf };
  return { dunning, looking, mail, disputes, portal, files, reporting, lists };
};
export type MonthParts = ReturnType<typeof partsOf>;

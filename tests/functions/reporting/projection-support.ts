/**
 * Accounts with random journals, the events of their entries, and reports on in-memory ports.
 * From: `tests/support/aging-commands.ts`. Next: tests of projection and aging.
 */
import { eventOf } from '../../../functions/ledger/relay-entries.ts';
import { readAging } from '../../../functions/reporting/read-aging.ts';
import type { ProjectParts } from '../../../functions/reporting/project-events.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import type { ArEvent } from '../../../shared/contracts/messages.ts';
import type { AgingAnswer, AgingQuery } from '../../../shared/contracts/reporting.ts';
import { newAccount } from '../../../shared/domain/account.ts';
import { instantFromText, type Day } from '../../../shared/domain/calendar.ts';
import type { Entry } from '../../../shared/domain/entry.ts';
import type { Fact } from '../../../shared/domain/facts.ts';
import type { AccountStore } from '../../../shared/ports/account-store.ts';
import type { ReportStore } from '../../../shared/ports/report-store.ts';
import { memoryAlerts } from '../../support/memory/alert-store.ts';
import { memoryAccounts } from '../../support/memory/account-store.ts';
import { memoryReports } from '../../support/memory/report-store.ts';
import { memorySettings } from '../../support/memory/settings-store.ts';
import { ownBook } from '../../support/own-book.ts';
import { everything } from '../../support/test-edge.ts';

export const companyId = 'c1';
export const noonOn = (day: Day) => instantFromText(`${day}T12:00:00Z`);

export type World = ProjectParts & { accounts: AccountStore; reports: ReportStore };

export const newWorld = (): World => ({
  accounts: memoryAccounts(),
  reports: memoryReports(),
  alerts: memoryAlerts(),
  settings: memorySettings(),
  zoneOf: async () => 'UTC',
});

/** Writes a journal made elsewhere, or some of its entries, into the store under an account of its own. */
export const writeJournal = async (
  { accounts }: World,
  accountId: string,
  entries: readonly Entry[],
  whole: readonly Entry[] = entries,
): Promise<ArEvent[]> => {
  const key = { companyId, accountId };
  const events: ArEvent[] = [];
  for (const { at, actor, cause, facts } of entries) {
    const loaded = await accounts.load(everything, key, itemIdsOf(whole));
    const change = { at: instantFromText(at), actor, cause, facts };
    const appended = await accounts.append(everything, loaded, change);
    if (appended.outcome !== 'appended') throw new Error(appended.outcome);
    const { version } = appended.entry;
    const [moved] = await accounts.moves(everything, key, { afterVersion: version - 1, limit: 1 });
    const entry = { at: appended.entry.at, hash: appended.entry.hash, facts: [...appended.entry.facts] };
    events.push(eventOf({ ...key, version, entry, moves: moved!.moves }, sha256).body);
  }
  return events;
};

/** One entry more on an account, at noon of a day; its event. */
export const appendFacts = async (
  { accounts }: World,
  accountId: string,
  on: string,
  facts: readonly Fact[],
  itemIds: readonly string[] = [],
): Promise<ArEvent[]> => {
  const key = { companyId, accountId };
  const loaded = await accounts.load(everything, key, itemIds);
  const actor = { kind: 'job', id: 'test' } as const;
  const change = { at: noonOn(on as Day), actor, cause: { kind: 'test', id: on }, facts };
  const appended = await accounts.append(everything, loaded, change);
  if (appended.outcome !== 'appended') throw new Error(appended.outcome);
  const { version, at, hash } = appended.entry;
  const [moved] = await accounts.moves(everything, key, { afterVersion: version - 1, limit: 1 });
  return [
    eventOf({ ...key, version, entry: { at, hash, facts: [...facts] }, moves: moved!.moves }, sha256).body,
  ];
};

const itemIdsOf = (entries: readonly Entry[]): string[] =>
  entries.flatMap(({ facts }) =>
    facts.flatMap((fact) =>
      fact.kind === 'itemPosted' || fact.kind === 'paymentReceived' ? [fact.item.id] : [],
    ),
  );

export const keyOf = (accountId: string) => newAccount({ companyId, accountId }).head;

/** Sums only: what everybody who may see all of a company is told. */
export const agingOn = async (
  { accounts, reports, zoneOf }: World,
  asOf: Day,
  view: 'known' | 'corrected',
  more: Partial<AgingQuery> = {},
  scope = everything,
): Promise<AgingAnswer> => {
  const query: AgingQuery = {
    ...{ company: [companyId], asOf, view, scheme: 'standard', basis: 'due', by: 'company' },
    ...more,
  };
  const answer = await readAging(query, scope, noonOn(asOf), { accounts, reports, zoneOf, bookOf: ownBook });
  if (!answer.ok) throw new Error(answer.code);
  return answer.value;
};

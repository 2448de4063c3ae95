/**
 * Adds what happened to accounts to the figures reports are read from.
 * From: subscription `ar-events/reporting`, in any order, twice or with gaps. Next: contributions, totals and
 * tails in `reports`; a tail that has grown long is folded into months.
 * What an account contributed names the version it stands at: older events change nothing, missing ones are
 * read from the ledger.
 */
import { dunningPlaces, dunningSettingFrom } from '../../shared/contracts/dunning-settings.ts';
import type { ArEvent } from '../../shared/contracts/messages.ts';
import { entryMoves, type EntryMoves, type Moves } from '../../shared/domain/aging-moves.ts';
import type { Day } from '../../shared/domain/calendar.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { mergeSteps } from '../../shared/domain/merge-steps.ts';
import {
  contribute,
  shardOf,
  totalAfter,
  type Contribution,
  type KnownMoves,
  type ShardTotal,
} from '../../shared/domain/report-shard.ts';
import { isCounted } from '../../shared/domain/report-figures.ts';
import { withSteps, type Tail } from '../../shared/domain/report-months.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import { mostContributions, type ReportStore } from '../../shared/ports/report-store.ts';
import type { ZoneOf } from '../../shared/edge/read-company.ts';
import type { AlertStore } from '../../shared/ports/alert-store.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';
import { mayAlert, raiseFromFacts } from './alerts-in-facts.ts';
import { foldTail, isTailLong } from './fold-tail.ts';
import { rulesOf } from './keep-alert-settings.ts';

export type ProjectParts = {
  accounts: AccountStore;
  reports: ReportStore;
  alerts: Pick<AlertStore, 'raise'>;
  settings: Pick<SettingsStore, 'read'>;
  zoneOf: ZoneOf;
};

/** Entries of one account read at once where events are missing. */
const entriesPerRead = 100;
/** Tries of a shard that others change at the same time, before the events come back another time. */
const mostTries = 8;

/** @throws when the store fails or a shard is too busy: the bus delivers the events again. */
export const projectEvents = async (
  events: readonly ArEvent[],
  scope: Scope,
  parts: ProjectParts,
): Promise<void> => {
  const shards = Map.groupBy(events, ({ companyId, accountId }) =>
    JSON.stringify([companyId, shardOf(accountId)]),
  );
  for (const some of shards.values()) {
    const accounts = [...Map.groupBy(some, ({ accountId }) => accountId).values()];
    for (let first = 0; first < accounts.length; first += mostContributions)
      await projectShard(accounts.slice(first, first + mostContributions), scope, parts);
  }
};

/** Events of at most `mostContributions` accounts of one shard, one list per account. */
const projectShard = async (
  accounts: readonly ArEvent[][],
  scope: Scope,
  parts: ProjectParts,
): Promise<void> => {
  const { companyId, accountId } = accounts[0]![0]!;
  const place = { companyId, shard: shardOf(accountId) };
  const zone = await parts.zoneOf(scope, companyId);
  if (zone === undefined) throw new Error(`company ${companyId} has no settings`);
  for (let attempt = 1; attempt <= mostTries; attempt += 1) {
    const loaded = await parts.reports.shard(scope, place);
    const ids = accounts.map(([event]) => event!.accountId);
    const known = await parts.reports.contributions(scope, place, ids);
    const changes = await changesOf(accounts, known, scope, parts);
    if (changes.length === 0) return;
    await raiseAll(changes, { companyId, scope }, parts);
    const counting = { zone, mailsFrom: await mailsFromOf(changes, { companyId, scope }, parts) };
    const after = changes.map(({ accountId, before, entries }) =>
      contribute(accountId, before, entries, counting),
    );
    const steps = mergeSteps(after.flatMap((one) => one.steps));
    const total = totalAfter(loaded.total, changes);
    const tail = tailAfter(loaded.tail, steps, total);
    const saved = await parts.reports.apply(scope, loaded, {
      ...{ total, contributions: after.map(({ contribution }) => contribution) },
      ...(tail === undefined ? {} : { tail }),
    });
    if (saved === 'saved')
      return tail !== undefined && isTailLong(tail) ? foldTail(scope, place, parts.reports) : undefined;
  }
  throw new Error(`shard ${place.shard} of ${companyId} was changed during each of ${mostTries} tries`);
};

/** Undefined where entries told of nothing that is summed: the tail stays as it is, and as fresh as its figures. */
const tailAfter = (
  before: Tail,
  steps: readonly KnownMoves[],
  { entries, dataAt }: ShardTotal,
): Tail | undefined => (steps.length === 0 ? undefined : { ...withSteps(before, steps), entries, dataAt });

/** Rules are read only where an entry may have broken one. */
const raiseAll = async (
  changes: readonly Change[],
  { companyId, scope }: { companyId: string; scope: Scope },
  parts: ProjectParts,
): Promise<void> => {
  const told = changes.filter(({ entries }) => entries.some(({ facts }) => facts.some(mayAlert)));
  if (told.length === 0) return;
  const rules = await rulesOf(parts, scope, companyId);
  for (const change of told) await raiseFromFacts(companyId, change, scope, { ...parts, rules });
};

/** Read only where an entry may tell of an invoice that is mailed. */
const mailsFromOf = async (
  changes: readonly Change[],
  { companyId, scope }: { companyId: string; scope: Scope },
  { settings }: ProjectParts,
): Promise<Day | undefined> => {
  const isPosted = ({ kind }: Fact): boolean => kind === 'itemPosted';
  const known = changes.some(
    ({ before, entries }) =>
      before?.deliveries !== undefined || entries.some(({ facts }) => facts.some(isPosted)),
  );
  if (!known) return undefined;
  const place = { scope: `company:${companyId}`, name: dunningPlaces.dunning };
  return dunningSettingFrom((await settings.read(scope, place))?.value).mailInvoicesFrom;
};

type Change = { accountId: string; before: Contribution | undefined; entries: EntryMoves[] };

const changesOf = async (
  accounts: readonly ArEvent[][],
  known: ReadonlyMap<string, Contribution>,
  scope: Scope,
  { accounts: store }: ProjectParts,
): Promise<Change[]> => {
  const changes: Change[] = [];
  for (const events of accounts) {
    const { companyId, accountId } = events[0]!;
    const before = known.get(accountId);
    const applied = before?.appliedVersion ?? 0;
    const entries =
      following(events, applied) ?? (await movesAfter(store, scope, { companyId, accountId }, applied));
    if (entries.length > 0) changes.push({ accountId, before, entries });
  }
  return changes;
};

/** The entries the events themselves carry after a version; undefined where one is missing or too large. */
const following = (events: readonly ArEvent[], applied: number): EntryMoves[] | undefined => {
  const news = new Map(
    events.filter(({ version }) => version > applied).map((event) => [event.version, event]),
  );
  const entries = [...news.values()].toSorted((a, b) => a.version - b.version).map(movesInside);
  const isWhole = entries.every((entry, index) => entry?.version === applied + index + 1);
  return isWhole ? entries.filter((entry) => entry !== undefined) : undefined;
};

/** Facts that move an account from one group to another; what they say is needed, as of those that are counted. */
const regrouping: readonly string[] = [
  ...(['accountAssigned', 'segmentNamed', 'holdPlaced', 'holdLifted'] as const),
] satisfies Fact['kind'][];

const movesInside = ({ version, at, hash, kinds, facts, moves }: ArEvent): EntryMoves | undefined => {
  if (moves === undefined || hash === undefined) return undefined;
  if (facts === undefined && kinds.some((kind) => regrouping.includes(kind) || isCounted(kind)))
    return undefined;
  return entryMoves({ version, at, hash, facts: (facts ?? []) as unknown as Fact[] }, moves as Moves);
};

/** All entries of an account after a version, also those whose events are still on their way. */
export const movesAfter = async (
  store: AccountStore,
  scope: Scope,
  key: { companyId: string; accountId: string },
  applied: number,
): Promise<EntryMoves[]> => {
  const entries: EntryMoves[] = [];
  for (;;) {
    const afterVersion = applied + entries.length;
    const page = await store.moves(scope, key, { afterVersion, limit: entriesPerRead });
    entries.push(...page);
    if (page.length < entriesPerRead) return entries;
  }
};

/**
 * One company of a simulated month: its stores, its bus, the pieces that work on it, the mail service.
 * From: a seed. Next: ERP, customers and staff act in it; checks look at it after each step.
 */
import { keepRows } from '../../../functions/collections/keep-rows.ts';
import { hearEvents as hearForDisputes } from '../../../functions/disputes/hear-events.ts';
import { findAccounts } from '../../../functions/dunning/find-due.ts';
import { hearEvents as hearForDunning } from '../../../functions/dunning/hear-events.ts';
import { lookAtAccount } from '../../../functions/dunning/look-at-account.ts';
import { applyInbound } from '../../../functions/email/apply-inbound.ts';
import { applyReport } from '../../../functions/email/apply-report.ts';
import { findLostMails } from '../../../functions/email/find-lost-mails.ts';
import { sendMessage } from '../../../functions/email/send-message.ts';
import { relayEntries } from '../../../functions/ledger/relay-entries.ts';
import { relayMessages } from '../../../functions/ledger/relay-messages.ts';
import { projectEvents } from '../../../functions/reporting/project-events.ts';
import { workEvent } from '../../../functions/portal/work-event.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import { dunningTick, evaluationMessage } from '../../../shared/contracts/dunning-messages.ts';
import { inboundMailMessage, type DeliveryReport } from '../../../shared/contracts/mail-events.ts';
import { restoreStep } from '../../../shared/contracts/mail-restore.ts';
import { arEvent, messageToSend, paymentEventMessage } from '../../../shared/contracts/messages.ts';
import { dayAt, instantFromText, type Day, type Instant } from '../../../shared/domain/calendar.ts';
import { isUnheld } from '../../../shared/domain/disputes-position.ts';
import { companyId, workOne } from '../../functions/erp-exchange/snapshot-world.ts';
import { gateOf, type Fault, type Gate } from '../../support/faults.ts';
import { everything } from '../../support/test-edge.ts';
import { agendaFrom } from './agenda.ts';
import { busOf } from './bus.ts';
import { calm, drawFrom, profileFrom, type FaultProfile } from './draw.ts';
import { headsAfterEntries } from './journal.ts';
import { mailServiceOf, type Taken } from './mail-service.ts';
import { mailSetting, ourBank } from './settings.ts';
import { partsOf, storesOf, zone } from './stores.ts';

export type MonthOptions = {
  seed: number;
  /** Breaks the code on purpose, so that a test can see that it is noticed. */
  sabotage?: (parts: ReturnType<typeof partsOf>, stores: ReturnType<typeof storesOf>) => void;
  /** Of the process; absent: one that dies as the profile says. */
  gate?: Gate;
  mode?: 'erpLed' | 'dunwellLed';
  /** Told of each delivery before it is worked. */
  delivering?: (queue: string, body: object) => void;
};
export type Month = Awaited<ReturnType<typeof monthOf>>;

/** Of sixteen, those that keep a worklist: it takes half as long again as all the rest. */
const listSeeds = [1, 10];

/** A Monday. */
export const firstDay = '2026-06-01' as Day;
const beforeMs = instantFromText('2026-05-31T22:00:00Z').epochMilliseconds;
export { companyId, zone };

export const monthOf = async ({ seed, sabotage = () => undefined, ...given }: MonthOptions) => {
  const draw = drawFrom(seed);
  const profile = profileFrom(draw);
  const state = { faults: calm };
  const faults = (): FaultProfile => state.faults;
  const agenda = agendaFrom(beforeMs);
  const fault = (): Fault | undefined =>
    draw.chance(faults().host.crash) ? draw.pick(['crash-before', 'crash-after'] as const) : undefined;
  const gate = given.gate ?? gateOf({ fault });
  const wired = { agenda, draw, faults, gate };
  const mode = given.mode ?? (seed % 2 === 0 ? 'dunwellLed' : 'erpLed');
  const stores = storesOf(wired, mode);
  const bus = busOf({ ...wired, delivering: given.delivering });
  const takers: ((taken: Taken) => void)[] = [];
  const mails = mailServiceOf(wired, {
    taken: (taken) => takers.forEach((take) => take(taken)),
    report: (report) => void bus.sender.send('delivery-reports', [{ id: report.id, body: report }]),
  });
  const parts = partsOf(stores, wired, { mailer: mails.mailer, sender: bus.sender });
  sabotage(parts, stores);
  const call = () => ({ scope: everything, now: agenda.now() });
  const today = (): Day => dayAt(agenda.now(), zone);

  listen(bus, parts, call, agenda.now);
  const hasLists = listSeeds.includes(seed % 16);
  if (hasLists) bus.work('ar-events', (body) => keepRows([arEvent.parse(body)], call(), parts.lists));
  relayFrom({ stores, parts, bus, agenda, draw, faults });
  const set = settingsOf(stores);
  await setUp(stores, set);
  const stopped: { sinceMs?: number } = {};
  return {
    ...{ seed, draw, profile, agenda, bus, gate, stores, parts, mails, mode, call, today, set, hasLists },
    ...{ faults, journal: stores.journal, provider: stores.provider },
    /** Since when all sending is stopped. */
    stopped,
    hearTaken: (take: (taken: Taken) => void): void => void takers.push(take),
    /** From here on things fail as the profile says. */
    begin: (): void => void (state.faults = profile),
    calmDown: (): void => void (state.faults = calm),
    /** Instant of an hour of a day of the month, from 0. */
    atMs: (day: number, hour: number): number => beforeMs + (day * 24 + hour) * 3_600_000,
  };
};

type Call = () => { scope: typeof everything; now: Instant };

/** Who works what comes by the bus. */
const listen = (bus: Bus, parts: Parts, call: Call, now: () => Instant): void => {
  for (const queue of ['imports', 'account-postings', 'snapshots', 'received-payments'] as const)
    bus.work(queue, (body) => workOne(parts.files, queue, { id: '', body }, now()));
  bus.work('account-evaluations', (body) =>
    lookAtAccount(parts.dunning, evaluationMessage.parse(body), call()),
  );
  bus.work('dunning-ticks', async (body) => {
    const tick = dunningTick.parse(body);
    if ('find' in tick) await findAccounts(parts.dunning, tick, call());
  });
  bus.work('ar-events', (body) => hearForDunning([arEvent.parse(body)], parts.dunning));
  bus.work('ar-events', (body) => hearForDisputes([arEvent.parse(body)], call(), parts.disputes));
  bus.work('ar-events', (body) => projectEvents([arEvent.parse(body)], everything, parts.reporting));
  bus.work('messages-to-send', (body) =>
    'phase' in body
      ? findLostMails(parts.mail, restoreStep.parse(body), call())
      : sendMessage(parts.mail, messageToSend.parse(body), call()),
  );
  bus.work('delivery-reports', (body) => applyReport(parts.mail, body as DeliveryReport, call()));
  bus.work('inbound-mails', (body) => applyInbound(parts.mail, inboundMailMessage.parse(body), call()));
  const job = { actor: { kind: 'job', id: 'portal' } as const, systemScope: everything };
  bus.work('payment-events', async (body) => {
    const event = paymentEventMessage.parse(body);
    return 'eventId' in event ? workEvent(parts.portal, { ...call(), ...job }, event) : undefined;
  });
};

type Relayed = {
  stores: Stores;
  parts: Parts;
  bus: Bus;
  agenda: ReturnType<typeof agendaFrom>;
  draw: ReturnType<typeof drawFrom>;
  faults: () => FaultProfile;
};

const relayFrom = ({ stores, parts, bus, agenda, draw, faults }: Relayed): void => {
  const relayed = new Map<string, number>();
  const afterEntry = headsAfterEntries();
  /** The change feed shows what was written to an account since it was shown last; now and then once more. */
  const relay = async (accountId: string): Promise<void> => {
    const { entries } = stores.journal.of({ companyId, accountId });
    const from = relayed.get(accountId) ?? 0;
    const to = entries.length;
    const page = { afterVersion: from, limit: to - from };
    const moved = await stores.base.accounts.moves(everything, { companyId, accountId }, page);
    const changes = entries.slice(from, to).map((entry, n) => ({
      ...{ companyId, accountId, version: entry.version, moves: moved[n]?.moves ?? {} },
      ...(isUnheld(afterEntry(accountId, entry)) && { isUnheld: true as const }),
      entry: entry as never,
    }));
    if (changes.length === 0) return;
    const sender = parts.dunning.sender;
    await relayEntries(changes, sender, sha256);
    await relayMessages(changes, sender, sha256);
    if (!draw.chance(faults().store.feedAgain)) relayed.set(accountId, to);
    else bus.again(agenda.nowMs() + 60_000, 'feed', () => relay(accountId));
  };
  stores.journal.hear(({ entry: { accountId, version } }) =>
    bus.again(agenda.nowMs() + 1_000, 'feed', () => relay(accountId), { accountId, version }),
  );
};

type Stores = ReturnType<typeof storesOf>;
type Parts = ReturnType<typeof partsOf>;
type Bus = ReturnType<typeof busOf>;

type SetSetting = ReturnType<typeof settingsOf>;

const settingsOf =
  (stores: Stores) =>
  async (name: string, value: object, of = `company:${companyId}`): Promise<void> => {
    const place = { scope: of, name };
    const before = await stores.plain.settings.read(everything, place);
    const by = { by: 'tenant:setup', at: '2026-01-01T00:00:00Z', reason: 'set up' };
    await stores.plain.settings.save(everything, place, before?.version ?? 0, { value, ...by });
  };

const setUp = async (stores: Stores, set: SetSetting): Promise<void> => {
  await stores.base.setUp();
  await set(`company:${companyId}`, { companyId }, 'deployment');
  await set('dunning', { goLiveOn: '2020-01-01', disclosedFactors: [] });
  await set('mail', mailSetting);
  await set('ourBankDetails', ourBank);
  await set('disputes', {
    departments: { pricing: { owner: 'u:pricing', head: 'u:head' }, arClerk: { owner: 'u:clerk' } },
    ...{ creditManager: 'u:manager', cfo: 'u:cfo' },
  });
};

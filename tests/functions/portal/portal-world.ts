/**
 * The portal beside the ledger on in-memory ports: a customer pays, the provider tells, queues are worked until empty.
 * From: `cash-world.ts`. Next: the tests of this folder.
 */
import type { DisputeParts } from '../../../functions/disputes/dispute-parts.ts';
import { portalCases } from '../../../functions/disputes/portal-cases.ts';
import { workEvent } from '../../../functions/portal/work-event.ts';
import { keepEvent } from '../../../functions/portal/keep-event.ts';
import { startCheckout } from '../../../functions/portal/start-checkout.ts';
import type { EventStores } from '../../../functions/portal/portal-parts.ts';
import type { CheckoutAnswer } from '../../../shared/contracts/portal.ts';
import type { PaymentEventMessage, ReceivedPaymentsMessage } from '../../../shared/contracts/messages.ts';
import { receivedPaymentsMessage } from '../../../shared/contracts/messages.ts';
import type { ProblemCode } from '../../../shared/contracts/problems.ts';
import type { LedgerMode } from '../../../shared/domain/company.ts';
import type { Change } from '../../../shared/domain/entry.ts';
import { masterDataIdOf, type MasterData } from '../../../shared/domain/master-data.ts';
import { emailHashOf } from '../../../shared/domain/person.ts';
import type { Outcome } from '../../../shared/domain/outcome.ts';
import { done } from '../../../shared/domain/outcome.ts';
import type { ProviderEvent } from '../../../shared/ports/checkout-provider.ts';
import { all, cashWorld, now } from '../../support/cash-world.ts';
import { day } from '../../support/account-examples.ts';
import type { Gate } from '../../support/faults.ts';
import { withFaults } from '../../support/faults.ts';
import { memoryAlerts } from '../../support/memory/alert-store.ts';
import { memoryCases } from '../../support/memory/case-index.ts';
import { memoryFiles } from '../../support/memory/file-store.ts';
import { memoryProposals } from '../../support/memory/proposal-store.ts';
import { memoryTokens } from '../../support/memory/token-store.ts';
import { memoryCallCounter } from '../../support/memory/call-counter.ts';
import { memoryCheckouts } from '../../support/memory/checkout-store.ts';
import { memoryInbox } from '../../support/memory/inbox-store.ts';
import { memoryProvider } from '../../support/memory/checkout-provider.ts';
import { memoryPeople } from '../../support/memory/people-store.ts';
import { memoryMembers } from '../../support/memory/session-store.ts';
import { memoryRuns } from '../../support/memory/run-store.ts';

export const key = { companyId: 'c1', accountId: 'a1' };
const actor = { kind: 'job', id: 'portal' } as const;

/** As it would be drawn: what the data say. */
const drawnAs = (is: string) => async (language: string, data: object, number?: string) =>
  done(new TextEncoder().encode(JSON.stringify({ is, language, number, data })));
const draw = { statement: drawnAs('statement'), sheet: drawnAs('sheet'), copy: drawnAs('copy') };

export type PortalWorld = Awaited<ReturnType<typeof portalWorld>>;

export const portalWorld = async (mode: LedgerMode = 'erpLed') => {
  const cash = await cashWorld(mode);
  const clock = { now };
  const provider = memoryProvider(() => clock.now);
  const alerts = memoryAlerts();
  const disputes: DisputeParts = {
    ...{ accounts: cash.parts.accounts, settings: cash.parts.settings, proposals: memoryProposals() },
    ...{ cases: memoryCases(), alerts, tokens: memoryTokens(), documents: memoryFiles() },
    ...{ hashText: cash.parts.hashText, calendarOf: cash.parts.calendarOf, newSecret: () => 'none' },
    ownScope: all,
  };
  const waiting: { queue: string; body: unknown }[] = [];
  const stores: EventStores = {
    ...{ accounts: cash.parts.accounts, settings: cash.parts.settings, checkouts: memoryCheckouts() },
    remembered: cash.parts.settings,
    ...{ provider: provider.provider, counter: memoryCallCounter(), hashText: cash.parts.hashText },
    ...{ calendarOf: cash.parts.calendarOf, origin: 'https://pay.example.com' },
    sender: {
      send: async (queue, messages) => void waiting.push(...messages.map(({ body }) => ({ queue, body }))),
    },
    ...portalCases(disputes),
    openCase: async () => done({ case: 'dispute:1' }),
    ...{ documents: disputes.documents, draw, members: memoryMembers(), people: memoryPeople() },
    hashEmail: (email) => emailHashOf(email, 'salt of the tests', cash.parts.hashText),
    ...{ inbox: memoryInbox(), runs: memoryRuns(), alerts },
  };
  let requests = 0;
  const call = () => ({ scope: all, systemScope: all, now: clock.now });
  const faulty = (gate: Gate | undefined): EventStores =>
    gate === undefined
      ? stores
      : {
          ...stores,
          accounts: withFaults(stores.accounts, gate, 'accounts'),
          checkouts: withFaults(stores.checkouts, gate, 'checkouts'),
          provider: { ...withFaults(stores.provider, gate, 'provider'), accounts: () => ['default'] },
          sender: withFaults(stores.sender, gate, 'sender'),
          inbox: withFaults(stores.inbox, gate, 'inbox'),
        };
  return {
    ...{ cash, clock, provider, stores, call, waiting, disputes, alerts },
    start: (
      items: readonly { item: string; amount?: number }[],
      credits: string[] = [],
      gate?: Gate,
    ): Promise<Outcome<CheckoutAnswer, ProblemCode>> =>
      startCheckout(
        faulty(gate),
        { ...call(), callerId: 'contact:1', requestId: `r${(requests += 1)}`, mayPay: 'all' },
        key,
        { currency: 'EUR', items: items as never, credits },
      ),
    /** What the seller knows of the customer. */
    masterData: async (content: MasterData, of = key): Promise<void> => {
      const loaded = await stores.accounts.load(all, of);
      const id = masterDataIdOf(loaded.account.head.version + 1);
      const change: Change = {
        ...{ at: clock.now, actor: { kind: 'job', id: 't' }, cause: { kind: 'row', id } },
        facts: [{ kind: 'masterDataNoted', masterData: id, on: day('2026-03-10') }],
      };
      await stores.accounts.append(all, loaded, change, undefined, [{ id, content }]);
    },
    sessionOf: async (payment: string) =>
      (await stores.checkouts.read(all, key, payment))!.checkout.sessionId!,
    checkout: async (payment: string) => (await stores.checkouts.read(all, key, payment))?.checkout,
    /** One webhook, answered only when kept; then every queue until it is empty. */
    hear: async (event: ProviderEvent, gate?: Gate): Promise<void> => {
      await keepEvent(faulty(gate), call(), 'default', event);
    },
    work: async (gate?: Gate): Promise<void> => {
      for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
        if (next.queue === 'payment-events') {
          const message = next.body as Extract<PaymentEventMessage, { eventId: string }>;
          const outcome = await workEvent(faulty(gate), { ...call(), actor }, message);
          if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.detail}`);
        } else {
          const message: ReceivedPaymentsMessage = receivedPaymentsMessage.parse(
            JSON.parse(JSON.stringify(next.body)),
          );
          await cash.deliver(message, gate);
        }
        waiting.shift();
      }
    },
    /** What claims and money come to, without names, versions and instants. */
    ends: async () => {
      const account = await cash.account(key.accountId);
      const { items } = await stores.accounts.items(all, key, { state: 'all', limit: 100 });
      return {
        items: items
          .filter(({ original }) => original > 0)
          .map(({ id, open, provisional }) => ({
            id,
            open,
            noted: provisional.filter(({ state }) => state === 'noted').map(({ amount }) => amount),
          })),
        balances: account.head.balances['EUR'],
        holds: account.head.holds.map(({ id }) => id),
        notices: (account.head.dunning.notices ?? []).map(({ text }) => text),
        tasks: (account.head.dunning.tasks ?? []).map(({ act }) => act),
      };
    },
  };
};

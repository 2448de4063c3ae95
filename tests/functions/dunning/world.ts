/**
 * A company on in-memory ports whose accounts are looked at and whose messages go out as the mail piece sends them:
 * gate, claim, sent. The queue holds messages as the bus does; each can be delivered twice, and the process can die
 * at any effect.
 * From: nothing. Next: tests of dunning, plain, doubled and crashed.
 */
import { beginFinding, findAccounts } from '../../../functions/dunning/find-due.ts';
import { hearEvents } from '../../../functions/dunning/hear-events.ts';
import { lookAtAccount } from '../../../functions/dunning/look-at-account.ts';
import type { DunningParts } from '../../../functions/dunning/parts.ts';
import { dunningTick, evaluationMessage } from '../../../shared/contracts/dunning-messages.ts';
import type { ArEvent } from '../../../shared/contracts/messages.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import type { Account } from '../../../shared/domain/account.ts';
import { dayAt, instantFromText, type Instant } from '../../../shared/domain/calendar.ts';
import type { PlannedMessage } from '../../../shared/domain/dunning-facts.ts';
import { passGate } from '../../../shared/domain/dunning-gate.ts';
import type { Entry } from '../../../shared/domain/entry.ts';
import type { Fact } from '../../../shared/domain/facts.ts';
import type { Item } from '../../../shared/domain/item.ts';
import type { MasterData } from '../../../shared/domain/master-data.ts';
import { claimMessage, noteSent, withholdMessage } from '../../../shared/domain/message-life.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { dunningFrames, inputOf } from '../../../shared/edge/read-dunning-frame.ts';
import { openOf, readWhole } from '../../../functions/dunning/read-account.ts';
import { factsOf } from '../../support/account-examples.ts';
import { withFaults, type Gate } from '../../support/faults.ts';
import { memoryAccounts } from '../../support/memory/account-store.ts';
import { memoryFeeds } from '../../support/memory/feed-store.ts';
import { memorySettings } from '../../support/memory/settings-store.ts';
import { everything } from '../../support/test-edge.ts';
import { weekdays } from '../../support/weekdays.ts';

export const companyId = 'c1';
const scope = everything;
const by = { by: 'test', at: '2026-01-01T00:00:00Z', reason: 'test' };

type Waiting = { queue: string; id: string; body: object };

export type DunningWorld = Awaited<ReturnType<typeof dunningWorld>>;

/** @param goLiveOn long ago unless said, so that nothing is a draft. */
export const dunningWorld = async ({
  goLiveOn = '2020-01-01',
  times = 1,
  gate,
}: { goLiveOn?: string | null; times?: number; gate?: Gate } = {}) => {
  const settings = memorySettings();
  const accounts = memoryAccounts();
  const waiting: Waiting[] = [];
  const seen = new Set<string>();
  const sender = {
    send: async (queue: string, messages: readonly { id: string; body: object }[]) => {
      for (const { id, body } of messages)
        if (!seen.has(`${queue} ${id}`) && seen.add(`${queue} ${id}`)) waiting.push({ queue, id, body });
    },
  };
  const set = async (name: string, value: object, of = `company:${companyId}`): Promise<void> => {
    const place = { scope: of, name };
    const before = await settings.read(scope, place);
    await settings.save(scope, place, before?.version ?? 0, { value, ...by });
  };
  await set('company', {
    ...{ companyId, legalName: 'Test', mode: 'dunwellLed', zone: 'UTC', country: 'DE', currency: 'EUR' },
  });
  await set(`company:${companyId}`, { companyId }, 'deployment');
  if (goLiveOn !== null) await set('dunning', { goLiveOn, disclosedFactors: [] });
  const frames = { feeds: memoryFeeds(), settings, calendarOf: weekdays, hashText: sha256 };
  const fresh = (): DunningParts => ({
    accounts: gate === undefined ? accounts : withFaults(accounts, gate, 'accounts'),
    sender: gate === undefined ? sender : withFaults(sender, gate, 'sender'),
    ...{ settings, frameOf: dunningFrames(frames), calendarOf: weekdays, hashText: sha256 },
    statesOf: async () => () => undefined,
  });
  const heard = new Map<string, number>();
  const change = async (accountId: string, facts: readonly Fact[], at: Instant, paper?: MasterData) => {
    const loaded = await accounts.load(scope, { companyId, accountId }, idsOf(facts));
    const papers = paper === undefined ? [] : [{ id: 'contact:master:1' as const, content: paper }];
    const actor = { kind: 'job', id: 'test' } as const;
    const appended = await accounts.append(
      ...([
        scope,
        loaded,
        { at, facts, actor, cause: { kind: 'test', id: 't' } },
        undefined,
        papers,
      ] as const),
    );
    if (appended.outcome !== 'appended') throw new Error(appended.outcome);
  };
  const world = {
    ...{ settings, accounts, waiting, set, change, frames },
    parts: fresh,
    /** Posts items at an instant, with somebody to write to. */
    post: async (accountId: string, at: string, ...items: Item[]): Promise<void> => {
      const { account } = await accounts.load(scope, { companyId, accountId });
      const facts = items.flatMap((item) => factsOf(postItem(account, item)));
      const isNew = account.head.masterData === undefined;
      const noted: Fact = { kind: 'masterDataNoted', masterData: 'contact:master:1', on: items[0]!.postedOn };
      const treatment = { policyId: 'standard' };
      const paper = isNew ? { email: `ap@${accountId}.example`, country: 'DE', treatment } : undefined;
      await change(accountId, isNew ? [noted, ...facts] : facts, instantFromText(at), paper);
    },
    entries: (accountId: string): Promise<Entry[]> =>
      accounts.entries(scope, { companyId, accountId }, { afterVersion: 0, limit: 1_000 }),
    head: async (accountId: string) => (await accounts.load(scope, { companyId, accountId })).account.head,
    facts: async (accountId: string): Promise<Fact[]> =>
      (await world.entries(accountId)).flatMap(({ facts }) => facts),
    /** What happened since the last time is told, as the relay does, to the subscription. */
    tell: async (at: string): Promise<void> => {
      const { heads } = await accounts.heads(scope, companyId, { limit: 1_000 });
      for (const { accountId, version } of heads) {
        const after = heard.get(accountId) ?? 0;
        const entries = await accounts.entries(
          scope,
          { companyId, accountId },
          { afterVersion: after, limit: 500 },
        );
        const events = entries.map((entry): ArEvent => ({
          ...{ v: 1, companyId, accountId, version: entry.version, at: entry.at },
          kinds: entry.facts.map(({ kind }) => kind),
        }));
        for (let time = 0; time < times; time += 1) await again(() => hearEvents(events, fresh()));
        heard.set(accountId, version);
      }
      await world.work(at);
    },
    /** The tick of an instant, and all that follows from it. */
    tick: async (at: string): Promise<void> => {
      const call = { scope, now: instantFromText(at) };
      for (let time = 0; time < times; time += 1) await again(() => beginFinding(fresh(), at, call));
      await world.work(at);
    },
    /** Works the queue until it is empty, each message as often as asked. */
    work: async (at: string): Promise<void> => {
      const call = { scope, now: instantFromText(at) };
      for (let one = waiting[0]; one !== undefined; one = waiting[0]) {
        const { queue, body } = one;
        for (let time = 0; time < times; time += 1) await again(() => run(queue, body, call));
        waiting.shift();
      }
    },
    /** What the mail piece does with a planned message now: gate, claim, send; says what came of it. */
    send: async (accountId: string, at: string): Promise<string> => {
      const now = instantFromText(at);
      const parts = fresh();
      const loaded = await readWhole(parts, scope, { companyId, accountId });
      const planned = (await world.facts(accountId)).findLast(
        (fact) => fact.kind === 'messagePlanned',
      )?.message;
      const frame = await parts.frameOf(companyId, now);
      if (loaded === undefined || planned === undefined || frame === undefined) return 'nothing';
      const masterData = (await accounts.paper(scope, { companyId, accountId }, 'contact:master:1')) ?? {};
      const known = { head: loaded.account.head, items: openOf(loaded), masterData };
      const answer = passGate(planned, await inputOf(frame, known, weekdays), frame);
      const on = dayAt(now, 'UTC');
      const items = planned.items.map(({ itemId }) => itemId);
      const decide = async (step: (account: Account) => ReturnType<typeof claimMessage>) => {
        const { account } = await accounts.load(scope, { companyId, accountId }, items);
        const decided = step(account);
        if (!decided.ok) throw new Error(decided.code);
        await change(accountId, decided.value, now);
      };
      if (answer.is === 'withhold')
        await decide((one) => withholdMessage(one, { messageId: planned.id, reasons: answer.reasons, on }));
      if (answer.is === 'replan') {
        await change(accountId, [{ kind: 'messagePlanned', message: answer.message, on }], now);
        return world.send(accountId, at);
      }
      if (answer.is !== 'send') return answer.is;
      const claim = { messageId: planned.id, operationId: `op:${planned.id}`, at, on };
      await decide((one) => claimMessage(one, claim));
      await decide((one) => noteSent(one, planned, on));
      return 'send';
    },
    planned: async (accountId: string): Promise<PlannedMessage[]> =>
      (await world.facts(accountId)).flatMap((fact) =>
        fact.kind === 'messagePlanned' ? [fact.message] : [],
      ),
    sent: async (accountId: string): Promise<string[]> =>
      (await world.facts(accountId)).flatMap((fact) => (fact.kind === 'messageSent' ? [fact.messageId] : [])),
  };
  const run = async (
    queue: string,
    body: object,
    call: { scope: typeof scope; now: Instant },
  ): Promise<void> => {
    const parts = fresh();
    if (queue === 'account-evaluations') {
      const outcome = await lookAtAccount(parts, evaluationMessage.parse(body), call);
      if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.detail}`);
      return;
    }
    const tick = dunningTick.parse(body);
    if ('find' in tick) await findAccounts(parts, tick, call);
    else await beginFinding(parts, tick.slot, call);
  };
  /** Redelivers after a crash. */
  const again = async (step: () => Promise<unknown>): Promise<void> => {
    try {
      await step();
    } catch (fault) {
      if (gate?.isDead !== true) throw fault;
      gate.restart();
      await step();
    }
  };
  return world;
};

const idsOf = (facts: readonly Fact[]): string[] => [...new Set(facts.flatMap(namedBy))];

const namedBy = (fact: Fact): string[] => [
  ...('itemId' in fact ? [fact.itemId] : []),
  ...('items' in fact ? carriedIds(fact) : []),
  ...('itemIds' in fact ? fact.itemIds : []),
  ...('paymentId' in fact ? [fact.paymentId] : []),
  ...('from' in fact ? [fact.from] : []),
];

const carriedIds = (fact: { items: readonly { itemId: string }[] }): string[] =>
  fact.items.map(({ itemId }) => itemId);

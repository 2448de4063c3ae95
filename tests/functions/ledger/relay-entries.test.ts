/**
 * The relay: one send for each page of the feed, the same id for the same entry, what is large left out.
 */
import { expect, it } from 'vitest';
import { eventOf, relayEntries } from '../../../functions/ledger/relay-entries.ts';
import { registerRelay } from '../../../functions/ledger/relay-triggers.ts';
import { hashOfContent, sha256 } from '../../../shared/azure/entry-hash.ts';
import { arEvent } from '../../../shared/contracts/messages.ts';
import { entryChange, type EntryChange } from '../../../shared/contracts/reporting.ts';
import { newAccount } from '../../../shared/domain/account.ts';
import { instantFromText } from '../../../shared/domain/calendar.ts';
import { appendTo } from '../../../shared/domain/entry.ts';
import type { Fact } from '../../../shared/domain/facts.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { workDocumentAgain } from '../../../shared/edge/change-feed.ts';
import { forgetFunctions } from '../../../shared/edge/edge.ts';
import { documentsOf } from '../../../shared/ports/append-documents.ts';
import type { MessageSender } from '../../../shared/ports/message-sender.ts';
import { day, factsOf, itemWith } from '../../support/account-examples.ts';
import { memoryRuns } from '../../support/memory/run-store.ts';
import { memorySender } from '../../support/memory/message-sender.ts';
import { everything, testEdge } from '../../support/test-edge.ts';

const paused = { id: 'task:query-1', code: 'query', placedOn: day('2026-03-01') };

const entry = (version: number, more: Partial<EntryChange> = {}): EntryChange => ({
  ...{ companyId: 'c1', accountId: 'a1', version, moves: { '2026-03-01': { 'EUR credit': 5 } } },
  entry: { at: '2026-03-01T12:00:00Z', hash: 'h', facts: [{ kind: 'itemReduced', on: '2026-03-01' }] },
  ...more,
});

it('sends a page of entries at once', async () => {
  const sends: number[] = [];
  const sender: MessageSender = { send: async (_queue, messages) => void sends.push(messages.length) };
  await relayEntries([entry(1), entry(2), entry(3)], sender, sha256);
  expect(sends).toEqual([3]);
});

it('an entry that the feed shows twice, or out of order, is one event', async () => {
  const sender = memorySender();
  await relayEntries([entry(2), entry(1)], sender, sha256);
  await relayEntries([entry(1), entry(2)], sender, sha256);
  const sent = sender.sent.get('ar-events') ?? [];
  expect(sent.map(({ id }) => id)).toEqual(['c1:a1:2', 'c1:a1:1']);
  expect(arEvent.parse(sent[0]?.body)).toMatchObject({ kinds: ['itemReduced'], version: 2 });
});

it('different accounts never share an id, however they are spelled', () => {
  const ids = [
    entry(1, { companyId: 'a:b', accountId: 'c' }),
    entry(1, { companyId: 'a', accountId: 'b:c' }),
    entry(1, { accountId: 'x'.repeat(190) }),
    entry(1, { accountId: `${'x'.repeat(189)}y` }),
  ].map((one) => eventOf(one, sha256).id);
  expect(new Set(ids).size).toBe(4);
  expect(Math.max(...ids.map((id) => id.length))).toBeLessThanOrEqual(128);
});

it('leaves out facts that are too large, and still says what happened', () => {
  const facts = Array.from({ length: 400 }, () => ({
    kind: 'itemPosted',
    on: '2026-03-01',
    item: 'x'.repeat(90),
  }));
  const { body } = eventOf(entry(1, { entry: { at: '2026-03-01T12:00:00Z', hash: 'h', facts } }), sha256);
  expect(body).toMatchObject({ kinds: ['itemPosted'], moves: { '2026-03-01': { 'EUR credit': 5 } } });
  expect(body.facts).toBeUndefined();
});

const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
/** Facts and moves of so many bytes each. */
const ofSize = (facts: number, moves: number): EntryChange => {
  const fact = { kind: 'itemPosted', on: '2026-03-01', item: '' };
  const item = 'ü'.repeat((facts - bytes([fact])) >> 1).padEnd((facts - bytes([fact]) + 1) >> 1, 'x');
  const name = 'x'.repeat(moves - bytes({ '2026-03-01': { '': 5 } }));
  const said = { at: '2026-03-01T12:00:00Z', hash: 'h', facts: [{ ...fact, item }] };
  const made = entry(1, { entry: said, moves: { '2026-03-01': { [name]: 5 } } });
  expect([bytes(said.facts), bytes(made.moves)]).toEqual([facts, moves]);
  return made;
};

it.each<[string, number, number, string[]]>([
  ['facts and moves of 32 KB together are both held', 20_000, 12_768, ['facts', 'moves']],
  ['one byte more leaves the facts in the ledger', 20_002, 12_767, ['moves']],
  ['two halves of 16 KB are no limit of their own', 30_000, 2_000, ['facts', 'moves']],
  ['moves of more than 32 KB leave room for the facts', 2_000, 32_769, ['facts']],
  ['where neither fits, both stay', 32_770, 32_769, []],
])('%s', (_what, facts, moves, held) => {
  const { body } = eventOf(ofSize(facts, moves), sha256);
  expect(['facts', 'moves'].filter((name) => name in body)).toEqual(held);
  expect(body.kinds).toEqual(['itemPosted']);
});

it('reads an entry as the store writes it and refuses one that does not say what it moved', () => {
  const document = { ...entry(1), id: 'entry:0000000001', kind: 'entry', _etag: 'x' };
  expect(entryChange.safeParse(document).success).toBe(true);
  expect(entryChange.safeParse({ ...document, moves: undefined }).success).toBe(false);
});

it.each<[string, Fact[], boolean]>([
  ['nothing is held', [], true],
  ['a query pauses an item', [{ kind: 'holdPlaced', on: day('2026-03-01'), hold: paused }], false],
  [
    'what was held is let go',
    [
      { kind: 'holdPlaced', on: day('2026-03-01'), hold: paused },
      { kind: 'holdLifted', on: day('2026-03-01'), holdId: paused.id },
    ],
    true,
  ],
])('an event says whether anything is held after its entry: %s', (_what, facts, isUnheld) => {
  const account = newAccount({ companyId: 'c1', accountId: 'a1' });
  const posted = factsOf(postItem(account, itemWith({ id: 'item:invoice:1' })));
  const by = { actor: { kind: 'job', id: 'import' }, cause: { kind: 'import', id: 'i' } } as const;
  const at = instantFromText('2026-03-01T12:00:00Z');
  const append = appendTo(account, { at, ...by, facts: [...posted, ...facts] }, hashOfContent);
  const change = entryChange.parse(JSON.parse(JSON.stringify(documentsOf(append).entry)));
  expect(arEvent.parse(eventOf(change, sha256).body).isUnheld ?? false).toBe(isUnheld);
});

it('a mark among the changes is noted as found and passed on to nobody; entries beside it go out', async () => {
  const edge = { ...testEdge(), app: 'relay-test' };
  const runs = memoryRuns();
  registerRelay({ edge, hashText: sha256 }, runs);
  const show = (document: object) => workDocumentAgain(edge.app, 'ledger (relay-entries)', { ...document });
  const mark = { id: 'probe', kind: 'probe', companyId: 'platform', accountId: 'probe-1', probe: '1' };
  await show({ ...mark, slot: '2026-03-01T12:05:00Z' });
  expect(edge.sender.sent.size).toBe(0);
  expect(await runs.latest(everything, 'relay-probe:1')).toMatchObject({ slot: '2026-03-01T12:05:00Z' });
  await show({ ...entry(7), kind: 'entry' });
  await show({ ...entry(8), kind: 'item' });
  expect(edge.sender.sent.get('ar-events')?.map(({ id }) => id)).toEqual(['c1:a1:7']);
  forgetFunctions(edge.app);
});

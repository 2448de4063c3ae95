/**
 * What every `InboxStore` promises. From: in-memory twin, Cosmos DB. Next: both run it.
 */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { scopeOver } from '../../shared/domain/scope.ts';
import type { InboxStore } from '../../shared/ports/inbox-store.ts';
import { everything } from '../support/test-edge.ts';

const receivedAt = '2026-06-16T08:00:00Z';
const event = (eventId: string) => ({
  ...({ eventId, kind: 'report', receivedAt, state: 'new', content: { operationId: 'o' } } as const),
});

export const inboxStoreSuite = (store: () => InboxStore): void => {
  it('keeps an event once, as it came first', async () => {
    const eventId = `report:${randomUUID()}`;
    expect(await store().keep(everything, event(eventId))).toBe('kept');
    expect(await store().keep(everything, { ...event(eventId), content: { other: 1 } })).toBe('known');
    expect(await store().read(everything, eventId)).toEqual(event(eventId));
    expect(await store().read(everything, 'report:never')).toBeUndefined();
  });

  it('says what came of an event', async () => {
    const eventId = `report:${randomUUID()}`;
    await store().keep(everything, event(eventId));
    await store().end(everything, eventId, 'done', 'bounced');
    expect(await store().read(everything, eventId)).toEqual({
      ...event(eventId),
      state: 'done',
      result: 'bounced',
    });
    await store().end(everything, 'report:never', 'done', 'x');
  });

  it('leads from a name to its message, inside the scope alone', async () => {
    const name = `reply:${randomUUID()}`;
    const place = { companyId: 'brio', accountId: 'a/b', messageId: 'message:1', operationId: 'o1' };
    await store().point(everything, name, place);
    await store().point(everything, name, place);
    expect(await store().placeOf(everything, name)).toEqual(place);
    expect(await store().placeOf(scopeOver(['acme']), name)).toBeUndefined();
    expect(await store().placeOf(everything, 'reply:never')).toBeUndefined();
  });

  it('keeps an event of a message with what came of it, once for each name, which stands for the message from then on', async () => {
    const name = `internet:${randomUUID()}@a/b?c`;
    const place = { companyId: 'brio', accountId: 'a/b', messageId: 'message:1' };
    const done = (n: number) =>
      ({ ...event(`report:${name}#${n}`), state: 'done', result: 'delivered' }) as const;
    expect(await store().readPlaced(everything, name, done(1).eventId)).toBeUndefined();
    expect(await store().placeByEvents(everything, name)).toBeUndefined();
    for (const n of [1, 2]) {
      expect(await store().keepPlaced(everything, done(n), { name, place })).toBe('kept');
      const again = { ...done(n), result: 'bounced' };
      expect(await store().keepPlaced(everything, again, { name, place })).toBe('known');
      expect(await store().readPlaced(everything, name, done(n).eventId)).toEqual(done(n));
    }
    expect(await store().placeByEvents(everything, name)).toEqual(place);
    expect(await store().placeByEvents(scopeOver(['acme']), name)).toBeUndefined();
    expect(await store().readPlaced(everything, `${name}x`, done(1).eventId)).toBeUndefined();
  });

  it('queues what people have to place, the oldest first, each once', async () => {
    const companyId = `c-${randomUUID()}`;
    const item = (n: number) => ({
      ...{ companyId, id: `2026-06-16T08.00.0${n}Z~x`, eventId: `mail:${n}`, receivedAt, content: { n } },
    });
    for (const n of [3, 1, 2, 1]) await store().queue(everything, item(n));
    const page = await store().queued(everything, companyId, { limit: 2 });
    expect(page.items).toEqual([item(1), item(2)]);
    expect((await store().queued(everything, companyId, { limit: 2, after: page.after! })).items).toEqual([
      item(3),
    ]);
    expect(await store().queuedOne(everything, companyId, item(2).id)).toEqual(item(2));
    await store().unqueue(everything, companyId, item(2).id);
    await store().unqueue(everything, companyId, item(2).id);
    expect(await store().queuedOne(everything, companyId, item(2).id)).toBeUndefined();
  });

  it('shows no queue outside the scope and takes nothing for it', async () => {
    const item = { companyId: 'brio', id: 'x', eventId: 'mail:1', receivedAt, content: {} };
    const narrow = scopeOver(['acme']);
    await expect(store().queue(narrow, item)).rejects.toThrow('out of scope');
    expect(await store().queued(narrow, 'brio', { limit: 5 })).toEqual({ items: [] });
    expect(await store().queuedOne(narrow, 'brio', 'x')).toBeUndefined();
  });
};

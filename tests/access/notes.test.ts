/**
 * A note pinned over HTTP stands on the account's page for each colleague whose role reads internal notes, and for
 * nobody else.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accountAnswer } from '../../shared/contracts/accounts.ts';
import type { Principal } from '../../shared/contracts/access.ts';
import { notesAnswer } from '../../shared/contracts/notes.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  const write = world.routes.find(({ name }) => name === 'write-note')!;
  const token = await world.tokenOf('COL');
  for (const [text, isPinned] of [
    ['closed Fridays', true],
    ['called, no answer', false],
    ['pays by batch', true],
  ] as const) {
    const sent = { path: 'api/accounts/acme/north/notes', body: { text, isPinned } };
    expect(await world.call(write, sent, token)).toMatchObject({ status: 201 });
  }
});
afterAll(() => world.close());

const ask = async (who: Principal, route: string, path: string) =>
  world.call(
    world.routes.find(({ name }) => name === route)!,
    { path },
    await world.tokenOf(who),
  );

it.each<[Principal]>([['COL'], ['CRM'], ['CSR'], ['SAL'], ['ARC'], ['BKK']])(
  '%s sees what is pinned on top of the page, newest first, and all notes in the list',
  async (who) => {
    const page = await ask(who, 'read-account', 'api/accounts/acme/north');
    expect(page.status).toBe(200);
    const pinned = accountAnswer.parse(JSON.parse(page.body)).pinned ?? [];
    expect(pinned.map(({ text }) => text)).toEqual(['pays by batch', 'closed Fridays']);
    const answer = await ask(who, 'read-notes', 'api/accounts/acme/north/notes');
    const { notes = [], next } = notesAnswer.parse(JSON.parse(answer.body));
    expect(notes.map(({ text }) => text)).toEqual(['pays by batch', 'called, no answer', 'closed Fridays']);
    expect(next).toBeNull();
  },
);

it.each<[Principal]>([['EXE'], ['INQ']])('%s reads the page without a word of them', async (who) => {
  const page = await ask(who, 'read-account', 'api/accounts/acme/north');
  expect(page.status === 200 || page.status === 404).toBe(true);
  expect(page.body).not.toMatch(/Fridays|batch/);
  expect((await ask(who, 'read-notes', 'api/accounts/acme/north/notes')).status).toBe(403);
});

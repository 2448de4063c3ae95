/**
 * Notes of a case over HTTP: written by whom the matrix and the field table let write them, read by whom they let read
 * them; a reduced or other reader sees the case without them.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Principal } from '../../shared/contracts/access.ts';
import { caseAnswer, casesAnswer } from '../../shared/contracts/disputes.ts';
import { startWorld, type World } from './world.ts';

let world: World;
let path: string;
const send = async (who: Principal, route: string, to: string, body?: object) =>
  world.call(
    world.routes.find(({ name }) => name === route)!,
    { path: to, ...(body !== undefined && { body }) },
    await world.tokenOf(who),
  );

beforeAll(async () => {
  world = await startWorld({ withFiles: true });
  const items = await send('COL', 'list-items', 'api/accounts/acme/north/items');
  const [first] = (JSON.parse(items.body) as { items: { item: string; open: number }[] }).items;
  const body = { code: 'PRICE', items: [{ item: first!.item, amount: 1 }], text: 'says the list is older' };
  const opened = await send('COL', 'open-case', 'api/accounts/acme/north/cases', body);
  expect(opened.status).toBe(201);
  path = `api/cases/acme/${(JSON.parse(opened.body) as { case: string }).case}`;
});
afterAll(() => world.close());

it.each<[Principal, number, string | undefined]>([
  ['COL', 201, undefined],
  ['CRM', 201, undefined],
  ['CSR', 201, undefined],
  ['SAL', 201, undefined],
  // the clerk and the outside bookkeeper read them, as the field table says
  ['ARC', 403, 'field-not-allowed'],
  ['BKK', 403, 'field-not-allowed'],
  ['EXE', 403, 'action-not-allowed'],
  ['ADM', 403, 'action-not-allowed'],
])('%s writing a note is answered %i', async (who, status, code) => {
  const said = await send(who, 'note-on-case', `${path}/notes`, { text: `note of ${who}` });
  expect([said.status, (JSON.parse(said.body) as { code?: string }).code]).toEqual([status, code]);
});

it.each<[Principal, boolean]>([
  ['COL', true],
  ['CRM', true],
  ['CSR', true],
  ['SAL', true],
  ['ARC', true],
  ['BKK', true],
  ['EXE', false],
])('%s reading the case sees its notes: %s', async (who, sees) => {
  const read = await send(who, 'read-case', path);
  expect([read.status, read.status === 200 ? [] : read.lines]).toEqual([200, []]);
  const { texts } = caseAnswer.partial().parse(JSON.parse(read.body));
  expect(texts?.map(({ text }) => text).includes('note of COL') ?? false).toBe(sees);
});

it.each<Principal>(['COL', 'ARC', 'SAL', 'EXE'])('%s finds the case in the list', async (who) => {
  const listed = await send(who, 'list-cases', 'api/companies/acme/cases');
  const { cases } = casesAnswer.parse(JSON.parse(listed.body));
  expect(cases.map((one) => path.endsWith(one.case))).toContain(true);
});

it('a note without words is none', async () => {
  expect((await send('COL', 'note-on-case', `${path}/notes`, {})).status).toBe(400);
});

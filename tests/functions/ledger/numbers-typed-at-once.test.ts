/**
 * Two clerks who type one number in on two accounts at the same instant: it is owed once or not at all, and whoever
 * was second is told to look; an import that is posting the number counts like a clerk.
 */
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import { instantFromText } from '../../../shared/domain/calendar.ts';
import { announceDocuments, sayDone } from '../../../functions/ledger/announce-numbers.ts';
import { everything, tenOClock } from '../../support/test-edge.ts';
import { entryWorld, typed } from './entry-world.ts';

const item = 'item:invoice:M-1';
const open = async (world: Awaited<ReturnType<typeof entryWorld>>) =>
  Promise.all(
    ['north', 'south'].map(async (id) => (await world.account([item], id)).items.get(item)?.open ?? 0),
  );

/** Calls of one method of a store wait until they are let go. */
const holdUp = (store: object, method: string) => {
  const methods = store as Record<string, (...given: unknown[]) => Promise<unknown>>;
  const plain = methods[method]!.bind(store);
  let letGo = (): void => undefined;
  let arrive = (): void => undefined;
  const gone = new Promise<void>((resolve) => (letGo = resolve));
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  methods[method] = async (...given) => {
    methods[method] = plain;
    arrive();
    await gone;
    return plain(...given);
  };
  return { arrived, letGo };
};

const world = async () => {
  const made = await entryWorld();
  await made.customer('south');
  return made;
};

describe('one number typed in on two accounts at once', () => {
  it.each(['holders', 'append'])('is refused to the second while the first is at "%s"', async (method) => {
    const both = await world();
    const held = holdUp(both.parts.accounts, method);
    const first = both.enter([typed()], {}, { as: 'ann:ARC' });
    await held.arrived;
    const second = await both.enter([typed({ account: 'south' })], {}, { as: 'ben:ARC' });
    expect([second.status, second.json['code']]).toEqual([409, 'number-being-posted']);
    held.letGo();
    expect((await first).status).toBe(201);
    expect(await open(both)).toEqual([11_900, 0]);
    const again = await both.enter([typed({ account: 'south' })], {}, { as: 'ben:ARC' });
    expect(again.json['code']).toBe('number-taken');
  });

  it('is posted for who announced it first, whoever asked first who else is there', async () => {
    const both = await world();
    const held = holdUp(both.files, 'list');
    const first = both.enter([typed()]);
    await held.arrived;
    const second = await both.enter([typed({ account: 'south' })]);
    held.letGo();
    expect([second.json['code'], (await first).status]).toEqual(['number-being-posted', 201]);
    expect(await open(both)).toEqual([11_900, 0]);
  });

  it('is refused when an approved entry is being posted elsewhere', async () => {
    const both = await world();
    await both.set('entry', { mostCents: 100 });
    const asked = await both.enter([typed({ account: 'south' })], {}, { as: 'ben:ARC' });
    const { request } = (asked.json['items'] as { request: string }[])[0]!;
    const owner = {
      files: both.files,
      scope: everything,
      now: tenOClock,
      companyId: 'acme',
      owner: 'i1',
      part: 'p1',
    };
    await announceDocuments([[item, 'north']], owner);
    const approve = () =>
      both.call('approve-entry', { params: { company: 'acme', request }, body: {}, as: 'cm:CRM' });
    expect((await approve()).json['code']).toBe('number-being-posted');
    await sayDone(owner);
    expect((await approve()).status).toBe(200);
    expect(await open(both)).toEqual([0, 11_900]);
  });

  it('on one account twice is one document, and nothing stays announced', async () => {
    const both = await world();
    const held = holdUp(both.parts.accounts, 'append');
    const first = both.enter([typed()], {}, { as: 'ann:ARC' });
    await held.arrived;
    const second = await both.enter([typed()], {}, { as: 'ben:ARC' });
    held.letGo();
    expect([second.status, (await first).json['code']]).toEqual([201, 'number-taken']);
    expect(await open(both)).toEqual([11_900, 0]);
    expect(await both.files.list(everything, { companyId: 'acme', name: 'posting-now/' })).toEqual([]);
  });

  it('waits no longer than an hour for one who died', async () => {
    const both = await world();
    const owner = {
      files: both.files,
      scope: everything,
      companyId: 'acme',
      owner: sha256('x'),
      part: 'entry',
    };
    await announceDocuments([[item, 'north']], { ...owner, now: tenOClock });
    expect((await both.enter([typed({ account: 'south' })])).json['code']).toBe('number-being-posted');
    await announceDocuments([[item, 'north']], { ...owner, now: instantFromText('2026-11-22T08:59:59Z') });
    expect((await both.enter([typed({ account: 'south' })])).status).toBe(201);
  });
});

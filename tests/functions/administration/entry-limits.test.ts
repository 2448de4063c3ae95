/**
 * Who may enter how much alone is set over HTTP, version by version, and holds for the next entry (R110).
 */
import { describe, expect, it } from 'vitest';
import { registerEntryLimits } from '../../../functions/administration/entry-limit-routes.ts';
import { scopeOver } from '../../../shared/domain/scope.ts';
import { httpRoutes } from '../../support/http-routes.ts';
import { entryWorld, typed } from '../ledger/entry-world.ts';

const params = { companyId: 'acme' };
const as = 'root:ADM';

/** Administration and the entry routes over the same settings. */
const limitsWorld = async () => {
  const world = await entryWorld();
  const { settings } = world.parts;
  const admin = httpRoutes((edge) => registerEntryLimits({ edge, settings }));
  return {
    ...{ world, admin },
    read: () => admin.call('read-entry-limits', { params, as }),
    save: (body: object) =>
      admin.call('save-entry-limits', { params, as, body: { reason: 'audit', ...body } }),
  };
};

describe('the limits of entering', () => {
  it('are those of day one until somebody sets them', async () => {
    const { read } = await limitsWorld();
    expect((await read()).json).toEqual({ companyId: 'acme', mostOfLimitedCents: 500_000, version: 0 });
  });

  it('hold for the next document that is typed in', async () => {
    const { world, save } = await limitsWorld();
    const saved = await save({ mostCents: 11_899, mostOfLimitedCents: 100, after: 0 });
    expect(saved.json).toMatchObject({ mostCents: 11_899, version: 1, by: 'root', reason: 'audit' });
    const { json } = await world.enter([typed()]);
    expect(json['items']).toMatchObject([{ state: 'waits' }]);
    await save({ mostCents: 11_900, mostOfLimitedCents: 100, after: 1 });
    expect((await world.enter([typed({ number: 'M-2' })])).json['items']).toMatchObject([
      { state: 'posted' },
    ]);
  });

  it('are set after the version somebody saw, and the same again changes nothing', async () => {
    const { read, save } = await limitsWorld();
    const body = { mostOfLimitedCents: 100, after: 0 };
    await save(body);
    expect((await save(body)).json).toMatchObject({ version: 1 });
    const late = await save({ ...body, mostOfLimitedCents: 200 });
    expect([late.status, late.json['code']]).toEqual([409, 'setting-changed']);
    expect((await read()).json).toMatchObject({ mostOfLimitedCents: 100, version: 1 });
  });

  it.each([
    ['less than nothing', { mostOfLimitedCents: -1, after: 0 }],
    ['no limit for outsiders', { after: 0 }],
    ['a field nobody knows', { mostOfLimitedCents: 1, most: 2, after: 0 }],
  ])('of %s are refused', async (_name, body) => {
    const { read, save } = await limitsWorld();
    expect((await save(body)).status).toBe(400);
    expect((await read()).json).toMatchObject({ version: 0 });
  });

  it('are nobody else’s to see or set', async () => {
    const { admin, read, save } = await limitsWorld();
    const clerk = await admin.call('save-entry-limits', {
      ...{ params, as: 'ann:ARC', body: { mostOfLimitedCents: 1, after: 0, reason: 'mine' } },
    });
    expect(clerk.status).toBe(403);
    admin.reach(scopeOver(['other']));
    expect((await read()).status).toBe(404);
    expect((await save({ mostOfLimitedCents: 1, after: 0 })).status).toBe(404);
  });
});

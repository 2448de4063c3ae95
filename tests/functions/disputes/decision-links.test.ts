/**
 * Links that decide one case once (R80, R83, A9): looked at by scanners, used once, gone alike for every reason, and papers
 * that come with a case. The corpus of hostile files lies beside the repository where there is one.
 */
import { describe, expect, it } from 'vitest';
import { addCasePaper } from '../../../functions/disputes/case-papers.ts';
import { decideByLink, lookByLink, makeLink } from '../../../functions/disputes/decision-links.ts';
import { stepCase } from '../../../functions/disputes/step-case.ts';
import { money } from '../../support/account-examples.ts';
import { areHere, bytesOf, uploadsOf } from '../../support/shared-files.ts';
import { callerOf, disputeWorld, type DisputeWorld } from '../../support/dispute-world.ts';

const one = 'item:invoice:1';
const staff = callerOf('u:manager', 'CRM');
const gone = { ok: false, code: 'not-found', detail: 'There is nothing to decide by this link any more.' };
const pdf = (text: string) => new TextEncoder().encode(`%PDF-1.7\n${text}\n%%EOF\n`);

const ready = async (amount = 6_000) => {
  const world = await disputeWorld();
  await world.post({ id: one, original: money(5_000_000) });
  const place = await world.open('PRICE', { [one]: amount });
  const link = async (person?: string) => {
    const made = await makeLink(world.parts, world.callBy('u:manager'), staff, place, { person });
    if (!made.ok) throw new Error(made.code);
    return made.value.token;
  };
  return { world, place, link };
};
const by = (world: DisputeWorld, token: string, body: object, request?: string) =>
  decideByLink(world.parts, world.callBy('link:x', request), token, { reason: 'seen', ...body });

describe('a decision link', () => {
  it('shows the case as often as it is looked at, and decides it once as the person it was addressed to', async () => {
    const { world, place, link } = await ready();
    const token = await link();
    for (let scan = 0; scan < 5; scan += 1)
      expect(await lookByLink(world.parts, world.callBy('scanner'), token)).toMatchObject({
        ok: true,
        value: { case: place.case, deciders: ['owner', 'head', 'creditManager', 'cfo'] },
      });
    expect(await by(world, token, { credited: money(6_000) })).toMatchObject({ ok: true });
    expect((await world.caseOf(place.case)).decision).toMatchObject({ by: 'u:pricing', role: 'owner' });
    expect(await by(world, token, {})).toEqual(gone);
    expect(await lookByLink(world.parts, world.callBy('x'), token)).toEqual(gone);
  });

  it('the same request again is the same decision', async () => {
    const { world, link } = await ready();
    const token = await link();
    const first = await by(world, token, { credited: money(6_000) }, 'same');
    expect(await by(world, token, { credited: money(6_000) }, 'same')).toEqual(first);
  });

  it('is kept as a hash alone', async () => {
    const { world, link } = await ready();
    const token = await link();
    expect(JSON.stringify([...world.tokens.kept])).not.toContain(token);
  });

  it('of two who decide at once, one does', async () => {
    const { world, link } = await ready();
    const token = await link();
    const all = await Promise.all([by(world, token, {}), by(world, token, { credited: money(6_000) })]);
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('what its holder may not decide is refused and leaves it good', async () => {
    const { world, link } = await ready(2_000_000);
    const token = await link();
    expect(await by(world, token, { credited: money(1) })).toMatchObject({ code: 'above-authority' });
    expect(await lookByLink(world.parts, world.callBy('x'), token)).toMatchObject({ ok: true });
    expect(await by(world, await link('u:cfo'), { credited: money(1) })).toMatchObject({ ok: true });
  });

  it('unknown, ended, of another hand, and of a case that is decided: all gone alike', async () => {
    const { world, place, link } = await ready();
    const [ended, handed] = [await link(), await link()];
    expect(await by(world, 'A'.repeat(43), {})).toEqual(gone);
    const step = { step: 'reassign', department: 'logistics' } as const;
    await stepCase(world.parts, world.callBy('u:manager'), staff, place, step);
    expect(await by(world, handed, {})).toEqual(gone);
    const other = await link();
    world.moveTo('2026-12-09T09:00:00Z');
    expect(await by(world, ended, {})).toEqual(gone);
    expect(await lookByLink(world.parts, world.callBy('x'), other)).toEqual(gone);
  });

  it('is made for nobody who neither has the case nor is above', async () => {
    const { world, place } = await ready();
    const made = await makeLink(world.parts, world.callBy('u:m'), staff, place, { person: 'u:stranger' });
    expect(made).toMatchObject({ code: 'nobody-to-ask' });
  });
});

describe('papers of a case', () => {
  const add = (
    world: DisputeWorld,
    place: { company: string; case: string },
    bytes: Uint8Array,
    name = 'a.pdf',
  ) => addCasePaper(world.parts, world.callBy('u:c'), staff, place, { name, paper: 'order', bytes });

  it('are named by the recipe, kept once, and no longer missing', async () => {
    const { world, place, link } = await ready();
    const first = await add(world, place, pdf('order'));
    expect(await add(world, place, pdf('order'), '../../x.pdf')).toEqual(first);
    const shown = await lookByLink(world.parts, world.callBy('x'), await link());
    expect(shown).toMatchObject({
      ok: true,
      value: { missing: ['price list', 'contract'], files: [{ is: 'other' }] },
    });
    expect((await world.caseOf(place.case)).papers).toHaveLength(1);
  });

  it('a decided case is opened again for a new one alone', async () => {
    const { world, place, link } = await ready();
    await by(world, await link(), {});
    await world.hear();
    const reopen = (paper: string) =>
      stepCase(world.parts, world.callBy('u:m'), staff, place, { step: 'reopen', paper, text: 'new' });
    expect(await reopen('att-never')).toMatchObject({ code: 'paper-not-new' });
    const added = await add(world, place, pdf('signed note'));
    expect(await reopen(added.ok ? added.value.paper : '')).toMatchObject({ ok: true });
    await world.hear();
    expect(world.alerts.raised.map(({ breach }) => breach)).toContain('reopened');
    expect((await world.account(one)).head.disputes).toHaveLength(1);
    expect(await world.violations()).toEqual([]);
  });

  const hostile = ['corpora/pat-svg', 'corpora/own-ar', 'corpora/yauzl-bad-zip', 'corpora/xxe-payloads'];
  it.runIf(areHere)('of the hostile files nothing is kept that is no plain PDF or picture', async () => {
    const { world, place } = await ready();
    const files = new Set(hostile.flatMap((folder) => uploadsOf(folder).map(({ file }) => file)));
    expect(files.size).toBeGreaterThan(20);
    const kept: string[] = [];
    for (const file of files) {
      const added = await add(world, place, bytesOf(file), file.split('/').at(-1));
      if (added.ok) kept.push(file);
    }
    expect(kept).toEqual([]);
    expect((await world.caseOf(place.case)).papers).toHaveLength(0);
  });
});

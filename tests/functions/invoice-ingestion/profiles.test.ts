/**
 * Mapping profiles: kept in versions, chosen by what a source had before, tried out without keeping anything.
 */
import { expect, it } from 'vitest';
import { listProfiles, saveProfile } from '../../../functions/invoice-ingestion/keep-profiles.ts';
import { previewProfile, sourceForPreview } from '../../../functions/invoice-ingestion/preview-profile.ts';
import { scopeOver } from '../../../shared/domain/scope.ts';
import { dunwellInvoices } from '../../../shared/formats/profile-dunwell.ts';
import { everything, tenOClock } from '../../support/test-edge.ts';
import { createWorld, invoicesCsv } from './world.ts';

const who = { by: 'tenant:clerk', now: tenOClock };
const place = (name: string) => ({ company: 'acme', name });
const profile = (name: string) => ({ ...dunwellInvoices, name });

it('keeps every version with who and why, and the same again changes nothing', async () => {
  const { settings } = createWorld();
  const save = (after: number, more = {}) =>
    saveProfile(
      settings,
      everything,
      place('ours'),
      { profile: { ...profile('ours'), ...more }, after, reason: 'their columns' },
      who,
    );
  expect(await save(0)).toMatchObject({ value: { version: 1, by: 'tenant:clerk', reason: 'their columns' } });
  expect(await save(0)).toMatchObject({ value: { version: 1 } });
  expect(await save(0, { sign: 'inverted' })).toMatchObject({ code: 'setting-changed' });
  expect(await save(1, { sign: 'inverted' })).toMatchObject({ value: { version: 2 } });
  const listed = await listProfiles(settings, everything, 'acme');
  if (!listed.ok) throw new Error(listed.detail);
  const versions = listed.value.profiles.map(({ name, version }) => `${name} ${version}`);
  expect(versions).toEqual(expect.arrayContaining(['ours 2', 'dunwell-invoices 0']));
});

it('a company out of reach has no profiles', async () => {
  const { settings } = createWorld();
  const other = scopeOver(['somebody-else']);
  expect(await listProfiles(settings, other, 'acme')).toMatchObject({ code: 'not-found' });
  const body = { profile: profile('ours'), after: 0, reason: 'why' };
  expect(await saveProfile(settings, other, place('ours'), body, who)).toMatchObject({ code: 'not-found' });
});

it('where two profiles fit, the one the source was read with before is taken', async () => {
  const world = createWorld();
  for (const name of ['one', 'other'])
    await saveProfile(
      world.settings,
      everything,
      place(name),
      { profile: profile(name), after: 0, reason: 'a source' },
      who,
    );
  const unclear = await world.upload(invoicesCsv(3));
  expect([unclear.state, unclear.because?.code]).toEqual(['refused', 'profile-unclear']);
  await world.upload(invoicesCsv(4), { profile: 'other' });
  expect(await world.upload(invoicesCsv(5))).toMatchObject({ profile: { name: 'other', version: 1 } });
  const foreign = await world.upload(invoicesCsv(6), { source: 'another' });
  expect(foreign.because?.code).toBe('profile-unclear');
});

it('a file is read with the delimiter its header shows, or the one declared', async () => {
  const world = createWorld();
  const semicolons = (count: number) => invoicesCsv(count, () => false).replaceAll(',', ';');
  expect(await world.upload(semicolons(3))).toMatchObject({ delimiter: ';', counts: { accepted: 3 } });
  const declared = await world.upload(semicolons(4), { delimiter: ';' });
  expect(declared).toMatchObject({ counts: { accepted: 4 } });
  const wrong = await world.upload(semicolons(5), { delimiter: '|' });
  expect(wrong.because?.code).toBe('profile-unknown');
});

it('shows the first rows of an import as a profile reads them, each with its reasons', async () => {
  const world = createWorld();
  const document = await world.upload(invoicesCsv(30));
  const source = await sourceForPreview(world.stores, everything, document);
  if (!source.ok) throw new Error(source.detail);
  const asked = { ...place('dunwell-invoices'), reading: { locale: 'plain' } };
  const shown = await previewProfile(world.stores, everything, asked, source.value, tenOClock);
  if (!shown.ok) throw new Error(shown.detail);
  expect(shown.value.rows).toHaveLength(20);
  expect(shown.value.rows[0]).toMatchObject({ is: 'accepted', reads: { number: 'F-0', original: '150' } });
  expect(shown.value.rows[7]).toMatchObject({
    is: 'refused',
    reasons: [{ column: 'amount', code: 'invalid-amount' }],
  });
});

it('a preview of a file that does not suit the profile says why', async () => {
  const world = createWorld();
  const bytes = Buffer.from('a,b\n1,2\n');
  const asked = { ...place('dunwell-invoices'), reading: { locale: 'plain' } };
  const shown = await previewProfile(world.stores, everything, asked, { bytes, format: 'csv' }, tenOClock);
  expect(shown).toMatchObject({ ok: false, code: 'column-missing' });
});

it('nothing is taken for a company that is not set up', async () => {
  const world = createWorld();
  await expect(world.upload(invoicesCsv(1), { company: 'nobody' })).rejects.toThrow('company-unknown');
});

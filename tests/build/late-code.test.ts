/**
 * What a start leaves unread: it comes right behind the registration or with the first call, and when it cannot be
 * read, the app ends and says which file it was.
 * From: the package as it is deployed. Next: `functions/listed-app.ts` and the list of functions it starts from.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lateFiles, makePackage } from '../../scripts/build/bundle.ts';
import { firstCall, registeredFunctions, wholeApp } from '../../scripts/build/registered-functions.ts';
import { topology } from '../../shared/contracts/topology.ts';

const apps = Object.keys(topology.apps);
const outDir = mkdtempSync(join(tmpdir(), 'dunwell-late-'));
const folders = [outDir];
let main = '';

beforeAll(async () => {
  main = (await makePackage(outDir)).file;
}, 60_000);

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The package, but for one file. */
const packageWithout = (file: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'dunwell-late-'));
  folders.push(folder);
  const filter = (path: string) => !path.endsWith(`/${file}`) && !path.endsWith('.map');
  cpSync(outDir, folder, { recursive: true, filter });
  return join(folder, 'main.cjs');
};

describe.each(apps)('the app %s', (app) => {
  it('registers without reading a library that comes late', async () => {
    const { filesAtStart } = await registeredFunctions(main, app);
    const late = new Set(Object.values(lateFiles));
    expect(filesAtStart).toContain('main.cjs');
    expect(filesAtStart.filter((file) => late.has(file))).toEqual([]);
  });

  it('reads the code of its functions right behind, without a call', async () => {
    const { filesAtStart, files } = await wholeApp(main, app);
    expect(files).toContain('cosmos.cjs');
    expect(files.length).toBeGreaterThan(filesAtStart.length + 20);
  });

  it('ends when a library of it is missing', async () => {
    await expect(wholeApp(packageWithout('cosmos.cjs'), app)).rejects.toThrow('cosmos.cjs');
  });

  it('ends when a part of it is missing, even the one that is read last', async () => {
    const { filesAtStart, files } = await wholeApp(main, app);
    const later = files.filter((file) => file.startsWith('part-') && !filesAtStart.includes(file));
    const missing = later.at(-1) ?? 'no part';
    await expect(wholeApp(packageWithout(missing), app)).rejects.toThrow(missing);
  });
});

describe('a call that comes before the code is read', () => {
  it('is answered by the piece it is for', async () => {
    const params = { company: 'c', account: 'a' };
    const { answer } = await firstCall(main, 'staff', {
      name: 'read-account',
      path: '/api/accounts/c/a',
      params,
    });
    expect(answer.status).toBe(401);
  });

  it.each([
    ['staff', 'api/imports/c/i/commit'],
    ['portal', 'api/portal/sign-in-links'],
  ])('finds all routes of %s there when it speaks of all routes', async (app, rest) => {
    const call = { name: 'unknown-route', path: `/${rest}`, params: { rest } };
    const { answer } = await firstCall(main, app, call);
    expect([answer.status, answer.headers['allow']]).toEqual([405, 'POST']);
  });
});

describe('telemetry', () => {
  const settings = {
    APPLICATIONINSIGHTS_CONNECTION_STRING:
      'InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=http://127.0.0.1:9/',
  };

  it('starts where the platform names a workspace', async () => {
    const { functions } = await registeredFunctions(main, 'staff', settings);
    expect(functions.length).toBeGreaterThan(0);
  });

  it('ends the start when its file is missing, rather than leave the app blind', async () => {
    const started = registeredFunctions(packageWithout('telemetry.cjs'), 'staff', settings);
    await expect(started).rejects.toThrow('telemetry.cjs');
  });
});

/**
 * One file of each class of the shared corpora and data over real HTTP, hosted as in the cloud on the local Azure:
 * every call is answered below 500 and within two seconds of its arrival, every import ends, and nothing connects to
 * anywhere but this machine. All the other files go the same way in memory (`tests/functions/whole-path`).
 * From: files beside the repository, read in place; skipped with a message where they are absent. Next: nothing.
 */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEnvironment } from '../../local/environment.ts';
import { runLocal, type Running } from '../../local/run.ts';
import { createdAnswer, importAnswer } from '../../shared/contracts/imports.ts';
import { problemDocument } from '../../shared/contracts/problems.ts';
import { createStaff, type Staff } from './staff.ts';

const shared = join(import.meta.dirname, '../../../shared');
const areHere = existsSync(join(shared, 'corpora'));
if (!areHere) process.stdout.write(`no corpora at ${shared}: their uploads are left out\n`);

/** The class, and its first file that is more than words about it and fits into one call. */
const firstOf = (folder: string): string | undefined =>
  readdirSync(join(shared, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name}`)
    .filter((name) => !/\/(SOURCE|MANIFEST|LICEN[CS]E|NOTICE|README)[^/]*$/.test(name))
    .toSorted()
    .find((name) => {
      const file = statSync(join(shared, name));
      return file.isFile() && file.size > 0 && file.size <= 2 * 1024 * 1024;
    });

const classes: [string, string][] = areHere
  ? ['corpora', 'data'].flatMap((folder) =>
      readdirSync(join(shared, folder), { withFileTypes: true }).flatMap((one): [string, string][] => {
        const file = one.isDirectory() ? firstOf(`${folder}/${one.name}`) : undefined;
        return file === undefined ? [] : [[`${folder}/${one.name}`, file]];
      }),
    )
  : [];

const kindAndFormat = (file: string): string => {
  if (/camt|mt940|bai2|bank/.test(file)) {
    const format = (['camt053', 'mt940', 'bai2'] as const).find((one) => file.includes(one.slice(0, 4)));
    return `kind=bankStatement&format=${format ?? 'csv'}`;
  }
  const format = { xml: 'ubl', svg: 'ubl', xlsx: 'xlsx', zip: 'xlsx', json: 'json' }[
    file.split('.').at(-1) ?? ''
  ];
  return `kind=invoices&format=${file.includes('zugferd') ? 'cii' : (format ?? 'csv')}`;
};

let running: Running;
let staff: Staff;
const away: unknown[] = [];
const connect = Reflect.get(Socket.prototype, 'connect') as (...args: unknown[]) => unknown;
const here: readonly unknown[] = [undefined, '127.0.0.1', 'localhost', '::1'];
const isHere = (host: unknown): boolean => here.includes(host);

const hostOf = (args: readonly unknown[]): unknown => {
  const [first, second] = args.flat();
  return typeof first === 'object' && first !== null
    ? (first as { host?: unknown }).host
    : typeof first === 'number' && typeof second === 'string'
      ? second
      : undefined;
};

beforeAll(async () => {
  if (!areHere) return;
  Reflect.set(Socket.prototype, 'connect', function (this: Socket, ...args: unknown[]) {
    if (!isHere(hostOf(args))) away.push(hostOf(args));
    return Reflect.apply(connect, this, args);
  });
  running = await runLocal(readEnvironment(['--memory'], { DUNWELL_LOCAL_PORTS: 'any' }), () => undefined);
  staff = createStaff(running);
  const company = { legalName: 'Acme', mode: 'dunwellLed', zone: 'UTC', country: 'DE', currency: 'EUR' };
  await staff.must('ADM', 'PUT', 'companies/acme', { ...company, after: 0, reason: 'test' });
  await staff.giveReach('CRM', ['acme']);
});
afterAll(async () => {
  if (areHere) await running.close();
  Reflect.set(Socket.prototype, 'connect', connect);
});

describe.runIf(areHere)('a file of each class over HTTP', () => {
  it.each(classes.map(([name, file]) => [name, file] as const))('%s', async (_name, file) => {
    const query = `company=acme&name=file&source=any&locale=plain&${kindAndFormat(file)}`;
    const began = performance.now();
    const sent = await staff.call('SYS', 'POST', `imports/file?${query}`, readFileSync(join(shared, file)));
    expect(performance.now() - began).toBeLessThan(2_000);
    expect([202, 400, 409, 413, 422]).toContain(sent.status);
    if (sent.status >= 400) expect(problemDocument.parse(sent.json).code).not.toBe('unexpected');
    else {
      const { importId } = createdAnswer.parse(sent.json).import;
      const report = await staff.until(
        async () => importAnswer.parse(await staff.must('CRM', 'GET', `imports/acme/${importId}`)),
        ({ state }) => ['done', 'refused'].includes(state),
      );
      if (report.state === 'refused')
        expect(report.posted).toMatchObject({ accounts: 0, entries: 0, rows: 0 });
    }
    expect(away).toEqual([]);
  });
});

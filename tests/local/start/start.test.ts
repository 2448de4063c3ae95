/**
 * Starting and ending on one machine: ready within ten seconds, gone within three, and one clear line when
 * something is in the way.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serviceNames } from '../../../local/environment.ts';
import { startLocalProcess, type LocalProcess } from '../../support/local-process.ts';

let stateDir: string;
let open: LocalProcess[] = [];

beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'dunwell-start-'));
});
afterEach(async () => {
  await Promise.all(open.map((one) => one.end('SIGKILL')));
  open = [];
  rmSync(stateDir, { recursive: true, force: true });
});

const start = (args: string[], env?: Record<string, string>): LocalProcess => {
  const started = startLocalProcess(args, env);
  open.push(started);
  return started;
};

/** Ended with code 1 and one line on what was wrong. */
const expectRefusal = async (started: LocalProcess, line: RegExp): Promise<void> => {
  expect(await started.ended).toBe(1);
  expect(started.output()).toMatch(line);
  const complaint = started
    .output()
    .split('\n')
    .filter((one) => one.startsWith('Dunwell did not start:'));
  expect(complaint).toHaveLength(1);
  expect(started.output()).not.toMatch(/^\s+at /m);
};

const childrenOf = (processId: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((id) => parentOf(id) === processId);

const parentOf = (processId: number): number | undefined => {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${processId}/status`, 'utf8'))?.[1]);
  } catch {
    return undefined; // it has just ended
  }
};

describe('npm start', () => {
  it('is ready within ten seconds, with a line for every service and app saying where it is', async () => {
    const startedAtMs = performance.now();
    const started = start(['--memory']);
    await started.ready;
    expect(performance.now() - startedAtMs).toBeLessThan(10_000);
    const names = ['cosmos', 'service-bus', 'blob', 'email', 'identity', 'payments', 'admin'];
    for (const name of [...names, 'staff', 'portal', 'work', 'mail'])
      expect(started.url(name)).toContain('127.0.0.1');
  });

  it('lists the registered functions of every app it hosts at /api/health', async () => {
    const started = start(['--memory']);
    await started.ready;
    const answer = await fetch(`${started.url('staff')}/api/health`);
    expect(await answer.json()).toMatchObject({
      functions: {
        staff: expect.arrayContaining(['health', 'list-parked-work', 'create-import']) as string[],
        portal: expect.arrayContaining(['health', 'unknown-route', 'request-sign-in']) as string[],
        work: expect.arrayContaining(['send-ticks', 'run-tick', 'post-part']) as string[],
      },
    });
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'ends within three seconds on %s, with nothing left behind',
    async (signal) => {
      const started = start(['--state', stateDir]);
      await started.ready;
      const children = childrenOf(started.child.pid!);
      const addresses = [started.url('cosmos'), started.url('staff')];
      const endedAtMs = performance.now();
      expect(await started.end(signal)).toBe(0);
      expect(performance.now() - endedAtMs).toBeLessThan(3_000);
      expect(children.filter((id) => parentOf(id) !== undefined)).toEqual([]);
      for (const address of addresses) await expect(fetch(address)).rejects.toThrow();
    },
  );

  it('keeps nothing with --memory', async () => {
    const before = readdirSync(stateDir);
    const started = start(['--memory']);
    await started.ready;
    await started.end('SIGTERM');
    expect(readdirSync(stateDir)).toEqual(before);
  });
});

describe('one clear line and exit code 1', () => {
  it.each(['cosmos', 'staff'])('when the port of %s is taken', async (name) => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const free = ['admin', 'staff', 'portal', 'work', 'mail', ...serviceNames].map((one) => [one, 0]);
    const ports = JSON.stringify({ ...Object.fromEntries(free), [name]: port });
    await expectRefusal(
      start(['--memory'], { DUNWELL_LOCAL_PORTS: ports }),
      new RegExp(`port ${port} is taken`),
    );
    other.close();
  });

  it('when a state file is damaged', async () => {
    const first = start(['--state', stateDir]);
    await first.ready;
    await first.end('SIGTERM');
    const damaged = join(stateDir, 'cosmos', 'leases.jsonl');
    const lines = readFileSync(damaged, 'utf8');
    writeFileSync(damaged, `${lines.slice(0, 20)}x${lines.slice(21)}`);
    await expectRefusal(start(['--state', stateDir]), /leases\.jsonl, line 1:.*delete the state directory/);
  });

  it('when the saved clock is damaged', async () => {
    writeFileSync(join(stateDir, 'clock.json'), '{"offsetMs":"yesterday"}');
    await expectRefusal(start(['--state', stateDir]), /clock\.json/);
  });

  it.each([
    ['faults that are not JSON', { DUNWELL_LOCAL_FAULTS: '{cosmos' }, /DUNWELL_LOCAL_FAULTS is not JSON/],
    [
      'a fault nobody knows',
      { DUNWELL_LOCAL_FAULTS: '{"cosmos":{"rules":[{"kind":"gremlin"}]}}' },
      /DUNWELL_LOCAL_FAULTS/,
    ],
    ['a port out of range', { DUNWELL_LOCAL_PORTS: '{"cosmos":70000}' }, /DUNWELL_LOCAL_PORTS/],
  ])('when the environment holds %s', async (_what, env, line) => {
    await expectRefusal(start(['--memory'], env), line);
  });

  it.each([
    ['an argument nobody knows', ['--colour'], /--colour/],
    ['an app nobody knows', ['--app', 'payroll'], /payroll/],
    ['arguments that exclude each other', ['--memory', '--state', 'x'], /--memory/],
    ['a day to begin on, and state that has its own', ['--at', '2020-01-01T00:00:00Z'], /--at/],
    ['a begin that is no instant', ['--memory', '--at', 'spring'], /--at spring/],
  ])('when it is given %s', async (_what, args, line) => {
    await expectRefusal(start(args), line);
  });

  it('when another process already runs on the same state', async () => {
    const first = start(['--state', stateDir]);
    await first.ready;
    await expectRefusal(start(['--state', stateDir]), /already runs/);
  });
});

describe('several processes', () => {
  it('share one set of services, and one clock', async () => {
    const services = start(['--services', '--state', stateDir]);
    await services.ready;
    const [work, staff] = [
      start(['--app', 'work', '--state', stateDir]),
      start(['--app', 'staff', '--state', stateDir]),
    ];
    await Promise.all([work.ready, staff.ready]);
    expect(work.output()).toContain('shares the services of process');
    const moved = await fetch(`${services.url('admin')}/admin/clock`, {
      method: 'POST',
      body: '{"to":"PT11M"}',
    });
    expect(moved.status).toBe(200);
    const health = await (await fetch(`${staff.url('staff')}/api/health`)).json();
    const names: unknown = expect.arrayContaining(['health', 'list-parked-work']);
    expect(health).toMatchObject({ status: 'ok', functions: { staff: names } });
    expect((health as { functions: object }).functions).not.toHaveProperty('work');
  });

  it('end when the process with the services ends', async () => {
    const services = start(['--services', '--state', stateDir]);
    await services.ready;
    const work = start(['--app', 'work', '--state', stateDir]);
    await work.ready;
    await services.end('SIGTERM');
    expect(await work.ended).toBe(0);
  });
});

describe('the business clock', () => {
  it('does not go back at the next start', async () => {
    const first = start(['--state', stateDir]);
    await first.ready;
    await fetch(`${first.url('admin')}/admin/clock`, { method: 'POST', body: '{"to":"PT6H"}' });
    await first.end('SIGKILL');
    const second = start(['--state', stateDir]);
    await second.ready;
    const { now } = (await (await fetch(`${second.url('admin')}/admin/clock`)).json()) as { now: string };
    expect(Date.parse(now)).toBeGreaterThan(Date.now() + 21_000_000);
  });
});

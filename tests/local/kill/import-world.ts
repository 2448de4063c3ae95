/**
 * An import on a real local Azure whose host is killed with `kill -9` at a chosen moment, and what it came to.
 * From: `startLocalProcess`, the walk's client. Next: the tests beside this file compare one end with another.
 */
import { agingAnswer } from '../../../shared/contracts/reporting.ts';
import type { ImportAnswer } from '../../../shared/contracts/imports.ts';
import type { WalkAzure } from '../../../scripts/walk/azure.ts';
import { itemColumns, readResults } from '../../../scripts/walk/results.ts';
import { setUpCompany, walkCompany, type WalkPeople } from '../../../scripts/walk/set-up.ts';
import type { StaffClient } from '../../../scripts/walk/staff-client.ts';
import { uploadFile, type Upload } from '../../../scripts/walk/upload.ts';
import { startLocalProcess, type LocalProcess } from '../../support/local-process.ts';

/** Whether the import has come to where the host is to die; `blocks`: as soon as a block is there. */
export type Moment = { name: string; isNow: 'blocks' | ((answer: ImportAnswer) => boolean) };

/** Thrown where a client finds that its host is gone. */
class Killed extends Error {}

export const azureOf = (local: LocalProcess): WalkAzure => {
  const admin = local.url('admin');
  return {
    staff: local.url('staff'),
    mailbox: local.url('email'),
    identity: new URL(local.url('identity')).origin,
    moveTo: async (instant) => {
      const body = JSON.stringify({ to: instant ?? 'PT1S', asleep: true });
      const answer = await fetch(`${admin}/admin/clock`, { method: 'POST', body });
      if (!answer.ok) throw new Error(`the clock answered ${answer.status}: ${await answer.text()}`);
    },
    now: async () => ((await (await fetch(`${admin}/admin/clock`)).json()) as { now: string }).now,
    counts: async () => ({ requestUnits: 0, storeCalls: 0, messages: 0 }),
    close: async () => void (await local.end('SIGTERM')),
  };
};

/** Steps take so long that a look between two of them sees each. */
const slowFiles = JSON.stringify({ blob: { rules: [{ kind: 'latency', delayMs: 40 }] } });

const dyingAt = (local: LocalProcess, moment: Moment, manager: StaffClient) => {
  const die = (): never => {
    local.child.kill('SIGKILL');
    throw new Killed();
  };
  const upload: StaffClient['upload'] = async (method, path, bytes) => {
    const answer = await manager.upload(method, path, bytes);
    return moment.isNow === 'blocks' ? die() : answer;
  };
  const onStep = (answer: ImportAnswer): void => {
    if (moment.isNow !== 'blocks' && moment.isNow(answer)) die();
  };
  return { client: { ...manager, upload }, onStep };
};

/** Uploads the file, or goes on with it, until the moment has come. @returns false when it was over before. */
export const killAt = async (stateDir: string, upload: Upload, moment: Moment): Promise<boolean> => {
  const local = startLocalProcess(['--state', stateDir], { DUNWELL_LOCAL_FAULTS: slowFiles });
  try {
    await local.ready;
    const { manager } = await setUpCompany(azureOf(local));
    const { client, onStep } = dyingAt(local, moment, manager);
    await uploadFile(client, upload, onStep);
    return false;
  } catch (fault) {
    if (!(fault instanceof Killed)) throw fault;
    return true;
  } finally {
    await local.end('SIGKILL');
  }
};

/** Dies after so many milliseconds, wherever the import is then. */
export const killAfter = async (stateDir: string, upload: Upload, afterMs: number): Promise<void> => {
  const local = startLocalProcess(['--state', stateDir]);
  try {
    await local.ready;
    const { manager } = await setUpCompany(azureOf(local));
    const killing = setTimeout(() => local.child.kill('SIGKILL'), afterMs);
    await uploadFile(manager, upload, () => undefined).finally(() => clearTimeout(killing));
  } catch (fault) {
    if (local.child.exitCode === null && !local.child.killed) throw fault; // nobody killed it: a fault of its own
  } finally {
    await local.end('SIGKILL');
  }
};

/** Runs the files to their end, undisturbed, and reads all that came of them. */
export const finish = async (where: readonly string[], uploads: readonly Upload[], day: string) => {
  const local = startLocalProcess([...where]);
  try {
    await local.ready;
    const azure = azureOf(local);
    const people = await setUpCompany(azure);
    const reports: ImportAnswer[] = [];
    for (const upload of uploads) reports.push(await uploadFile(people.manager, upload, () => undefined));
    return await endOf(azure, people, reports, day);
  } catch (fault) {
    throw new Error(`it did not end; the host said:\n${local.output().slice(-4_000)}`, { cause: fault });
  } finally {
    await local.end('SIGTERM');
  }
};

export type End = Awaited<ReturnType<typeof finish>>;

/** Everything but instants: reports, balances, aging, items, and the pages of the accounts. */
const endOf = async (azure: WalkAzure, people: WalkPeople, reports: ImportAnswer[], day: string) => {
  await azure.moveTo();
  const results = await readResults(azure, people, reports, [], []);
  const path = `/api/aging?company=${walkCompany}&asOf=${day}&view=corrected`;
  const { groups } = agingAnswer.parse(await people.executive.get(path));
  const accounts = [...new Set(results.items.map(({ account }) => account))].toSorted();
  const versions: Record<string, unknown> = {};
  for (const account of accounts) versions[account] = await headOf(people.manager, account);
  const timeless = reports.map(({ receivedAt: _at, changedAt: _changed, ...report }) => report);
  return {
    reports: timeless,
    openByCurrency: results.openByCurrency,
    items: results.items.map((item) => itemColumns.map((column) => item[column])),
    groups,
    versions,
  };
};

const headOf = async (staff: StaffClient, account: string): Promise<unknown> => {
  const page = (await staff.get(`/api/accounts/${walkCompany}/${account}`)) as Record<string, unknown>;
  return { version: page['version'], balances: page['balances'] };
};

/**
 * What is acknowledged survives: mails, operations, pending reports, suppressed addresses, used quota.
 * From: a state directory that is copied under a running service, as `kill -9` would leave it.
 */
import { randomUUID } from 'node:crypto';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../../local/email/store.ts';
import type { EmailOptions } from '../../../local/email/start.ts';
import { askFor, isLocal, messageTo, refusalOf, send, startLocal, type Local } from './under-test.ts';

const hourMs = 3_600_000;

describe.runIf(isLocal)('after a kill and a start', () => {
  let folder: string;
  let running: Local[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dunwell-email-'));
    running = [];
  });
  afterEach(async () => {
    for (const local of running) await local.close();
    rmSync(folder, { recursive: true });
  });

  const start = async (stateDir: string, changes: Partial<EmailOptions> = {}): Promise<Local> => {
    const local = await startLocal({ stateDir: join(folder, stateDir), ...changes });
    running.push(local);
    return local;
  };
  /** What a new process finds when the old one ended at this very moment. */
  const startAfterKill = (changes: Partial<EmailOptions> = {}): Promise<Local> => {
    cpSync(join(folder, 'first'), join(folder, 'second'), { recursive: true });
    return start('second', changes);
  };

  it('mails, their attachments and their operations are there', async () => {
    const first = await start('first');
    const operationId = randomUUID();
    const attachment = {
      name: 'a.csv',
      contentType: 'text/csv',
      contentInBase64: Buffer.from('1;2').toString('base64'),
    };
    await send(first.client, messageTo('ada@customer.example', { attachments: [attachment] }), operationId);
    await first.settled();
    const second = await startAfterKill();
    expect(second.email.summary).toMatch(/^1 mails/);
    expect(await second.mailsTo('ada@customer.example')).toEqual(await first.mailsTo('ada@customer.example'));
    expect((await askFor(second.connectionString, operationId)).status).toBe('Succeeded');
    expect(await (await fetch(`${second.email.url}/mail/1/attachments/1`)).text()).toBe('1;2');
  });

  it('a repeat of an operation is still known', async () => {
    const first = await start('first');
    const operationId = randomUUID();
    await send(first.client, messageTo('ada@customer.example'), operationId);
    const second = await startAfterKill();
    await send(second.client, messageTo('ada@customer.example'), operationId);
    expect(await second.mailsTo('ada@customer.example')).toHaveLength(1);
  });

  it('a report nobody had taken is handed over', async () => {
    const first = await start('first', { deliver: () => Promise.reject(new Error('the queue is away')) });
    await send(first.client, messageTo('ada@customer.example'));
    const second = await startAfterKill();
    await second.settled();
    expect(second.events.map(({ data }) => data.recipient)).toEqual(['ada@customer.example']);
  });

  it('a report that was taken is not handed over again', async () => {
    const first = await start('first');
    await send(first.client, messageTo('ada@customer.example'));
    await first.settled();
    const second = await startAfterKill();
    await second.settled();
    expect([first.events.length, second.events.length]).toEqual([1, 0]);
  });

  it('a late report still comes at its hour', async () => {
    const first = await start('first');
    await send(first.client, messageTo('late@customer.example'));
    const second = await startAfterKill();
    await second.clock.moveTo(second.clock.now() + 5 * hourMs);
    expect(second.events).toEqual([]);
    await second.clock.moveTo(second.clock.now() + hourMs);
    expect(second.events).toHaveLength(1);
  });

  it('a bounced address is still suppressed', async () => {
    const first = await start('first');
    await send(first.client, messageTo('bounce@customer.example'));
    const second = await startAfterKill();
    await refusalOf(send(second.client, messageTo('bounce@customer.example')));
    await second.settled();
    expect(second.events.at(-1)?.data.status).toBe('Suppressed');
  });

  it('a used quota is still used', async () => {
    const first = await start('first', { perMinute: 2 });
    await send(first.client, messageTo('ada@customer.example'));
    await send(first.client, messageTo('ada@customer.example'));
    const second = await startAfterKill({ perMinute: 2 });
    expect((await refusalOf(second.client.beginSend(messageTo('ada@customer.example')))).statusCode).toBe(
      429,
    );
  });

  it('a line that was torn while being written is dropped, and the next mail is kept', async () => {
    const first = await start('first');
    await send(first.client, messageTo('ada@customer.example'));
    appendFileSync(join(folder, 'first', 'email.journal'), '0badc0de {"is":"acc');
    const second = await startAfterKill();
    await send(second.client, messageTo('grace@customer.example'));
    expect(await second.mailsTo('ada@customer.example')).toHaveLength(1);
    expect(await second.mailsTo('grace@customer.example')).toHaveLength(1);
  });

  it('a damaged state stops the start with one clear line', async () => {
    const first = await start('first');
    await send(first.client, messageTo('ada@customer.example'));
    const file = join(folder, 'first', 'email.journal');
    writeFileSync(file, readFileSync(file, 'utf8').replace('ada@', 'eve@'));
    await expect(startAfterKill()).rejects.toThrow(/email\.journal, line 1: .*delete the state directory/);
  });

  it('in memory nothing is kept', async () => {
    const first = await startLocal();
    await send(first.client, messageTo('ada@customer.example'));
    await first.close();
    const second = await startLocal();
    running.push(second);
    expect(second.email.counts()).toMatchObject({ mails: 0 });
  });

  it('a long history is written anew without losing anything', async () => {
    const first = await start('first');
    await send(first.client, messageTo('late@customer.example'));
    await first.close();
    running = [];
    const stateDir = join(folder, 'first');
    const store = openStore(stateDir);
    for (let atMs = 0; atMs < 1_200; atMs += 1)
      store.record({ is: 'happened', mail: '1', happening: { atMs, what: 'looked at' } });
    store.close();
    openStore(stateDir).close(); // writes it anew
    expect(readFileSync(join(stateDir, 'email.journal'), 'utf8').trimEnd().split('\n')).toHaveLength(1);
    const again = openStore(stateDir);
    expect(again.mails.get('1')?.happenings).toHaveLength(1_201);
    expect(again.pending.size).toBe(1);
    again.close();
  });
});

/**
 * Everything in the shared corpora and data through the upload path, from the received bytes to the accounts: read or
 * refused, never a crash, never over two seconds of work, nothing posted from a refused file, no socket opened.
 * From: files beside the repository, read in place; skipped with a message where they are absent. Next: nothing.
 */
import { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { areHere, bodyOf, bytesOf, classes, uploadsOf, type As } from '../../support/shared-files.ts';
import { createBooks } from './world.ts';

const uploadAs = async (file: string, as: As): Promise<string> => {
  const books = await createBooks();
  const began = process.cpuUsage();
  const document = await books.send(bytesOf(file), bodyOf(as));
  const { user, system } = process.cpuUsage(began);
  expect((user + system) / 1_000, `${file} as ${as.format}`).toBeLessThan(2_000);
  const report = await books.report(document);
  expect(['done', 'refused'], `${file} as ${as.format}`).toContain(report.state);
  if (report.state === 'refused') {
    expect(report.because?.code).toMatch(/^[a-z-]+$/);
    expect([books.sent('account-postings'), books.sent('received-payments')]).toEqual([[], []]);
  } else if (as.kind !== 'remittance') {
    const taken = Object.values(report.posted.refusedBy).reduce(
      (sum, count) => sum + count,
      report.posted.rows,
    );
    expect(taken + report.posted.unchanged, `${file} as ${as.format}`).toBe(report.rows.accepted);
  }
  return report.state;
};

describe.runIf(areHere)('every shared file, uploaded', () => {
  const connect = Reflect.get(Socket.prototype, 'connect') as unknown;
  const asked: unknown[] = [];
  beforeAll(() => {
    Reflect.set(Socket.prototype, 'connect', (...args: unknown[]) => {
      asked.push(args[0]);
      throw new Error('no socket is opened here');
    });
  });
  afterAll(() => void Reflect.set(Socket.prototype, 'connect', connect));

  it.each(classes)('%s', { timeout: 60_000 }, async (folder) => {
    const uploads = uploadsOf(folder);
    expect(uploads).not.toEqual([]);
    for (const { file, as } of uploads) await uploadAs(file, as);
    expect(asked).toEqual([]);
  });
});

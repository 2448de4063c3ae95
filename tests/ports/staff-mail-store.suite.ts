/**
 * What every `StaffMailStore` must do, in memory and on Cosmos DB.
 */
import { expect, it } from 'vitest';
import { scopeOver } from '../../shared/domain/scope.ts';
import type { StaffMail, StaffMailStore } from '../../shared/ports/staff-mail-store.ts';

const all = scopeOver('all');
const elsewhere = scopeOver(['elsewhere']);
const mailOf = (companyId: string, id: string, at = '2026-11-22T10:00:00Z'): StaffMail => ({
  ...{ id, companyId, report: 'onePage', to: 'p1', subject: 's', file: 'mails/x.json', at, state: 'planned' },
});

export const staffMailSuite = (store: () => StaffMailStore): void => {
  it('keeps a mail once, whoever plans it again', async () => {
    const mail = mailOf('sm1', 'mail:1');
    expect(await store().plan(all, mail)).toBe('planned');
    expect(await store().plan(all, { ...mail, subject: 'other' })).toBe('known');
    expect((await store().read(all, 'sm1', 'mail:1'))?.mail).toEqual(mail);
    expect(await store().read(all, 'sm1', 'mail:none')).toBeUndefined();
  });

  it('changes it only as it was read', async () => {
    await store().plan(all, mailOf('sm2', 'mail:1'));
    const known = (await store().read(all, 'sm2', 'mail:1'))!;
    const claimed = {
      ...known.mail,
      state: 'claimed' as const,
      operationId: 'o',
      firstPostAt: known.mail.at,
    };
    expect(await store().save(all, { ...known, mail: claimed })).toBe('saved');
    expect(await store().save(all, { ...known, mail: { ...claimed, state: 'sent' } })).toBe(
      'version-conflict',
    );
    expect((await store().read(all, 'sm2', 'mail:1'))?.mail).toEqual(claimed);
  });

  it('lists a company’s in order of time, and nothing outside the scope', async () => {
    await store().plan(all, mailOf('sm3', 'b', '2026-11-22T11:00:00Z'));
    await store().plan(all, mailOf('sm3', 'a', '2026-11-22T12:00:00Z'));
    await store().plan(all, mailOf('sm4', 'c'));
    const first = await store().list(all, 'sm3', { limit: 1 });
    expect(first.mails.map(({ id }) => id)).toEqual(['b']);
    const second = await store().list(all, 'sm3', { limit: 5, after: first.after! });
    expect(second).toMatchObject({ mails: [{ id: 'a' }] });
    expect(await store().list(elsewhere, 'sm3', { limit: 5 })).toEqual({ mails: [] });
    expect(await store().read(elsewhere, 'sm3', 'b')).toBeUndefined();
    await expect(store().plan(elsewhere, mailOf('sm3', 'd'))).rejects.toThrow(/scope/);
  });
};

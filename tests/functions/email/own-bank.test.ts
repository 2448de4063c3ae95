/**
 * Where a company is paid to: whoever asks for a change or releases one, finance and IT hear of it at once.
 */
import { expect, it } from 'vitest';
import { askOwnBank, releaseOwnBank } from '../../../functions/email/keep-settings.ts';
import { memoryAlerts } from '../../support/memory/alert-store.ts';
import { everything } from '../../support/test-edge.ts';
import { companyId, createMailWorld, tuesday } from './mail-world.ts';

it('a change of our own bank details is told when it is asked for and when it is released, each once', async () => {
  const { parts } = await createMailWorld();
  const alerts = memoryAlerts();
  const call = (callerId: string) => ({ scope: everything, now: tuesday, callerId });
  const wanted = { holder: 'Acme Tools Ltd', account: 'DE75512108001245126199', reason: 'new bank' };
  for (const _ of ['first', 'again'])
    expect(await askOwnBank({ ...parts, alerts }, companyId, wanted, call('u:ann'))).toMatchObject({
      ok: true,
    });
  const own = await releaseOwnBank({ ...parts, alerts }, companyId, 2, call('u:ann'));
  expect(own).toMatchObject({ ok: false, code: 'same-person' });
  expect(alerts.raised.map(({ breach }) => breach)).toEqual(['asked']);
  for (const _ of ['first', 'again']) await releaseOwnBank({ ...parts, alerts }, companyId, 2, call('u:bob'));
  expect(alerts.raised.map(({ rule, breach, to }) => [rule, breach, ...to])).toEqual([
    ['bankDetailsChange', 'asked', 'cfo', 'creditManager', 'it'],
    ['bankDetailsChange', 'released', 'cfo', 'creditManager', 'it'],
  ]);
  expect(JSON.stringify(alerts.raised)).not.toContain(wanted.account);
});

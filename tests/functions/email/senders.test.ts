/**
 * Who a company writes as: an address the mail service refuses is refused when it is set, and holds up nobody's mail.
 */
import { describe, expect, it } from 'vitest';
import { saveMailSetting } from '../../../functions/email/keep-settings.ts';
import { everything } from '../../support/test-edge.ts';
import {
  companyId,
  createMailWorld,
  factsIn,
  lateItem,
  mailSetting,
  open,
  plan,
  run,
  tuesday,
} from './mail-world.ts';

const linkedTo = async (...senderDomains: string[]) => {
  const world = await createMailWorld();
  world.parts.senderDomains = senderDomains;
  const save = (from: string) =>
    saveMailSetting(
      world.parts,
      companyId,
      { ...mailSetting, from, reason: 'test', after: 1 },
      { scope: everything, now: tuesday, callerId: 'u:it' },
    );
  return { world, save };
};

describe('the address a company writes from', () => {
  it('is refused outside the domains of the mail service, with which there are and what to do', async () => {
    const { save } = await linkedTo('dunwell.example');
    const refused = await save('billing@acme.example');
    expect(refused).toMatchObject({ ok: false, code: 'sender-not-allowed' });
    for (const said of ['billing@acme.example', '…@dunwell.example', 'MAIL_FROM_DOMAIN'])
      expect(refused.ok ? '' : refused.detail).toContain(said);
    expect(await save('Billing@Dunwell.example')).toMatchObject({ ok: true });
  });

  it('is taken as it is where nobody said what the mail service sends from', async () => {
    const { save } = await linkedTo();
    expect(await save('billing@acme.example')).toMatchObject({ ok: true });
  });

  it('set before its domain was unlinked: the message is withheld with the reason, and the mail of others goes on', async () => {
    const { world } = await linkedTo('other.example');
    await open(world, 'north', [lateItem('north', 1, 5)]);
    const id = await plan(world, 'north');
    expect(await run(world, 'north', id)).toMatchObject({ ok: false, code: 'not-rendered' });
    expect(await factsIn(world, 'north')).toContainEqual(
      expect.objectContaining({ kind: 'messageWithheld', reasons: ['not-rendered'] }),
    );
    expect(world.mailer.posts).toEqual([]);
    expect(await world.pacing.take(tuesday)).toMatchObject({ is: 'free' });
  });
});

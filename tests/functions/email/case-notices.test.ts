/**
 * What a customer is mailed of a case, from the desk that opens and decides it to the mail as it went out (T8, T9, T12).
 */
import { describe, expect, it } from 'vitest';
import { money } from '../../support/account-examples.ts';
import { decidedCase, disputesOf, lookedAtCase, noticeMail, openedCase } from './desks.ts';
import { contact, createMailWorld, lateItem, open } from './mail-world.ts';

const one = 'item:invoice:north-1';
const started = async (language = 'en') => {
  const world = await createMailWorld();
  await open(world, 'north', [lateItem('north', 1, 5)], contact('ap@north.example', { language }));
  return { world, desk: await disputesOf(world) };
};

describe('a case in the mail', () => {
  it('opened: its number, what is held, what we need of the customer, our day; the balance stays whole', async () => {
    const { world, desk } = await started();
    const id = await openedCase(desk, 'north', 'PRICE', { [one]: 12_000 });
    const { text, subject } = await noticeMail(world, 'north', 'T8');
    expect(subject).toContain('120.00');
    expect(text).toContain(`case D-${id.slice(-8).toUpperCase()} about north-1`);
    expect(text).toMatch(/120\.00.EUR is on hold|EUR.120\.00 is on hold/);
    expect(text).toContain('You will have our answer by 25 June 2026');
    expect(text).toContain('Your purchase order');
    expect(text).not.toContain('price list');
    expect(text).toContain('500.00');
  });

  it('decided in part: decision, our words, what is credited and what is to be paid by when', async () => {
    const { world, desk } = await started();
    const id = await openedCase(desk, 'north', 'PRICE', { [one]: 12_000 });
    await decidedCase(desk, id, { credited: money(2_000), reason: 'The list of May says 40.00.' });
    await expect(noticeMail(world, 'north', 'T9')).rejects.toThrow('0 notices'); // not before it is in the books
    await lookedAtCase(desk, 'north', id);
    const { text } = await noticeMail(world, 'north', 'T9');
    expect(text).toContain('Your complaint is accepted in part');
    expect(text).toContain('The list of May says 40.00.');
    expect(text).toMatch(/20\.00/);
    expect(text).toMatch(/100\.00.EUR remains due|EUR.100\.00 remains due/);
    expect(text).toContain('23 June 2026');
    expect(text).toContain('480.00');
  });

  it('accepted by itself says so in the customer’s language, with nothing to pay', async () => {
    const { world, desk } = await started('de');
    const id = await openedCase(desk, 'north', 'PRICE', { [one]: 2_000 });
    await lookedAtCase(desk, 'north', id);
    const { text } = await noticeMail(world, 'north', 'T9');
    expect(text).toContain('Ihre Reklamation wird anerkannt');
    expect(text).not.toContain('within the limit');
    expect(text).not.toContain('bleiben');
  });

  it('an inner word about a case is in no mail', async () => {
    const { world, desk } = await started();
    const id = await openedCase(desk, 'north', 'PRICE', { [one]: 12_000 });
    const { stepCase } = await import('../../../functions/disputes/step-case.ts');
    const { callBy } = await import('./desks.ts');
    const { callerOf } = await import('../../support/dispute-world.ts');
    const place = { company: 'acme', case: id };
    const noted = await stepCase(desk, callBy('u:pricing', 'note'), callerOf('u:pricing', 'DSO'), place, {
      ...{ step: 'note', text: 'a difficult customer' },
    });
    expect(noted.ok).toBe(true);
    await decidedCase(desk, id, { reason: 'The order says 50.00.' });
    const { text, html } = await noticeMail(world, 'north', 'T9');
    expect(text).toContain('The order says 50.00.');
    expect(`${text}${html}`).not.toContain('difficult');
  });
});

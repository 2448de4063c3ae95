/**
 * How often a customer is reached within days, over all channels and whoever does it (D8): three in seven days, talks among
 * them; a call that reached nobody counts for nothing.
 */
import { expect, it } from 'vitest';
import { addDays, dayFromText } from '../../shared/domain/calendar.ts';
import { limitOfMail } from '../../shared/domain/contact-limits.ts';
import { countContacts } from '../../shared/domain/contacts-counted.ts';
import type { ContactMade } from '../../shared/domain/dunning-position.ts';
import { defaultDunningRules } from '../../shared/domain/policy-rules.ts';

const today = dayFromText('2026-06-16');
const ago = (days: number, more: Partial<ContactMade>): ContactMade => ({
  ...{ on: addDays(today, -days), by: 'person', channel: 'call' },
  ...more,
});
const mail = { by: 'auto', channel: 'mail', tone: 'courtesy' } as const;
const talk = { isTalk: true } as const;
/** So that the ceiling alone decides. */
const rules = { ...defaultDunningRules, personRestsBusinessDays: 0 };
const calendar = { weekend: [6, 7], holidays: new Set<typeof today>() };
const limit = (...contacts: ContactMade[]) => limitOfMail({ contacts, today, rules, calendar, gapDays: 3 });

it.each<[string, ContactMade[], string | undefined]>([
  ['two mails and a talk', [ago(1, talk), ago(3, mail), ago(6, { channel: 'mail' })], '2026-06-17'],
  ['three talks', [ago(1, talk), ago(2, talk), ago(5, talk)], '2026-06-18'],
  ['two talks', [ago(1, talk), ago(2, talk)], undefined],
  ['three talks, the first a week ago', [ago(1, talk), ago(2, talk), ago(7, talk)], undefined],
  ['three calls that reached nobody', [ago(1, {}), ago(2, {}), ago(5, {})], undefined],
])('%s: it may be the most there is', (_what, contacts, on) => {
  expect(limit(...contacts)).toEqual(on === undefined ? undefined : { reason: 'frequency-cap', on });
  const { ceilings } = countContacts([], { contacts, today, rules });
  const { used, most } = ceilings.find(({ of }) => of === 'withPeople')!;
  expect(used >= most).toBe(on !== undefined);
});

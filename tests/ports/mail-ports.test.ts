/**
 * The twins of the mail ports pass the suites; links are narrow, signed and end.
 */
import { describe, expect, it } from 'vitest';
import { hmacLinks } from '../../shared/azure/hmac-links.ts';
import { memoryInbox } from '../support/memory/inbox-store.ts';
import { memoryPacing } from '../support/memory/mail-pacing.ts';
import { memoryPeople } from '../support/memory/people-store.ts';
import { tenOClock } from '../support/test-edge.ts';
import { inboxStoreSuite } from './inbox-store.suite.ts';
import { mailPacingSuite, paceLimits } from './mail-pacing.suite.ts';
import { peopleStoreSuite } from './people-store.suite.ts';

describe('people in memory', () => {
  const store = memoryPeople();
  peopleStoreSuite(() => store);
});

describe('the inbox in memory', () => {
  const store = memoryInbox();
  inboxStoreSuite(() => store);
});

describe('the pace in memory', () => mailPacingSuite(async () => memoryPacing(paceLimits)));

describe('a signed link', () => {
  const key = (n: number): string => Buffer.alloc(32, n).toString('base64');
  const claim = {
    ...({ companyId: 'acme', accountId: 'north', messageId: 'message:1:mail', purpose: 'pay' } as const),
    expiresAt: tenOClock.add({ hours: 1 }).toString(),
  };

  it('opens what it names, by the key it was signed with and after a change of keys', () => {
    const token = hmacLinks([key(1)]).sign(claim);
    expect(hmacLinks([key(1)]).verify(token, tenOClock)).toEqual({ is: 'valid', claim });
    expect(hmacLinks([key(2), key(1)]).verify(token, tenOClock)).toEqual({ is: 'valid', claim });
    expect(token).toMatch(/^[\w.-]+$/);
  });

  it('is forged under another key, when changed, or when it is no link', () => {
    const links = hmacLinks([key(1)]);
    const token = links.sign(claim);
    const other = hmacLinks([key(3)]).sign({ ...claim, accountId: 'south' });
    const mixed = `${other.split('.')[0]}.${token.split('.')[1]}`;
    for (const one of [other, mixed, '', '.', token + 'x', 'a'.repeat(3_000)])
      expect(links.verify(one, tenOClock)).toEqual({ is: 'forged' });
    expect(hmacLinks([]).verify(token, tenOClock)).toEqual({ is: 'forged' });
  });

  it('ends at its instant', () => {
    const links = hmacLinks([key(1)]);
    expect(links.verify(links.sign(claim), tenOClock.add({ hours: 1 }))).toEqual({ is: 'expired', claim });
  });
});

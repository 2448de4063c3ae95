/**
 * What a fault says of itself in logs and parked work, whatever a client rejects with.
 * From: faults as they come. Next: whoever reads the log at night.
 */
import { ErrorResponse } from '@azure/cosmos';
import { expect, it } from 'vitest';
import { messageOf } from '../../shared/edge/log.ts';

const ofStore = (): ErrorResponse => {
  const fault = new ErrorResponse('Request rate is large');
  fault.code = 429;
  return fault;
};

it.each<[string, unknown, string]>([
  ['an error', new RangeError('too far'), 'RangeError: too far'],
  ['a rejection of the store', { code: 429, body: { code: '429', message: 'slow down' } }, '429: slow down'],
  ['one with a message of its own', { name: 'RestError', code: 'X', message: 'gone' }, 'RestError X: gone'],
  ['an object that says nothing', { requestId: 'secret', at: 1 }, 'Object: with at, requestId'],
  ['an object without a kind', Object.create(null), 'Object: with '],
  ['a word', 'no', 'no'],
  ['nothing', undefined, 'undefined'],
])('%s', (_what, fault, said) => {
  expect(messageOf(fault)).toBe(said);
});

it("the store's own error says its message", () => {
  expect(messageOf(ofStore())).toContain('Request rate is large');
  expect(messageOf(ofStore())).not.toContain('[object Object]');
});

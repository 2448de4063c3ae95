/**
 * Which rejections nobody handles are those of links: the host goes on; all others end it.
 * From: reasons as the client rejects with. Next: `hearLinks`.
 */
import { expect, it } from 'vitest';
import { conditionOf } from '../../../local/functions-host/service-bus/unheard.ts';

it.each([
  [{ condition: 'amqp:link:detach-forced', description: 'idle' }, 'amqp:link:detach-forced'],
  [{ condition: 'com.microsoft:session-lock-lost' }, 'com.microsoft:session-lock-lost'],
  [{ condition: 'good' }, undefined],
  [{ condition: 7 }, undefined],
  [new Error('amqp:link:detach-forced'), undefined],
  ['amqp:link:detach-forced', undefined],
  [undefined, undefined],
  [null, undefined],
])('%o is of a link: %s', (reason, condition) => {
  expect(conditionOf(reason)).toBe(condition);
});

/**
 * HTTP streaming is refused. In a file of its own: once switched on it stays on in the library.
 */
import { app } from '@azure/functions';
import { expect, it } from 'vitest';
import { hostOf } from './support.ts';

it('enableHttpStream fails the start-up with one clear line', async () => {
  const started = hostOf(() => {
    app.setup({ enableHttpStream: true });
    app.get('one', () => ({}));
  });
  await expect(started).rejects.toThrow('work: enableHttpStream is not supported by the local host');
});

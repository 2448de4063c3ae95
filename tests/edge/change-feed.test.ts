/**
 * The change-feed wrapper: a batch is held until it is done, and one bad document never stops the rest.
 */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { mostAttempts } from '../../shared/domain/attempts.ts';
import {
  changesFunction,
  onChanges,
  workDocumentAgain,
  type ChangesHandler,
} from '../../shared/edge/change-feed.ts';
import { forgetFunctions } from '../../shared/edge/edge.ts';
import { everything, testContext, testEdge } from '../support/test-edge.ts';

type Seen = { id: string };

const handlerThat = (run: ChangesHandler<Seen>['run']): ChangesHandler<Seen> => ({
  name: 'test',
  container: 'parked',
  action: 'sys.parked.count',
  concerns: ({ kind }) => kind === 'work',
  schema: z.object({ id: z.string(), amountMinor: z.int() }),
  run,
});

const work = (id: string, more: object = {}) => ({
  id,
  kind: 'work',
  companyId: 'acme',
  _etag: '"1"',
  amountMinor: 1,
  ...more,
});

const after = (retryCount: number) => ({
  retryContext: { retryCount, maxRetryCount: -1 },
});

describe('a change-feed handler', () => {
  it('sees the documents that concern it, in order, as one batch', async () => {
    const seen: string[][] = [];
    const run: ChangesHandler<Seen>['run'] = async (documents) =>
      void seen.push(documents.map(({ id }) => id));
    const call = changesFunction(testEdge(), handlerThat(run), everything);
    await call([work('a'), { ...work('s'), kind: 'summary' }, work('b')], testContext().context);
    expect(seen).toEqual([['a', 'b']]);
  });

  it('is not called when nothing concerns it', async () => {
    const run = () => Promise.reject(new Error('called'));
    await changesFunction(
      testEdge(),
      handlerThat(run),
      everything,
    )([{ kind: 'summary' }], testContext().context);
  });

  it('never sees a document of another shape: it is parked, and the rest goes on', async () => {
    const edge = testEdge();
    const seen: string[] = [];
    const run: ChangesHandler<Seen>['run'] = async (documents) =>
      void seen.push(...documents.map(({ id }) => id));
    const call = changesFunction(edge, handlerThat(run), everything);
    await call([work('a', { amountMinor: 'ten' }), work('b')], testContext().context);
    expect(seen).toEqual(['b']);
    expect([...edge.parked.work.values()]).toMatchObject([
      { code: 'message-not-readable', companyId: 'acme', source: 'parked (test)', workId: 'a "1"' },
    ]);
  });

  it('that fails throws, so that the whole batch comes again', async () => {
    const run = () => Promise.reject(new Error('the store is away'));
    const call = changesFunction(testEdge(), handlerThat(run), everything);
    await expect(call([work('a')], testContext(after(mostAttempts - 1)).context)).rejects.toThrow('away');
  });

  it('that keeps failing on one document has that one parked and does the others', async () => {
    const edge = testEdge();
    const seen: string[] = [];
    const run: ChangesHandler<Seen>['run'] = async (documents) => {
      if (documents.some(({ id }) => id === 'bad')) throw new Error('cannot');
      seen.push(...documents.map(({ id }) => id));
    };
    const call = changesFunction(edge, handlerThat(run), everything);
    await call([work('a'), work('bad'), work('b')], testContext(after(mostAttempts)).context);
    expect(seen).toEqual(['a', 'b']);
    expect([...edge.parked.work.values()]).toMatchObject([{ code: 'kept-failing', workId: 'bad "1"' }]);
  });
});

describe('a document that was given up on', () => {
  const registered = (run: ChangesHandler<Seen>['run'], app: string) => {
    const edge = { ...testEdge(), app };
    onChanges(edge, handlerThat(run));
    return edge;
  };

  it('is worked again alone, by the handler it was parked under', async () => {
    const seen: string[] = [];
    const edge = registered(async (documents) => void seen.push(...documents.map(({ id }) => id)), 'again');
    await workDocumentAgain(edge.app, 'parked (test)', work('a'));
    expect(seen).toEqual(['a']);
    forgetFunctions(edge.app);
  });

  it('throws to whoever asked when it fails again or cannot be read, and parks nothing anew', async () => {
    const edge = registered(() => Promise.reject(new Error('still away')), 'failing');
    await expect(workDocumentAgain(edge.app, 'parked (test)', work('a'))).rejects.toThrow('still away');
    const unreadable = work('a', { amountMinor: 'ten' });
    await expect(workDocumentAgain(edge.app, 'parked (test)', unreadable)).rejects.toThrow('amountMinor');
    expect(edge.parked.work.size).toBe(0);
    forgetFunctions(edge.app);
  });

  it('that nothing follows any more is said to be so', async () => {
    await expect(workDocumentAgain('nobody', 'parked (test)', work('a'))).rejects.toThrow(
      'nothing here follows',
    );
  });
});

/**
 * An app that was registered from a list: what its functions answer before and while their code is read.
 * From: the list as the build makes it. Next: `functions/listed-app.ts` and the surfaces of the pieces.
 */
import { InvocationContext, type FunctionHandler } from '@azure/functions';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { registerListed, type FunctionList, type ListedFunction } from '../../functions/listed-app.ts';
import { functionList } from '../../scripts/build/function-list.ts';
import { forgetFunctions, registeredHandlers } from '../../shared/edge/edge.ts';
import { appSettings } from '../support/app-settings.ts';
import { tenOClock } from '../support/test-edge.ts';

let list: FunctionList = {};
beforeAll(async () => {
  list = await functionList();
}, 60_000);
afterEach(() => forgetFunctions('portal'));

/** The portal, told to the platform from `listed`; turns come when the test gives them. */
const started = (listed: readonly ListedFunction[] = list['portal']!) => {
  const given = new Map<string, FunctionHandler>();
  let goOn: (() => void) | undefined;
  registerListed(
    {
      ...{ settings: appSettings('portal'), now: () => tenOClock, list: { portal: listed } },
      nextTurn: () => new Promise((resolve) => void (goOn = resolve)),
    },
    ({ name }, handler) => void given.set(name, handler),
  );
  const call = async (name: string): Promise<unknown> =>
    given.get(name)!(bare, new InvocationContext({ functionName: name, logHandler: () => undefined }));
  /** Lets it go on until it waits for the next turn, or is done. */
  const turn = async (): Promise<void> => {
    const before = goOn;
    before?.();
    for (let n = 0; n < 50 && goOn === before; n += 1)
      await new Promise((resolve) => setTimeout(resolve, 20));
  };
  return { given, call, turn };
};

const bare = { method: 'GET', url: 'http://x/api', headers: new Headers(), params: {}, query: new Map() };
const names = (): string[] => registeredHandlers('portal').map(({ name }) => name);
const namesListed = (of: (listed: ListedFunction) => boolean = () => true): string[] =>
  list['portal']!.filter(of).map(({ name }) => name);

describe('an app registered from the list', () => {
  it('gives the platform every function before it reads any', () => {
    const { given } = started();
    expect([...given.keys()]).toEqual(namesListed());
    expect(names()).toEqual([]);
  });

  it('reads surface by surface, each in a turn of its own, until all is read', async () => {
    const { turn } = started();
    await turn(); // what all surfaces share
    expect(names()).toEqual([]);
    const surfaces = [...new Set(list['portal']!.map(({ surface }) => surface))];
    for (const [n, surface] of surfaces.entries()) {
      await turn();
      const read = surfaces.slice(0, n + 1);
      expect([surface, names()]).toEqual([surface, namesListed((one) => read.includes(one.surface))]);
    }
  });

  it('answers a call by the surface it is for, without reading the others', async () => {
    const { call } = started();
    expect(await call('read-link')).toMatchObject({ status: 401 });
    const surface = list['portal']!.find(({ name }) => name === 'read-link')!.surface;
    expect(names()).toEqual(namesListed((one) => one.surface === surface));
  });

  it('reads everything for a function that speaks of all', async () => {
    const { call } = started();
    await call('unknown-route');
    expect(names().toSorted()).toEqual(namesListed().toSorted());
  });

  it('registers a surface once, however many calls come at once', async () => {
    const { call } = started();
    const answers = await Promise.all([call('read-link'), call('read-link'), call('unknown-route')]);
    expect(answers).toHaveLength(3);
    expect(new Set(names()).size).toBe(names().length);
  });
});

describe('a list that does not fit', () => {
  it('fails the calls of a function no piece has, and names it', async () => {
    const { call } = started([{ ...list['portal']![0]!, name: 'gone' }]);
    await expect(call('gone')).rejects.toThrow('has no function gone');
  });

  it('fails the calls of a surface no piece has, and names it', async () => {
    const { call } = started([{ ...list['portal']![0]!, surface: 'absent.work' }]);
    await expect(call(list['portal']![0]!.name)).rejects.toThrow('absent.work');
  });
});

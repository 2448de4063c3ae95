/**
 * The checks of months that are set back are checked (D17): each is seen to notice what it is there for.
 */
import { expect, it } from 'vitest';
import { isStoppedBy } from '../../../shared/contracts/dunning-settings.ts';
import { everything } from '../../support/test-edge.ts';
import { restoreMonth, type RestoreOptions } from './restored-month.ts';
import { Broken } from './run-month.ts';
import { companyId } from './world.ts';

const seeds = [3, 8, 9, 1];

/** What the first month that breaks so says; where none does, what the last one says. */
const firstBreak = async (broken: Omit<RestoreOptions, 'seed'>, seen: RegExp): Promise<string> => {
  let last = 'nothing was noticed';
  for (const seed of seeds) {
    const fault = await restoreMonth({ ...broken, seed }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (fault !== undefined && !(fault instanceof Broken)) throw fault as Error;
    last = fault?.message ?? last;
    if (fault !== undefined && seen.test(last)) return last;
  }
  return last;
};

it.each<[string, RegExp, Omit<RestoreOptions, 'seed'>]>([
  ['nobody says that it was set back', /D1 /, { isUntold: true }],
  [
    'the archive of mails is set back, too',
    /D1 /,
    {
      sabotage: ({ mail }) => {
        const { documents } = mail;
        mail.documents = {
          ...documents,
          list: async (scope, path) =>
            path.name.startsWith('handed-over/') ? [] : documents.list(scope, path),
        };
      },
    },
  ],
  [
    'nobody waits until all was found',
    /D17 .* leaves unasked/,
    {
      sabotage: ({ mail, dunning }, { plain }) => {
        const place = { scope: `company:${companyId}`, name: 'dunning-stop' };
        for (const one of [mail, dunning]) {
          const { frameOf } = one;
          one.frameOf = async (...asked) => {
            const frame = await frameOf(...asked);
            const isStopped = isStoppedBy((await plain.settings.read(everything, place))?.value);
            if (frame === undefined || isStopped) return frame;
            return { ...frame, blocks: frame.blocks.filter((block) => block !== 'stop-all') };
          };
        }
      },
    },
  ],
])(
  '%s: it is seen',
  async (_what, seen, broken) => expect(await firstBreak(broken, seen)).toMatch(seen),
  300_000,
);

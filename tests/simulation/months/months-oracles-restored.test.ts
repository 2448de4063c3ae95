/**
 * The checks of months that are set back are checked (D17): each is seen to notice what it is there for.
 */
import { expect, it } from 'vitest';
import { isStoppedBy } from '../../../shared/contracts/dunning-settings.ts';
import { everything } from '../../support/test-edge.ts';
import { restoreMonth, type RestoreOptions } from './restored-month.ts';
import { Broken } from './run-month.ts';
import { companyId } from './world.ts';

const seeds = [1, 3, 4, 5];

const firstBreak = async (broken: Omit<RestoreOptions, 'seed'>): Promise<string> => {
  for (const seed of seeds) {
    const fault = await restoreMonth({ ...broken, seed }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (fault instanceof Broken) return fault.message;
    if (fault !== undefined) throw fault as Error;
  }
  return 'nothing was noticed';
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
])('%s: it is seen', async (_what, seen, broken) => expect(await firstBreak(broken)).toMatch(seen), 300_000);

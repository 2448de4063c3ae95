/**
 * The checks of what is shown and of what is somebody's work are checked: each is seen to notice what it is there for (M13, D10).
 */
import { expect, it } from 'vitest';
import type { TailStep } from '../../../shared/domain/report-months.ts';
import { factsAs, firstBreak, type Sabotage } from './sabotage.ts';

it.each<[string, RegExp, Sabotage]>([
  [
    'a report says that it is kept, and is not',
    /M13 shard 05 shows /,
    ({ reporting }) => {
      const { reports } = reporting;
      reporting.reports = {
        ...reports,
        apply: async (scope, loaded, change) =>
          loaded.place.shard === '05' ? 'saved' : reports.apply(scope, loaded, change),
      };
    },
  ],
  [
    'an event that comes again counts again',
    /M13 shard \d\d shows /,
    ({ reporting }) => {
      const { reports } = reporting;
      reporting.reports = { ...reports, contributions: async () => new Map() };
    },
  ],
  [
    'an account is shown with half of what it owes',
    /M13 zqk\d\dz: reports do not show /,
    ({ reporting }) => {
      const { reports } = reporting;
      reporting.reports = {
        ...reports,
        apply: (scope, loaded, change) =>
          reports.apply(scope, loaded, {
            ...change,
            contributions: change.contributions.map((one) => ({ ...one, cells: {} })),
          }),
      };
    },
  ],
  ...(['promised EUR', 'disputed EUR', 'withheld '] as const).map((name): [string, RegExp, Sabotage] => [
    `of what counts as ${name} nothing is shown`,
    new RegExp(`M13 tile ${name}.* shows 0, not `),
    ({ reporting }) => {
      const { reports } = reporting;
      const without = (step: TailStep): TailStep => ({
        ...step,
        figures: Object.fromEntries(
          Object.entries(step.figures ?? {}).map(([on, some]) => [
            on,
            Object.fromEntries(Object.entries(some).filter(([what]) => !what.startsWith(name))),
          ]),
        ),
      });
      reporting.reports = {
        ...reports,
        apply: (scope, loaded, change) =>
          reports.apply(scope, loaded, {
            ...change,
            ...(change.tail && { tail: { ...change.tail, steps: change.tail.steps.map(without) } }),
          }),
      };
    },
  ]),
  [
    'nobody is asked to find whom to write to',
    /D10 nobody looks for a contact of /,
    ({ mail }) => {
      mail.accounts = factsAs(mail.accounts, (fact) =>
        fact.kind === 'taskCreated' && fact.task.act === 'findContact' ? [] : [fact],
      );
    },
  ],
])(
  '%s: it is seen',
  async (_what, seen, sabotage) => expect(await firstBreak(sabotage, seen)).toMatch(seen),
  300_000,
);

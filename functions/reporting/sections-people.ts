/**
 * Who reaches what: companies, teams, colleagues stood in for, accounts lent and until when. Ids and rights, no business data.
 * From: what is kept of people, read for the system. Next: the review of access each quarter.
 */
import { reach, reachPlace } from '../../shared/contracts/reach.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import { count, mostRows, text, type ReadSection } from './section-cells.ts';

const prefix = 'person:';
const readAtOnce = 8;

/** People of this company, and those who reach none any more. */
export const peopleSections: ReadSection = async ({ settings }, { system, now, company: { companyId } }) => {
  const listed = (await settings.list(system, 'deployment', prefix)).slice(0, mostRows);
  const ids = listed.map(({ name }) => name.slice(prefix.length));
  const people: { id: string; reach: ReturnType<typeof reach.parse> }[] = [];
  for (let at = 0; at < ids.length; at += readAtOnce)
    people.push(
      ...(await Promise.all(
        ids.slice(at, at + readAtOnce).map(async (id) => {
          const kept = await settings.read(system, reachPlace(id));
          return kept === undefined ? [] : [{ id, reach: reach.parse(kept.value) }];
        }),
      ).then((some) => some.flat())),
    );
  const own = people.filter(
    ({ reach: { companyIds, grants } }) =>
      companyIds.includes(companyId) || grants.some((grant) => grant.companyId === companyId),
  );
  const at = textOfInstant(now);
  return [
    {
      title: 'People',
      columns: ['person', 'ended', 'companies', 'teams', 'stands in for', 'grants open'],
      rows: own.map(({ id, reach: { isDisabled, companyIds, teams, covers, grants } }) => [
        ...[text(id), text(isDisabled ? 'yes' : ''), count(companyIds.length), text(teams.join(', '))],
        text(
          covers
            .filter(({ untilAt }) => untilAt > at)
            .map(({ collectorId }) => collectorId)
            .join(', '),
        ),
        count(grants.filter((one) => one.companyId === companyId && one.untilAt > at).length),
      ]),
    },
    {
      title: 'Grants',
      columns: ['person', 'items', 'from', 'until', 'state'],
      rows: own.flatMap(({ id, reach: { grants } }) =>
        grants
          .filter((one) => one.companyId === companyId)
          .map(({ itemIds, fromAt, untilAt }) => [
            ...[
              text(id),
              text(itemIds === 'all' ? 'all' : String(itemIds.length)),
              text(fromAt),
              text(untilAt),
            ],
            text(untilAt <= at ? 'ended' : fromAt > at ? 'not begun' : 'open'),
          ]),
      ),
    },
  ];
};

/**
 * Who reaches what: companies, teams, colleagues stood in for, accounts lent and until when. Ids and rights, no business data.
 * From: what is kept of people, read for the system. Next: the review of access each quarter.
 */
import { reach, reachPlace } from '../../shared/contracts/reach.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import { count, text, type ReadSection } from './section-cells.ts';
import { rowList } from './section-rows.ts';

const prefix = 'person:';
const readAtOnce = 8;

/** People of this company, and those who reach none any more. */
export const peopleSections: ReadSection = async ({ settings }, { system, now, company: { companyId } }) => {
  const ids = (await settings.list(system, 'deployment', prefix)).map(({ name }) =>
    name.slice(prefix.length),
  );
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
  const peopleRows = rowList({
    ...{ title: 'People', wholeAt: 'api/people' },
    columns: ['person', 'ended', 'companies', 'teams', 'stands in for', 'grants open'],
  });
  const grantRows = rowList({
    ...{ title: 'Grants', columns: ['person', 'items', 'from', 'until', 'state'], wholeAt: 'api/people' },
  });
  for (const {
    id,
    reach: { isDisabled, companyIds, teams, covers, grants },
  } of own) {
    const lent = grants.filter((one) => one.companyId === companyId);
    const stoodIn = covers.filter(({ untilAt }) => untilAt > at).map(({ collectorId }) => collectorId);
    peopleRows.add([
      ...[text(id), text(isDisabled ? 'yes' : ''), count(companyIds.length), text(teams.join(', '))],
      ...[text(stoodIn.join(', ')), count(lent.filter(({ untilAt }) => untilAt > at).length)],
    ]);
    for (const { itemIds, fromAt, untilAt } of lent)
      grantRows.add([
        ...[text(id), text(itemIds === 'all' ? 'all' : String(itemIds.length)), text(fromAt), text(untilAt)],
        text(untilAt <= at ? 'ended' : fromAt > at ? 'not begun' : 'open'),
      ]);
  }
  return [peopleRows.section(), grantRows.section()];
};

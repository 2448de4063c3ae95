/**
 * What facts of dunning make of the items they name: stages carried or taken back, parts held.
 * From: `evolve-item.ts`. Next: the changed items, whole; amounts are never touched.
 */
import type { AccountItem } from './account.ts';
import type { Day } from './calendar.ts';
import type { Carried, DunningItemFact } from './dunning-facts.ts';
import type { HeldPart, Reminded } from './dunning-position.ts';
import { zero } from './money.ts';

/** The items a fact of dunning changes, as they are after it. */
export const dunnedAfter = (itemOf: (id: string) => AccountItem, fact: DunningItemFact): AccountItem[] => {
  switch (fact.kind) {
    case 'itemsCarried':
      return fact.items.map((one) => carried(itemOf(one.itemId), one, fact));
    case 'carryingUndone':
      return fact.itemIds.map((id) => uncarried(itemOf(id), fact.by));
    case 'partHeld': {
      const item = itemOf(fact.itemId);
      const others = (item.heldParts ?? []).filter(({ id }) => id !== fact.part.id);
      const held = withContest({ ...item, heldParts: [...others, fact.part] }, fact.part, fact.on);
      const isPromise = fact.part.code === 'promised' && others.length === (item.heldParts ?? []).length;
      return [isPromise ? { ...held, promisedTimes: (item.promisedTimes ?? 0) + 1 } : held];
    }
    case 'partFreed': {
      const { heldParts = [], ...item } = itemOf(fact.itemId);
      const left = heldParts.filter(({ id }) => id !== fact.partId);
      const freed = heldParts.find(({ id }) => id === fact.partId);
      const rest: AccountItem = left.length === 0 ? item : { ...item, heldParts: left };
      return [freed === undefined ? rest : withContest(rest, { ...freed, amount: zero }, fact.on)];
    }
  }
};

/** A case's part from a day on, so that any past day can be told; a promise's leaves no trace. */
const withContest = (item: AccountItem, { id, code, amount, untilOn }: HeldPart, on: Day): AccountItem => {
  if (code !== 'disputed') return item;
  const now = { on, id, amount, ...(untilOn === undefined || amount === 0 ? {} : { untilOn }) };
  return { ...item, contests: [...(item.contests ?? []), now] };
};

const carried = (
  item: AccountItem,
  { stage, courtesyDay }: Carried,
  { by, policyId, tone, on }: Extract<DunningItemFact, { kind: 'itemsCarried' }>,
): AccountItem => {
  const { reminded } = item;
  if (courtesyDay !== undefined) {
    const courtesies = [...new Set([...(reminded?.courtesies ?? []), courtesyDay])];
    return { ...item, reminded: { ...(reminded ?? { policyId }), courtesies } };
  }
  const { courtesies, before: _older, ...last } = reminded ?? {};
  const before = {
    ...{ stage: item.stage, ...last },
    ...(item.carriedBy === undefined ? {} : { carriedBy: item.carriedBy }),
  };
  const now: Reminded = { policyId, on, before, ...(tone === undefined ? {} : { tone }) };
  return { ...item, stage, carriedBy: by, reminded: courtesies === undefined ? now : { ...now, courtesies } };
};

/** What another message has carried since stays. */
const uncarried = (item: AccountItem, by: string): AccountItem => {
  const { reminded, carriedBy, ...rest } = item;
  if (carriedBy !== by || reminded?.before === undefined) return item;
  const { stage, carriedBy: earlier, ...last } = reminded.before;
  const policyId = last.policyId ?? reminded.policyId;
  const courtesies = reminded.courtesies === undefined ? {} : { courtesies: reminded.courtesies };
  return {
    ...{ ...rest, stage, reminded: { ...last, policyId, ...courtesies } },
    ...(earlier === undefined ? {} : { carriedBy: earlier }),
  };
};

export const isOnItems = (fact: { kind: string }): fact is DunningItemFact =>
  ['itemsCarried', 'carryingUndone', 'partHeld', 'partFreed'].includes(fact.kind);

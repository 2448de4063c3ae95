/**
 * The goal of a team: what the customers of each collector owe beside the target set for them.
 * From: sums kept by collector, setting `ceilings`. Next: the week of the team. In the currency of the company, other
 * currencies at the rate of the day: for comparing alone.
 */
import { ceilingsFrom, ceilingsPlace } from '../../shared/contracts/team-settings.ts';
import { addDays, dayAt } from '../../shared/domain/calendar.ts';
import { mostDaysOfRate } from '../../shared/domain/exchange.ts';
import { owedIn } from '../../shared/domain/owed-by-collector.ts';
import { worthIn } from '../../shared/domain/worth.ts';
import { owedByCollector } from './read-groups.ts';
import { money, text, type ReadSection } from './section-cells.ts';

export const goalSections: ReadSection = async (parts, { scope, now, company }) => {
  const { companyId, currency, zone } = company;
  const today = dayAt(now, zone);
  const kept = await parts.settings.read(scope, ceilingsPlace(companyId));
  const { ceilings } = ceilingsFrom(kept?.value);
  const days = { fromOn: addDays(today, -mostDaysOfRate), toOn: today };
  const rates = await parts.references.newest(scope, companyId, 'exchangeRate', days);
  const groups = await owedByCollector(parts.reports)(companyId, today);
  const owed = owedIn(groups, today, worthIn(currency, today, rates));
  const goals = new Map(ceilings.map(({ collector, amount }) => [collector, amount]));
  const rows = [...new Set([...goals.keys(), ...owed.keys()])].toSorted().map((collector) => {
    const { open = 0, overdue = 0 } = owed.get(collector) ?? {};
    const goal = goals.get(collector);
    const above = goal === undefined ? text('no goal set') : money(Math.max(0, open - goal), currency);
    const set = goal === undefined ? text('') : money(goal, currency);
    return [text(collector), set, money(open, currency), money(overdue, currency), above];
  });
  return [
    { title: `Goal, ${currency}`, columns: ['collector', 'goal', 'open', 'overdue', 'above it'], rows },
  ];
};

/**
 * Tracks fall on their days, caught up where one was missed; the insurer's dates (R161); the statement's day.
 * From: data. Next: tasks and messages.
 */
import { expect, it } from 'vitest';
import {
  defaultTracks,
  insuranceDates,
  statementDayOf,
  trackStepsDue,
  type Track,
} from '../../shared/domain/policy-tracks.ts';
import { day } from '../support/account-examples.ts';
import { week } from '../support/dunning-examples.ts';

const track = (id: string): Track => defaultTracks.find((one) => one.id === id)!;
const due = (id: string, startedOn: string, today: string, done: string[] = []) =>
  trackStepsDue(track(id), { startedOn: day(startedOn), today: day(today), done }, week).map(
    ({ name }) => name,
  );

it.each<[string, string, string, string[], string[]]>([
  ['saysPaid', '2026-06-16', '2026-06-18', ['hold'], []],
  ['saysPaid', '2026-06-16', '2026-06-19', ['hold'], ['trace']],
  ['saysPaid', '2026-06-16', '2026-06-23', ['hold', 'trace'], ['call']],
  ['brokenPromise', '2026-06-19', '2026-06-21', [], []],
  ['brokenPromise', '2026-06-19', '2026-06-22', [], ['call']],
  ['debitReturnedNoFunds', '2026-06-16', '2026-06-16', [], ['returned', 'call']],
  ['debitReturnedNoFunds', '2026-06-16', '2026-06-23', ['returned', 'call'], ['again', 'join']],
  ['debitAnnounced', '2026-06-30', '2026-06-16', [], ['announce']],
  ['deductionInvalid', '2026-06-01', '2026-06-20', ['refused+0'], ['refused+14']],
])('%s begun %s, on %s', (id, startedOn, today, done, expected) => {
  expect(due(id, startedOn, today, done)).toEqual(expected);
});

it('an insured item has its report 60 days after it was due, placement 30 later, the final notice 15 before', () => {
  expect(insuranceDates(day('2026-01-01'))).toEqual({
    ...{ reportBy: '2026-03-02', placeBy: '2026-04-01', finalBy: '2026-02-15' },
    tasksOn: ['2026-02-10', '2026-02-25', '2026-03-12', '2026-03-27'],
  });
});

it('statements go out on the third business day of the month', () => {
  expect(statementDayOf(day('2026-08-20'), week)).toBe('2026-08-05');
  expect(statementDayOf(day('2026-06-20'), week)).toBe('2026-06-03');
});

/**
 * The card before a call speaks the customer's language, the same words of the same version to every collector (R28).
 * From: an account of the worklist's world. Next: what is said on the phone.
 */
import { expect, it } from 'vitest';
import { showCard } from '../../../functions/collections/show-card.ts';
import { cardAnswer } from '../../../shared/contracts/calls.ts';
import type { MasterData } from '../../../shared/domain/master-data.ts';
import {
  all,
  keyOf,
  noonOf,
  ofCollector,
  today,
  worklistWorld,
  type WorklistWorld,
} from './worklist-world.ts';

const key = keyOf('north');
const cardOf = async (world: WorklistWorld, scope = all) => {
  const answer = await showCard(
    world.parts,
    { company: 'acme', account: 'north' },
    { scope, now: noonOf(today) },
  );
  if (!answer.ok) throw new Error(answer.code);
  return cardAnswer.parse(answer.value);
};
const worldWith = async (masterData: MasterData): Promise<WorklistWorld> => {
  const world = await worklistWorld();
  await world.owe(key, 40, 50_000);
  await world.say(key, [{ kind: 'accountAssigned', to: 'ann', on: today }], masterData);
  return world;
};
const contact = { name: 'Pat', email: 'ap@north.example', role: 'AP' };

it.each<[string, MasterData, string]>([
  ['as its contact is recorded', { country: 'DE', contacts: [{ ...contact, language: 'fr' }] }, 'fr'],
  ['as the account is recorded', { country: 'DE', language: 'he-IL' }, 'he'],
  ['of its country', { country: 'AT' }, 'de'],
  ['nobody recorded: English', { country: 'US' }, 'en'],
  ['we do not write: English', { country: 'DE', language: 'fi' }, 'en'],
])('the script is in the language %s', async (_what, masterData, language) => {
  const { script } = await cardOf(await worldWith(masterData));
  expect(script).toMatchObject({ code: 'C2', version: 1, language });
});

it('two collectors, and a manager, read the same script of the same version', async () => {
  const world = await worldWith({ country: 'DE', name: 'Nord', contacts: [contact] });
  const { script } = await cardOf(world);
  expect(script.steps.join(' ')).toContain('Nord');
  expect(script.goal).toBe('Betrag und Datum vereinbaren.');
  expect((await cardOf(world, ofCollector('ann'))).script).toEqual(script);
});

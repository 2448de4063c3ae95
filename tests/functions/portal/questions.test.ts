/**
 * Questions of customers: asked, answered by staff once, read by the customer without a name of the house.
 */
import { expect, it } from 'vitest';
import type { BesideCall } from '../../../functions/portal/change-beside.ts';
import { answerQuestion, listOwnQuestions, listQuestions } from '../../../functions/portal/questions.ts';
import { ask } from '../../../functions/portal/tell-us.ts';
import { invoice } from '../../support/cash-world.ts';
import { key, portalWorld } from './portal-world.ts';

const start = async () => {
  const world = await portalWorld();
  await world.cash.post('a1', invoice('1', 100_00));
  const asked = async (text: string, requestId: string) => {
    const kept = await ask(world.stores, { ...world.call(), callerId: 'contact:1', requestId }, key, {
      text,
    });
    return kept.ok ? kept.value.id : '';
  };
  const by = (id: string): BesideCall => ({
    ...{ ...world.call(), requestId: `r-${id}`, actor: { kind: 'staff', id } },
  });
  const tasks = async () => ((await world.cash.account('a1')).head.dunning.tasks ?? []).map(({ act }) => act);
  return { ...world, asked, by, tasks };
};

it('an answer ends the task and is read by the customer, who hears no name of the house', async () => {
  const { stores, call, asked, by, tasks } = await start();
  const question = await asked('When was it delivered?', 'q1');
  expect(await tasks()).toEqual(['answer-question']);
  const open = await listOwnQuestions(stores, call(), key);
  expect(open).toMatchObject({ value: { questions: [{ text: 'When was it delivered?', answer: null }] } });
  await answerQuestion(stores, by('u:ann'), key, { question, text: 'On 3 March.' });
  const read = await listOwnQuestions(stores, call(), key);
  expect(read).toMatchObject({ value: { questions: [{ answer: { text: 'On 3 March.' } }] } });
  expect(JSON.stringify(read)).not.toMatch(/u:ann|contact:1/);
  expect(await listQuestions(stores, call(), key)).toMatchObject({
    value: { questions: [{ by: 'contact:1', answer: { by: 'u:ann' } }] },
  });
  expect(await tasks()).toEqual([]);
});

it('is answered once: the same again is the same, another is refused, an unknown one is not there', async () => {
  const { stores, asked, by } = await start();
  const question = await asked('Why?', 'q1');
  const first = await answerQuestion(stores, by('u:ann'), key, { question, text: 'So.' });
  expect(await answerQuestion(stores, by('u:ann'), key, { question, text: 'So.' })).toEqual(first);
  const second = await answerQuestion(stores, by('u:bob'), key, { question, text: 'No.' });
  expect(second).toMatchObject({ code: 'question-answered' });
  expect(await answerQuestion(stores, by('u:bob'), key, { question: 'never', text: 'No.' })).toMatchObject({
    code: 'not-found',
  });
});

it('asked twice by one call is one question; of many the latest twenty are kept', async () => {
  const { stores, call, clock, asked } = await start();
  await asked('first', 'q1');
  await asked('first', 'q1');
  const texts = async () => {
    const read = await listOwnQuestions(stores, call(), key);
    return read.ok ? read.value.questions.map(({ text }) => text) : [];
  };
  expect(await texts()).toEqual(['first']);
  for (let n = 2; n <= 25; n += 1) {
    if (n === 15) clock.now = clock.now.add({ hours: 24 });
    await asked(`question ${n}`, `q${n}`);
  }
  const kept = await texts();
  expect([kept.length, kept[0], kept.at(-1)]).toEqual([20, 'question 25', 'question 6']);
});

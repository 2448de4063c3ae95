/** Topics: each subscription gets its own copy of what its filter lets through. */
import type { ServiceBusMessage } from '@azure/service-bus';
import { describe, expect, it } from 'vitest';
import { bodies, glance, take, takeOne, useBus } from './under-test.ts';

const held = useBus();
const publish = (...messages: ServiceBusMessage[]) =>
  held.client.createSender('events').sendMessages(messages);
const subscription = (name: string) => held.client.createReceiver('events', name);

it('every subscription gets its own copy, settled on its own', async () => {
  await publish({ body: 'x', subject: 'invoice', applicationProperties: { amount: 2_000 } });
  const all = subscription('all');
  await all.completeMessage(await takeOne(all));
  expect(bodies(await glance(subscription('large')))).toEqual(['x']);
  expect(await glance(all)).toEqual([]);
});

it('a copy knows its number in the topic', async () => {
  await publish({ body: 1 }, { body: 2 });
  const [first, second] = await take(subscription('all'), 2);
  const numbers = [first!, second!].map((one) => one.enqueuedSequenceNumber);
  expect(numbers[1]! - numbers[0]!).toBe(1);
});

it('a subscription has a dead-letter queue of its own', async () => {
  await publish({ body: 'x' });
  const all = subscription('all');
  await all.deadLetterMessage(await takeOne(all), { deadLetterReason: 'r', deadLetterErrorDescription: 'd' });
  const dead = held.client.createReceiver('events', 'all', { subQueueType: 'deadLetter' });
  expect(await takeOne(dead)).toMatchObject({ body: 'x', deadLetterReason: 'r' });
});

it('a topic drops duplicates before it copies', async () => {
  await publish({ body: 1, messageId: 'same' });
  await publish({ body: 2, messageId: 'same' });
  expect(bodies(await glance(subscription('all')))).toEqual([1]);
});

it('a subscription with sessions takes messages by session; without an id they are dead letters', async () => {
  await publish({ body: 'in', sessionId: 'a' }, { body: 'out' });
  const session = await held.client.acceptNextSession('events', 'ordered');
  expect(bodies(await glance(session))).toEqual(['in']);
  const dead = held.client.createReceiver('events', 'ordered', { subQueueType: 'deadLetter' });
  expect(bodies(await glance(dead))).toEqual(['out']);
});

describe('a SQL filter lets through what is true, not what is unknown', () => {
  it.each([
    ['large enough and an invoice', { subject: 'invoice', applicationProperties: { amount: 1_001 } }, true],
    ['not large enough', { subject: 'invoice', applicationProperties: { amount: 1_000 } }, false],
    ['of another subject', { subject: 'credit', applicationProperties: { amount: 5_000 } }, false],
    ['without the amount', { subject: 'invoice' }, false],
    ['with an amount that is text', { subject: 'invoice', applicationProperties: { amount: '5000' } }, false],
  ])('%s', async (_name, message, passes) => {
    await publish({ body: 'x', ...message });
    expect(await glance(subscription('large'))).toHaveLength(passes ? 1 : 0);
  });
});

describe('IN, NOT EXISTS and LIKE', () => {
  it.each([
    ['all three hold', { to: 'bookkeeping', applicationProperties: { country: 'AT' } }, true],
    ['not in the list', { to: 'bookkeeping', applicationProperties: { country: 'FR' } }, false],
    ['the property exists', { to: 'bookkeeping', applicationProperties: { country: 'DE', test: 1 } }, false],
    ['not like the pattern', { to: 'a bookkeeper', applicationProperties: { country: 'DE' } }, false],
  ])('%s', async (_name, message, passes) => {
    await publish({ body: 'x', ...message });
    expect(await glance(subscription('german'))).toHaveLength(passes ? 1 : 0);
  });
});

it('a correlation filter wants every named property equal', async () => {
  await publish(
    { body: 'yes', subject: 'reminder', applicationProperties: { urgent: true } },
    { body: 'not urgent', subject: 'reminder', applicationProperties: { urgent: false } },
    { body: 'no reminder', applicationProperties: { urgent: true } },
  );
  expect(bodies(await glance(subscription('urgent')))).toEqual(['yes']);
});

describe('rules', () => {
  const rulesOf = async (name: string) => {
    const rules = [];
    for await (const rule of held.client.createRuleManager('events', name).listRules()) rules.push(rule);
    return rules;
  };

  it('a subscription without a filter has the default rule', async () => {
    expect(await rulesOf('all')).toEqual([
      { name: '$Default', filter: { sqlExpression: '1=1' }, action: {} },
    ]);
  });

  it('a SQL filter is shown in its own words', async () => {
    const [rule] = await rulesOf('large');
    expect(rule!.filter).toEqual({ sqlExpression: "amount > 1000 AND sys.Subject = 'invoice'" });
  });

  it('rules cannot be changed at run time: the topology has them', async () => {
    const manager = held.client.createRuleManager('events', 'all');
    await expect(manager.createRule('mine', { sqlExpression: '1=1' })).rejects.toThrow(
      /infra\/topology.json/,
    );
    await expect(manager.deleteRule('$Default')).rejects.toThrow(/infra\/topology.json/);
  });
});

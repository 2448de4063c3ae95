/** The pure parts of the local Service Bus: durations, filters, lists, maps of a message. */
import rhea from 'rhea';
import { describe, expect, it } from 'vitest';
import { createClock } from '../../local/clock.ts';
import { tagOf, tokenOf } from '../../local/service-bus/amqp/lock-tokens.ts';
import { withProperties } from '../../local/service-bus/amqp/maps.ts';
import { readMessage } from '../../local/service-bus/amqp/read-message.ts';
import { createDueList } from '../../local/service-bus/core/due-list.ts';
import { durationMs } from '../../local/service-bus/core/duration.ts';
import { parseFilter } from '../../local/service-bus/core/filter.ts';
import { createReadyList } from '../../local/service-bus/core/ready-list.ts';

describe('durations', () => {
  it.each([
    ['PT1M', 60_000],
    ['P1D', 86_400_000],
    ['PT0.5S', 500],
    ['P1W', 604_800_000],
    ['P1DT2H3M4S', 93_784_000],
  ])('%s is %d ms', (text, ms) => expect(durationMs(text)).toBe(ms));

  it.each(['P', 'P1M', 'P1Y', '1H', 'PT', 'PT-1S'])('%s is refused', (text) =>
    expect(() => durationMs(text)).toThrow(RangeError),
  );
});

describe('SQL filters', () => {
  const view = {
    system: { label: 'invoice', subject: 'invoice', to: '50% off_now', correlationid: undefined },
    application: { amount: 12, text: "it's", yes: true, 'two words': 2 },
  };
  const passes = (text: string) => parseFilter(text, 'topic/one')(view);

  it.each([
    'amount = 12',
    'amount <> 13 AND amount != 14',
    'amount + 3 * 2 = 18',
    '(amount + 3) * 2 = 30',
    '-amount < -11.5 AND amount % 5 = 2 AND amount / 4 = 3',
    "text = 'it''s'",
    'yes = TRUE AND NOT yes = false',
    '[two words] = 2 AND "two words" = 2 AND user.amount = 12',
    "sys.Label = 'invoice' and sys.subject like 'inv%'",
    "sys.To LIKE '50!% off!_now' ESCAPE '!'",
    "amount IN (1, 12) AND text NOT IN ('a', 'b')",
    'EXISTS (amount) AND NOT EXISTS(absent)',
    'absent IS NULL AND amount IS NOT NULL AND sys.CorrelationId IS NULL',
    'absent = 1 OR amount = 12',
  ])('true: %s', (text) => expect(passes(text)).toBe(true));

  it.each([
    'amount = 13',
    'absent = 1',
    'NOT absent = 1', // unknown stays unknown
    'absent <> 1',
    'amount IN (1, absent)',
    'amount > text',
    'amount / 0 = 1',
    "sys.To LIKE 'off'",
    'NULL = NULL',
  ])('not true: %s', (text) => expect(passes(text)).toBe(false));

  it.each([
    'amount >',
    'amount = = 1',
    "text = 'open",
    '(amount = 1',
    'other.amount = 1',
    'amount NOT 3',
    '{"colour":1}',
    '{}',
  ])('not understood, and the subscription is named: %s', (text) =>
    expect(() => passes(text)).toThrow(/filter of topic\/one/),
  );
});

describe('the list of available messages', () => {
  it('keeps the order of sequence numbers whatever comes, goes and returns', () => {
    const list = createReadyList<{ sequence: number }>();
    const all = Array.from({ length: 5_000 }, (_, sequence) => ({ sequence }));
    for (const one of all) list.insert(one);
    for (const one of all.slice(0, 3_000)) expect(list.remove(one)).toBe(true);
    for (const index of [2_999, 5, 1_500]) list.insert(all[index]!);
    expect(list.remove(all[4_000]!)).toBe(true);
    expect(list.remove(all[0]!)).toBe(false);
    expect(
      list
        .all()
        .map(({ sequence }) => sequence)
        .slice(0, 4),
    ).toEqual([5, 1_500, 2_999, 3_000]);
    expect(list.size()).toBe(2_002);
  });
});

describe('what becomes due', () => {
  it('comes in the order of its instants, with one alarm at a time', async () => {
    const clock = createClock();
    const nowMs = clock.now();
    const seen: number[] = [];
    const list = createDueList<number>(clock, (item) => void seen.push(item));
    for (const hour of [5, 1, 4, 2, 3, 9]) list.add(nowMs + hour * 3_600_000, hour);
    await clock.moveTo(nowMs + 6 * 3_600_000);
    expect(seen).toEqual([1, 2, 3, 4, 5]);
    list.close();
    clock.close();
  });
});

describe('bytes', () => {
  it('a lock token and its tag are two orders of the same bytes', () => {
    const token = '00112233-4455-6677-8899-aabbccddeeff';
    expect(tagOf(token).toString('hex')).toBe('33221100554477668899aabbccddeeff');
    expect(tokenOf(tagOf(token))).toBe(token);
  });

  it('setting properties leaves the others and the body byte for byte', () => {
    const sent = { message_id: 'm', body: rhea.message.data_section(Buffer.from('body')) as unknown };
    const bare = readMessage(
      rhea.message.encode({ ...sent, application_properties: { a: rhea.types.wrap_long(1), b: 'x' } }),
    ).bare;
    const changed = rhea.message.decode(withProperties(bare, { b: 'y', c: true })) as unknown as Record<
      string,
      unknown
    >;
    expect(changed['application_properties']).toEqual({ a: 1, b: 'y', c: true });
    expect((changed['body'] as { content: Buffer }).content.toString()).toBe('body');
  });

  it.each([
    ['nothing that begins a section', Buffer.from([1, 2, 3])],
    ['a section cut short', Buffer.from([0, 0x53, 0x75, 0xa0, 9, 1])],
    ['properties that are no map', Buffer.from([0, 0x53, 0x74, 0x45])],
    ['descriptors within descriptors', Buffer.alloc(200_000)],
  ])('refused as unreadable: %s', (_name, bytes) =>
    expect(() => readMessage(bytes)).toThrow(expect.objectContaining({ condition: 'amqp:decode-error' })),
  );
});

/**
 * What whole queries answer: select, sources, order, groups, DISTINCT, pages.
 * From: a handful of invented invoices. Next: the store answers requests with the same calls.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileQuery } from '../../local/cosmos/sql/compile-query.ts';
import { compareValues } from '../../local/cosmos/sql/values.ts';
import { answers, rowOf, rowsOf } from './rows.ts';

const invoices = [
  { id: 'a', state: 'open', due: '2026-03-01', minor: 100, lines: [{ sku: 'x', n: 2 }, { sku: 'y' }] },
  { id: 'b', state: 'paid', due: '2026-01-01', minor: 50, lines: [{ sku: 'x', n: 1 }] },
  { id: 'c', state: 'open', minor: null, lines: [] },
  { id: 'd', state: 'open', due: '2026-02-01', minor: 7 },
];
const ask = (text: string, values = {}) => answers(text, invoices, values);

describe('select', () => {
  it('a star gives items with their system properties', () => {
    expect(ask("SELECT * FROM c WHERE c.id = 'd'")).toEqual([{ ...invoices[3], _rid: 'rid-3', _ts: 3 }]);
  });
  it('a list names answers by alias, last property or place, and leaves undefined out', () => {
    expect(
      ask("SELECT c.id, c.due AS dueDay, c.none, 1 + 1, c.minor = 7 FROM c WHERE c.id IN ('c', 'd')"),
    ).toEqual([
      { id: 'c', $1: 2, $2: false },
      { id: 'd', dueDay: '2026-02-01', $1: 2, $2: true },
    ]);
  });
  it('VALUE gives bare values and no answer where there is none', () => {
    expect(ask('SELECT VALUE c.due FROM c')).toEqual(['2026-03-01', '2026-01-01', '2026-02-01']);
  });
  it('the container may have any name, and an alias hides it', () => {
    expect(ask('SELECT VALUE i.id FROM ledger AS i WHERE i.minor > 60')).toEqual(['a']);
    expect(ask('SELECT VALUE i.id FROM ledger i WHERE i.minor > 60')).toEqual(['a']);
    expect(() => ask('SELECT ledger.id FROM ledger AS i')).toThrow('ledger');
  });
  it('keywords and functions may be written in any case', () => {
    expect(
      ask("select value c.id from c where c.state = 'paid' or upper(c.id) = 'D' order by c.id desc"),
    ).toEqual(['d', 'b']);
  });
});

describe('sources', () => {
  it('JOIN walks over the elements of a list', () => {
    expect(ask('SELECT c.id, l.sku FROM c JOIN l IN c.lines WHERE IS_DEFINED(l.n)')).toEqual([
      { id: 'a', sku: 'x' },
      { id: 'b', sku: 'x' },
    ]);
  });
  it('two JOINs give every pair', () => {
    expect(
      ask("SELECT VALUE l.sku || m.sku FROM c JOIN l IN c.lines JOIN m IN c.lines WHERE c.id = 'a'"),
    ).toEqual(['xx', 'xy', 'yx', 'yy']);
  });
  it('a source may be a path, or the elements of one', () => {
    expect(ask('SELECT VALUE l.sku FROM l IN c.lines')).toEqual(['x', 'y', 'x']);
    expect(ask('SELECT * FROM c.lines[0]["sku"]')).toEqual(['x', 'x']);
    expect(ask('SELECT VALUE f FROM c.lines[0] AS f')).toEqual([
      { sku: 'x', n: 2 },
      { sku: 'x', n: 1 },
    ]);
  });
  it('a source may be a subquery', () => {
    const text = 'SELECT c.id, big.sku FROM c JOIN (SELECT VALUE l FROM l IN c.lines WHERE l.n > 1) AS big';
    expect(ask(text)).toEqual([{ id: 'a', sku: 'x' }]);
    expect(ask(text.replace('JOIN (', 'JOIN big IN (').replace(') AS big', ')'))).toEqual([
      { id: 'a', sku: 'x' },
    ]);
  });
  it('subqueries give a value, a list, or whether there is any', () => {
    const text = `SELECT c.id, (SELECT VALUE SUM(l.n) FROM l IN c.lines) AS n, ARRAY(SELECT VALUE l.sku FROM l IN c.lines) AS skus
      FROM c WHERE EXISTS(SELECT VALUE l FROM l IN c.lines WHERE l.sku = 'y')`;
    expect(ask(text)).toEqual([{ id: 'a', n: 2, skus: ['x', 'y'] }]);
  });
  it('a subquery with two answers is no value', () => {
    expect(ask('SELECT VALUE (SELECT VALUE l.sku FROM l IN c.lines) FROM c')).toEqual(['x']);
  });
});

describe('order', () => {
  it('by one property drops items without it', () => {
    expect(ask('SELECT VALUE c.id FROM c ORDER BY c.due')).toEqual(['b', 'd', 'a']);
    expect(ask('SELECT VALUE c.id FROM c ORDER BY c.due DESC')).toEqual(['a', 'd', 'b']);
  });
  it('by several properties keeps them, undefined first', () => {
    expect(ask('SELECT VALUE c.id FROM c ORDER BY c.state ASC, c.due DESC')).toEqual(['a', 'd', 'c', 'b']);
  });
  it('goes null, booleans, numbers, strings, arrays, objects', () => {
    const mixed = [
      { v: {} },
      { v: 'a' },
      { v: [1] },
      { v: 2 },
      { v: true },
      { v: null },
      {},
      { v: 1 },
      { v: false },
    ];
    expect(answers('SELECT VALUE c.v FROM c ORDER BY c.v', mixed)).toEqual([
      null,
      false,
      true,
      1,
      2,
      'a',
      [1],
      {},
    ]);
  });
  it('may go by a system property and answer a join', () => {
    expect(ask('SELECT VALUE l.sku FROM c JOIN l IN c.lines ORDER BY c._ts DESC')).toEqual(['x', 'x', 'y']);
  });

  const numbers = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 60 });
  it('a page of sorted rows is a slice of all of them', () => {
    fc.assert(
      fc.property(numbers, fc.nat(20), fc.nat(20), (all, offset, limit) => {
        const page = answers(
          'SELECT VALUE c.n FROM c ORDER BY c.n DESC OFFSET @o LIMIT @l',
          all.map((n) => ({ n })),
          { '@o': offset, '@l': limit },
        );
        expect(page).toEqual(all.toSorted((a, b) => b - a).slice(offset, offset + limit));
      }),
    );
  });
  it('stays exact, and stable, when many more rows come than the page needs', () => {
    const rows = rowsOf(
      Array.from({ length: 12_000 }, (_, i) => ({ id: i, k: String(100 + ((i * 7919) % 900)) })),
    );
    const all = compileQuery('SELECT c.id, c.k FROM c ORDER BY c.k').all(rows, new Map());
    const page = compileQuery('SELECT c.id, c.k FROM c ORDER BY c.k OFFSET 10 LIMIT 30').all(rows, new Map());
    expect(page).toEqual(all.slice(10, 40));
    const distinct = compileQuery('SELECT DISTINCT VALUE c.k FROM c ORDER BY c.k OFFSET 897 LIMIT 30');
    expect(distinct.all(rows, new Map())).toEqual(['997', '998', '999']);
  });
});

describe('groups and aggregates', () => {
  it('over rows', () => {
    const text =
      'SELECT COUNT(1) AS n, COUNT(c.due) AS dues, SUM(c.lines[0].n) AS pieces, AVG(c.lines[0].n) AS mean, MIN(c.due) AS first, MAX(c.due) AS last FROM c';
    expect(ask(text)).toEqual([
      { n: 4, dues: 3, pieces: 3, mean: 1.5, first: '2026-01-01', last: '2026-03-01' },
    ]);
  });
  it('over nothing: COUNT and SUM are 0, the others have no value', () => {
    const none = (what: string) => answers(`SELECT VALUE ${what} FROM c`, []);
    expect([none('COUNT(1)'), none('SUM(c.x)')]).toEqual([[0], [0]]);
    expect([none('AVG(c.x)'), none('MIN(c.x)'), none('MAX(c.x)')]).toEqual([[], [], []]);
    expect(answers('SELECT MIN(c.x) AS least FROM c', [])).toEqual([{}]);
  });
  it('a value that is no number leaves SUM and AVG without a value', () => {
    expect(ask('SELECT SUM(c.minor) AS s, AVG(c.minor) AS a, COUNT(c.minor) AS n FROM c')).toEqual([
      { n: 4 },
    ]);
  });
  it('by key, by two keys, by a calculated key', () => {
    expect(ask('SELECT c.state, COUNT(1) AS n FROM c GROUP BY c.state')).toEqual([
      { state: 'open', n: 3 },
      { state: 'paid', n: 1 },
    ]);
    const byMonth =
      'SELECT LEFT(c.due, 4) AS year, c.state, MAX(c.minor) AS most FROM c GROUP BY LEFT(c.due, 4), c.state';
    expect(ask(byMonth)).toEqual([
      { year: '2026', state: 'open', most: 100 },
      { year: '2026', state: 'paid', most: 50 },
      { state: 'open', most: null },
    ]);
  });
  it('a group answers with what it is grouped by and parts of it', () => {
    const text =
      'SELECT VALUE {k: UPPER(c.state), n: COUNT(1) * 10} FROM c GROUP BY c.state OFFSET 0 LIMIT 1';
    expect(ask(text)).toEqual([{ k: 'OPEN', n: 30 }]);
    expect(answers('SELECT c.o.x FROM c GROUP BY c.o', [{ o: { x: 1 } }, { o: { x: 1 } }])).toEqual([
      { x: 1 },
    ]);
  });
  it('keys of different types and of different objects stay apart', () => {
    const keys = [1, '1', true, 'true', null, 'null', { a: 1, b: 2 }, { b: 2, a: 1 }, [1], ['1'], 0, -0];
    expect(
      answers(
        'SELECT VALUE COUNT(1) FROM c GROUP BY c.k',
        keys.map((k) => ({ k })),
      ),
    ).toEqual([1, 1, 1, 1, 1, 1, 2, 1, 1, 2]);
    const pairs = [
      { a: 'x\n"y', b: 'z' },
      { a: 'x', b: 'y"\nz' },
    ];
    expect(answers('SELECT VALUE COUNT(1) FROM c GROUP BY c.a, c.b', pairs)).toEqual([1, 1]);
  });
});

describe('DISTINCT, TOP, OFFSET and LIMIT', () => {
  it('DISTINCT compares whole answers', () => {
    expect(ask('SELECT DISTINCT VALUE c.state FROM c')).toEqual(['open', 'paid']);
    const twins = [{ v: { a: 1, b: 2 } }, { v: { b: 2, a: 1 } }, { v: null }, { v: 0 }, { v: null }];
    expect(answers('SELECT DISTINCT c.v FROM c', twins)).toEqual([
      { v: { a: 1, b: 2 } },
      { v: null },
      { v: 0 },
    ]);
  });
  it('DISTINCT comes before TOP', () => {
    expect(ask('SELECT DISTINCT TOP 2 VALUE c.state FROM c')).toEqual(['open', 'paid']);
  });
  it('pages count answers, not rows', () => {
    expect(ask('SELECT TOP 2 VALUE c.due FROM c')).toEqual(['2026-03-01', '2026-01-01']);
    expect(ask('SELECT VALUE c.due FROM c OFFSET 1 LIMIT 2')).toEqual(['2026-01-01', '2026-02-01']);
    expect(ask('SELECT TOP 0 * FROM c')).toEqual([]);
    expect(ask('SELECT VALUE c.due FROM c ORDER BY c.state OFFSET 1 LIMIT 9')).toEqual([
      '2026-02-01',
      '2026-01-01',
    ]);
  });
  it('TOP may be a parameter, and reading stops when it is reached', () => {
    const read: number[] = [];
    function* rows() {
      for (let i = 0; i < 100; i += 1) {
        read.push(i);
        yield rowOf({ i });
      }
    }
    expect(compileQuery('SELECT TOP @n VALUE c.i FROM c').all(rows(), new Map([['@n', 2]]))).toEqual([0, 1]);
    expect(read).toEqual([0, 1]);
  });
});

describe('a compiled query', () => {
  it('is the same object for the same text, and serves parameters side by side', () => {
    const text = 'SELECT VALUE c.id FROM c WHERE c.state = @state';
    expect(compileQuery(text)).toBe(compileQuery(text));
    expect([ask(text, { '@state': 'paid' }), ask(text, { '@state': 'open' })]).toEqual([
      ['b'],
      ['a', 'c', 'd'],
    ]);
  });
  it('answers row by row only when rows do not depend on each other', () => {
    const streaming = compileQuery('SELECT l.sku FROM c JOIN l IN c.lines');
    expect([streaming.streaming, streaming.needsPlan]).toEqual([true, false]);
    expect(rowsOf(invoices).flatMap((row) => streaming.each(row, new Map()))).toEqual(
      streaming.all(rowsOf(invoices), new Map()),
    );
    const blocking = compileQuery('SELECT * FROM c ORDER BY c.id');
    expect([blocking.streaming, blocking.needsPlan]).toEqual([false, true]);
    expect(() => blocking.each(rowOf({}), new Map())).toThrow('row by row');
  });
  it('tells what it sorts by and looks at', () => {
    const query = compileQuery(
      `SELECT c.shown FROM c JOIN l IN c.lines WHERE c.a.b = 1 AND STARTSWITH(l.sku, 'x') AND
       EXISTS(SELECT VALUE t FROM t IN c.tags) ORDER BY c.due DESC, c._ts`,
    );
    expect(query.orderings).toEqual([
      { path: ['due'], descending: true },
      { path: ['_ts'], descending: false },
    ]);
    expect(query.lookedAt.map((path) => path.join('/')).sort()).toEqual([
      '_ts',
      'a/b',
      'due',
      'lines/sku',
      'tags',
    ]);
  });
  it('looks at no more of an item than it names', () => {
    const row = {
      body: { id: 'a', x: 1 },
      system: () => 5,
      document: () => {
        throw new Error('built a whole document');
      },
    };
    const query = compileQuery('SELECT c.id, c._ts FROM c WHERE c.x = 1 AND c._ts > 4 ORDER BY c._ts');
    expect(query.all([row], new Map())).toEqual([{ id: 'a', _ts: 5 }]);
  });
});

it('sorting agrees with the order of values', () => {
  const values = fc.array(fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null)));
  fc.assert(
    fc.property(values, (all) => {
      const sorted = answers(
        'SELECT VALUE c.v FROM c ORDER BY c.v',
        all.map((v) => ({ v })),
      );
      expect(sorted).toEqual(all.toSorted(compareValues));
    }),
  );
});

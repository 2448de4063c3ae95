/**
 * What the engine refuses, and that it says which words it did not understand.
 * From: query texts as a mistaken caller writes them. Next: `http/` answers 400 with the message.
 */
import { describe, expect, it } from 'vitest';
import { compileQuery } from '../../local/cosmos/sql/compile-query.ts';
import { SqlError } from '../../local/cosmos/sql/types.ts';
import { answers, parametersOf } from './rows.ts';

const refusalOf = (act: () => unknown): SqlError => {
  try {
    act();
  } catch (error) {
    if (error instanceof SqlError) return error;
    throw error;
  }
  throw new Error('The query was not refused.');
};

describe('a text that is no query is refused at the word that does not fit', () => {
  it.each([
    ['', 'end of query'],
    ['SELEKT * FROM c', 'SELEKT'],
    ['SELECT FROM c', 'FROM'],
    ['SELECT * FROM c WHERE', 'end of query'],
    ['SELECT * FROM c WHERE c.x = = 1', '='],
    ['SELECT * FROM c; DROP', ';'],
    ['SELECT * FROM c WHERE (c.x = 1', 'end of query'],
    ["SELECT * FROM c WHERE c.x = 'open", "'open"],
    ["SELECT * FROM c WHERE c.x = '\\q'", '\\q'],
    ["SELECT * FROM c WHERE c.x = '\\u12g4'", '\\u12g4'],
    ['SELECT * FROM c WHERE c.x # 1', '#'],
    ['SELECT * FROM c WHERE c.x & 1 = 1', '&'],
    ['SELECT * FROM c WHERE c.x IN ()', ')'],
    ['SELECT * FROM c WHERE c.x IS NULL', 'IS'],
    ['SELECT * FROM c WHERE c.x NOT 1', '1'],
    ['SELECT * FROM c WHERE c.x BETWEEN 1', 'end of query'],
    ["SELECT * FROM c WHERE c.x LIKE 'a' ESCAPE 'xy'", 'xy'],
    ['SELECT * FROM c WHERE c.x = 1e999', '1e999'],
    ['SELECT TOP 1.5 * FROM c', '1.5'],
    ['SELECT TOP -1 * FROM c', '-'],
    ['SELECT * FROM c OFFSET 5', 'end of query'],
    ['SELECT * FROM c LIMIT 5', 'LIMIT'],
    ['SELECT * FROM c ORDER c.x', 'c'],
    ['SELECT * FROM c GROUP BY', 'end of query'],
    ['SELECT c.x alias FROM c', 'alias'],
    ['SELECT * FROM c[0', 'end of query'],
    ['SELECT COUNT(*) FROM c', '*'],
    ["SELECT VALUE {'a': 1, 'a': 2} FROM c", 'a'],
    ['SELECT VALUE TRUE FROM c', 'TRUE'],
  ])('%s', (text, words) => {
    const refusal = refusalOf(() => compileQuery(text));
    expect(refusal.words).toBe(words);
    expect(refusal.message).not.toBe('');
  });
});

describe('reserved words after a dot are syntax errors, as in the service', () => {
  it.each(['value', 'order', 'group', 'top', 'limit', 'offset', 'in', 'like', 'from', 'null', 'true'])(
    'c.%s',
    (word) => {
      expect(refusalOf(() => compileQuery(`SELECT c.${word} FROM c`)).words).toBe(word);
      expect(answers(`SELECT c["${word}"] FROM c`, [{ [word]: 7 }])).toEqual([{ [word]: 7 }]);
    },
  );
});

describe('what the service knows but this product does not use is refused by name', () => {
  it.each([
    ['SELECT udf.tax(c.x) FROM c', 'udf'],
    ['SELECT VectorDistance(c.v, [1]) FROM c', 'VectorDistance'],
    ["SELECT * FROM c WHERE FullTextContains(c.t, 'a')", 'FullTextContains'],
    ['SELECT * FROM c WHERE ST_DISTANCE(c.p, c.q) < 5', 'ST_DISTANCE'],
    ['SELECT VALUE GetCurrentTimestamp() FROM c', 'GetCurrentTimestamp'],
    ["SELECT VALUE RegexMatch(c.t, 'a') FROM c", 'RegexMatch'],
    ['SELECT VALUE NoSuchThing(c.t) FROM c', 'NoSuchThing'],
    ['SELECT COUNTIF(c.x) FROM c', 'COUNTIF'],
    ['SELECT VALUE 1', 'SELECT'],
  ])('%s', (text, words) => expect(refusalOf(() => compileQuery(text)).words).toBe(words));
});

describe('a query that can be read but means nothing is refused', () => {
  it.each([
    ['a name nobody bound', 'SELECT d.x FROM c', 'd'],
    ['the container behind an iteration', 'SELECT c.id FROM x IN c.list', 'c'],
    ['too few arguments', 'SELECT VALUE CONTAINS(c.x) FROM c', 'CONTAINS'],
    ['too many arguments', 'SELECT VALUE LOWER(c.x, 1) FROM c', 'LOWER'],
    ['an aggregate of two things', 'SELECT VALUE SUM(c.x, c.y) FROM c', 'SUM'],
    ['an aggregate in a filter', 'SELECT * FROM c WHERE COUNT(1) > 1', 'COUNT'],
    ['an aggregate in an aggregate', 'SELECT VALUE SUM(COUNT(1)) FROM c', 'COUNT'],
    ['a property beside an aggregate', 'SELECT c.x, COUNT(1) AS n FROM c', 'c["x"]'],
    ['a property that is no grouping key', 'SELECT c.y FROM c GROUP BY c.x', 'c["y"]'],
    ['the whole item of a group', 'SELECT c FROM c GROUP BY c.x', 'c'],
    ['all of a group', 'SELECT * FROM c GROUP BY c.x', '*'],
    ['all of a join', 'SELECT * FROM c JOIN x IN c.list', '*'],
    ['one name for two answers', 'SELECT c.a.x, c.b.x FROM c', 'x'],
    ['order of groups', 'SELECT c.x FROM c GROUP BY c.x ORDER BY c.x', 'ORDER BY'],
    ['order of an aggregate', 'SELECT COUNT(1) AS n FROM c ORDER BY c.x', 'ORDER BY'],
    ['order by a calculation', 'SELECT * FROM c ORDER BY c.x + 1', 'ORDER BY'],
    ['order by the item itself', 'SELECT * FROM c ORDER BY c', 'ORDER BY'],
    ['order by an element', 'SELECT c.id FROM c JOIN x IN c.list ORDER BY x.n', 'ORDER BY'],
    ['order over a subpath', 'SELECT * FROM x IN c.list ORDER BY x.n', 'ORDER BY'],
    ['TOP together with LIMIT', 'SELECT TOP 1 * FROM c OFFSET 0 LIMIT 1', 'TOP'],
    ['eleven joins', `SELECT c.id FROM c ${'JOIN x IN c.l '.repeat(11)}`, 'JOIN'],
  ])('%s', (_, text, words) => expect(refusalOf(() => compileQuery(text)).words).toBe(words));
});

describe('nothing a client sends ends the process', () => {
  it.each([
    ['brackets without end', 'SELECT VALUE ' + '['.repeat(50_000)],
    ['parentheses too deep', `SELECT * FROM c WHERE ${'('.repeat(101)}1${')'.repeat(101)}`],
    ['a chain too long', `SELECT * FROM c WHERE ${Array(600).fill('c.x').join(' OR ')}`],
    ['a path too long', `SELECT VALUE c${'.a'.repeat(200)} FROM c`],
    [
      'chains within chains',
      `SELECT VALUE ${'('.repeat(80)}1${(Array(450).fill('+ 1').join('') + ')').repeat(80)} FROM c`,
    ],
    ['a text too long', `SELECT * FROM c WHERE c.x = '${'x'.repeat(600_000)}'`],
  ])('%s', (_, text) => expect(() => compileQuery(text)).toThrow(SqlError));

  it('a chain as long as allowed runs', () => {
    const text = `SELECT VALUE c.id FROM c WHERE ${Array(500).fill('c.x = 1').join(' OR ')}`;
    expect(answers(text, [{ id: 'a', x: 1 }])).toEqual(['a']);
  });
});

describe('parameters that do not fit are refused when the query runs', () => {
  it('a parameter without a value', () => {
    const query = compileQuery('SELECT * FROM c WHERE c.x = @nobody');
    expect(refusalOf(() => query.pinned(new Map())).words).toBe('@nobody');
    expect(refusalOf(() => answers('SELECT * FROM c WHERE c.x = @nobody', [{}])).words).toBe('@nobody');
  });

  it.each([-1, 1.5, 'ten', null, [1]])('a page of %j rows', (limit) => {
    const text = 'SELECT * FROM c OFFSET 0 LIMIT @limit';
    expect(refusalOf(() => answers(text, [{}], { '@limit': limit })).words).toBe('@limit');
    const planned = () => compileQuery(text).plan(parametersOf({ '@limit': limit }));
    expect(refusalOf(planned).words).toBe('@limit');
  });
});

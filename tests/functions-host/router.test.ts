/**
 * Routes: how a template matches, which of several wins, what is malformed.
 */
import { describe, expect, it } from 'vitest';
import { matchRoute, parseRoute } from '../../local/functions-host/http/route-template.ts';
import { createRouter, pathSegments } from '../../local/functions-host/http/router.ts';

const match = (route: string, path: string) => matchRoute(parseRoute(route), pathSegments(path));

describe('a template', () => {
  it.each([
    ['api/one', '/api/one', {}],
    ['api/one', '/api/one/', {}],
    ['/api/one/', '/API/One', {}],
    ['api/{a}/{b}', '/api/x/y', { a: 'x', b: 'y' }],
    ['api/{a}', '/api/x%2Fy', { a: 'x%2Fy' }],
    ['api/{a}', '/api/%zz', { a: '%zz' }],
    ['api/{a}', '/api/./../api/x', { a: 'x' }],
    ['files/{name}.{ext}', '/files/report.tar.gz', { name: 'report', ext: 'tar.gz' }],
    ['v{major:int}-{rest}', '/v12-beta', { major: '12', rest: 'beta' }],
    ['api/{a:int?}', '/api', {}],
    ['api/{a:int?}', '/api/7', { a: '7' }],
    ['api/{*rest}', '/api', {}],
    ['api/{*rest}', '/api/a/b/c', { rest: 'a/b/c' }],
    ['/', '/', {}],
  ])('%s matches %s', (route, path, expected) => {
    expect(match(route, path)).toEqual(expected);
  });

  it.each([
    ['api/one', '/api/one/two'],
    ['api/{a}', '/api'],
    ['api/{a}', '/api//'],
    ['api/{a}/x', '/api//x'],
    ['api/{a:int?}', '/api/x'],
    ['files/{name}.pdf', '/files/report.xml'],
    ['/', '/x'],
  ])('%s does not match %s', (route, path) => {
    expect(match(route, path)).toBeUndefined();
  });

  it.each([
    ['int', '2147483647', '2147483648'],
    ['long', '9223372036854775807', '9223372036854775808'],
    ['bool', 'TRUE', 'yes'],
    ['guid', '7f9c24e8-3b2f-4b8e-9d3a-0f6c5b1a2d4e', '7f9c24e8'],
    ['alpha', 'abc', 'ab1'],
    ['decimal', '-1.50', '1,50'],
    ['double', '1e3', 'e3'],
    ['datetime', '2026-03-01', 'tomorrow'],
    ['length(3)', 'EUR', 'EURO'],
    ['length(2,3)', 'DE', 'D'],
    ['minlength(2)', 'ab', 'a'],
    ['maxlength(2)', 'ab', 'abc'],
    ['min(10)', '10', '9'],
    ['max(10)', '10', '11'],
    ['range(1,12)', '12', '13'],
    ['regex(^\\d{{3}}$)', '123', '1234'],
  ])('the constraint %s takes %s and not %s', (constraint, good, bad) => {
    expect(match(`api/{a:${constraint}}`, `/api/${good}`)).toEqual({ a: good });
    expect(match(`api/{a:${constraint}}`, `/api/${bad}`)).toBeUndefined();
  });

  it('several constraints must all hold', () => {
    expect(match('api/{a:int:min(5)}', '/api/7')).toEqual({ a: '7' });
    expect(match('api/{a:int:min(5)}', '/api/3')).toBeUndefined();
  });

  it.each([
    ['an unknown constraint', 'api/{a:money}'],
    ['a constraint without its number', 'api/{a:length()x}'],
    ['two slashes', 'api//x'],
    ['an optional parameter in the middle', 'api/{a?}/x'],
    ['a catch-all in the middle', 'api/{*a}/x'],
    ['a catch-all beside text', 'api/x{*a}'],
    ['a parameter twice', 'api/{a}/{A}'],
    ['an open brace', 'api/{a'],
    ['a parameter without a name', 'api/{}'],
    ['a default value', 'api/{a=1}'],
  ])('%s is malformed', (_what, route) => {
    expect(() => parseRoute(route)).toThrow();
  });
});

describe('a router', () => {
  const routes = [
    'api/{*rest}',
    'api/{a}/{b}',
    'api/{a}',
    'api/{a:int}',
    'api/file.{ext}',
    'api/mine',
    'api/{a}/lines',
    'api',
  ];
  const router = createRouter(
    'staff',
    '',
    routes.map((route, index) => ({ name: `f${index}`, methods: ['GET'], route, target: route })),
  );

  it.each([
    ['/api', 'api'],
    ['/api/mine', 'api/mine'],
    ['/api/file.pdf', 'api/file.{ext}'],
    ['/api/7', 'api/{a:int}'],
    ['/api/x', 'api/{a}'],
    ['/api/x/lines', 'api/{a}/lines'],
    ['/api/x/y', 'api/{a}/{b}'],
    ['/api/x/y/z', 'api/{*rest}'],
  ])('%s goes to %s', (path, expected) => {
    expect(router.find('GET', path)?.target).toBe(expected);
  });

  it('a method nobody takes finds nothing', () => {
    expect(router.find('PUT', '/api/mine')).toBeUndefined();
  });
});

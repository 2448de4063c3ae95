/** Shows each Bicep rule red on a small bad example. From: examples below. Next: `bicep.test.ts` may trust them. */
import { describe, expect, it } from 'vitest';
import * as rules from './bicep-rules.ts';

const main = (text: string) => ({ path: 'infra/bicep/main.bicep', text });
const part = (text: string) => ({ path: 'infra/bicep/modules/part.bicep', text });
const twoParams = part("@description('A.')\nparam a string\n@description('B.')\nparam b string = '${a}'\n");
const call = (params: string, path = 'modules/part.bicep') =>
  main(`module part '${path}' = {\n  params: ${params}\n}\n`);

describe('brackets', () => {
  it.each([
    "var a = [1, 2\nvar b = 'x'\n",
    'var a = }\n',
    "var a = 'x\n",
    "var a = '${b'\n",
    'var a = (1]\n',
  ])('%j', (text) => {
    expect(rules.bracketsBalance([main(text)])).toHaveLength(1);
  });

  it('within texts, comments and interpolations are followed', () => {
    const text = "// don't [\nvar a = '}${items({ b: 'x' })[0]}\\'{'\n";
    expect(rules.bracketsBalance([main(text)])).toEqual([]);
  });
});

describe('module calls', () => {
  it('fit', () => {
    expect(rules.modulesFit([call("{ a: 'x' }"), twoParams])).toEqual([]);
    expect(
      rules.modulesFit([call("{\n    a: { c: [1, 2] }\n    b: union(x, { d: 'x' })\n  }"), twoParams]),
    ).toEqual([]);
  });

  it.each([
    ["{ b: 'x' }", 'parameter a is missing'],
    ["{ a: 'x', c: 'y' }", 'parameter c is not known'],
    ["{ a: { c: 'y' }\n    d: 'z' }", 'parameter d is not known'],
  ])('with %j do not', (params, finding) => {
    expect(rules.modulesFit([call(params), twoParams])).toEqual([expect.stringContaining(finding)]);
  });

  it('of a file that is not there do not', () => {
    expect(rules.modulesFit([call('{}', 'modules/absent.bicep'), twoParams])).toHaveLength(1);
  });
});

describe('parameter files', () => {
  const file = (text: string) => ({ path: 'infra/bicep/env/dev.bicepparam', text });

  it.each([
    ["using '../modules/part.bicep'\nparam b = 'x'\n", 'parameter a is missing'],
    ["using '../modules/part.bicep'\nparam a = 'x'\nparam z = 1\n", 'parameter z is not known'],
    ["using '../absent.bicep'\n", 'which is not there'],
  ])('%j', (text, finding) => {
    expect(rules.parameterFilesFit([file(text), twoParams])).toEqual([expect.stringContaining(finding)]);
  });
});

describe('outputs', () => {
  const oneOutput = part("@description('N.')\noutput name string = 'x'\n");

  it('that do not exist are found where they are read', () => {
    const reading = main(
      "module part 'modules/part.bicep' = {}\nvar x = '${part.outputs.name}${part.outputs.nam}'\n",
    );
    expect(rules.outputsFit([reading, oneOutput])).toEqual([
      'infra/bicep/main.bicep: part has no output nam',
    ]);
  });

  it('that nobody reads are found', () => {
    expect(rules.outputsFit([oneOutput])).toEqual([
      'infra/bicep/modules/part.bicep: nobody reads output name',
    ]);
  });
});

describe('declarations', () => {
  it.each([
    [
      'param a string\nvar b = a\nvar c = b\noutput d string = c\n',
      ['a has no description', 'd has no description'],
    ],
    ["@description('A.')\nparam a string\n", ['a is not used']],
    ["var a = { a: 'x' }\n", ['a is not used']],
  ])('%j', (text, findings) => {
    expect(rules.declarationsServe([part(text)])).toEqual(
      findings.map((one) => `infra/bicep/modules/part.bicep: ${one}`),
    );
  });
});

describe('lists', () => {
  const list = { path: 'infra/topology.json', text: '{ "queues": {} }' };

  it.each([
    ["var t = loadJsonContent('../absent.json')\n", '../absent.json is not there'],
    ["var t = any(loadJsonContent('../topology.json'))\nvar a = t.queus\n", 'has no queus'],
    ["var t = items(any(loadJsonContent('../topology.json')).topics)\n", 'has no topics'],
  ])('%j', (text, finding) => {
    expect(rules.listsExist([main(text), list])).toEqual([expect.stringContaining(finding)]);
  });

  it('that are there are no finding', () => {
    const text = "var t = any(loadJsonContent('../topology.json'))\nvar a = items(t.queues)\n";
    expect(rules.listsExist([main(text), list])).toEqual([]);
  });
});

describe('keys and roles', () => {
  const role = (body: string) =>
    part(`resource r 'Microsoft.Authorization/roleAssignments@2022-04-01' = {\n${body}\n}\n`);

  it.each([
    part('var a = account.listKeys().primaryMasterKey\n'),
    part("var a = 'Endpoint=x;SharedAccessKey=y'\n"),
    role("  name: 'fixed'\n  properties: { principalType: 'ServicePrincipal' }"),
    role('  name: guid(x.id, principal, role)\n  properties: { principalId: principal }'),
  ])('%j', (file) => {
    expect(rules.identitiesOnly([file])).toHaveLength(1);
  });

  it('a role by derived name for a service principal is no finding', () => {
    const body = "  name: guid(x.id, principal, role)\n  properties: { principalType: 'ServicePrincipal' }";
    expect(rules.identitiesOnly([role(body)])).toEqual([]);
  });
});

it('a resource type in two versions is a finding', () => {
  const one = main("resource a 'Microsoft.X/y@2024-01-01' existing = {}\n");
  const other = part("resource a 'Microsoft.X/y@2025-01-01' = {}\n");
  expect(rules.oneVersionPerType([one, other])).toEqual([
    'Microsoft.X/y: used in the versions 2024-01-01 and 2025-01-01',
  ]);
});

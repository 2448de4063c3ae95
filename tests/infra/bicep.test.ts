/**
 * Bicep as far as it shows without the compiler: modules fit each other, everything comes from the topology.
 * From: infra/. Next: CI compiles and lints the same files.
 */
import { describe, expect, it } from 'vitest';
import { topology } from '../../shared/contracts/topology.ts';
import { repositoryFiles, type Rule } from '../tidy/repository.ts';
import * as rules from './bicep-rules.ts';

const files = repositoryFiles().filter(({ path }) => path.startsWith('infra/'));
const textOf = (path: string): string => files.find((file) => file.path === path)?.text ?? '';
const bicep = files.filter(({ path }) => path.endsWith('.bicep'));
const everything = bicep.map(({ text }) => text.replace(/\/\/.*$/gm, '')).join('\n');

it.each<[string, Rule]>([
  ['brackets and quotes are closed', rules.bracketsBalance],
  ['modules get every parameter they need, and no other', rules.modulesFit],
  ['parameter files give what main.bicep needs', rules.parameterFilesFit],
  ['outputs that are read exist, and are read', rules.outputsFit],
  ['parameters and outputs are described and used', rules.declarationsServe],
  ['the lists that are loaded exist', rules.listsExist],
  ['identities and roles take the place of keys', rules.identitiesOnly],
  ['each resource type is used in one version', rules.oneVersionPerType],
])('%s', (_name, rule) => {
  expect(rule(files)).toEqual([]);
});

describe('everything the topology lists is made', () => {
  it.each([
    ['apps', 'infra/bicep/modules/apps.bicep'],
    ['apps', 'infra/bicep/modules/identities.bicep'],
    ['queues', 'infra/bicep/modules/service-bus.bicep'],
    ['topics', 'infra/bicep/modules/service-bus.bicep'],
    ['containers', 'infra/bicep/modules/cosmos.bicep'],
    ['blobContainers', 'infra/bicep/modules/stores.bicep'],
  ])('%s in %s', (section, path) => {
    expect(textOf(path)).toMatch(
      new RegExp(`items\\((any\\(loadJsonContent\\('[^']+'\\)\\)|topology)\\.${section}\\)`),
    );
  });

  const settingsOf = (section: Record<string, object>): string[] => [
    ...new Set(Object.values(section).flatMap(Object.keys)),
  ];

  it.each(settingsOf(topology.queues))('queues with their %s', (name) => {
    expect(textOf('infra/bicep/modules/service-bus.bicep')).toMatch(new RegExp(`value\\.\\??${name}\\b`));
  });

  it.each(
    settingsOf(
      Object.assign({}, ...Object.values(topology.topics).map((one) => one.subscriptions)) as Record<
        string,
        object
      >,
    ),
  )('subscriptions with their %s', (name) => {
    expect(textOf('infra/bicep/modules/topic.bicep')).toMatch(new RegExp(`value\\.\\??${name}\\b`));
  });

  it.each(settingsOf(topology.containers))('containers with their %s', (name) => {
    expect(textOf('infra/bicep/modules/cosmos.bicep')).toMatch(new RegExp(`value\\.\\??${name}\\b`));
  });

  it.each(['memoryMB', 'maximumInstances'])('apps with their %s', (name) => {
    expect(textOf('infra/bicep/modules/apps.bicep')).toContain(`app.value.${name}`);
  });
});

it('every list of rights becomes role assignments', () => {
  const lists = Object.keys(JSON.parse(textOf('infra/bicep/generated/grants.json')) as object);
  expect(lists.filter((name) => !new RegExp(`in grants\\.${name}:`).test(everything))).toEqual([]);
});

it('no entity is spelled out but the queue of delivery reports, which exists', () => {
  const names = [topology.queues, topology.topics, topology.containers, topology.blobContainers].flatMap(
    Object.keys,
  );
  // deployments bear names of modules, which are none of these
  const entities = everything.replaceAll(/(module \w+ '[^']+' = [^{]*\{\s*)name: '[^']*'/g, '$1');
  const spelled = names.filter((name) => new RegExp(`(?:name|key|queueName): '${name}'`).test(entities));
  expect(spelled).toEqual(['delivery-reports']);
});

it.each([
  ['infra/bicep/modules/storage.bicep', 'allowSharedKeyAccess: false'],
  ['infra/bicep/modules/service-bus.bicep', 'disableLocalAuth: true'],
  ['infra/bicep/modules/cosmos.bicep', 'disableLocalAuth: true'],
  ['infra/bicep/modules/communication.bicep', 'disableLocalAuth: true'],
  ['infra/bicep/modules/monitoring.bicep', 'DisableLocalAuth: true'],
  ['infra/bicep/modules/key-vault.bicep', 'enableRbacAuthorization: true'],
])('%s switches keys off', (path, setting) => {
  expect(textOf(path)).toContain(setting);
});

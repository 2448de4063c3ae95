/**
 * What must hold of the Bicep files, as far as it shows without the compiler.
 * From: the files below infra/. Next: findings, in the words of the tidy rules.
 */
import { posix } from 'node:path';
import type { Finding, Rule, SourceText } from '../tidy/repository.ts';
import { readBicep, readParameters, type BicepFile } from './bicep-reader.ts';

type Read = { path: string; file: BicepFile };

const readAll = (files: readonly SourceText[]): Read[] =>
  files
    .filter(({ path }) => path.endsWith('.bicep'))
    .map(({ path, text }) => ({ path, file: readBicep(text) }));

const besides = (from: string, path: string): string =>
  posix.normalize(posix.join(posix.dirname(from), path));

export const bracketsBalance: Rule = (files) =>
  readAll(files).flatMap(({ path, file }) => (file.unbalanced ? [`${path}: ${file.unbalanced}`] : []));

/** Module calls of files that are not there, that lack a parameter or pass one that is not known. */
export const modulesFit: Rule = (files) => {
  const known = new Map(readAll(files).map(({ path, file }) => [path, file]));
  return [...known].flatMap(([path, file]) =>
    file.modules.flatMap((call) => {
      const target = known.get(besides(path, call.path));
      if (!target) return [`${path}: module ${call.name}: ${call.path} is not there`];
      return misfits(`${path}: module ${call.name}`, target, call.params);
    }),
  );
};

const misfits = (where: string, { params }: BicepFile, given: readonly string[]): Finding[] => [
  ...params
    .filter(({ name, required }) => required && !given.includes(name))
    .map(({ name }) => `${where}: parameter ${name} is missing`),
  ...given
    .filter((name) => !params.some((param) => param.name === name))
    .map((name) => `${where}: parameter ${name} is not known`),
];

/** Parameter files that do not fit the file they are for. */
export const parameterFilesFit: Rule = (files) => {
  const known = new Map(readAll(files).map(({ path, file }) => [path, file]));
  return files
    .filter(({ path }) => path.endsWith('.bicepparam'))
    .flatMap(({ path, text }) => {
      const { using, given } = readParameters(text);
      const target = known.get(besides(path, using));
      return target ? misfits(path, target, given) : [`${path}: using ${using}, which is not there`];
    });
};

/** Outputs that are read but not declared, and outputs of modules that nobody reads. */
export const outputsFit: Rule = (files) => {
  const all = readAll(files);
  const read = all.flatMap(({ path, file }) =>
    [...file.code.matchAll(/\b(\w+)(?:\[\w+\])?\.outputs\.(\w+)/g)].map(([, module = '', output = '']) => {
      const call = file.modules.find(({ name }) => name === module);
      return { path, module, output, target: call ? besides(path, call.path) : '' };
    }),
  );
  const declared = (path: string): string[] =>
    all.find((one) => one.path === path)?.file.outputs.map(({ name }) => name) ?? [];
  return [
    ...read
      .filter(({ target, output }) => !declared(target).includes(output))
      .map(({ path, module, output }) => `${path}: ${module} has no output ${output}`),
    ...all
      .filter(({ path }) => path.includes('/modules/'))
      .flatMap(({ path }) =>
        declared(path)
          .filter((name) => !read.some(({ target, output }) => target === path && output === name))
          .map((name) => `${path}: nobody reads output ${name}`),
      ),
  ];
};

/** Parameters and outputs without a description, parameters and variables without a use. */
export const declarationsServe: Rule = (files) =>
  readAll(files).flatMap(({ path, file }) => [
    ...[...file.params, ...file.outputs]
      .filter(({ described }) => !described)
      .map(({ name }) => `${path}: ${name} has no description`),
    ...[...file.params.map(({ name }) => name), ...file.variables]
      .filter((name) => uses(file.code, name) < 2)
      .map((name) => `${path}: ${name} is not used`),
  ]);

/** How often a name stands there other than as a property: its declaration is one. */
const uses = (code: string, name: string): number =>
  code.match(new RegExp(`(?<![\\w.])(?<!(?:^|[{,]) *(?=\\w+:))${name}(?!\\w)`, 'gm'))?.length ?? 0;

/** JSON files that are not there, and sections of them that are not there. */
export const listsExist: Rule = (files) =>
  readAll(files).flatMap(({ path, file }) =>
    [
      ...file.code.matchAll(/var (\w+) = (?:items\()?(?:any\()?loadJsonContent\('([^']+)'\)\)?(?:\.(\w+))?/g),
    ].flatMap(([, variable = '', list = '', section]) => {
      const json = files.find((one) => one.path === besides(path, list));
      if (!json) return [`${path}: ${list} is not there`];
      const content = JSON.parse(json.text) as Record<string, unknown>;
      const used = section
        ? [section]
        : [...file.code.matchAll(new RegExp(`(?<![\\w/])${variable}\\.(\\w+)`, 'g'))].map(
            ([, name = '']) => name,
          );
      return used.filter((name) => !(name in content)).map((name) => `${path}: ${list} has no ${name}`);
    }),
  );

/** Keys in place of identities, and role assignments whose name or kind of principal would fail. */
export const identitiesOnly: Rule = (files) =>
  readAll(files).flatMap(({ path, file: { code } }) => [
    ...[
      ...code.matchAll(/\b(listKeys|listConnectionStrings?|listSecrets)\b|AccountKey=|SharedAccessKey=/g),
    ].map(([found]) => `${path}: ${found}: no keys; give the app's identity a role`),
    ...[...code.matchAll(/^resource (\w+) 'Microsoft\.Authorization\/roleAssignments@[^']+' = /gm)]
      .map((found) => ({
        name: found[1] ?? '',
        body: code.slice(found.index).split(/\n(?=[}\]]\n?)/)[0] ?? '',
      }))
      .filter(
        ({ body }) =>
          !/name: guid\(.*\.id, .*\)/.test(body) || !body.includes("principalType: 'ServicePrincipal'"),
      )
      .map(
        ({ name }) => `${path}: ${name}: name it guid(scope.id, principal, role) and say ServicePrincipal`,
      ),
  ]);

/** One version per resource type, so that two modules cannot see a resource differently. */
export const oneVersionPerType: Rule = (files) => {
  const versions = new Map<string, Set<string>>();
  for (const { file } of readAll(files))
    for (const [, type = '', version = ''] of file.code.matchAll(/^resource \w+ '([^'@]+)@([^']+)'/gm))
      versions.set(type, (versions.get(type) ?? new Set()).add(version));
  return [...versions]
    .filter(([, found]) => found.size > 1)
    .map(([type, found]) => `${type}: used in the versions ${[...found].sort().join(' and ')}`);
};

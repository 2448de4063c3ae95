/**
 * Calls that may stand in a few places only, each with what to use instead.
 * From: the syntax trees of all code files. Next: findings. What an adapter or a tool needs is allowed
 * by path, so that everything between the edges stays the same on every run.
 */
import ts from 'typescript';
import { isCode, isTest, isToolConfig, type Rule, type SourceText } from '../repository.ts';
import { at, importsOf, nodesOf } from '../syntax.ts';

type Ban = {
  /** Whether this node is the banned thing. */
  is: (node: ts.Node) => boolean;
  /** The same thing taken from a module: specifier and imported name. */
  imported?: { from: RegExp; name: RegExp };
  what: string;
  instead: string;
  allowedIn: (path: string) => boolean;
};

const adapters = (path: string): boolean => /^(shared\/azure|local|scripts|tests)\//.test(path);
const settingsFiles = (path: string): boolean =>
  /^(functions\/start\.ts$|local\/(main|environment)\.ts$|tests\/|scripts\/)/.test(path) ||
  isToolConfig(path);

const callOf = (node: ts.Node, name: RegExp): boolean =>
  ts.isCallExpression(node) && isName(node.expression) && name.test(node.expression.getText());

/** `fetch`, `Date.now`, `globalThis.Date.now`: anything else has no name that could be banned. */
const isName = (node: ts.Expression): boolean =>
  ts.isIdentifier(node) || (ts.isPropertyAccessExpression(node) && isName(node.expression));

const isPropertyNamed = (node: ts.Node, owner: string, name: string): boolean =>
  ts.isPropertyAccessExpression(node) && node.expression.getText() === owner && node.name.text === name;

const clockCall = /^(globalThis\.)?Date(\.now)?$|(^|\.)Temporal\.Now\./;
const randomCall = /(^|\.)(random|randomUUID|randomBytes|randomInt|getRandomValues)$/;
const timerCall = /^(globalThis\.)?set(Timeout|Interval|Immediate)$/;
const networkCall = /^(globalThis\.)?fetch$/;

export const bans: Ban[] = [
  {
    is: (node) =>
      callOf(node, clockCall) ||
      (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length),
    what: 'the clock',
    instead: 'take `now` as an argument; the wrapper of the trigger hands it in',
    allowedIn: adapters,
  },
  {
    is: (node) => callOf(node, randomCall),
    imported: { from: /^(node:)?crypto$/, name: /^random/ },
    what: 'randomness',
    instead: 'derive the id from content, or take it through a port',
    allowedIn: adapters,
  },
  {
    is: (node) => callOf(node, timerCall),
    imported: { from: /^(node:)?timers/, name: /./ },
    what: 'a timer',
    instead: 'schedule a message or throw to be redelivered; waiting belongs to an adapter',
    allowedIn: (path) => adapters(path) || path.startsWith('web/'),
  },
  {
    is: (node) => callOf(node, networkCall),
    what: 'a call over the network',
    instead: 'ask a port; its adapter in shared/azure makes the call',
    allowedIn: (path) => adapters(path) || path.startsWith('web/kit/'),
  },
  {
    is: (node) => isPropertyNamed(node, 'process', 'env'),
    imported: { from: /^(node:)?process$/, name: /^env$/ },
    what: 'process.env',
    instead: 'take the setting from settings(app); only the entries read the environment',
    allowedIn: settingsFiles,
  },
  {
    is: (node) =>
      ts.isMetaProperty(node) &&
      node.keywordToken === ts.SyntaxKind.ImportKeyword &&
      !(ts.isPropertyAccessExpression(node.parent) && node.parent.name.text === 'dirname'),
    what: 'import.meta',
    instead: 'only import.meta.dirname survives the bundle',
    allowedIn: () => false,
  },
  {
    is: (node) =>
      ts.isExportAssignment(node) ||
      (ts.canHaveModifiers(node) &&
        ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) === true),
    what: 'a default export',
    instead: 'export it by its name',
    allowedIn: isToolConfig,
  },
  {
    is: (node) => ts.isPropertyAccessExpression(node) && node.expression.getText() === 'console',
    what: 'console',
    instead: 'write to the log that the wrapper or the options hand in',
    allowedIn: (path) => /^(scripts\/|local\/main\.ts$|tests\/bench\/)/.test(path),
  },
];

/** Banned calls outside the places that may make them. */
export const bannedCalls: Rule = (files) => files.filter(({ path }) => isCode(path)).flatMap(callsIn);

const callsIn = (file: SourceText): string[] => {
  const banned = bans.filter(({ allowedIn }) => !allowedIn(file.path));
  const called = nodesOf(file).flatMap((node) =>
    banned.filter(({ is }) => is(node)).map((ban) => `${at(file, node)}: ${ban.what}: ${ban.instead}`),
  );
  const imported = importsOf(file).flatMap(({ specifier, names, where }) =>
    banned
      .filter(
        (ban) => ban.imported?.from.test(specifier) && names.some((name) => ban.imported?.name.test(name)),
      )
      .map((ban) => `${where}: ${ban.what}: ${ban.instead}`),
  );
  return [...called, ...imported];
};

const tests = /^(describe|it|test|suite|bench|context)\b/;

/** Tests that are skipped, singled out, retried or only planned. `runIf` and `skipIf` state their reason. */
export const heldBackTests: Rule = (files) =>
  files
    .filter(({ path }) => isTest(path) || isToolConfig(path))
    .flatMap((file) =>
      nodesOf(file).flatMap((node) => {
        if (ts.isPropertyAccessExpression(node) && tests.test(node.getText()))
          return /^(skip|only|todo|fails|retry)$/.test(node.name.text)
            ? [`${at(file, node)}: .${node.name.text}: every test runs, every time`]
            : [];
        const retries = isRetryOption(node, file.path);
        return retries ? [`${at(file, node)}: retry: a test that fails sometimes has found something`] : [];
      }),
    );

/** `retry` among the options of a case, or anywhere in the configuration, unless it is 0. */
const isRetryOption = (node: ts.Node, path: string): boolean => {
  if (!ts.isPropertyAssignment(node) || node.name.getText() !== 'retry') return false;
  const call = node.parent.parent;
  const isOption = isToolConfig(path) || (ts.isCallExpression(call) && tests.test(call.expression.getText()));
  return isOption && node.initializer.getText() !== '0';
};
